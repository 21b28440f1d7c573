// Asks an OpenID provider whether it is there, before the library does: with a time limit and a check of its name.

/** Longest wait for the discovery document; milliseconds. */
const LIMIT_MS = 5_000

export type Discovery =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly problem: string }

/** Where a provider publishes what it offers (OpenID Connect Discovery 1.0, section 4). */
export function discoveryUrl(issuer: string): string {
  return `${withoutSlash(issuer)}/.well-known/openid-configuration`
}

/** Fetches the discovery document; never throws. */
export async function discover(issuer: string): Promise<Discovery> {
  const url = discoveryUrl(issuer)
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    if (!response.ok) return { ok: false, problem: `${url} answered ${response.status}` }
    return judge(issuer, url, await response.json())
  } catch {
    return { ok: false, problem: `${url} did not answer with a discovery document` }
  }
}

function judge(issuer: string, url: string, document: unknown): Discovery {
  const found = (document as { readonly issuer?: unknown } | null)?.issuer
  if (typeof found !== 'string' || withoutSlash(found) !== withoutSlash(issuer))
    return { ok: false, problem: `${url} speaks for the issuer \`${found}\`, not \`${issuer}\`` }
  return { ok: true, url }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
