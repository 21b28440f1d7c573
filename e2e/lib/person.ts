// People as the server knows them: accounts made through the public door, tokens for the stock client.

import * as Ably from 'ably'
import { KEY, type Server } from './server.ts'

const PASSWORD = 'correct horse battery'

export type Person = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly cookie: string
  token(): Promise<string>
}

let count = 0

async function account(server: Server, path: string, body: object): Promise<Response> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response
}

async function person(
  server: Server,
  response: Response,
  name: string,
  email: string,
): Promise<Person> {
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const token = async () => {
    const answer = await fetch(`${server.url}/api/realtime/token`, { headers: { cookie } })
    if (!answer.ok) throw new Error(`token: ${answer.status} ${await answer.text()}`)
    return answer.text()
  }
  const session = (await (
    await fetch(`${server.url}/api/v1/session`, { headers: { cookie } })
  ).json()) as {
    person: { id: string }
  }
  return { id: session.person.id, name, email, password: PASSWORD, cookie, token }
}

/** Makes the owner by the set-up link. */
export async function owner(server: Server, name = 'Grace Hopper'): Promise<Person> {
  const email = 'grace@example.com'
  const token = new URL(server.setUpUrl ?? '').searchParams.get('token')
  const response = await account(server, '/api/v1/setup', {
    token,
    name,
    email,
    password: PASSWORD,
  })
  return person(server, response, name, email)
}

export async function signUp(server: Server, name: string): Promise<Person> {
  count += 1
  const email = `person${count}-${process.pid}@example.com`
  const response = await account(server, '/api/auth/sign-up/email', {
    name,
    email,
    password: PASSWORD,
  })
  return person(server, response, name, email)
}

const shared = (server: Server) => ({
  endpoint: '127.0.0.1',
  port: server.port,
  tls: false,
  disableConnectivityCheck: true,
  logLevel: 0,
})

/** The stock client as a person. */
export function clientOf(
  server: Server,
  who: Person,
  options: Ably.ClientOptions = {},
): Ably.Realtime {
  return new Ably.Realtime({
    ...shared(server),
    authCallback: (_params, callback) => {
      who.token().then(
        (token) => callback(null, token),
        (error: unknown) => callback(String(error), null),
      )
    },
    ...options,
  })
}

/** The stock client as the owner's own server. */
export function keyClient(server: Server, options: Ably.ClientOptions = {}): Ably.Realtime {
  return new Ably.Realtime({ ...shared(server), key: KEY, ...options })
}

export function keyRest(server: Server, options: Ably.ClientOptions = {}): Ably.Rest {
  return new Ably.Rest({ ...shared(server), key: KEY, ...options })
}

export type Done = { readonly revision: number; readonly serial: string; readonly atMs: number }

/** Promote or demote, as the owner's own server. */
export async function move(
  server: Server,
  command: 'promote' | 'demote',
  channel: string,
  who: Person,
): Promise<Done> {
  const response = await fetch(`${server.url}/api/v1/channels/${channel}/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ person: who.id }),
  })
  if (!response.ok) throw new Error(`${command}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Done
}

/** Gives or takes a role, as the owner's own server. @param on `<type>:<key>` */
export async function role(
  server: Server,
  what: 'give' | 'take',
  request: { readonly person: string; readonly role: string; readonly on: string },
): Promise<void> {
  const response = await fetch(`${server.url}/api/v1/role_assignments`, {
    method: what === 'give' ? 'POST' : 'DELETE',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify(request),
  })
  if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`)
}

/** Marks a channel as one that everybody may know of, or as hidden again, as the owner's own server. */
export async function listChannel(server: Server, channel: string, listed: boolean): Promise<void> {
  const response = await fetch(`${server.url}/api/v1/channels/${channel}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ listed }),
  })
  if (!response.ok) throw new Error(`configure: ${response.status} ${await response.text()}`)
}
