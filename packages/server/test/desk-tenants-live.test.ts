// Tenants over sockets, by the stock client: whatever is tried on a channel of another tenant is answered as on one that is not
// there, and of its life nothing is told.

import type { InboundMessage, Realtime, RealtimeChannel } from 'ably'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ask,
  endDesk,
  freshDesk,
  listen,
  online,
  onlineKey,
  onlineVisitor,
  opens,
  operator,
} from './desk-case.ts'
import { type Ids, MISSING, type Side, side } from './desk-two-tenants.ts'
import type { Serving } from './serving.ts'
import { door, visit } from './widget-case.ts'

type Ear = { readonly name: string; readonly client: Realtime }
type Heard = Awaited<ReturnType<typeof listen>>

let server: Serving
let alpha: Side
let beta: Side
let ears: readonly Ear[]

beforeAll(async () => {
  server = (await freshDesk()).server
  ;[alpha, beta] = [await side(server, 'alpha'), await side(server, 'beta')]
  const ofPlace = await operator(server, 'Place', 'supervisor')
  ears = [
    ...(['agent', 'operator', 'supervisor', 'admin', 'teammate'] as const).map((role) => ({
      name: role,
      client: online(server, beta[role]),
    })),
    { name: 'supervisor of the place', client: online(server, ofPlace) },
    { name: 'visitor', client: onlineVisitor(server, beta.known) },
    { name: 'key', client: onlineKey(server, beta.key) },
  ]
}, 120_000)

afterAll(endDesk)

async function outcome(work: Promise<unknown>): Promise<unknown> {
  try {
    const value = (await work) as { items?: unknown } | undefined
    return ['ok', value?.items]
  } catch (error) {
    const { code, message } = error as { code: number; message: string }
    return [code, message]
  }
}

const TRIES: Readonly<Record<string, (channel: RealtimeChannel, ids: Ids) => Promise<unknown>>> = {
  attach: (channel) => channel.attach(),
  'attach with rewind': async (channel) => {
    await channel.setOptions({ params: { rewind: '5' } })
    await channel.attach()
  },
  history: (channel) => channel.history(),
  'publish a text': (channel) => channel.publish('text', { text: 'x' }),
  'publish nonsense': (channel) => channel.publish('text', 'x'),
  'publish a note': (channel) => channel.publish('note', { text: 'x' }),
  'publish an event': (channel) => channel.publish('event', { kind: 'closed' }),
  'publish typing': (channel) =>
    channel.publish({ name: 'typing', data: {}, extras: { ephemeral: true } }),
  'take away': (channel, { serial }) => channel.deleteMessage({ serial } as InboundMessage),
  change: (channel, { serial }) =>
    channel.updateMessage({ serial, data: { text: 'x' } } as InboundMessage),
  'one message': (channel, { serial }) => channel.getMessage(serial),
  'enter the presence': async (channel) => {
    await channel.attach().catch(() => undefined)
    await channel.presence.enter()
  },
  'read the presence': (channel) => channel.presence.get(),
  'presence history': (channel) => channel.presence.history(),
}

/** As the server says it, whichever it was asked about. */
function plain(said: unknown, ids: Ids): string {
  const words = Object.entries(ids).sort(([, a], [, b]) => b.length - a.length)
  return words.reduce((all, [name, id]) => all.replaceAll(id, `‹${name}›`), JSON.stringify(said))
}

/** Both, one after the other, on a channel that nothing was tried on. */
async function both(client: Realtime, run: (ids: Ids, key: keyof Ids) => Promise<unknown>) {
  const answers: string[] = []
  for (const key of ['open', 'waiting', 'closed'] as const)
    for (const ids of [alpha.ids, MISSING]) answers.push(plain(await run(ids, key), ids))
  await client.connection.whenState('connected')
  return answers
}

