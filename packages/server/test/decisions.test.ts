// The decisions log through the public doors: what each door answered is in it, for whom it is, and for as long as it is kept.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { type Caller, setUp, signIn, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

afterEach(endAll)

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))

type Line = Readonly<Record<string, unknown>> & { readonly id: string }
type Page = {
  readonly items: readonly Line[]
  readonly next?: string
  readonly dropped: { count: number }
}

async function call(server: Serving, method: string, path: string, body?: unknown, key = KEY) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const response = await fetch(`${server.url}${path}`, { method, headers, ...sent })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}

const listed = (server: Serving, query = '', key = KEY): Promise<Page> =>
  call(server, 'GET', `/api/v1/decisions?${query}`, undefined, key)
const lines = async (server: Serving, query = '') => (await listed(server, query)).items

async function withAnn(env: Readonly<Record<string, string>> = {}) {
  const server = await serve(env)
  await call(server, 'POST', '/api/v1/changes', {
    changes: [
      { person: 'user:ann', attributes: { name: 'Ann' } },
      { assign: 'dock:bridge#sailor@user:ann' },
    ],
  })
  return server
}

const permit = (action: string, key = 'bridge') => ({
  user: { key: 'ann', attributes: { pin: 'canary-attribute-1' } },
  action,
  resource: { type: 'dock', key, attributes: { code: 'canary-attribute-2' } },
  context: { token: 'canary-context-3' },
})
const authzen = (action: string) => ({
  subject: { type: 'user', id: 'ann', properties: { pin: 'canary-property-4' } },
  action: { name: action },
  resource: { type: 'dock', id: 'bridge' },
  context: { token: 'canary-context-5' },
})

