// The visitors' door in tests: a server with a desk, its widgets, tokens as an owner's server signs them, browsers of visitors.

import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { KEY, type Serving, serve } from './serving.ts'

/** The policy of new places. */
export const POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))

export type Json = Record<string, unknown>

/** A server with the policy that new places have. */
export function serveDesk(env: Readonly<Record<string, string>> = {}): Promise<Serving> {
  return serve({ SAYSO_POLICY: POLICY, ...env })
}

/** As the owner's own server calls, with a key. */
export async function byKey(server: Serving, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Json }
}

export type TestWidget = { readonly id: string; readonly key: string; readonly secret: string }

/** A widget with one key. */
export async function makeWidget(server: Serving, said: Json = {}): Promise<TestWidget> {
  const made = await byKey(server, 'POST', '/desk/widgets', { name: 'Shop', ...said })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  const id = String(made.body.id)
  const key = await byKey(server, 'POST', `/desk/widgets/${id}/keys`)
  return { id, key: String(key.body.id), secret: String(key.body.secret) }
}

export async function makeTenant(server: Serving, key: string): Promise<void> {
  const made = await byKey(server, 'PUT', `/tenants/${key}`, { attributes: { title: key } })
  if (made.status >= 300) throw new Error(JSON.stringify(made.body))
}

const inSeconds = (ms: number) => Math.floor(Date.now() / 1_000) + ms / 1_000

/** A token as the site's server signs it; claims that are undefined are left out. */
export function signed(widget: TestWidget, claims: Json = {}, header: Json = {}): string {
  const encode = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = { alg: 'HS256', typ: 'JWT', kid: widget.key, ...header }
  const said = {
    sub: 'customer-7',
    name: 'Mira',
    email: 'mira@example.com',
    aud: widget.id,
    iat: inSeconds(0),
    exp: inSeconds(600_000),
    ...claims,
  }
  const text = `${encode(head)}.${encode(said)}`
  return `${text}.${createHmac('sha256', widget.secret).update(text).digest('base64url')}`
}

/** Seconds since 1970, so many from now. */
export const fromNow = inSeconds

export type Session = {
  readonly device: string
  readonly visitor: { readonly id: string; readonly name?: string; readonly isVerified: boolean }
  readonly token: string
  readonly tokenExpiresAtMs: number
  readonly conversation: Json | null
}

export async function door(
  server: Serving,
  method: string,
  path: string,
  {
    device,
    body,
    headers = {},
  }: { device?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`${server.url}/widget/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(device === undefined ? {} : { authorization: `Bearer ${device}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: (text.startsWith('{') ? JSON.parse(text) : {}) as Json,
    text,
  }
}

/** Begins a session, as the frame does. */
export const begin = (server: Serving, widget: Pick<TestWidget, 'id'>, body: Json = {}) =>
  door(server, 'POST', `/session?widget=${widget.id}`, { body })

/** A session that is let in. */
export async function visit(
  server: Serving,
  widget: Pick<TestWidget, 'id'>,
  body: Json = {},
): Promise<Session> {
  const answer = await begin(server, widget, body)
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body as unknown as Session
}
