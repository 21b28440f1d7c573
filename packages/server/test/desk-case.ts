// A desk in tests: operators who are signed in, visitors in their browsers, and both on the stock client.

import { type ClientOptions, type InboundMessage, Realtime, type RealtimeChannel } from 'ably'
import { type Caller, setUp, signUp } from './people.ts'
import { endAll, type Serving } from './serving.ts'
import {
  byKey,
  type Json,
  makeWidget,
  type Session,
  serveDesk,
  type TestWidget,
} from './widget-case.ts'

const clients: Realtime[] = []

/** For `afterEach`, before the servers end. */
export function closeAll(): void {
  for (const each of clients.splice(0)) each.close()
}

/** For `afterAll`: every client, then every server. */
export async function endDesk(): Promise<void> {
  closeAll()
  await endAll()
}

export type View = Json & {
  readonly key: string
  readonly channel: string
  readonly state: string
  readonly assignee?: { readonly id: string; readonly name: string }
}
export type Answer<T = Json> = { readonly status: number; readonly body: T }

export async function ask<T = Json>(
  who: Caller,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const response = await who.call(method, `/api/v1/desk${path}`, body)
  const text = await response.text()
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T }
}

/** Gives a role on the place, or on a tenant. */
export async function give(
  server: Serving,
  who: Caller,
  role: string,
  on = 'tenant:default',
): Promise<void> {
  const given = await byKey(server, 'POST', '/role_assignments', {
    person: who.id,
    role,
    on,
  })
  if (given.status !== 200) throw new Error(JSON.stringify(given.body))
}

export async function take(server: Serving, who: Caller, role: string, on = 'tenant:default') {
  const taken = await byKey(server, 'DELETE', '/role_assignments', {
    person: who.id,
    role,
    on,
  })
  if (taken.status !== 200) throw new Error(JSON.stringify(taken.body))
}

export type Desk = {
  readonly server: Serving
  readonly owner: Caller
  readonly widget: TestWidget
}

/** One address is everybody's here. */
export const MANY = { sessions: 10_000, conversations: 1_000, messages: 1_000 }

/** A desk on a server of its own. */
export const freshDesk = async (...settings: Parameters<typeof serveDesk>): Promise<Desk> =>
  deskOn(await serveDesk(...settings))

export async function deskOn(server: Serving): Promise<Desk> {
  const owner = await setUp(server)
  return { server, owner, widget: await makeWidget(server, { limits: MANY }) }
}

export async function operator(server: Serving, name: string, role = 'operator'): Promise<Caller> {
  const who = await signUp(server, name)
  await give(server, who, role)
  return who
}

/** A visitor opens, as the site's server does for them. */
export async function opens(server: Serving, visitor: string, more: Json = {}) {
  const opened = await byKey(server, 'POST', '/desk/conversations', { visitor, ...more })
  const { conversation, isNew } = opened.body as { conversation: View; isNew: boolean }
  return { status: opened.status, conversation, isNew, body: opened.body }
}

function client(server: Serving, more: ClientOptions): Realtime {
  const { hostname, port } = new URL(server.url)
  const options = { endpoint: hostname, port: Number(port), tls: false, logLevel: 0 as const }
  const made = new Realtime({ ...options, ...more })
  clients.push(made)
  return made
}

/** An operator on the stock client, by the token of their session. */
export function online(server: Serving, who: Caller): Realtime {
  return client(server, {
    authUrl: `${server.url}/api/realtime/token`,
    authHeaders: { cookie: who.cookie, origin: server.url },
  })
}

export function onlineVisitor(server: Serving, { token }: Session): Realtime {
  return client(server, { token })
}

/** The owner's server, or a part of it, by a key. */
export function onlineKey(server: Serving, key: string): Realtime {
  return client(server, { key })
}

/** Everything a channel tells, and a wait for the next that fits. */
export async function listen(channel: RealtimeChannel) {
  const heard: InboundMessage[] = []
  const waiting: {
    fits: (message: InboundMessage) => boolean
    done: (m: InboundMessage) => void
  }[] = []
  await channel.subscribe((message) => {
    heard.push(message)
    for (const each of [...waiting]) {
      if (!each.fits(message)) continue
      waiting.splice(waiting.indexOf(each), 1)
      each.done(message)
    }
  })
  return {
    heard,
    next: (fits: (message: InboundMessage) => boolean) =>
      new Promise<InboundMessage>((done) => {
        const there = heard.find(fits)
        if (there !== undefined) done(there)
        else waiting.push({ fits, done })
      }),
  }
}

/** The failure of what must not succeed. */
export async function refusal(work: Promise<unknown>): Promise<{ code: number; message: string }> {
  try {
    await work
  } catch (error) {
    return error as { code: number; message: string }
  }
  throw new Error('it was not refused')
}
