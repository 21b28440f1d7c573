// The administration of a place over HTTP: every answer is held against the description the server gives.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin } from '../lib/admin.ts'
import { clientOf, owner, type Person, signUp } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { channelOf, document, home } from '../lib/words.ts'

const promotion = document.settings?.promotions?.[0]
const on = `${promotion?.type}:${home}`
const role = String(promotion?.gives)

let server: Server
let grace: Person
let ada: Person

beforeAll(async () => {
  server = await startServer()
  grace = await owner(server)
  ada = await signUp(server, 'Ada Lovelace')
})
afterAll(() => server.remove())

type Item = Readonly<Record<string, unknown>>
const call = (method: string, path: string, body?: unknown) => admin(server, method, path, body)
const as = (who: Person) => ({ cookie: who.cookie, origin: server.url })
const items = async (path: string): Promise<readonly Item[]> =>
  (await call('GET', path)).body.items as readonly Item[]
const text = encodeURIComponent

/** The policy with another title; JSON is YAML. */
function canonical(policy: typeof document, title: string): string {
  return JSON.stringify({ ...policy, tenant: { ...policy.tenant, title } })
}

async function killed(): Promise<Server> {
  await server.kill('SIGKILL')
  return server.restart()
}

describe('people', () => {
  test('are found, page by page, and by a part of what they are called', async () => {
    for (const id of ['p01', 'p02', 'p03'])
      await call('PUT', `/people/${id}`, { attributes: { name: `Piet ${id}` } })
    const first = await call('GET', '/people?q=piet&limit=2')
    expect((first.body.items as Item[]).map(({ id }) => id)).toEqual(['p01', 'p02'])
    const rest = await call('GET', `/people?q=piet&limit=2&after=${first.body.next}`)
    expect((rest.body.items as Item[]).map(({ id }) => id)).toEqual(['p03'])
    expect(rest.body.next).toBeUndefined()
    expect(await items(`/people?q=${text(ada.email.toUpperCase())}`)).toMatchObject([
      { id: ada.id, name: 'Ada Lovelace' },
    ])
  })

  test('are changed only as they were seen', async () => {
    await call('PUT', '/people/wim', { attributes: { name: 'Wim', desk: 1 } })
    const seen = await call('GET', '/people/wim')
    const tag = String(seen.headers.get('etag'))
    await call('PATCH', '/people/wim', { attributes: { desk: 2, hat: 'red' } })
    const late = await admin(
      server,
      'PATCH',
      '/people/wim',
      { attributes: { desk: 3 } },
      { authorization: `Bearer ${KEY}`, 'if-match': tag },
    )
    expect([late.status, late.body.code]).toEqual([412, 'version_changed'])
    await call('PATCH', '/people/wim', { attributes: { hat: null } })
    const now = await call('GET', '/people/wim')
    expect(now.body.attributes).toEqual({ name: 'Wim', desk: 2 })
  })

  test('are removed with all they hold', async () => {
    const bob = await signUp(server, 'Bob')
    await call('PUT', `/grants/${text(`${on}#${role}@user:${bob.id}`)}`, {
      not_before: new Date(Date.now() + 3_600_000).toISOString(),
    })
    expect((await call('DELETE', `/people/${bob.id}`)).status).toBe(200)
    expect((await call('GET', `/people/${bob.id}`)).body.code).toBe('person_unknown')
    expect(await items(`/grants?subject=user:${bob.id}`)).toEqual([])
    expect((await call('DELETE', `/people/${bob.id}`)).status).toBe(404)
  })
})

