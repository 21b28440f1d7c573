// The administration of a place over HTTP: every answer is held against the description the server gives.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin } from '../lib/admin.ts'
import { owner, type Person, signUp } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { document, home } from '../lib/words.ts'

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
