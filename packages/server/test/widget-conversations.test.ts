// What visitors do with their conversations: open one, find it again in every browser, take it along, and see none of others.

import * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { rawClient } from './raw-client.ts'
import { endAll, type Serving } from './serving.ts'
import {
  byKey,
  door,
  type Json,
  makeTenant,
  makeWidget,
  type Session,
  serveDesk,
  signed,
  type TestWidget,
  visit,
} from './widget-case.ts'

let server: Serving
let widget: TestWidget
beforeAll(async () => {
  server = await serveDesk()
  await makeTenant(server, 'north')
  widget = await makeWidget(server, { limits: { sessions: 10_000, conversations: 1_000 } })
})
afterAll(endAll)

const clients: Ably.Realtime[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

type Conversation = { key: string; channel: string; state: string; position?: number; with: Json[] }

const open = async (at: Serving, { device }: Pick<Session, 'device'>, body: Json = {}) => {
  const answer = await door(at, 'POST', '/conversations', { device, body })
  return { ...answer, conversation: answer.body.conversation as Conversation }
}

/** The stock client of a visitor. */
function client(at: Serving, { token }: Pick<Session, 'token'>): Ably.Realtime {
  const made = new Ably.Realtime({
    endpoint: '127.0.0.1',
    port: at.port,
    tls: false,
    token,
    autoConnect: true,
  })
  clients.push(made)
  return made
}

const texts = async (at: Serving, session: Session, channel: string) => {
  const page = await client(at, session).channels.get(channel).history({ direction: 'forwards' })
  return page.items.filter(({ name }) => name === 'text').map(({ data }) => data as Json)
}

describe('a visitor', () => {
  test('opens one conversation, and finds it again', async () => {
    const session = await visit(server, widget)
    const first = await open(server, session, { text: 'Hello?' })
    expect(first.status).toBe(201)
    expect(first.body.isNew).toBe(true)
    expect(first.conversation).toMatchObject({ state: 'waiting', with: [] })
    expect(first.conversation.position).toBeGreaterThan(0)
    const second = await open(server, session, { text: 'Anybody?' })
    expect([second.status, second.body.isNew]).toEqual([200, false])
    expect(second.conversation.key).toBe(first.conversation.key)
    const said = await texts(server, session, first.conversation.channel)
    expect(said.map(({ text }) => text)).toEqual(['Hello?', 'Anybody?'])
    expect(said[0]).toMatchObject({ author: session.visitor.id })
    const again = await visit(server, widget, { device: session.device })
    expect(again.conversation).toMatchObject({ key: first.conversation.key })
    const listed = await door(server, 'GET', '/conversations', { device: session.device })
    expect((listed.body.items as Conversation[]).map(({ key }) => key)).toEqual([
      first.conversation.key,
    ])
  })

  test('has one conversation however many pages open one at once', async () => {
    const session = await visit(server, widget)
    const all = await Promise.all(Array.from({ length: 10 }, () => open(server, session)))
    expect(new Set(all.map(({ conversation }) => conversation.key)).size).toBe(1)
    expect(all.filter(({ body }) => body.isNew)).toHaveLength(1)
  })

  test('who is proved has the same one in every browser', async () => {
    const identity = () => signed(widget, { sub: 'two-browsers' })
    const here = await visit(server, widget, { identity: identity() })
    const { conversation } = await open(server, here, { text: 'from here' })
    const there = await visit(server, widget, { identity: identity() })
    expect(there.conversation).toMatchObject({ key: conversation.key })
    expect((await open(server, there)).conversation.key).toBe(conversation.key)
    expect((await texts(server, there, conversation.channel)).map(({ text }) => text)).toEqual([
      'from here',
    ])
  })

  test('sees by place how many wait before them', async () => {
    const served = await serveDesk()
    const own = await makeWidget(served)
    const [ada, ben, cleo] = [
      await visit(served, own),
      await visit(served, own),
      await visit(served, own),
    ]
    const position = async (session: Session) => (await open(served, session)).conversation.position
    expect(await position(ada)).toBe(1)
    expect(await position(ben)).toBe(2)
    expect(await position(cleo)).toBe(3)
    const later = await served.again()
    expect(
      await Promise.all(
        [cleo, ada, ben].map(
          async (each) => (await visit(later, own, { device: each.device })).conversation?.position,
        ),
      ),
    ).toEqual([3, 1, 2])
  })
})

describe('what was written before a proof', () => {
  test('goes along with whom it names, with the right to read it, and is lost to nobody else', async () => {
    const session = await visit(server, widget)
    const { conversation } = await open(server, session, { text: 'before' })
    const identity = signed(widget, { sub: 'merge-1' })
    const mira = await visit(server, widget, { device: session.device, identity })
    expect(mira.conversation).toMatchObject({
      key: conversation.key,
      formerVisitors: [session.visitor.id],
    })
    expect((await texts(server, mira, conversation.channel)).map(({ text }) => text)).toEqual([
      'before',
    ])
    const elsewhere = await visit(server, widget, { identity: signed(widget, { sub: 'merge-1' }) })
    expect(elsewhere.conversation).toMatchObject({ key: conversation.key })
    // The token of before was for somebody who has it no more.
    const raw = await rawClient(server.url, { access_token: session.token })
    expect((await raw.attach(conversation.channel)).error?.code).toBe(40_160)
    raw.ws.close()
  })

  test('stays where it is if there is an open one already', async () => {
    const mira = await visit(server, widget, { identity: signed(widget, { sub: 'merge-2' }) })
    const { conversation } = await open(server, mira, { text: 'mine' })
    const anonymous = await visit(server, widget)
    const other = await open(server, anonymous, { text: 'before' })
    const merged = await visit(server, widget, {
      device: anonymous.device,
      identity: signed(widget, { sub: 'merge-2' }),
    })
    expect(merged.conversation).toMatchObject({ key: conversation.key })
    const transcript = await door(
      server,
      'GET',
      `/conversations/${other.conversation.key}/transcript`,
      {
        device: merged.device,
      },
    )
    expect(transcript.status).toBe(404)
  })

  test('goes to one of two browsers that are proved at once, never to both', async () => {
    const pairs = await Promise.all([1, 2].map(() => visit(server, widget)))
    const opened = await Promise.all(pairs.map((each) => open(server, each)))
    const merged = await Promise.all(
      pairs.map(({ device }) =>
        visit(server, widget, { device, identity: signed(widget, { sub: 'merge-3' }) }),
      ),
    )
    const [key, other] = merged.map(({ conversation }) => conversation?.key)
    expect(key).toBe(other)
    expect(opened.map(({ conversation }) => conversation.key)).toContain(key)
  })
})

describe('a stranger', () => {
  test('cannot tell a conversation of somebody else from one that is not there, by any row', async () => {
    const owner = await visit(server, widget)
    const { conversation } = await open(server, owner, { text: 'private' })
    const stranger = await visit(server, widget)
    const north = await visit(server, await makeWidget(server, { tenant: 'north' }))
    const missing = 'k'.repeat(conversation.key.length)
    const rows: [string, string, Json | undefined][] = [
      ['GET', 'transcript', undefined],
      ['GET', 'transcript?format=json', undefined],
      ['POST', 'transcript', { email: 'a@b.de' }],
      ['POST', 'marks', { read: '1' }],
      ['POST', 'rating', { score: 5 }],
    ]
    const shown = ({ headers, status, text }: Awaited<ReturnType<typeof door>>) => {
      const kept = [...headers].filter(([name]) => name !== 'date')
      return { status, text, kept }
    }
    for (const { device } of [stranger, north])
      for (const [method, path, body] of rows) {
        const ask = (key: string) =>
          door(server, method, `/conversations/${key}/${path}`, { device, body })
        const theirs = shown(await ask(conversation.key))
        expect(theirs).toEqual(shown(await ask(missing)))
        expect([path, theirs.status]).toEqual([path, 404])
      }
  })

  test('cannot by the stock client either: attach, history and publish', async () => {
    const owner = await visit(server, widget)
    const { conversation } = await open(server, owner, { text: 'private' })
    const stranger = await visit(server, widget)
    const missing = conversation.channel.replace(/.{6}$/, 'zzzzzz')
    const raw = await rawClient(server.url, { access_token: stranger.token })
    const attach = async (channel: string) =>
      JSON.stringify((await raw.attach(channel)).error)
        .replaceAll(channel, '…')
        .replaceAll(/conversation:\w+/g, '…')
        .replace(/"explanation":"[^"]*"/, '')
    expect(await attach(conversation.channel)).toBe(await attach(missing))
    raw.ws.close()
    const rest = async (channel: string, method = 'GET') => {
      const response = await fetch(`${server.url}/channels/${channel}/messages`, {
        method,
        headers: { authorization: `Bearer ${stranger.token}`, 'content-type': 'application/json' },
        ...(method === 'POST'
          ? { body: JSON.stringify({ name: 'text', data: { text: 'x' } }) }
          : {}),
      })
      const { error } = (await response.json()) as { error: { code: number; message: string } }
      return [
        response.status,
        error.code,
        error.message.replaceAll(channel, '…').replaceAll(/conversation:\w+/g, '…'),
      ]
    }
    expect(await rest(conversation.channel)).toEqual(await rest(missing))
    expect(await rest(conversation.channel, 'POST')).toEqual(await rest(missing, 'POST'))
  })
})

describe('before the first message', () => {
  const form = {
    fields: [
      { key: 'name', label: 'Name', required: true },
      { key: 'email', label: 'E-mail', kind: 'email' },
      { key: 'about', label: 'About', kind: 'choice', options: ['order', 'return'] },
    ],
    consent: { text: 'I agree.', required: true },
  }

  test('what the site asks for is answered, and shown as said', async () => {
    const own = await makeWidget(server, { form })
    const session = await visit(server, own)
    const refused = async (body: Json) => (await open(server, session, body)).body
    expect(await refused({ consent: true })).toMatchObject({
      code: 'form_incomplete',
      field: 'name',
    })
    const wrong = { name: 'Mo', email: 'nonsense' }
    expect(await refused({ form: wrong, consent: true })).toMatchObject({ field: 'email' })
    const other = { name: 'Mo', about: 'weather' }
    expect(await refused({ form: other, consent: true })).toMatchObject({ field: 'about' })
    expect(await refused({ form: { name: 'Mo' } })).toMatchObject({ code: 'consent_required' })
    const said = { name: 'Mo', email: 'mo@example.com', about: 'order' }
    expect((await open(server, session, { form: said, consent: true })).status).toBe(201)
    const known = await byKey(server, 'GET', `/desk/visitors/${session.visitor.id}`)
    expect(known.body).toMatchObject({
      name: 'Mo',
      email: 'mo@example.com',
      isVerified: false,
      form: said,
    })
    expect(known.body.consentAtMs).toBeGreaterThan(0)
  })

  test('nobody who is proved is renamed by what they type', async () => {
    const own = await makeWidget(server, { form })
    const session = await visit(server, own, { identity: signed(own, { sub: 'named' }) })
    await open(server, session, {
      form: { name: 'Boss', email: 'boss@example.com' },
      consent: true,
    })
    const known = await byKey(server, 'GET', `/desk/visitors/${session.visitor.id}`)
    expect(known.body).toMatchObject({ name: 'Mira', email: 'mira@example.com', isVerified: true })
  })

  test('nobody more is let wait than the site says', async () => {
    const served = await serveDesk()
    const own = await makeWidget(served, { mostWaiting: 1 })
    expect((await open(served, await visit(served, own))).status).toBe(201)
    const config = await door(served, 'GET', `/config?widget=${own.id}`)
    expect(config.body.availability).toEqual({ state: 'full' })
    expect((await open(served, await visit(served, own))).body.code).toBe('queue_full')
  })

  test('one address opens so many in an hour, also over a restart', async () => {
    const served = await serveDesk()
    const own = await makeWidget(served, { limits: { conversations: 2 } })
    for (const _time of [1, 2])
      expect((await open(served, await visit(served, own))).status).toBe(201)
    const later = await served.again()
    const refused = await open(later, await visit(later, own))
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'slow_down', retryAfterMs: 3_600_000 },
    })
  })
})

