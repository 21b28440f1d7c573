// The desk of an app beside the main one: visitors are mailed what they did not read, and have everything of them deleted.

import * as Ably from 'ably'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Mailbox, openMailbox } from '../lib/mailbox.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'

type Json = Record<string, unknown>
type Talk = { readonly device: string; readonly key: string; readonly channel: string }

let mailbox: Mailbox
let server: Server
/** The first key of the other app, and its widget. */
let key: string
let widget: string

beforeAll(async () => {
  mailbox = await openMailbox()
  server = await startServer({ env: mailbox.env })
  key = String((await call('POST', '/api/v1/apps', KEY, { name: 'Beside' })).body.key)
  const made = await call('POST', '/api/v1/desk/widgets', key, {
    name: 'Shop',
    mailAfterSeconds: 1,
  })
  widget = String(made.body.id)
})
afterAll(async () => {
  await server.remove()
  await mailbox.close()
})

async function call(method: string, path: string, bearer?: string, body?: unknown) {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Json }
}

async function wrote(text: string, form: Json): Promise<Talk> {
  const session = await call('POST', `/widget/v1/session?widget=${widget}`, undefined, {})
  const device = String(session.body.device)
  const opened = await call('POST', '/widget/v1/conversations', device, { text, form })
  return { device, ...(opened.body.conversation as { key: string; channel: string }) }
}

/** An operator of that app, whom its owner has made one. */
async function answer({ key: conversation, channel }: Talk, text: string): Promise<void> {
  const person = 'user:olga'
  const changes = [
    { person, attributes: { name: 'Olga' } },
    { assign: `tenant:default#operator@${person}` },
  ]
  expect((await call('POST', '/api/v1/changes', key, { changes })).status).toBe(200)
  const supervisor = { changes: [{ assign: `tenant:default#supervisor@${person}` }] }
  expect((await call('POST', '/api/v1/changes', key, supervisor)).status).toBe(200)
  const path = `/api/v1/desk/conversations/${conversation}/assign`
  expect((await call('POST', path, key, { operator: 'olga' })).status).toBe(200)
  const client = new Ably.Rest({
    key,
    clientId: 'olga',
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    useTokenAuth: true,
  })
  await client.channels.get(channel).publish('text', { text })
}

test('an answer that is not read is mailed, with a link that leads into that app', async () => {
  const talk = await wrote('Where is my order?', { email: 'mo@example.com', name: 'Mo' })
  await answer(talk, 'It comes tomorrow.')
  const { text, link } = await mailbox.next('mo@example.com')
  expect(text).toContain('It comes tomorrow.')
  const url = new URL(link)
  expect(url.searchParams.get('widget')).toBe(widget)
  const proof = url.hash.replace('#return=', '')
  const back = await call('POST', `/widget/v1/session?widget=${widget}`, undefined, { proof })
  expect(back.body.conversation).toMatchObject({ key: talk.key })
})

test('a visitor has everything deleted, also after a restart of the server nothing is back', async () => {
  const talk = await wrote('my-private-secret', { name: 'Ophelia Vanish' })
  const gone = await call('DELETE', '/widget/v1/me', talk.device)
  expect(gone.status).toBe(204)
  const again = await call('GET', '/widget/v1/conversations', talk.device)
  expect(again.body.code).toBe('device_unknown')
  await server.kill('SIGTERM')
  server = await server.restart()
  const read = await call('GET', `/api/v1/desk/conversations/${talk.key}/transcript`, key)
  expect(JSON.stringify(read.body)).not.toContain('my-private-secret')
  const found = await call('GET', `/api/v1/desk/conversations?state=closed&q=Ophelia`, key)
  expect(found.body).toMatchObject({ items: [] })
})
