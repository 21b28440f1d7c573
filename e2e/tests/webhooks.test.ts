// Webhooks against a real endpoint: signed so that a library of others is convinced, in order, again until heard.

import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { admin, change } from '../lib/admin.ts'
import { keyRest } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelOf, home } from '../lib/words.ts'

type Told = { readonly headers: Record<string, string>; readonly body: string }

/** An endpoint that answers as it is told to, and lets wait for what it hears. */
class Ear {
  readonly told: Told[] = []
  answers: number[] = []
  #waiting: (() => void)[] = []
  readonly server: HttpServer = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = request.headers as Record<string, string>
      this.told.push({ headers, body: Buffer.concat(chunks).toString('utf8') })
      response.writeHead(this.answers.shift() ?? 204, { 'retry-after': '0' }).end()
      for (const wake of this.#waiting.splice(0)) wake()
    })
  })

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`
  }

  async heard(count: number): Promise<readonly Told[]> {
    while (this.told.length < count)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.told
  }
}

let server: Server
const ears: Ear[] = []
beforeAll(async () => {
  server = await startServer()
})
afterEach(() => {
  for (const { server: each } of ears.splice(0)) each.close()
})
afterAll(() => server.remove())

async function hook(events: readonly string[]) {
  const ear = new Ear()
  ears.push(ear)
  const url = await ear.open()
  const made = await admin(server, 'POST', '/webhooks', { url, events })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return { ear, id: String(made.body.id), secret: String(made.body.secret), url }
}

const event = ({ body }: Told) =>
  JSON.parse(body) as { type: string; data: Record<string, unknown> }

test('each event is signed, and the library of Standard Webhooks believes it', async () => {
  const { ear, secret } = await hook(['rights.changed', 'person.registered', 'member.joined'])
  await change(server, { person: 'user:piet', attributes: { name: 'Piet' } })
  const told = await ear.heard(2)
  for (const { headers, body } of told) {
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow()
  }
  expect(told.map((each) => event(each).type)).toEqual(['rights.changed', 'person.registered'])
  expect(JSON.stringify(event(told[1] as Told).data)).toContain('user:piet')
})

test('an endpoint hears what it asked for only, in order, and again until it has heard', async () => {
  const { ear, id } = await hook(['message.published'])
  ear.answers = [500, 503]
  const channel = keyRest(server).channels.get(channelOf(home))
  await channel.publish('chat.message', { text: 'one', metadata: {} })
  await channel.publish('chat.message', { text: 'two', metadata: {} })
  const told = await ear.heard(4)
  const texts = told.map((each) => JSON.stringify(event(each).data).match(/one|two/)?.[0])
  expect(texts).toEqual(['one', 'one', 'one', 'two'])
  const ids = told.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(2)
  // The answer reached the server before it wrote down what it was told.
  const replayed = await admin(server, 'POST', `/webhooks/${id}/replay`, {
    since: '2000-01-01T00:00:00Z',
  })
  expect(replayed.body.count).toBeGreaterThanOrEqual(1)
  await ear.heard(5)
  const tried = await admin(server, 'GET', `/webhooks/${id}/deliveries`)
  const statuses = (tried.body.items as { status: number }[]).map(({ status }) => status)
  expect(statuses.slice(-3)).toEqual([204, 503, 500])
})

test('what was committed before a crash is told after it', async () => {
  const { ear, id } = await hook(['rights.changed'])
  ear.answers = [500]
  await change(server, { person: 'user:wim', attributes: { name: 'Wim' } })
  await ear.heard(1)
  await server.kill('SIGKILL')
  server = await server.restart()
  const told = await ear.heard(2)
  expect(told[1]?.body).toBe(told[0]?.body)
  expect((await admin(server, 'GET', `/webhooks/${id}`)).body.enabled).toBe(true)
})

test('is changed as it was seen, tells nobody its secret, and is removed with what waits', async () => {
  const { id, url } = await hook(['rights.changed'])
  const listed = await admin(server, 'GET', '/webhooks')
  expect(JSON.stringify(listed.body)).not.toContain('whsec_')
  expect(
    (await admin(server, 'PUT', `/webhooks/${id}`, { url: 'ftp://x', events: ['rights.changed'] }))
      .status,
  ).toBe(400)
  const off = await admin(server, 'PUT', `/webhooks/${id}`, {
    url,
    events: ['rights.changed'],
    enabled: false,
  })
  expect(off.body.enabled).toBe(false)
  expect((await admin(server, 'DELETE', `/webhooks/${id}`)).status).toBe(200)
  expect((await admin(server, 'GET', `/webhooks/${id}`)).body.code).toBe('webhook_unknown')
})

test('private addresses are refused where the setting says so', async () => {
  const strict = await startServer({ env: { SAYSO_PRIVATE_WEBHOOKS: 'off' } })
  try {
    const refused = await admin(strict, 'POST', '/webhooks', {
      url: 'http://127.0.0.1:9/hook',
      events: ['rights.changed'],
    })
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid'])
    const made = await admin(strict, 'POST', '/webhooks', {
      url: 'https://127.0.0.1:9/hook',
      events: ['rights.changed'],
    })
    await change(strict, { person: 'user:piet', attributes: { name: 'Piet' } })
    const tried = async () =>
      (await admin(strict, 'GET', `/webhooks/${made.body.id}/deliveries`)).body.items as {
        error?: string
      }[]
    await expect
      .poll(tried, { timeout: 10_000 })
      .toMatchObject([{ error: expect.stringContaining('public internet') }])
  } finally {
    await strict.remove()
  }
})
