// The owner's own server at our API: changes of facts and policy, explanations, trials.

import { KEY, type Server } from './server.ts'

export type Answered = { readonly status: number; readonly body: Record<string, unknown> }

/** Calls the API with the root key, or as whoever the headers say. */
export async function admin(
  server: Server,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = { authorization: `Bearer ${KEY}` },
): Promise<Answered> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** Makes changes of facts; they hold when this returns. */
export async function change(server: Server, ...changes: readonly object[]): Promise<Answered> {
  const answered = await admin(server, 'POST', '/changes', { changes })
  if (answered.status !== 200) throw new Error(JSON.stringify(answered.body))
  return answered
}
