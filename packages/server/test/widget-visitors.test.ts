// Visitors as operators and owners see them: who is on the site, what owners' servers say of them, who is kept out.

import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Action } from '@sayso/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { setUp, signUp } from './people.ts'
import { rawClient } from './raw-client.ts'
import { endAll, type Serving } from './serving.ts'
import {
  begin,
  byKey,
  door,
  type Json,
  makeTenant,
  makeWidget,
  serveDesk,
  signed,
  type TestWidget,
  visit,
} from './widget-case.ts'

let server: Serving
let widget: TestWidget
beforeAll(async () => {
  server = await serveDesk({ SAYSO_TRUSTED_PROXIES: '127.0.0.1' })
  widget = await makeWidget(server)
})
afterAll(endAll)

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const PAGE = { url: 'https://shop.example/shoes', title: 'Shoes' }
const from = (address: string) => ({ 'x-forwarded-for': address })

describe('who is on the site', () => {
  test('is seen with the pages they have looked at, the latest first', async () => {
    const { device, visitor } = await visit(server, widget, { page: PAGE })
    const next = { url: 'https://shop.example/cart' }
    expect((await door(server, 'PUT', '/page', { device, body: next })).status).toBe(204)
    const { items } = (await byKey(server, 'GET', '/desk/visitors')).body as { items: Json[] }
    const found = items.find(({ id }) => id === visitor.id)
    const onSite = found?.onSite as { pages: { url: string; title?: string }[]; address: string }
    expect(onSite.pages.map(({ url }) => url)).toEqual([next.url, PAGE.url])
    expect(onSite.address).toBe('127.0.0.1')
    const page = await byKey(server, 'GET', '/desk/visitors?limit=1')
    expect(page.body.items).toHaveLength(1)
  })

  test('is not what a visitor likes to say: only addresses of pages', async () => {
    const { device } = await visit(server, widget)
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'shop',
      `https://a.example/${'x'.repeat(2_000)}`,
    ]) {
      const answer = await door(server, 'PUT', '/page', { device, body: { url } })
      expect([url.slice(0, 20), answer.body.code]).toEqual([url.slice(0, 20), 'body_invalid'])
    }
  })

  test('is for those who may see visitors, of their tenant', async () => {
    const served = await serveDesk()
    const grace = await setUp(served)
    await makeTenant(served, 'north')
    await makeTenant(served, 'south')
    const ada = await signUp(served, 'Ada')
    const south = await makeWidget(served, { tenant: 'south' })
    const north = await makeWidget(served, { tenant: 'north' })
    const here = await visit(served, south)
    const there = await visit(served, north)
    expect((await ada.call('GET', '/api/v1/desk/visitors')).status).toBe(403)
    await grace.call('POST', '/api/v1/changes', {
      changes: [{ assign: `tenant:south#admin@user:${ada.id}` }],
    })
    const seen = (await (await ada.call('GET', '/api/v1/desk/visitors')).json()) as {
      items: Json[]
    }
    expect(seen.items.map(({ id }) => id)).toEqual([here.visitor.id])
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '', { attributes: {} }],
      ['PUT', '/block', {}],
      ['DELETE', '/block', undefined],
    ] as const) {
      const theirs = await ada.call(
        method,
        `/api/v1/desk/visitors/${there.visitor.id}${path}`,
        body,
      )
      const none = await ada.call(method, `/api/v1/desk/visitors/v-none${path}`, body)
      expect([theirs.status, await theirs.text()]).toEqual([none.status, await none.text()])
      expect(theirs.status).toBe(404)
    }
  })
})

