// The overview through the public doors: what happens is counted, who may see it, and how long.

import { afterEach, describe, expect, test } from 'vitest'
import { change, events, withAnalyst } from './analyst.ts'
import type { Caller } from './people.ts'
import { rawClient } from './raw-client.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

afterEach(endAll)

type Glance = {
  readonly connections: number
  readonly attachments: number
  readonly channels: number
  readonly deliveryMs: { p50: number | null; p99: number | null }
  readonly revokeMs: { p50: number | null; p99: number | null }
  readonly denialsPerMinute: number
  readonly queue: { records: number; bytes: number }
  readonly health: readonly { part: string; state: string }[]
  readonly last: Readonly<Record<string, number | null>>
  readonly series: Readonly<Record<string, readonly (number | null)[]>>
}

const tokenOf = async ({ call }: Caller) => (await call('GET', '/api/realtime/token')).text()

/** Reads the stream until it says what is waited for. */
async function seen(caller: Caller, isIt: (glance: Glance) => boolean): Promise<Glance> {
  const response = await caller.call('GET', '/api/v1/overview/stream')
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  for await (const { event, data } of events(response)) {
    expect(event).toBe('overview')
    const glance = JSON.parse(data) as Glance
    if (isIt(glance)) return glance
  }
  throw new Error('the stream ended first')
}

async function reader(server: Serving, caller: Caller) {
  const client = await rawClient(server.url, { access_token: await tokenOf(caller) })
  await client.attach('chat:general')
  return client
}

describe('the overview', () => {
  test('counts who is there, what is delivered, how long a revoke takes, what is refused', async () => {
    const { server, analyst, owner, member } = await withAnalyst()
    const client = await reader(server, member)
    await (await reader(server, owner)).publish('chat:general', { data: 'canary-text-1' })
    const delivered = await seen(analyst, ({ last, connections }) =>
      [last.deliveryP99 !== null, connections === 2].every(Boolean),
    )
    expect(delivered).toMatchObject({ attachments: 2, channels: 1, denialsPerMinute: 0 })
    expect(delivered.deliveryMs.p99).toBeGreaterThan(0)
    expect(delivered.last.published).toBeGreaterThan(0)
    // Two readers, one message.
    expect(delivered.last.delivered).toBeCloseTo(2 * (delivered.last.published ?? 0), 0)
    await change(server, { assign: `channel:general#muted@user:${member.id}` })
    expect((await client.publish('chat:general', { data: 'no' })).action).toBe(2)
    const revoked = await seen(analyst, ({ denialsPerMinute }) => denialsPerMinute === 1)
    expect(revoked.revokeMs.p99).toBeGreaterThan(0)
    const whole = (await (await analyst.call('GET', '/api/v1/overview')).json()) as Glance
    const lengths = Object.values(whole.series).map(({ length }) => length)
    expect(new Set(lengths).size).toBe(1)
    expect(Object.keys(whole.series).sort()).toEqual(Object.keys(whole.last).sort())
    expect(whole.health.map(({ part, state }) => `${part} ${state}`)).toEqual(
      expect.arrayContaining(['store ok', 'feed ok', 'policy ok', 'webhooks ok', 'decisions ok']),
    )
    expect(JSON.stringify(whole)).not.toContain('canary')
  })

  test('is for who may read the numbers, and ends when the right does', async () => {
    const { server, analyst, member } = await withAnalyst()
    expect((await member.call('GET', '/api/v1/overview')).status).toBe(403)
    expect((await member.call('GET', '/api/v1/overview/stream')).status).toBe(403)
    expect((await analyst.call('GET', '/api/v1/audit')).status).toBe(403)
    const stream = await analyst.call('GET', '/api/v1/overview/stream')
    await change(server, { unassign: `tenant:default#analyst@user:${analyst.id}` })
    // It ends by itself: else this would never be done.
    for await (const { event } of events(stream)) expect(event).toBe('overview')
    expect((await analyst.call('GET', '/api/v1/overview')).status).toBe(403)
  })

  test('is streamed to a hundred at a time', async () => {
    const server = await serve()
    const headers = { authorization: `Bearer ${KEY}` }
    const open = () => fetch(`${server.url}/api/v1/overview/stream`, { headers })
    const streams = await Promise.all(Array.from({ length: 100 }, open))
    expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200))
    const more = await open()
    expect([more.status, await more.json()]).toEqual([
      429,
      expect.objectContaining({ code: 'too_many' }),
    ])
    await Promise.all(streams.map(({ body }) => body?.cancel()))
  })

  test('says which part is not well', async () => {
    const { server, analyst } = await withAnalyst()
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    const made = await fetch(`${server.url}/api/v1/webhooks`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ url: 'http://127.0.0.1:9/', events: ['rights.changed'] }),
    })
    expect(made.status).toBe(201)
    await change(server, { assign: 'channel:mod#participant@user:nobody' })
    const { health } = await seen(analyst, (glance) =>
      glance.health.some(({ part, state }) => part === 'webhooks' && state === 'down'),
    )
    expect(health).toContainEqual({
      part: 'webhooks',
      state: 'down',
      detail: '1 of 1 do not answer',
    })
  })
})

describe('/metrics', () => {
  const collect = (server: Serving, headers = {}) => fetch(`${server.url}/metrics`, { headers })

  test('is for programs of this machine that come without a proxy', async () => {
    const server = await serve()
    const text = await (await collect(server)).text()
    expect(text).toMatch(/^# TYPE sayso_messages_published_total counter$/m)
    expect(text).toMatch(/^sayso_delivery_seconds_bucket\{le="\+Inf"\} 0$/m)
    const proxied = await collect(server, { 'x-forwarded-for': '203.0.113.7' })
    expect(proxied.headers.get('content-type')).not.toContain('version=0.0.4')
  })

  test('is open or off if a setting says so', async () => {
    const open = await serve({ SAYSO_METRICS: 'open' })
    const proxied = await collect(open, { forwarded: 'for=203.0.113.7' })
    expect(proxied.headers.get('content-type')).toContain('version=0.0.4')
    const off = await serve({ SAYSO_METRICS: 'off' })
    expect((await collect(off)).headers.get('content-type')).not.toContain('version=0.0.4')
  })
})