describe('a channel of another tenant is answered as one that is not there', () => {
  test.each(Object.keys(TRIES))('%s', async (name) => {
    for (const { name: who, client } of ears) {
      for (const shape of ['desk:*', '[filter=bmFtZQ==]desk:*', 'desk:*::$chat']) {
        const answers = await both(client, async (ids, key) => {
          const channel = client.channels.get(shape.replace('*', ids[key]))
          const said = await outcome(
            TRIES[name]?.(channel, ids) ?? Promise.reject(new Error('nobody tries it')),
          )
          await channel.detach().catch(() => undefined)
          client.channels.release(channel.name)
          return said
        })
        for (let at = 0; at < answers.length; at += 2)
          expect([who, shape, answers[at]]).toEqual([who, shape, answers[at + 1]])
        for (const hidden of alpha.hidden) expect(answers.join()).not.toContain(hidden)
        const [first] = answers
        expect([who, shape, first]).not.toEqual([who, shape, expect.stringContaining('"ok",[{')])
      }
    }
  })

  test('the view of one’s rights on it', async () => {
    for (const { client } of ears) {
      const answers = await both(client, async (ids, key) => {
        const channel = client.channels.get(`[permissions]desk:${ids[key]}`)
        const { next } = await listen(channel)
        const said = await next(() => true)
        await channel.detach()
        client.channels.release(channel.name)
        return said.data
      })
      for (let at = 0; at < answers.length; at += 2) expect(answers[at]).toBe(answers[at + 1])
    }
  })
})

/** A conversation of the tenant from its opening to its end, with all that operators do meanwhile. */
async function life({ widget, operator: one, supervisor, ids, admin }: Side, text: string) {
  const session = await visit(server, widget, {
    page: { url: `https://x.org/${text}`, title: text },
  })
  await door(server, 'PUT', '/page', {
    device: session.device,
    body: { url: 'https://x.org/next', title: text },
  })
  const { conversation } = await opens(server, session.visitor.id, {
    tenant: ids.tenant,
    widget: widget.id,
    text,
  })
  const path = `/conversations/${conversation.key}`
  const inTenant = `?tenant=${ids.tenant}`
  await ask(one, 'PUT', `/me${inTenant}`, { status: 'available' })
  await ask(one, 'POST', `${path}/claim`)
  const theirs = onlineVisitor(server, session).channels.get(conversation.channel)
  await theirs.presence.enter()
  await theirs.publish({ name: 'typing', data: {}, extras: { ephemeral: true } })
  await theirs.publish('text', { text })
  await online(server, one).channels.get(conversation.channel).publish('note', { text })
  await ask(supervisor, 'POST', `${path}/watch`)
  await ask(one, 'POST', `${path}/transfer`, { team: ids.team, note: text })
  await ask(supervisor, 'POST', `${path}/assign`, { operator: one.id })
  await ask(one, 'PATCH', path, { labels: [text] })
  await ask(one, 'POST', `${path}/snooze`, { untilMs: Date.now() + 3_600_000 })
  await ask(supervisor, 'POST', `${path}/close`, { reason: text, summary: text })
  await ask(admin, 'PUT', `/operators/${one.id}${inTenant}`, { capacity: 9 })
  await ask(one, 'PUT', `/me${inTenant}`, { status: 'away' })
  return { key: conversation.key, visitor: session.visitor.id }
}

test('of its life nothing is told on `[desk]`, `[me]`, `[permissions]*` or `[meta]`', async () => {
  const heard = new Map<string, Heard>()
  const boards: Heard[] = []
  for (const { name, client } of ears) {
    for (const on of ['[desk]', '[me]', '[permissions]*', '[meta]channel.lifecycle', 'desk:*']) {
      const channel = client.channels.get(on)
      const told = await listen(channel).catch(() => undefined)
      if (told !== undefined) heard.set(`${name} ${on}`, told)
      if (told !== undefined && on === '[desk]' && ['operator', 'supervisor'].includes(name))
        boards.push(told)
    }
  }
  expect(boards).toHaveLength(2)
  const secret = await life(alpha, 'alphahidden')
  const own = await life(beta, 'betahidden')
  // What was told of the first stands before what is told of the second.
  for (const board of boards)
    await board.next(({ name, data }) => name === 'operator' && data.status === 'away')
  for (const board of boards)
    expect(JSON.stringify(board.heard.map(({ data }) => data))).toContain(own.key)
  const words = ['alphahidden', secret.key, secret.visitor, ...alpha.hidden]
  for (const [where, { heard: all }] of heard) {
    const text = JSON.stringify(all.map(({ name, data }) => [name, data]))
    for (const word of words)
      expect([where, text]).not.toEqual([where, expect.stringContaining(word)])
  }
})
