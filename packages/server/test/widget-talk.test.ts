// A visitor and an operator talk: who answers, how far each has read, files, the end, and how it was.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, ask, closeAll, listen, online, onlineVisitor, operator } from './desk-case.ts'
import type { Caller } from './people.ts'
import { setUp } from './people.ts'
import { endAll, type Serving } from './serving.ts'
import {
  byKey,
  door,
  type Json,
  makeWidget,
  type Session,
  serveDesk,
  type TestWidget,
  visit,
} from './widget-case.ts'

let server: Serving
let widget: TestWidget
let grace: Caller
let ada: Caller
beforeAll(async () => {
  server = await serveDesk()
  grace = await setUp(server)
  ada = await operator(server, 'Ada')
  widget = await makeWidget(server, { limits: { conversations: 1_000 } })
})
afterEach(closeAll)
afterAll(endAll)

type Conversation = {
  key: string
  channel: string
  state: string
  with: Json[]
  marks: Json
  rating?: Json
}

async function opened(own = widget): Promise<Session & { talk: Conversation }> {
  const session = await visit(server, own)
  const answer = await door(server, 'POST', '/conversations', {
    device: session.device,
    body: { text: 'Hello?' },
  })
  return { ...session, talk: answer.body.conversation as Conversation }
}

const current = async ({ device }: Session, own = widget) =>
  (await visit(server, own, { device })).conversation as Conversation | null

const post = (path: string, { device }: Session, body: Json) =>
  door(server, 'POST', path, { device, body })
const move = (
  who: Caller,
  { talk }: { talk: Conversation },
  verb: string,
  body: Json = {},
): Promise<Answer> => ask(who, 'POST', `/conversations/${talk.key}/${verb}`, body)

