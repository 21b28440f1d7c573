// The owner's own server at our API: changes of facts and policy, explanations, trials.

import { checkAnswer } from './schema.ts'
import { KEY, type Server } from './server.ts'

export type Answered = {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Headers
}

/** Calls the API with the root key, or as whoever the headers say. The answer is as the server describes it. */
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
  const answer = (await response.json()) as Record<string, unknown>
  const type = response.headers.get('content-type') ?? ''
  await checkAnswer(server, method, path, response.status, type, answer)
  return { status: response.status, body: answer, headers: response.headers }
}

/** Makes changes of facts; they hold when this returns. */
export async function change(server: Server, ...changes: readonly object[]): Promise<Answered> {
  const answered = await admin(server, 'POST', '/changes', { changes })
  if (answered.status !== 200) throw new Error(JSON.stringify(answered.body))
  return answered
}