test('a visitor writes so many messages in a minute', async () => {
  const own = await makeWidget(server, { limits: { messages: 2 } })
  const session = await visit(server, own)
  await open(server, session, { text: 'not counted: it opens the conversation' })
  for (const text of ['1', '2']) expect((await open(server, session, { text })).status).toBe(200)
  const refused = await open(server, session, { text: '3' })
  expect(refused).toMatchObject({ status: 429, body: { code: 'slow_mode' } })
})

describe('a transcript', () => {
  test('is what the visitor may see, as text and as JSON', async () => {
    const session = await visit(server, widget)
    const { conversation } = await open(server, session, { text: 'Where is my order?' })
    const path = `/conversations/${conversation.key}/transcript`
    const plain = await door(server, 'GET', path, { device: session.device })
    expect(plain.headers.get('content-type')).toContain('text/plain')
    expect(plain.text).toMatch(/Shop, \d{4}-\d\d-\d\d \d\d:\d\d UTC/)
    expect(plain.text).toContain(': Where is my order?')
    const whole = await door(server, 'GET', `${path}?format=json`, { device: session.device })
    expect(whole.body.lines).toMatchObject([
      { kind: 'event', text: 'opened' },
      { kind: 'text', text: 'Where is my order?' },
    ])
    const mailed = await door(server, 'POST', path, {
      device: session.device,
      body: { email: 'a@b.de' },
    })
    expect(mailed).toMatchObject({ status: 409, body: { code: 'no_mail' } })
  })
})