/** An owner's server that answers what it is told to. */
async function ownersServer(
  answer: (asked: Json, request: IncomingMessage, raw: string) => [number, unknown],
) {
  const asked: Json[] = []
  const http = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      const said = JSON.parse(raw) as Json
      asked.push(said)
      const [status, body] = answer(said, request, raw)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  closers.push(() => http.close())
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/visitor`, asked }
}

describe('what the owner’s server says', () => {
  const read = async (id: string) => (await byKey(server, 'GET', `/desk/visitors/${id}`)).body

  test('is pushed, also before somebody comes, and replaces what it said before', async () => {
    const path = '/desk/visitors/external:customer-99'
    const put = (attributes: Json) => byKey(server, 'PUT', path, { attributes })
    expect((await put({ plan: 'gold', orders: 3 })).status).toBe(200)
    expect((await put({ plan: 'silver' })).status).toBe(200)
    const { visitor } = await visit(server, widget, {
      identity: signed(widget, { sub: 'customer-99', attributes: { city: 'Ulm' } }),
    })
    const known = await read(visitor.id)
    expect(known).toMatchObject({ pushed: { plan: 'silver' }, signed: { city: 'Ulm' } })
    expect((await byKey(server, 'GET', path)).body.id).toBe(visitor.id)
    expect((await put({ deep: { er: 1 } })).body.code).toBe('body_invalid')
    expect((await byKey(server, 'PUT', '/desk/visitors/v-none', { attributes: {} })).status).toBe(
      404,
    )
  })

  test('is asked for, signed, held for the time that is set, and never written down', async () => {
    const secrets: string[] = []
    const owner = await ownersServer((_asked, { headers }, raw) => {
      const key = Buffer.from((secrets[0] ?? '').slice('whsec_'.length), 'base64')
      const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${raw}`
      const mac = createHmac('sha256', key).update(text).digest('base64')
      return headers['webhook-signature'] === `v1,${mac}`
        ? [200, { attributes: { debt: 'secret-of-owner', orders: 12 } }]
        : [401, {}]
    })
    const made = await byKey(server, 'POST', '/desk/widgets', {
      name: 'Shop',
      context: { url: owner.url, cacheSeconds: 600 },
    })
    secrets.push(String(made.body.contextSecret))
    const own = { id: String(made.body.id), key: '', secret: '' }
    const { visitor } = await visit(server, own)
    for (const _time of [1, 2])
      expect((await read(visitor.id)).context).toMatchObject({
        state: 'fresh',
        values: { debt: 'secret-of-owner', orders: 12 },
      })
    expect(owner.asked).toEqual([
      { type: 'visitor.context', widget: own.id, tenant: 'default', visitor: visitor.id },
    ])
    const stored = await byKey(server, 'GET', `/audit?target=user:${visitor.id}`)
    expect(JSON.stringify(stored.body)).not.toContain('secret-of-owner')
  })

  test.each([
    ['answers that it fails', () => [500, {}] as [number, unknown], /500/],
    ['answers no JSON', () => [200, 'oops'] as [number, unknown], /documented/],
    [
      'answers with depth',
      () => [200, { attributes: { a: {} } }] as [number, unknown],
      /documented/,
    ],
    [
      'answers too much',
      () => [200, { attributes: { a: 'x'.repeat(40_000) } }] as [number, unknown],
      /documented/,
    ],
    ['sends elsewhere', () => [302, {}] as [number, unknown], /302/],
  ])('is shown as failed when it %s', async (_what, answer, why) => {
    const owner = await ownersServer(answer)
    const made = await byKey(server, 'POST', '/desk/widgets', {
      name: 'Shop',
      context: { url: owner.url },
    })
    const { visitor } = await visit(server, { id: String(made.body.id) })
    const { context } = (await read(visitor.id)) as { context: { state: string; why: string } }
    expect(context.state).toBe('failed')
    expect(context.why).toMatch(why)
  })

  test('is asked once while it thinks, and is empty for somebody it does not know', async () => {
    const owner = await ownersServer(() => [404, {}])
    const made = await byKey(server, 'POST', '/desk/widgets', {
      name: 'Shop',
      context: { url: owner.url },
    })
    const { visitor } = await visit(server, { id: String(made.body.id) })
    const both = await Promise.all([read(visitor.id), read(visitor.id)])
    for (const { context } of both) expect(context).toMatchObject({ state: 'fresh', values: {} })
    expect(owner.asked).toHaveLength(1)
  })
})