describe('each door', () => {
  test('Permit’s: a check and each of many is a line, a question for a list is one', async () => {
    const server = await withAnn()
    await call(server, 'POST', '/allowed', permit('publish'))
    await call(server, 'POST', '/allowed/bulk', [
      permit('subscribe'),
      permit('configure'),
      permit('publish', 'nowhere'),
    ])
    await call(server, 'POST', '/allowed', { ...permit('publish'), user: { key: '' } })
    const { resource } = permit('')
    await call(server, 'POST', '/allowed/all-tenants', { ...permit('publish'), resource })
    await call(server, 'POST', '/user-permissions', { user: { key: 'ann' } })
    await call(server, 'POST', '/authorized_users', { action: 'publish', resource })
    const found = await lines(server, 'door=permit')
    const short = found.map(({ subject, action, on, verdict, reason, found: count }) =>
      [subject, action, on, verdict, reason, count].filter((each) => each !== undefined).join(' '),
    )
    expect(short.reverse()).toEqual([
      'user:ann publish dock:bridge allow granted',
      'user:ann subscribe dock:bridge allow granted',
      'user:ann configure dock:bridge deny never_granted',
      'user:ann publish dock:nowhere deny never_granted',
      'user: publish dock:bridge deny unknown_subject',
      'user:ann publish dock:bridge allow list 1',
      'user:ann * * allow list 1',
      'publish dock:bridge allow list 1',
    ])
    const { version, revision } = await call(server, 'GET', '/api/v1/policy')
    expect(found.at(-1)).toMatchObject({
      door: 'permit',
      actor: 'key:first',
      key: 'first',
      resource: 'dock:bridge',
      tenant: 'tenant:harbour',
      by: 'dock:bridge#sailor',
      policy: version,
      revision,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
  })

  test('AuthZEN’s: each evaluation is a line, each search is one', async () => {
    const server = await withAnn()
    await call(server, 'POST', '/access/v1/evaluation', authzen('publish'))
    await call(server, 'POST', '/access/v1/evaluations', {
      evaluations: [
        authzen('subscribe'),
        authzen('configure'),
        { ...authzen('x'), subject: { type: 'no type', id: 'x' } },
      ],
    })
    const { subject, action, resource } = authzen('publish')
    await call(server, 'POST', '/access/v1/search/subject', {
      subject: { type: 'user' },
      action,
      resource,
    })
    await call(server, 'POST', '/access/v1/search/resource', {
      subject,
      action,
      resource: { type: 'dock' },
    })
    await call(server, 'POST', '/access/v1/search/action', { subject, resource })
    const found = (await lines(server, 'door=authzen')).map(
      ({ subject: who, action: what, on, verdict, reason }) => [who, what, on, verdict, reason],
    )
    expect(found.reverse()).toEqual([
      ['user:ann', 'publish', 'dock:bridge', 'allow', 'granted'],
      ['user:ann', 'subscribe', 'dock:bridge', 'allow', 'granted'],
      ['user:ann', 'configure', 'dock:bridge', 'deny', 'never_granted'],
      ['no type:x', 'x', 'dock:bridge', 'deny', 'unknown_name'],
      [undefined, 'publish', 'dock:bridge', 'allow', 'list'],
      ['user:ann', 'publish', 'dock', 'allow', 'list'],
      ['user:ann', '*', 'dock:bridge', 'allow', 'list'],
    ])
  })

  test('our own: questions and refusals of the API, of channels, and of the command line', async () => {
    const server = await withAnn()
    const bob = await signUp(server, 'Bob')
    const question = { subject: 'user:ann', action: 'publish', resource: 'dock:bridge' }
    await call(server, 'POST', '/api/v1/explain', question)
    await call(server, 'GET', '/api/v1/access/actions?subject=user:ann&resource=dock:bridge')
    expect((await bob.call('POST', '/api/v1/channels/north/promote', {})).status).toBe(400)
    const body = { person: bob.id }
    expect((await bob.call('POST', '/api/v1/channels/north/promote', body)).status).toBe(403)
    await fetch(`${server.url}/api/v1/explain`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
        'user-agent': 'sayso-cli',
      },
      body: JSON.stringify({ ...question, action: 'hush' }),
    })
    const token = await (await bob.call('GET', '/api/realtime/token')).text()
    const history = `${server.url}/channels/${encodeURIComponent('dock:bridge')}/messages`
    const refused = await fetch(history, { headers: { authorization: `Bearer ${token}` } })
    expect(refused.status).toBe(401)
    const all = await lines(server)
    expect(all.map(({ door, action, verdict }) => [door, action, verdict]).reverse()).toEqual([
      ['api', 'publish', 'allow'],
      ['api', '*', 'allow'],
      ['api', 'promote', 'deny'],
      ['cli', 'hush', 'deny'],
      ['channel', 'history', 'deny'],
    ])
    expect(all[0]).toMatchObject({
      actor: `user:${bob.id}`,
      subject: `user:${bob.id}`,
      on: 'dock:bridge',
      resource: 'dock:bridge',
      tenant: 'tenant:harbour',
      reason: 'never_granted',
    })
  })

  test('what is logged is a setting', async () => {
    const few = await withAnn({ SAYSO_DECISIONS: 'refusals' })
    await call(few, 'POST', '/allowed', permit('configure'))
    const bob = await signUp(few, 'Bob')
    await bob.call('POST', '/api/v1/channels/north/promote', { person: bob.id })
    expect(await lines(few)).toMatchObject([{ action: 'promote', verdict: 'deny' }])
    const all = await withAnn({ SAYSO_DECISIONS: 'all' })
    const eve = await signUp(all, 'Eve')
    const token = await (await eve.call('GET', '/api/realtime/token')).text()
    const history = `${all.url}/channels/${encodeURIComponent('dock:north')}/messages`
    const read = await fetch(history, { headers: { authorization: `Bearer ${token}` } })
    expect(read.status).toBe(200)
    const found = await lines(all, 'door=channel')
    expect(found[0]).toMatchObject({
      action: 'history',
      verdict: 'allow',
      subject: `user:${eve.id}`,
    })
  })
})