describe('grants', () => {
  test('have a start and an end, are listed by both ends, and are ended', async () => {
    const grant = `${on}#${role}@user:${ada.id}`
    const expires_at = new Date(Date.now() + 3_600_000).toISOString()
    await call('PUT', `/grants/${text(grant)}`, { expires_at, reason: 'for a while' })
    const there = { grant, subject: `user:${ada.id}`, role, on, expires_at, reason: 'for a while' }
    expect((await call('GET', `/grants/${text(grant)}`)).body).toMatchObject(there)
    expect(await items('/grants?timed=true')).toMatchObject([there])
    expect(await items(`/grants?on=${text(on)}&role=${role}`)).toMatchObject([there])
    await call('PUT', `/grants/${text(grant)}`, {})
    expect((await call('GET', `/grants/${text(grant)}`)).body.expires_at).toBeUndefined()
    expect((await call('DELETE', `/grants/${text(grant)}`)).status).toBe(200)
    expect((await call('DELETE', `/grants/${text(grant)}`)).body.code).toBe('grant_unknown')
  })

  test('of everybody come in pages, each once', async () => {
    const all = (await items('/grants?limit=1000')).map(({ grant }) => grant)
    const paged: unknown[] = []
    let after: string | undefined = ''
    while (after !== undefined) {
      const page = await call('GET', `/grants?limit=3${after && `&after=${text(after)}`}`)
      paged.push(...(page.body.items as Item[]).map(({ grant }) => grant))
      after = page.body.next as string | undefined
    }
    expect(paged).toEqual(all)
    expect(all.length).toBeGreaterThan(3)
  })
})

test('roles say what they give', async () => {
  const roles = (await items('/roles')) as readonly {
    readonly role: string
    readonly on: string
    readonly gives: Readonly<Record<string, readonly string[]>>
  }[]
  const type = String(promotion?.type)
  const promoted = roles.filter((each) => each.role === role && each.on === type)
  expect(promoted.map(({ gives }) => gives[type])).toEqual([expect.arrayContaining(['publish'])])
  const administering = roles.flatMap(({ gives }) => gives.tenant ?? [])
  expect(administering).toContain('edit-policy')
})

