// What webhooks hear of conversations: each turn of their life once, signed, again with a signature of its own until it was heard,
// and never what happens in another app or may be heard by a tenant.

import { createHmac } from 'node:crypto'
import { createServer, type Server as HttpServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ask,
  closeAll,
  type Desk,
  freshDesk,
  give,
  onlineVisitor,
  opens,
  operator,
} from './desk-case.ts'
import { signUp } from './people.ts'
import { endAll } from './serving.ts'
import { byKey, door, type Json, makeTenant, visit } from './widget-case.ts'

type Told = {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly status: number
}
type Event = { readonly type: string; readonly data: Json }

/** An endpoint of the owner's: answers as it is told to, and keeps what it hears. */
class Receiver {
  readonly told: Told[] = []
  readonly answers: number[] = []
  readonly #waiting: (() => void)[] = []
  readonly #server: HttpServer = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const status = this.answers.shift() ?? 204
    response.writeHead(status, { 'retry-after': '0' }).end()
    const body = Buffer.concat(chunks).toString('utf8')
    this.told.push({ headers: request.headers, body, status })
    for (const wake of this.#waiting.splice(0)) wake()
  })

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`
  }

  async until(fits: (all: readonly Told[]) => boolean): Promise<readonly Told[]> {
    while (!fits(this.told)) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.told
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

const EVENTS = ['opened', 'claimed', 'transferred', 'released', 'closed', 'rated']
const receiver = new Receiver()
const other = new Receiver()
let desk: Desk
let secret: string
let id: string

const eventOf = ({ body }: Told) => JSON.parse(body) as Event
const turnsOf = (all: readonly Told[], key: string) =>
  all
    .filter(({ status }) => status < 300)
    .map(eventOf)
    .filter(({ type, data }) => type.startsWith('conversation.') && data.key === key)
    .map(({ type }) => type.slice('conversation.'.length))

beforeAll(async () => {
  desk = await freshDesk({ SAYSO_PRIVATE_WEBHOOKS: 'on' })
  const { server } = desk
  const said = {
    url: await receiver.open(),
    events: [...EVENTS.map((event) => `conversation.${event}`), 'message.published'],
  }
  const made = await byKey(server, 'POST', '/webhooks', said)
  expect(made.status).toBe(201)
  ;[id, secret] = [String(made.body.id), String(made.body.secret)]
  const app = await byKey(server, 'POST', '/apps', { name: 'Beside' })
  const headers = {
    authorization: `Bearer ${app.body.key}`,
    'content-type': 'application/json',
  }
  const elsewhere = { ...said, url: await other.open() }
  const beside = await fetch(`${server.url}/api/v1/webhooks`, {
    method: 'POST',
    headers,
    body: JSON.stringify(elsewhere),
  })
  expect(beside.status).toBe(201)
}, 60_000)

afterAll(async () => {
  closeAll()
  await endAll()
  receiver.close()
  other.close()
})

function isSigned({ headers, body }: Told): boolean {
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  return (
    headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(text).digest('base64')}`
  )
}

test('each turn of a conversation is told once, in its order, signed, and stands in the log', async () => {
  const { server, widget } = desk
  const [olga, otto] = [await operator(server, 'Olga'), await operator(server, 'Otto')]
  const one = await visit(server, widget)
  const { conversation } = await opens(server, one.visitor.id)
  const path = `/conversations/${conversation.key}`
  await ask(olga, 'POST', `${path}/claim`)
  await onlineVisitor(server, one)
    .channels.get(conversation.channel)
    .publish('text', { text: 'From the visitor' })
  await ask(olga, 'POST', `${path}/transfer`, { operator: otto.id })
  await ask(otto, 'POST', `${path}/release`)
  await ask(otto, 'POST', `${path}/claim`)
  await ask(otto, 'POST', `${path}/close`, { reason: 'done' })
  const rating = { device: one.device, body: { score: 5, comment: 'Thanks' } }
  await door(server, 'POST', `/conversations/${conversation.key}/rating`, rating)
  const told = await receiver.until((all) => turnsOf(all, conversation.key).includes('rated'))
  expect(turnsOf(told, conversation.key)).toEqual([
    'opened',
    'claimed',
    'transferred',
    'released',
    'claimed',
    'closed',
    'rated',
  ])
  expect(told.every(isSigned)).toBe(true)
  const events = told.map(eventOf)
  expect(events.find(({ type }) => type === 'conversation.closed')?.data).toMatchObject({
    tenant: 'default',
    closedBy: otto.id,
    closeReason: 'done',
  })
  const messages = events.filter(({ type }) => type === 'message.published')
  expect(JSON.stringify(messages)).toContain('From the visitor')
  const log = await byKey(server, 'GET', `/webhooks/${id}/deliveries`)
  const tried = log.body.items as { ok?: boolean; status: number }[]
  expect(tried.length).toBeGreaterThan(6)
})