describe('lines', () => {
  test('are found by what is asked for, in pages that stay right, and taken along', async () => {
    const server = await withAnn()
    const bulk = Array.from({ length: 30 }, (_, n) => permit(n % 3 === 0 ? 'configure' : 'publish'))
    await call(server, 'POST', '/allowed/bulk', bulk)
    const first = await listed(server, 'limit=20&subject=user:ann')
    await call(server, 'POST', '/allowed', permit('subscribe'))
    const rest = await listed(server, `limit=20&subject=user:ann&after=${first.next}`)
    const ids = [...first.items, ...rest.items].map(({ id }) => id)
    expect([new Set(ids).size, rest.next, first.dropped]).toEqual([30, undefined, { count: 0 }])
    expect(await lines(server, 'verdict=deny')).toHaveLength(10)
    expect(await lines(server, 'reason=granted&action=publish')).toHaveLength(20)
    expect(await lines(server, 'resource=dock:bridge&tenant=tenant:harbour')).toHaveLength(31)
    const by = encodeURIComponent('dock:bridge#sailor')
    expect(await lines(server, `by=${by}&action=publish`)).toHaveLength(20)
    const policy = String(first.items[0]?.policy)
    expect(await lines(server, `policy=${policy}`)).toHaveLength(31)
    for (const none of [
      'policy=other',
      'by=dock',
      'subject=user:bob',
      'tenant=tenant:x',
      'to=2000-01-01T00:00:00Z',
    ])
      expect(await lines(server, none)).toEqual([])
    await expect(lines(server, 'after=x')).rejects.toThrow('query_invalid')
    await expect(lines(server, 'verdict=maybe')).rejects.toThrow('query_invalid')
    const file = async (format: string) => {
      const address = `${server.url}/api/v1/decisions/export?verdict=deny&format=${format}`
      return (await fetch(address, { headers: { authorization: `Bearer ${KEY}` } })).text()
    }
    const told = (await file('jsonl')).trimEnd().split('\n')
    expect(told.map((line) => JSON.parse(line))).toEqual(await lines(server, 'verdict=deny'))
    const [header, row, ...more] = (await file('csv')).trimEnd().split('\r\n')
    expect(header).toMatch(/^id,at,door,actor,key,subject,action,on,resource,tenant,verdict,/)
    expect(row).toContain(',permit,key:first,first,user:ann,configure,dock:bridge,dock:bridge,')
    expect(more).toHaveLength(9)
  })

  test('and their explanations are there after a restart, for whom they are about', async () => {
    const server = await withAnn()
    const [bob, eve] = [await signUp(server, 'Bob'), await signUp(server, 'Eve')]
    const refused = await bob.call('POST', '/api/v1/channels/north/promote', { person: eve.id })
    const { explanation } = (await refused.json()) as { explanation: string }
    await call(server, 'POST', '/allowed', permit('publish'))
    const again = await server.again()
    const [allowed, denied] = await lines(again)
    expect(denied).toMatchObject({ id: explanation, verdict: 'deny' })
    const whole = await call(again, 'GET', `/api/v1/explanations/${explanation}`)
    expect(whole).toMatchObject({
      refused: { action: 'promote', on: 'dock:north' },
      reasons: [{ kind: 'never_granted' }],
      now: { allowed: false, verdict: 'never_granted' },
    })
    const other = await call(again, 'GET', `/api/v1/explanations/${allowed?.id}`)
    expect(other).toMatchObject({ allowed: { action: 'publish' }, now: { allowed: true } })
    const asWho = async (who: Caller, id = explanation) =>
      (await signIn(again, who.email)).call('GET', `/api/v1/explanations/${id}`)
    const own = await asWho(bob)
    expect(own.status).toBe(200)
    expect(await own.json()).not.toHaveProperty('reasons')
    for (const [who, id] of [
      [eve, explanation],
      [bob, allowed?.id],
    ] as const)
      expect((await asWho(who, id)).status).toBe(404)
  })

  test('hold no attribute, context, password, key or token', async () => {
    const server = await withAnn()
    await signUp(server, 'Bob')
    await call(server, 'POST', '/allowed', permit('publish'))
    await call(server, 'POST', '/allowed/bulk', [permit('configure')])
    await call(server, 'POST', '/access/v1/evaluation', authzen('publish'))
    await call(server, 'POST', '/api/v1/explain', {
      subject: 'user:ann',
      action: 'publish',
      resource: 'dock:bridge',
      context: { token: 'canary-context-6' },
      message: { after: { name: 'n', data: 'canary-message-7' } },
    })
    expect(await lines(server)).toHaveLength(4)
    await server.stop()
    const bytes = (await readFile(join(server.folder, 'decisions.db'))).toString('latin1')
    expect(bytes).toContain('dock:bridge#sailor')
    expect(bytes).not.toContain('canary')
    expect(bytes).not.toContain(KEY.split(':')[1])
  })
})