describe('tenants and resources', () => {
  test('are made, related, listed and removed together', async () => {
    await call('PUT', '/tenants/acme', { attributes: { title: 'Acme' } })
    const yard = `${promotion?.type}:yard`
    await call('PUT', `/resources/${text(yard)}`, { attributes: { title: 'Yard' } })
    await call('PUT', `/relations/${text(`${yard}#tenant@tenant:acme`)}`)
    expect(await items('/tenants')).toMatchObject([
      { key: 'acme', title: 'Acme' },
      { key: document.tenant.key, own: true },
    ])
    expect(await items('/resources?tenant=acme')).toMatchObject([
      { resource: yard, tenant: 'tenant:acme' },
    ])
    expect((await call('DELETE', `/tenants/${document.tenant.key}`)).status).toBe(409)
    expect((await call('DELETE', '/tenants/acme')).status).toBe(200)
    expect((await call('GET', `/resources/${text(yard)}`)).status).toBe(404)
  })
})

test('a person administers what the policy gives them, and nothing else', async () => {
  const denied = await admin(server, 'GET', '/people', undefined, as(ada))
  expect([denied.status, denied.body.code]).toEqual([403, 'denied'])
  const explained = await admin(
    server,
    'GET',
    `/explanations/${denied.body.explanation}`,
    undefined,
    as(grace),
  )
  expect(explained.body).toMatchObject({ refused: { action: 'read-people' } })
  expect((await admin(server, 'GET', '/people', undefined, as(grace))).status).toBe(200)
})

describe('drafts', () => {
  const calm = canonical(document, 'A calm place')

  test('are compared, tried out, put in force over what they were based on, and undone', async () => {
    const before = await call('GET', '/policy')
    const made = await call('POST', '/policy/drafts', { title: 'Calmer', text: calm })
    expect(made.status).toBe(201)
    const path = `/policy/drafts/${made.body.id}`
    expect((await call('GET', `${path}/diff`)).body).toMatchObject({
      ok: true,
      isBehind: false,
      differences: [{ path: ['tenant', 'title'] }],
    })
    expect((await call('POST', `${path}/simulate`, {})).body).toMatchObject({ gained: 0, lost: 0 })
    expect((await call('POST', `${path}/apply`, { reason: 'calm' })).status).toBe(200)
    expect((await call('GET', path)).body.code).toBe('draft_unknown')
    const versions = await items('/policy/versions')
    expect(versions).toMatchObject([
      { inForce: true, reason: 'calm' },
      { inForce: false, version: before.body.version },
    ])
    const restore = `/policy/versions/${versions[1]?.id}/restore`
    expect((await call('POST', restore, { reason: 'back' })).status).toBe(200)
    expect((await call('GET', '/policy')).body.text).toBe(before.body.text)
  })

  test('that are behind, or were written by another since, are not put in force', async () => {
    const one = await call('POST', '/policy/drafts', { title: 'One', text: calm })
    const two = await call('POST', '/policy/drafts', {
      title: 'Two',
      text: canonical(document, 'x'),
    })
    await call('POST', `/policy/drafts/${two.body.id}/apply`, {})
    const late = await call('POST', `/policy/drafts/${one.body.id}/apply`, {})
    expect([late.status, late.body.code]).toEqual([409, 'conflict'])
    const tagged = { authorization: `Bearer ${KEY}`, 'if-match': String(one.headers.get('etag')) }
    await call('PUT', `/policy/drafts/${one.body.id}`, { title: 'One', text: 'version: 2' })
    const path = `/policy/drafts/${one.body.id}`
    const stale = await admin(server, 'PUT', path, { title: 'One', text: calm }, tagged)
    expect(stale.status).toBe(412)
    expect((await call('POST', `${path}/apply`, {})).body.code).toBe('policy_invalid')
  })
})

describe('a write with an idempotency key', () => {
  const keyed = (key: string, method: string, path: string, body: unknown) =>
    admin(server, method, path, body, {
      authorization: `Bearer ${KEY}`,
      'idempotency-key': key,
    })

  test('is done once and answered twice, also after a restart', async () => {
    const body = { title: 'Once', text: 'version: 1' }
    const first = await keyed('k1', 'POST', '/policy/drafts', body)
    server = await killed()
    const second = await keyed('k1', 'POST', '/policy/drafts', body)
    expect([second.status, second.body]).toEqual([first.status, first.body])
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    const again = (await items('/policy/drafts')).filter(({ title }) => title === 'Once')
    expect(again).toHaveLength(1)
  })

  test('is refused with another body, and twice at once done once', async () => {
    const refused = await keyed('k1', 'POST', '/policy/drafts', { title: 'Other', text: 'x' })
    expect([refused.status, refused.body.code]).toEqual([422, 'idempotency_key_reused'])
    const body = { title: 'Twice', text: 'version: 1' }
    const both = await Promise.all([1, 2].map(() => keyed('k2', 'POST', '/policy/drafts', body)))
    for (const { status } of both) expect([201, 409]).toContain(status)
    const made = (await items('/policy/drafts')).filter(({ title }) => title === 'Twice')
    expect(made).toHaveLength(1)
  })

  test('that is refused is refused again', async () => {
    const path = '/people/nobody'
    const first = await keyed('k3', 'DELETE', path, undefined)
    const second = await keyed('k3', 'DELETE', path, undefined)
    expect([second.status, second.body]).toEqual([404, first.body])
  })
})

describe('live connections', () => {
  test('are listed with what they may do, told something, narrowed and dropped', async () => {
    const client = clientOf(server, ada)
    const heard: unknown[] = []
    await client.channels.get('[permissions]*').subscribe('notice', ({ data }) => heard.push(data))
    const channel = client.channels.get(channelOf(home))
    await channel.attach()
    const [there] = (await items(`/connections?person=${ada.id}`)) as readonly Item[]
    expect(there).toMatchObject({
      subject: `user:${ada.id}`,
      address: '127.0.0.1',
      agent: expect.stringContaining('ably-js'),
      channels: [{ modes: expect.arrayContaining(['publish', 'subscribe']) }],
    })
    const path = `/connections/${there?.id}`
    await call('POST', `${path}/notices`, { text: 'Soon' })
    await channel.publish('chat.message', { text: 'before', metadata: {} })
    expect(heard).toMatchObject([{ text: 'Soon' }])
    const narrowed = await call('POST', `${path}/narrow`, {
      channel: channelOf(home),
      take: ['publish'],
    })
    expect(JSON.stringify(narrowed.body.channels)).toContain('"taken":["publish"]')
    await expect(
      channel.publish('chat.message', { text: 'after', metadata: {} }),
    ).rejects.toMatchObject({ code: 40160 })
    const failed = new Promise((resolve) => client.connection.once('failed', resolve))
    await call('DELETE', `${path}?reason=${text('go home')}`)
    expect(await failed).toMatchObject({
      reason: { code: 40300, message: expect.stringContaining('go home') },
    })
    expect((await call('GET', path)).body.code).toBe('connection_unknown')
    client.close()
  })
})
