// The AuthZEN 1.0 door over HTTP: the standard's own shapes, what it says about errors, defaults and searches.

import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { change } from '../lib/admin.ts'
import { KEY, ROOT, type Server, startServer } from '../lib/server.ts'

let server: Server

beforeAll(async () => {
  server = await startServer({
    env: { SAYSO_POLICY: join(ROOT, 'e2e/fixtures/records.yaml') },
  })
  await change(
    server,
    { assign: 'record:record-1#writer@user:alice' },
    { assign: 'record:record-1#reader@user:bob' },
    { assign: 'record:record-2#writer@user:alice' },
    { assign: 'tenant:acme#keeper@user:carol' },
    ...Array.from({ length: 7 }, (_, n) => ({
      assign: `record:record-2#reader@user:reader${n}`,
    })),
  )
})
afterAll(() => server.remove())

type Sent = { readonly headers?: Readonly<Record<string, string>>; readonly method?: string }

async function call(path: string, body: unknown, sent: Sent = {}) {
  const response = await fetch(`${server.url}${path}`, {
    method: sent.method ?? 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${KEY}`,
      ...sent.headers,
    },
    ...(sent.method === 'GET'
      ? {}
      : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  return {
    status: response.status,
    headers: response.headers,
    text,
    // biome-ignore lint/suspicious/noExplicitAny: what came is what is tested
    body: (isJson ? JSON.parse(text) : undefined) as any,
  }
}

const evaluate = (body: unknown, sent?: Sent) => call('/access/v1/evaluation', body, sent)
const many = (body: unknown) => call('/access/v1/evaluations', body)
const search = (what: string, body: unknown) => call(`/access/v1/search/${what}`, body)

const alice = { type: 'user', id: 'alice' }
const bob = { type: 'user', id: 'bob' }
const one = { type: 'record', id: 'record-1' }
const two = { type: 'record', id: 'record-2' }
const read = { name: 'read' }
const write = { name: 'write' }
const archived = { ...one, properties: { status: 'archived' } }

/** Who, what, on what, what stands besides → decision. The certification scenario first. */
const DECISIONS: readonly (readonly [string, object, boolean])[] = [
  ['alice reads', { subject: alice, action: read, resource: one }, true],
  ['alice writes', { subject: alice, action: write, resource: one }, true],
  ['bob reads', { subject: bob, action: read, resource: one }, true],
  ['bob writes', { subject: bob, action: write, resource: one }, false],
  ['alice writes what is archived', { subject: alice, action: write, resource: archived }, false],
  [
    'an admin writes what is archived',
    {
      subject: { ...alice, properties: { role: 'admin' } },
      action: write,
      resource: archived,
    },
    true,
  ],
  ['alice deletes', { subject: alice, action: { name: 'delete' }, resource: one }, false],
  [
    'alice deletes softly',
    {
      subject: alice,
      action: { name: 'delete', properties: { soft: true } },
      resource: one,
    },
    true,
  ],
  [
    'alice deletes softly, as a word',
    {
      subject: alice,
      action: { name: 'delete', properties: { soft: 'true' } },
      resource: one,
    },
    false,
  ],
  [
    'context changes nothing here',
    { subject: bob, action: write, resource: one, context: { soft: true, role: 'admin' } },
    false,
  ],
  [
    'a rule that reads context',
    { subject: bob, action: { name: 'audit' }, resource: one, context: { hour: 10 } },
    true,
  ],
  [
    'a rule that reads context, elsewhen',
    { subject: bob, action: { name: 'audit' }, resource: one, context: { hour: 20 } },
    false,
  ],
  [
    'a role on the tenant',
    { subject: { type: 'user', id: 'carol' }, action: write, resource: two },
    true,
  ],
  [
    'the tenant by name',
    {
      subject: { type: 'user', id: 'carol' },
      action: write,
      resource: { ...two, properties: { tenant: 'acme' } },
    },
    true,
  ],
  [
    'another tenant',
    {
      subject: { type: 'user', id: 'carol' },
      action: write,
      resource: { ...two, properties: { tenant: 'other' } },
    },
    false,
  ],
  [
    'an unknown subject',
    { subject: { type: 'user', id: 'zoe' }, action: read, resource: one },
    false,
  ],
  [
    'a subject of an unknown type',
    { subject: { type: 'robot', id: 'alice' }, action: read, resource: one },
    false,
  ],
  ['an unknown action', { subject: alice, action: { name: 'fly' }, resource: one }, false],
  [
    'an unknown resource',
    { subject: alice, action: read, resource: { type: 'record', id: 'none' } },
    false,
  ],
  [
    'an unknown type',
    { subject: alice, action: read, resource: { type: 'nothing', id: 'x' } },
    false,
  ],
  [
    'an id with every letter',
    { subject: { type: 'user', id: 'a:b/ü#…' }, action: read, resource: one },
    false,
  ],
  [
    'unknown members',
    {
      subject: { ...alice, shoe: 42 },
      action: { ...read, x: null },
      resource: one,
      more: [1],
    },
    true,
  ],
]

describe('one decision', () => {
  test.each(DECISIONS)('%s', async (_what, body, decision) => {
    const answered = await evaluate(body)
    expect(answered.status).toBe(200)
    expect(answered.body.decision).toBe(decision)
  })

  test('says why, apart for the person and for those who run the place', async () => {
    const { body } = await evaluate({ subject: bob, action: write, resource: one })
    expect(body.context.reason_user.en).toBe('`write` on `record:record-1` is not allowed')
    expect(body.context.reason_admin.reasons).toEqual([
      { kind: 'never_granted', grantedBy: ['writer'] },
    ])
    expect(body.context.revision).toBeGreaterThan(0)
  })

  test('names the instant at which time alone turns it', async () => {
    const expires = new Date(Date.now() + 3_600_000).toISOString()
    await change(server, {
      assign: 'record:record-1#reader@user:temp',
      expires_at: expires,
    })
    const { body } = await evaluate({
      subject: { type: 'user', id: 'temp' },
      action: read,
      resource: one,
    })
    expect(body.decision).toBe(true)
    expect(body.context.flips_at).toBe(expires)
  })

  test('a change holds in the next answer', async () => {
    const dora = { subject: { type: 'user', id: 'dora' }, action: read, resource: one }
    expect((await evaluate(dora)).body.decision).toBe(false)
    await change(server, { assign: 'record:record-1#reader@user:dora' })
    expect((await evaluate(dora)).body.decision).toBe(true)
    await change(server, { unassign: 'record:record-1#reader@user:dora' })
    expect((await evaluate(dora)).body.decision).toBe(false)
  })
})

const deep = (levels: number): unknown => (levels === 0 ? 1 : { in: deep(levels - 1) })

/** Requests that are none, and what is said. All answered 400. */
const MALFORMED: readonly (readonly [string, unknown])[] = [
  ['nothing', ''],
  ['broken JSON', '{"subject":'],
  ['a list', []],
  ['null', 'null'],
  ['a number', 7],
  ['no subject', { action: read, resource: one }],
  ['no action', { subject: alice, resource: one }],
  ['no resource', { subject: alice, action: read }],
  ['a subject that is a word', { subject: 'alice', action: read, resource: one }],
  ['a subject without type', { subject: { id: 'alice' }, action: read, resource: one }],
  ['a subject without id', { subject: { type: 'user' }, action: read, resource: one }],
  ['an empty id', { subject: { type: 'user', id: '' }, action: read, resource: one }],
  ['an id that is a number', { subject: { type: 'user', id: 7 }, action: read, resource: one }],
  ['a null id', { subject: { type: 'user', id: null }, action: read, resource: one }],
  ['an action that is a word', { subject: alice, action: 'read', resource: one }],
  ['an action whose name is a number', { subject: alice, action: { name: 123 }, resource: one }],
  ['an action without name', { subject: alice, action: {}, resource: one }],
  ['a resource without type', { subject: alice, action: read, resource: { id: 'x' } }],
  ['a resource without id', { subject: alice, action: read, resource: { type: 'record' } }],
  ['a resource that is a list', { subject: alice, action: read, resource: [] }],
  [
    'properties that are a list',
    { subject: { ...alice, properties: [1] }, action: read, resource: one },
  ],
  [
    'properties that are a word',
    { subject: alice, action: read, resource: { ...one, properties: 'x' } },
  ],
  ['a context that is a word', { subject: alice, action: read, resource: one, context: 'x' }],
  ['a context that is a list', { subject: alice, action: read, resource: one, context: [] }],
  ['too deep', { subject: alice, action: read, resource: one, context: deep(40) }],
  [
    'a hidden prototype',
    '{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"},"context":{"__proto__":{"a":1}}}',
  ],
]

describe('errors', () => {
  test.each(MALFORMED)('%s is no request', async (_what, body) => {
    const answered = await evaluate(body)
    expect(answered.status).toBe(400)
    expect(answered.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answered.text.length).toBeGreaterThan(5)
  })

  test.each(['text/plain', 'application/xml', 'application/jsonp', ''])(
    'another content type: %s',
    async (type) => {
      const asked = { subject: alice, action: read, resource: one }
      expect((await evaluate(asked, { headers: { 'content-type': type } })).status).toBe(400)
    },
  )

  test('a content type with parameters', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=UTF-8' }
    expect(
      (await evaluate({ subject: alice, action: read, resource: one }, { headers })).status,
    ).toBe(200)
  })

  test('a body without end', async () => {
    const huge = JSON.stringify({ subject: { ...alice, properties: { x: 'y'.repeat(2_000_000) } } })
    expect((await evaluate(huge)).status).toBe(413)
  })

  test.each([
    ['no key', ''],
    ['a wrong secret', `Bearer ${KEY}x`],
    ['no key of ours', 'Bearer other.key:secret'],
    ['nonsense', 'Bearer nonsense'],
    ['another scheme', 'Digest x'],
  ])('%s', async (_what, authorization) => {
    const asked = { subject: alice, action: read, resource: one }
    const answered = await evaluate(asked, { headers: { authorization } })
    expect(answered.status).toBe(401)
    expect(answered.headers.get('www-authenticate')).toBe('Bearer realm="sayso"')
  })

  test('another method', async () => {
    const answered = await call('/access/v1/evaluation', undefined, { method: 'GET' })
    expect(answered.status).toBe(405)
    expect(answered.headers.get('allow')).toBe('POST')
  })

  test('the id of a request comes back, also with an error', async () => {
    const headers = { 'x-request-id': 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716' }
    const fine = await evaluate({ subject: alice, action: read, resource: one }, { headers })
    const broken = await evaluate('{', { headers })
    const nobody = await evaluate('{', { headers: { ...headers, authorization: '' } })
    for (const each of [fine, broken, nobody]) {
      expect(each.headers.get('x-request-id')).toBe(headers['x-request-id'])
    }
  })
})

const decisions = (answered: { body: { evaluations: { decision: boolean }[] } }) =>
  answered.body.evaluations.map(({ decision }) => decision)

describe('many decisions', () => {
  test('in the order of the request, over what stands at the top', async () => {
    const answered = await many({
      subject: alice,
      action: write,
      evaluations: [{ resource: one }, { resource: two }, { subject: bob, resource: one }],
    })
    expect(answered.status).toBe(200)
    expect(decisions(answered)).toEqual([true, true, false])
    expect(answered.body).not.toHaveProperty('decision')
  })

  test('an item replaces a whole member, nothing is merged', async () => {
    const answered = await many({
      subject: { ...alice, properties: { role: 'admin' } },
      action: write,
      resource: archived,
      evaluations: [{}, { subject: alice }, { resource: one }, { resource: { type: 'record' } }],
    })
    expect(decisions(answered)).toEqual([true, false, true, false])
    expect(answered.body.evaluations[3].context.error).toEqual({
      status: 400,
      message: expect.stringContaining('`resource.id`'),
    })
  })

  test.each([
    ['none', { subject: alice, action: read, resource: one }],
    ['an empty list', { subject: alice, action: read, resource: one, evaluations: [] }],
  ])('without items it is one decision: %s', async (_what, body) => {
    const answered = await many(body)
    expect(answered.body.decision).toBe(true)
    expect(answered.body).not.toHaveProperty('evaluations')
  })

  test.each([
    ['execute_all', [true, false, true, false]],
    ['deny_on_first_deny', [true, false]],
    ['permit_on_first_permit', [true]],
    [undefined, [true, false, true, false]],
  ])('%s', async (semantic, expected) => {
    const answered = await many({
      subject: bob,
      resource: one,
      options: semantic === undefined ? { other: 1 } : { evaluations_semantic: semantic },
      evaluations: [{ action: read }, { action: write }, { action: read }, { action: write }],
    })
    expect(decisions(answered)).toEqual(expected)
  })

  test('the first permit ends what is permitted on it', async () => {
    const answered = await many({
      subject: bob,
      resource: one,
      options: { evaluations_semantic: 'permit_on_first_permit' },
      evaluations: [{ action: write }, { action: read }, { action: read }],
    })
    expect(decisions(answered)).toEqual([false, true])
  })

  test.each([
    [
      'an unknown semantic',
      { options: { evaluations_semantic: 'best_effort' }, evaluations: [{}] },
    ],
    ['items that are no list', { evaluations: {} }],
    ['an item that is a word', { evaluations: ['read'] }],
    ['a subject that is a word', { subject: 'alice', evaluations: [{ subject: alice }] }],
    ['options that are a word', { options: 'x', evaluations: [{}] }],
    ['more than are taken', { evaluations: Array.from({ length: 1_001 }, () => ({})) }],
    ['no items and no question', { subject: alice }],
  ])('%s is no request', async (_what, body) => {
    expect((await many(body)).status).toBe(400)
  })
})

describe('searches', () => {
  test('who may', async () => {
    const { body } = await search('subject', {
      subject: { type: 'user', id: 'ignored' },
      action: write,
      resource: one,
    })
    expect(body.results).toEqual([
      { type: 'user', id: 'alice' },
      { type: 'user', id: 'carol' },
    ])
    expect(body.page).toEqual({ next_token: '', count: 2 })
  })

  test('on what', async () => {
    const asked = { subject: alice, action: write, resource: { type: 'record', id: 'ignored' } }
    const { body } = await search('resource', asked)
    expect(body.results).toEqual([one, two])
  })

  test('which actions', async () => {
    const { body } = await search('action', { subject: alice, resource: one })
    expect(body.results).toEqual([{ name: 'read' }, { name: 'write' }])
  })

  test('what the request brings counts', async () => {
    const context = { hour: 10 }
    const action = { name: 'audit' }
    const where = { subject: bob, action, resource: { type: 'record' } }
    expect((await search('resource', where)).body.results).toEqual([])
    expect((await search('resource', { ...where, context })).body.results).toEqual([one, two])
    const which = { subject: bob, resource: archived, context }
    expect((await search('action', which)).body.results).toEqual([
      { name: 'audit' },
      { name: 'read' },
    ])
    const who = { subject: { type: 'user' }, action: write, resource: archived }
    expect((await search('subject', who)).body.results).toEqual([])
  })

  test('every result is permitted when asked by itself', async () => {
    const { body } = await search('subject', {
      subject: { type: 'user' },
      action: read,
      resource: two,
    })
    expect(body.results).toHaveLength(9)
    for (const subject of body.results) {
      expect((await evaluate({ subject, action: read, resource: two })).body.decision).toBe(true)
    }
  })

  test('page by page, once each', async () => {
    const asked = { subject: { type: 'user' }, action: read, resource: two }
    const found: { id: string }[] = []
    let token: string | undefined
    for (let pages = 0; pages < 10 && token !== ''; pages += 1) {
      const page = token === undefined ? { limit: 4 } : { token }
      const { body } = await search('subject', { ...asked, page })
      expect(body.results.length).toBeLessThanOrEqual(4)
      found.push(...body.results)
      token = body.page.next_token
    }
    expect(token).toBe('')
    expect(new Set(found.map(({ id }) => id)).size).toBe(9)
    expect(found).toHaveLength(9)
  })

  test('the token of another search is refused', async () => {
    const asked = { subject: { type: 'user' }, action: read, resource: two, page: { limit: 1 } }
    const token = (await search('subject', asked)).body.page.next_token as string
    expect((await search('subject', { ...asked, action: write, page: { token } })).status).toBe(400)
    expect((await search('subject', { ...asked, page: { token: 'x' } })).status).toBe(400)
    expect((await search('subject', { ...asked, page: { token } })).status).toBe(200)
  })

  test.each([
    ['subject', { subject: { type: 'robot' }, action: read, resource: one }],
    ['subject', { subject: { type: 'user' }, action: { name: 'fly' }, resource: one }],
    ['subject', { subject: { type: 'user' }, action: read, resource: { type: 'x', id: 'y' } }],
    ['resource', { subject: alice, action: read, resource: { type: 'nothing' } }],
    [
      'resource',
      { subject: { type: 'user', id: 'zoe' }, action: read, resource: { type: 'record' } },
    ],
    ['action', { subject: { type: 'user', id: 'zoe' }, resource: one }],
    ['action', { subject: alice, resource: { type: 'record', id: 'none' } }],
  ])('what is unknown is found nowhere: %s', async (what, body) => {
    const answered = await search(what, body)
    expect(answered.status).toBe(200)
    expect(answered.body.results).toEqual([])
  })

  test.each([
    ['subject', { action: read, resource: one }],
    ['subject', { subject: { type: 'user' }, resource: one }],
    ['subject', { subject: { type: 'user' }, action: read, resource: { type: 'record' } }],
    ['resource', { subject: { type: 'user' }, action: read, resource: { type: 'record' } }],
    ['resource', { subject: alice, resource: { type: 'record' } }],
    ['resource', { subject: alice, action: read, resource: {} }],
    ['action', { subject: alice }],
    ['action', { resource: one }],
    ['action', { subject: alice, resource: one, page: 'x' }],
    ['action', { subject: alice, resource: one, page: { limit: 0 } }],
  ])('what is missing is an error: %s', async (what, body) => {
    expect((await search(what, body)).status).toBe(400)
  })
})

test('says where everything is, to anybody', async () => {
  const response = await fetch(`${server.url}/.well-known/authzen-configuration`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  expect(await response.json()).toEqual({
    policy_decision_point: server.url,
    access_evaluation_endpoint: `${server.url}/access/v1/evaluation`,
    access_evaluations_endpoint: `${server.url}/access/v1/evaluations`,
    search_subject_endpoint: `${server.url}/access/v1/search/subject`,
    search_resource_endpoint: `${server.url}/access/v1/search/resource`,
    search_action_endpoint: `${server.url}/access/v1/search/action`,
  })
})