test('conversations that are closed in one write are told once each', async () => {
  const { server, widget } = desk
  const both = [await visit(server, widget), await visit(server, widget)]
  const keys: string[] = []
  for (const { visitor } of both) keys.push((await opens(server, visitor.id)).conversation.key)
  const path = `/desk/visitors/${both[0]?.visitor.id}/block`
  expect((await byKey(server, 'PUT', path, { address: true })).status).toBe(200)
  expect((await byKey(server, 'DELETE', path)).status).toBe(200)
  const { visitor } = await visit(server, widget)
  const after = (await opens(server, visitor.id)).conversation.key
  // What is told comes in the order it was written.
  const told = await receiver.until((all) => turnsOf(all, after).length > 0)
  for (const key of keys) expect(turnsOf(told, key)).toEqual(['opened', 'closed'])
})

test('what was not heard is told again, under the same id, with a signature of its own', async () => {
  const { server, widget } = desk
  const before = receiver.told.length
  receiver.answers.push(500)
  const { visitor } = await visit(server, widget)
  const { conversation } = await opens(server, visitor.id)
  const told = await receiver.until((all) => turnsOf(all, conversation.key).length > 0)
  const [first, second] = told.slice(before)
  expect([first?.status, second?.status]).toEqual([500, 204])
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  expect(second?.body).toBe(first?.body)
  expect(second?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp'])
  expect([first, second].every((each) => each !== undefined && isSigned(each))).toBe(true)
})

test('webhooks are of the place: who runs one tenant neither makes nor reads one; other apps hear nothing', async () => {
  const { server } = desk
  await makeTenant(server, 'beta')
  const bea = await signUp(server, 'Bea')
  await give(server, bea, 'admin', 'tenant:beta')
  for (const [method, path, body] of [
    ['GET', '/webhooks', undefined],
    ['POST', '/webhooks', { url: 'https://x.example/hook', events: ['conversation.opened'] }],
    ['GET', `/webhooks/${id}`, undefined],
    ['PUT', `/webhooks/${id}`, { url: 'https://x.example/hook', events: [] }],
    ['DELETE', `/webhooks/${id}`, undefined],
    ['GET', `/webhooks/${id}/deliveries`, undefined],
    ['POST', `/webhooks/${id}/replay`, {}],
  ] as const) {
    const answer = await bea.call(method, `/api/v1${path}`, body)
    expect([method, path, answer.status]).toEqual([method, path, 403])
  }
  expect(other.told).toEqual([])
})

test('a rating is the visitor’s to give, once it is closed, and nobody else’s', async () => {
  const { server, widget, owner } = desk
  const one = await visit(server, widget)
  const stranger = await visit(server, widget)
  const { conversation } = await opens(server, one.visitor.id)
  const path = `/conversations/${conversation.key}/rating`
  const body = { score: 3 }
  const rate = ({ device }: { device: string }) => door(server, 'POST', path, { device, body })
  expect((await rate(one)).body.code).toBe('conversation_state')
  await ask(owner, 'POST', `/conversations/${conversation.key}/close`, {})
  expect((await rate(stranger)).body.code).toBe('conversation_unknown')
  for (const score of [0, 6, 2.5, '5', null]) {
    const wrong = await door(server, 'POST', path, { device: one.device, body: { score } })
    expect([score, wrong.body.code]).toEqual([score, 'body_invalid'])
  }
  expect((await owner.call('POST', `/api/v1/desk${path}`, body)).status).toBe(404)
  expect((await rate(one)).status).toBe(204)
})
