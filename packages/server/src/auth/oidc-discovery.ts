// Asks an OpenID provider whether it is there, before the library does: with a time limit and a check of its name.

import { z } from 'zod'

/** Longest wait for the discovery document; milliseconds. */
const LIMIT_MS = 5_000

/** How a client may prove itself to a provider's token endpoint with its secret. */
export type ClientProof = 'basic' | 'post'

/** What we use of a provider (OpenID Connect Discovery 1.0, section 3). */
export type OidcProvider = {
  readonly discoveryUrl: string
  readonly tokenUrl: string
  readonly userInfoUrl?: string
  /** In the order to try them. Never empty. */
  readonly proofs: readonly ClientProof[]
}

export type Discovery =
  | { readonly ok: true; readonly provider: OidcProvider }
  | { readonly ok: false; readonly problem: string }

const DOCUMENT = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
})

/** Fetches the discovery document; never throws. */
export async function discover(issuer: string): Promise<Discovery> {
  const url = `${withoutSlash(issuer)}/.well-known/openid-configuration`
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    if (!response.ok) return { ok: false, problem: `${url} answered ${response.status}` }
    return read(issuer, url, await response.json())
  } catch {
    return { ok: false, problem: `${url} did not answer with a discovery document` }
  }
}

function read(issuer: string, url: string, body: unknown): Discovery {
  const parsed = DOCUMENT.safeParse(body)
  if (!parsed.success) return { ok: false, problem: `${url} lacks endpoints that sign-in needs` }
  const document = parsed.data
  // Section 4.3: whoever answers here must be who was asked for.
  if (withoutSlash(document.issuer) !== withoutSlash(issuer))
    return { ok: false, problem: `${url} speaks for \`${document.issuer}\`, not \`${issuer}\`` }
  return {
    ok: true,
    provider: {
      discoveryUrl: url,
      tokenUrl: document.token_endpoint,
      ...(document.userinfo_endpoint && { userInfoUrl: document.userinfo_endpoint }),
      proofs: proofsOf(document.token_endpoint_auth_methods_supported),
    },
  }
}

/** A provider that says nothing means `client_secret_basic`; many that offer both still let only one per client. */
function proofsOf(methods: readonly string[] = ['client_secret_basic']): readonly ClientProof[] {
  const proofs: ClientProof[] = []
  if (methods.includes('client_secret_basic')) proofs.push('basic')
  if (methods.includes('client_secret_post')) proofs.push('post')
  return proofs.length > 0 ? proofs : ['basic', 'post']
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