describe('a visitor who is kept out', () => {
  test('loses what is open at once, comes in by no door, and is told no more than that', async () => {
    const { device, token, visitor } = await visit(server, widget)
    const client = await rawClient(server.url, { access_token: token })
    const path = `/desk/visitors/${visitor.id}/block`
    expect((await byKey(server, 'PUT', path, { reason: 'insults' })).status).toBe(200)
    const cut = await client.next(
      ({ action }) => action === Action.DISCONNECTED || action === Action.ERROR,
    )
    expect(cut.error?.statusCode).toBe(401)
    const gone = { status: 403, body: { code: 'not_available' } }
    expect(await begin(server, widget, { device })).toMatchObject(gone)
    expect(await door(server, 'POST', '/token', { body: { device } })).toMatchObject(gone)
    const page = await door(server, 'PUT', '/page', { device, body: PAGE })
    expect(page).toMatchObject(gone)
    expect(page.text).not.toContain('block')
    expect(page.text).not.toContain('insults')
    const shown = await byKey(server, 'GET', `/desk/visitors/${visitor.id}`)
    expect(shown.body.block).toMatchObject({ reason: 'insults', addresses: [] })
    expect((await byKey(server, 'DELETE', path)).status).toBe(200)
    const again = await visit(server, widget, { device })
    expect(again.visitor.id).toBe(visitor.id)
  })

  test('with their address takes everybody along who comes from there, until they are let in again', async () => {
    const there = (body: Json = {}) =>
      door(server, 'POST', `/session?widget=${widget.id}`, { body, headers: from('203.0.113.9') })
    const bad = (await there()).body as { visitor: { id: string } }
    const path = `/desk/visitors/${bad.visitor.id}/block`
    expect((await byKey(server, 'PUT', path, { address: true })).status).toBe(200)
    expect(await there()).toMatchObject({ status: 403, body: { code: 'not_available' } })
    const config = await door(server, 'GET', `/config?widget=${widget.id}`, {
      headers: from('203.0.113.9'),
    })
    expect(config.body.code).toBe('not_available')
    // A header that no trusted proxy wrote moves nobody.
    expect((await begin(server, widget)).status).toBe(200)
    await byKey(server, 'DELETE', path)
    expect((await there()).status).toBe(200)
  })

  test('by a widget that is switched off is cut off at once; by another one of the tenant goes on', async () => {
    const own = await makeWidget(server)
    const mine = await visit(server, own)
    const other = await visit(server, widget)
    const [client, beside] = [
      await rawClient(server.url, { access_token: mine.token }),
      await rawClient(server.url, { access_token: other.token }),
    ]
    const isOver = ({ action }: { action: number }) =>
      action === Action.DISCONNECTED || action === Action.ERROR
    expect(
      (await byKey(server, 'PUT', `/desk/widgets/${own.id}`, { name: 'Shop', isOn: false })).status,
    ).toBe(200)
    expect((await client.next(isOver)).error?.statusCode).toBe(401)
    const renewed = await door(server, 'POST', '/token', { body: { device: mine.device } })
    expect(renewed).toMatchObject({ status: 404, body: { code: 'widget_unknown' } })
    expect((await door(server, 'POST', '/token', { body: { device: other.device } })).status).toBe(
      200,
    )
    beside.send({ action: Action.HEARTBEAT })
    expect(
      (await beside.next((frame) => isOver(frame) || frame.action === Action.HEARTBEAT)).action,
    ).toBe(Action.HEARTBEAT)
  })

  test('until an instant is let in after it', async () => {
    const { device, visitor } = await visit(server, widget)
    const until = new Date(Date.now() - 1_000).toISOString()
    await byKey(server, 'PUT', `/desk/visitors/${visitor.id}/block`, { until })
    expect((await begin(server, widget, { device })).status).toBe(200)
  })
})

describe('limits', () => {
  test('of sessions are counted by address, and say how long to wait', async () => {
    const own = await makeWidget(server, { limits: { sessions: 3 }, tenant: 'default' })
    const at = (address: string) =>
      door(server, 'POST', `/session?widget=${own.id}`, { body: {}, headers: from(address) })
    for (const _time of [1, 2, 3]) expect((await at('198.51.100.1')).status).toBe(200)
    const refused = await at('198.51.100.1')
    expect(refused).toMatchObject({ status: 429, body: { code: 'slow_down' } })
    expect(refused.body.retryAfterMs).toBeGreaterThan(0)
    expect(refused.body.retryAfterMs).toBeLessThanOrEqual(20_000)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await at('198.51.100.2')).status).toBe(200)
  })
})
