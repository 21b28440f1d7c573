// The stream of what rights changes do to decisions, for servers: live, filtered, continued, and closed to others.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { admin, change } from '../lib/admin.ts'
import { signUp } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { document, home } from '../lib/words.ts'

const promotion = document.settings?.promotions?.[0]
const on = `${promotion?.type}:${home}`
const role = String(promotion?.gives)

let server: Server
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.remove())

type Line = { readonly event: string; readonly id: string; readonly data: Record<string, unknown> }

async function listen(query = '', headers: Record<string, string> = {}) {
  const ending = new AbortController()
  const response = await fetch(`${server.url}/api/v1/decisions/stream${query}`, {
    headers: { authorization: `Bearer ${KEY}`, ...headers },
    signal: ending.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<Line> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        if (block.startsWith(':')) continue
        const of = (name: string) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1] ?? ''
        return { event: of('event'), id: of('id'), data: JSON.parse(of('data')) }
      }
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) throw new Error('the stream has ended')
      text += value
    }
  }
  return { status: response.status, next, end: () => ending.abort() }
}

const give = (id: string) => change(server, { assign: `${on}#${role}@user:${id}` })
const take = (id: string) => change(server, { unassign: `${on}#${role}@user:${id}` })

test('tells what somebody gains and loses, with the cause; filters leave out the rest', async () => {
  await change(
    server,
    { person: 'user:ada', attributes: {} },
    { person: 'user:bob', attributes: {} },
  )
  const all = await listen()
  const onlyBob = await listen('?subject=user:bob')
  await give('ada')
  const gained = await all.next()
  expect(gained).toMatchObject({
    event: 'change',
    data: { subject: 'user:ada', resource: on, lost: [], cause: { command: 'change-rights' } },
  })
  expect(gained.data.gained).toContain('publish')
  await give('bob')
  expect((await onlyBob.next()).data.subject).toBe('user:bob')
  await take('ada')
  await all.next()
  expect((await all.next()).data).toMatchObject({ subject: 'user:ada', gained: [] })
  all.end()
  onlyBob.end()
})

test('goes on where it ended, and says a gap where it cannot', async () => {
  const first = await listen()
  await give('ada')
  const { id } = await first.next()
  first.end()
  await take('ada')
  const second = await listen('', { 'last-event-id': id })
  expect((await second.next()).data).toMatchObject({ subject: 'user:ada', gained: [] })
  second.end()
  const third = await listen('', { 'last-event-id': '0' })
  expect((await third.next()).event).toBe('gap')
  third.end()
})

test('is for those with the right, and refusals are listed', async () => {
  const mia = await signUp(server, 'Mia')
  const as = { cookie: mia.cookie, origin: server.url }
  const refused = await admin(server, 'GET', '/people', undefined, as)
  expect(refused.status).toBe(403)
  const listed = await admin(server, 'GET', `/decisions?subject=user:${mia.id}`)
  expect(listed.body.items).toMatchObject([{ action: 'read-people', id: refused.body.explanation }])
  const streamed = await fetch(`${server.url}/api/v1/decisions/stream`, { headers: as })
  expect(streamed.status).toBe(403)
})

test('everything of a kind is exported as lines', async () => {
  for (const kind of ['people', 'grants', 'resources']) {
    const response = await fetch(`${server.url}/api/v1/exports/${kind}`, {
      headers: { authorization: `Bearer ${KEY}` },
    })
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.length).toBeGreaterThan(1)
  }
})