/** Two tenants, one administrator for each; the policy of a new app declares what administrators may. */
async function twoTenants() {
  const server = await serve({ SAYSO_POLICY: DEFAULT_POLICY })
  const grace = await setUp(server)
  const ina = await signUp(server, 'Ina')
  const changed = await grace.call('POST', '/api/v1/changes', {
    changes: [
      { resource: 'tenant:island', attributes: { title: 'Island' } },
      { resource: 'channel:far', attributes: {} },
      { relate: 'channel:far#tenant@tenant:island' },
      { assign: `tenant:island#admin@user:${ina.id}` },
    ],
  })
  expect(changed.status).toBe(200)
  const check = (key: string) => ({
    user: { key: ina.id },
    action: 'publish',
    resource: { type: 'channel', key },
  })
  await call(server, 'POST', '/allowed/bulk', [check('far'), check('general')])
  return { server, grace, ina }
}

describe('of several tenants', () => {
  test('who runs the app sees all, who runs one sees its own, and nobody else anything', async () => {
    const { server, grace, ina } = await twoTenants()
    const bob = await signUp(server, 'Bob')
    const seen = async (who: Caller, query = '') => {
      const response = await who.call('GET', `/api/v1/decisions?door=permit${query}`)
      return [response.status, ((await response.json()) as Page).items?.map(({ on }) => on)]
    }
    expect(await seen(grace)).toEqual([200, ['channel:general', 'channel:far']])
    expect(await seen(ina)).toEqual([200, ['channel:far']])
    expect(await seen(ina, '&tenant=tenant:default')).toEqual([200, []])
    expect((await seen(bob))[0]).toBe(403)
    const file = await ina.call('GET', '/api/v1/decisions/export')
    expect(await file.text()).not.toContain('channel:general')
    const [general, far] = (await lines(server, 'door=permit')).map(({ id }) => id)
    const opened = async (who: Caller, id: string | undefined) =>
      (await who.call('GET', `/api/v1/explanations/${id}`)).status
    // The lines are about Ina herself: another administrator of the island sees the one of the island.
    await grace.call('POST', '/api/v1/changes', {
      changes: [{ assign: `tenant:island#admin@user:${bob.id}` }],
    })
    expect([await opened(bob, far), await opened(bob, general)]).toEqual([200, 404])
  })

  test('a key needs the scope `admin`, which none of a single tenant has', async () => {
    const { server, grace } = await twoTenants()
    const made = async (more: object) => {
      const body = { name: JSON.stringify(more), permissions: ['*'], scopes: ['admin'], ...more }
      const response = await grace.call('POST', '/api/v1/keys', body)
      expect(response.status).toBe(201)
      return ((await response.json()) as { key: string }).key
    }
    const seen = async (key: string) =>
      (await listed(server, 'door=permit', key)).items.map(({ on }) => on)
    expect(await seen(await made({}))).toEqual(['channel:general', 'channel:far'])
    for (const powerless of [{ scopes: ['decisions'] }, { scopes: [], tenant: 'island' }])
      await expect(seen(await made(powerless))).rejects.toThrow('403')
  })
})

test('the log says what it had to leave out, and so do the numbers for a monitor', async () => {
  const server = await withAnn()
  const { writeFile } = await import('node:fs/promises')
  await server.stop()
  await writeFile(join(server.folder, 'decisions.db'), 'no database at all, '.repeat(500))
  const broken = await server.again()
  await call(broken, 'POST', '/allowed/bulk', [permit('publish'), permit('configure')])
  await expect(lines(broken)).rejects.toThrow('store_unavailable')
  const numbers = await (await fetch(`${broken.url}/metrics`)).text()
  expect(numbers).toContain('sayso_decisions_dropped_total 2\n')
  expect(numbers).toContain('sayso_decisions_logged_total 0\n')
  expect(broken.log.filter((line) => line.includes('decisions'))).toHaveLength(1)
})
