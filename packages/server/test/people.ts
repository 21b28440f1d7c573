// People of a test server, by the public doors only.

import type { Serving } from './serving.ts'

export const PASSWORD = 'four unrelated words here'

export type Caller = {
  readonly id: string
  readonly email: string
  readonly cookie: string
  /** Calls our own API from a page of this server. */
  call(method: string, path: string, body?: unknown): Promise<Response>
}

export function post(
  server: Serving,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, ...headers },
    body: JSON.stringify(body),
  })
}

export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
}

export async function callerOf(server: Serving, cookie: string): Promise<Caller> {
  const session = (await (
    await fetch(`${server.url}/api/v1/session`, { headers: { cookie } })
  ).json()) as { person?: { id: string; email: string } }
  return {
    id: session.person?.id ?? '',
    email: session.person?.email ?? '',
    cookie,
    call: (method, path, body) =>
      fetch(server.url + path, {
        method,
        headers: { cookie, origin: server.url, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}

export async function signUp(server: Serving, name: string): Promise<Caller> {
  const email = `${name.toLowerCase()}@example.com`
  const response = await post(server, '/api/auth/sign-up/email', {
    name,
    email,
    password: PASSWORD,
  })
  if (!response.ok) throw new Error(`sign-up: ${response.status} ${await response.text()}`)
  return callerOf(server, cookieOf(response))
}

export async function signIn(server: Serving, email: string): Promise<Caller> {
  const response = await post(server, '/api/auth/sign-in/email', { email, password: PASSWORD })
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`)
  return callerOf(server, cookieOf(response))
}

/** Makes the owner by the set-up link. */
export async function setUp(server: Serving, name = 'Grace'): Promise<Caller> {
  const response = await post(server, '/api/v1/setup', {
    token: setUpToken(server),
    name,
    email: 'grace@example.com',
    password: PASSWORD,
  })
  if (!response.ok) throw new Error(`set-up: ${response.status} ${await response.text()}`)
  return callerOf(server, cookieOf(response))
}

export function setUpToken(server: Serving): string {
  return new URL(server.setUpUrl ?? server.url).searchParams.get('token') ?? ''
}