describe('a conversation', () => {
  test('says who answers, is closed by who answers alone, is rated once it is over, and another one begins', async () => {
    const visitor = await opened()
    expect(visitor.talk).toMatchObject({ state: 'waiting', with: [] })
    const known = await byKey(server, 'GET', `/desk/visitors/${visitor.visitor.id}`)
    expect(known.body.conversation).toBe(visitor.talk.key)
    expect(
      (await post(`/conversations/${visitor.talk.key}/rating`, visitor, { score: 5 })).status,
    ).toBe(409)
    expect((await move(ada, visitor, 'claim')).status).toBe(200)
    expect(await current(visitor)).toMatchObject({ state: 'open', with: [{ name: 'Ada' }] })
    expect((await move(ada, visitor, 'close', { reason: 'answered' })).status).toBe(200)
    expect(await current(visitor)).toBeNull()
    const wrong = await post(`/conversations/${visitor.talk.key}/rating`, visitor, { score: 6 })
    expect(wrong.body.code).toBe('body_invalid')
    const rated = await post(`/conversations/${visitor.talk.key}/rating`, visitor, {
      score: 4,
      comment: 'Thanks',
    })
    expect(rated.status).toBe(204)
    const listed = await door(server, 'GET', '/conversations', { device: visitor.device })
    expect(listed.body.items).toMatchObject([
      { key: visitor.talk.key, state: 'closed', rating: { score: 4, comment: 'Thanks' } },
    ])
    const next = await post('/conversations', visitor, { text: 'One more thing' })
    expect(next.status).toBe(201)
    expect((next.body.conversation as Conversation).key).not.toBe(visitor.talk.key)
    expect(
      (await post(`/conversations/${visitor.talk.key}/rating`, await opened(), { score: 1 }))
        .status,
    ).toBe(404)
  })

  test('tells operators how far the visitor has read, forward only, and nothing that was not said', async () => {
    const visitor = await opened()
    await move(ada, visitor, 'claim')
    const heard = await listen(online(server, ada).channels.get(visitor.talk.channel))
    const mine = await listen(onlineVisitor(server, visitor).channels.get(visitor.talk.channel))
    await online(server, ada).channels.get(visitor.talk.channel).publish('text', { text: 'Yes?' })
    const { serial } = await mine.next(
      ({ name, data }) => name === 'text' && (data as Json).text === 'Yes?',
    )
    const path = `/conversations/${visitor.talk.key}/marks`
    expect((await post(path, visitor, { read: serial })).status).toBe(204)
    const mark = await heard.next(({ name }) => name === 'mark')
    expect(mark.data).toEqual({ of: 'visitor', delivered: serial, read: serial })
    for (const read of ['zzzz', '99999999999999-000@x:000']) {
      const refused = await post(path, visitor, { read })
      expect([refused.status, refused.body.code]).toEqual([400, 'invalid'])
    }
    await post(path, visitor, { read: '00000000000001-000@x:000' })
    expect((await current(visitor))?.marks).toMatchObject({ visitor: { read: serial } })
  })

  test('hides the names of operators where the site says so', async () => {
    const own = await makeWidget(server, { look: { hidesNames: true } })
    const visitor = await opened(own)
    await move(ada, visitor, 'claim')
    expect((await current(visitor, own))?.with).toEqual([{ name: 'Shop' }])
  })

  test('takes files from visitors as the widget says', async () => {
    const own = await makeWidget(server, {
      files: { isOn: true, maxBytes: 1_000, types: ['image/*'] },
    })
    const visitor = await opened(own)
    const begin = async (body: Json, { token }: Session = visitor) => {
      const response = await fetch(`${server.url}/api/v1/channels/${visitor.talk.key}/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return [response.status, ((await response.json()) as Json).code]
    }
    expect(await begin({ name: 'a.png', type: 'image/png', bytes: 900 })).toEqual([201, undefined])
    expect(await begin({ name: 'a.png', type: 'image/png', bytes: 1_001 })).toEqual([
      413,
      'file_too_large',
    ])
    expect(await begin({ name: 'a.pdf', type: 'application/pdf', bytes: 10 })).toEqual([
      403,
      'denied',
    ])
    // It is looked at again when it is whole: by what it is, not by what it is called.
    const bearer = { authorization: `Bearer ${visitor.token}` }
    const files = `${server.url}/api/v1/channels/${visitor.talk.key}/files`
    const disguised = await fetch(files, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'a.png', type: 'image/png', bytes: 9 }),
    })
    const { id } = (await disguised.json()) as { id: string }
    const whole = await fetch(`${server.url}/api/v1/uploads/${id}/0`, {
      method: 'PUT',
      headers: bearer,
      body: Buffer.from('%PDF-1.7\n'),
    })
    expect([whole.status, ((await whole.json()) as Json).code]).toEqual([403, 'denied'])
    const stranger = await visit(server, own)
    expect(await begin({ name: 'a.png', type: 'image/png', bytes: 1 }, stranger)).toEqual([
      404,
      'resource_unknown',
    ])
  })
})

describe('whether somebody is there', () => {
  test('is an operator who is available and connected; how long others waited is said', async () => {
    const availability = async () =>
      (await door(server, 'GET', `/config?widget=${widget.id}`)).body.availability as Json
    expect((await availability()).state).toBe('offline')
    const there = await ask(ada, 'PUT', '/me', { status: 'available' })
    expect(there.status).toBe(200)
    await online(server, ada).connection.once('connected')
    const now = await availability()
    expect(now).toMatchObject({ state: 'online' })
    expect(now.position).toBeGreaterThan(0)
    expect(now.expectedWaitMs).toBeGreaterThanOrEqual(0)
  })
})

test('a visitor who is kept out while they talk can say nothing more, and operators still read it', async () => {
  const visitor = await opened()
  const blocked = await byKey(server, 'PUT', `/desk/visitors/${visitor.visitor.id}/block`, {})
  expect(blocked.status).toBe(200)
  expect((await post('/conversations', visitor, { text: 'Again' })).body.code).toBe('not_available')
  const rest = await fetch(`${server.url}/channels/${visitor.talk.channel}/messages`, {
    headers: { authorization: `Bearer ${visitor.token}` },
  })
  expect(rest.status).toBe(401)
  expect((await ask(grace, 'GET', `/conversations/${visitor.talk.key}`)).status).toBe(200)
})
