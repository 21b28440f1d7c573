// One person at the doors of sign-in, as a page calls them.

import type { Server } from './server.ts'

export type Answered = {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly cookie: string
  readonly retryAfter: string | null
}

/** Calls a path as our own page would. */
export async function page(
  server: Server,
  path: string,
  body?: unknown,
  { cookie, method, headers }: { cookie?: string; method?: string; headers?: object } = {},
): Promise<Answered> {
  const response = await fetch(`${server.url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      origin: server.url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const set = response.headers.getSetCookie().map((each) => each.split(';')[0])
  return {
    status: response.status,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text },
    cookie: set.join('; '),
    retryAfter: response.headers.get('retry-after'),
  }
}

export const signIn = (server: Server, email: string, password: string): Promise<Answered> =>
  page(server, '/api/auth/sign-in/email', { email, password })

/** What the token of a mailed link is: behind the `#`. */
export function tokenOf(link: string): string {
  return decodeURIComponent(new URL(link).hash.slice(1))
}
