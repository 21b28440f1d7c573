// What takes a second person: nothing is done by one alone, by whichever door; another one approves it, once; both are named.

import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Caller, PASSWORD, setUp, signUp } from './people.ts'
import { endAll, KEY, POLICY, type Serving, serve } from './serving.ts'

type Item = Readonly<Record<string, unknown>>

let server: Serving
let grace: Caller
let ada: Caller
let text: string

beforeEach(async () => {
  server = await serve()
  text = (await readFile(POLICY, 'utf8')).replace(
    'settings:\n',
    'settings:\n  second_person: [apply-policy, erase-person, remove-app, revoke-key]\n',
  )
  grace = await setUp(server)
  ada = await signUp(server, 'Ada')
  const master = `tenant:harbour#master@user:${ada.id}`
  await byKey('POST', '/changes', { changes: [{ assign: master }] })
  expect((await byKey('PUT', '/policy', { text })).status).toBe(200)
})
afterEach(endAll)

async function answered(response: Response): Promise<{ status: number; body: Item }> {
  const said = await response.text()
  return { status: response.status, body: said === '' ? {} : (JSON.parse(said) as Item) }
}

const byKey = async (method: string, path: string, body?: unknown) =>
  answered(
    await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
const by = async (who: Caller, method: string, path: string, body?: unknown) =>
  answered(await who.call(method, `/api/v1${path}`, body))

const waiting = async (who: Caller) => (await by(who, 'GET', '/approvals')).body.items as Item[]
const lines = async (command: string) =>
  (await byKey('GET', `/audit?command=${command}`)).body.items as Item[]

const other = () => text.replace('title: Watcher', 'title: Lookout')

async function draft(who: Caller): Promise<string> {
  return String(
    (await by(who, 'POST', '/policy/drafts', { title: 'Lookouts', text: other() })).body.id,
  )
}

async function asked(who: Caller, wanted: Item): Promise<string> {
  const { status, body } = await by(who, 'POST', '/approvals', { wanted, reason: 'a word' })
  expect([status, body.code]).toEqual([201, undefined])
  return String(body.id)
}

test('one person alone does none of it by any door, and a key only leaves it to be approved', async () => {
  const id = await draft(grace)
  const needed = async (method: string, path: string, body?: unknown) => {
    expect([path, (await by(grace, method, path, body)).body.code]).toEqual([
      path,
      'second_person_needed',
    ])
    const { status, body: said } = await byKey(method, path, body)
    return status === 202 ? said.missing : said.code
  }
  const at = new Date(Date.now() + 60_000).toISOString()
  expect(await needed('POST', `/policy/drafts/${id}/apply`, { reason: 'alone' })).toBe(2)
  // The same draft waits already, to be applied at once.
  expect(await needed('POST', `/policy/drafts/${id}/plan`, { at, reason: 'alone' })).toBe(
    'conflict',
  )
  expect(await needed('PUT', '/policy', { text: other() })).toBe('second_person_needed')
  const versions = (await byKey('GET', '/policy/versions')).body.items as Item[]
  expect(await needed('POST', `/policy/versions/${versions[1]?.id}/restore`, {})).toBe(2)
  expect(await needed('POST', `/people/${ada.id}/erasure`, { confirm: 'Ada' })).toBe(2)
  expect(await needed('DELETE', `/people/${ada.id}`)).toBe('second_person_needed')
  expect(await needed('DELETE', '/keys/first')).toBe(2)
  const app = await byKey('POST', '/apps', { name: 'Shop' })
  expect(await needed('DELETE', `/apps/${app.body.id}`)).toBe(2)
  const scope = (await (
    await fetch(`${server.url}/v2/api-key/scope`, { headers: { authorization: `Bearer ${KEY}` } })
  ).json()) as Item
  const schema = `${server.url}/v2/schema/${scope.project_id}/${scope.environment_id}`
  const permit = await fetch(`${schema}/roles`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'clerk', name: 'Clerk' }),
  })
  expect(permit.status).toBe(403)
  expect(String((await byKey('GET', '/policy')).body.text)).not.toContain('Lookout')
  expect((await byKey('GET', `/people/${ada.id}`)).status).toBe(200)
  expect((await byKey('GET', '/apps')).body.items).toHaveLength(1)
})

test('what a key did waits for two people, and one of them is not enough', async () => {
  const made = await byKey('POST', '/keys', { name: 'brief' })
  const path = `/keys/${made.body.id}?reason=it%20leaked`
  const { status, body } = await byKey('DELETE', path)
  expect(status).toBe(202)
  expect(body).toMatchObject({
    action: 'revoke-key',
    title: 'brief',
    reason: 'it leaked',
    by: { id: 'first' },
    isByKey: true,
    missing: 2,
  })
  // Asked again it is the same, and other than a person a key is told so.
  expect((await byKey('DELETE', path)).body.id).toBe(body.id)
  const approve = async ({ cookie }: Caller) =>
    answered(
      await fetch(`${server.url}/api/v1/approvals/${body.id}/approve`, {
        method: 'POST',
        headers: { cookie, origin: server.url },
      }),
    )
  expect((await byKey('POST', `/approvals/${body.id}/approve`)).body.code).toBe('identity_required')
  expect((await approve(grace)).body).toMatchObject({ missing: 1, seconded: { id: grace.id } })
  expect((await byKey('GET', `/keys/${made.body.id}`)).status).toBe(200)
  // Whoever has the key may be the one who stands for it: once is once.
  expect((await approve(grace)).body.code).toBe('denied')
  expect((await waiting(grace))[0]).toMatchObject({ isOwn: true, missing: 1 })
  expect((await waiting(ada))[0]).toMatchObject({ isOwn: false, missing: 1 })
  server = await server.again()
  expect((await approve(ada)).body).toMatchObject({ missing: 0 })
  expect((await byKey('GET', `/keys/${made.body.id}`)).body.code).toBe('key_unknown')
  const [line] = await lines('revoke-key')
  expect(line).toMatchObject({
    actor: `user:${ada.id}`,
    reason: 'it leaked',
    details: { askedBy: 'key:first', seconded: `user:${grace.id}` },
  })
  expect((await lines('second-approval'))[0]).toMatchObject({ actor: `user:${grace.id}` })
})

test('who stood for a key, and the key, must still be allowed to; a key takes back its own', async () => {
  const wanted = { action: 'apply-policy', draft: await draft(grace) }
  const asking = await byKey('POST', '/approvals', { wanted, reason: 'by a script' })
  expect([asking.status, asking.body.isByKey]).toEqual([201, true])
  const { id } = asking.body
  await by(ada, 'POST', `/approvals/${id}/approve`)
  const master = `tenant:harbour#master@user:${ada.id}`
  await byKey('POST', '/changes', { changes: [{ unassign: master }] })
  expect((await by(grace, 'POST', `/approvals/${id}/approve`)).body.code).toBe('conflict')
  expect(String((await byKey('GET', '/policy')).body.text)).not.toContain('Lookout')
  expect((await byKey('DELETE', `/approvals/${id}`)).status).toBe(200)
  expect((await lines('withdraw-approval'))[0]).toMatchObject({ actor: 'key:first' })
  const other = await asked(grace, wanted)
  expect((await byKey('DELETE', `/approvals/${other}`)).body.code).toBe('identity_required')
  const pump = await byKey('POST', '/keys', { name: 'pump', permissions: { '*': ['publish'] } })
  const refused = await fetch(`${server.url}/api/v1/approvals`, {
    method: 'POST',
    headers: { authorization: `Bearer ${pump.body.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ wanted, reason: 'x' }),
  })
  expect((await answered(refused)).body.code).toBe('denied')
})

test('a draft is applied once somebody else approves it, and both are named', async () => {
  const id = await draft(grace)
  const wanted = { action: 'apply-policy', draft: id }
  const approval = await asked(grace, wanted)
  const again = await by(grace, 'POST', '/approvals', { wanted, reason: 'again' })
  expect(again.body.code).toBe('conflict')
  expect(await waiting(ada)).toMatchObject([
    { id: approval, action: 'apply-policy', title: 'Lookouts', isOwn: false, reason: 'a word' },
  ])
  expect((await waiting(grace))[0]).toMatchObject({ isOwn: true, by: { id: grace.id } })
  const own = await by(grace, 'POST', `/approvals/${approval}/approve`)
  expect([own.status, own.body.code]).toEqual([403, 'denied'])
  const key = await byKey('POST', `/approvals/${approval}/approve`)
  expect(key.body.code).toBe('identity_required')
  server = await server.again()
  const answers = await Promise.all(
    [1, 2].map(() =>
      fetch(`${server.url}/api/v1/approvals/${approval}/approve`, {
        method: 'POST',
        headers: { cookie: ada.cookie, origin: server.url },
      }).then(({ status }) => status),
    ),
  )
  expect(answers.filter((status) => status === 200)).toHaveLength(1)
  expect(String((await byKey('GET', '/policy')).body.text)).toContain('Lookout')
  const [line] = await lines('apply-policy')
  expect(line).toMatchObject({
    actor: `user:${ada.id}`,
    reason: 'a word',
    details: { askedBy: `user:${grace.id}` },
  })
  expect((await lines('ask-approval'))[0]).toMatchObject({ actor: `user:${grace.id}` })
  const [version] = (await byKey('GET', '/policy/versions')).body.items as Item[]
  expect(version).toMatchObject({ by: `user:${grace.id}`, reason: 'a word', inForce: true })
})

test('what was changed since it was asked for is not what was asked for', async () => {
  const id = await draft(grace)
  const approval = await asked(grace, { action: 'apply-policy', draft: id })
  await by(grace, 'PUT', `/policy/drafts/${id}`, { title: 'Lookouts', text: `${other()}# more\n` })
  const tried = await by(ada, 'POST', `/approvals/${approval}/approve`)
  expect(tried.body).toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('changed since'),
  })
  const declined = await by(ada, 'DELETE', `/approvals/${approval}?reason=no`)
  expect(declined.status).toBe(200)
  expect(await waiting(ada)).toEqual([])
  expect((await lines('decline-approval'))[0]).toMatchObject({ reason: 'no' })
  const gone = await by(ada, 'POST', `/approvals/${approval}/approve`)
  expect(gone.body.code).toBe('approval_unknown')
})

test('whoever asked must still be allowed to, and who may not do it sees and approves nothing', async () => {
  const approval = await asked(ada, { action: 'apply-policy', draft: await draft(ada) })
  const bo = await signUp(server, 'Bo')
  expect(await waiting(bo)).toEqual([])
  expect((await by(bo, 'POST', `/approvals/${approval}/approve`)).body.code).toBe('denied')
  expect((await by(bo, 'DELETE', `/approvals/${approval}`)).body.code).toBe('denied')
  const master = `tenant:harbour#master@user:${ada.id}`
  await byKey('POST', '/changes', { changes: [{ unassign: master }] })
  expect((await by(grace, 'POST', `/approvals/${approval}/approve`)).body.code).toBe('conflict')
  expect((await by(ada, 'DELETE', `/approvals/${approval}`)).status).toBe(200)
  expect((await lines('withdraw-approval'))[0]).toMatchObject({ actor: `user:${ada.id}` })
})

test('a planned change, a person, an app and a key take the same way', async () => {
  const at = new Date(Date.now() + 3_600_000).toISOString()
  const approve = async (wanted: Item) => {
    const id = await asked(grace, wanted)
    const { status, body } = await by(ada, 'POST', `/approvals/${id}/approve`)
    expect([wanted.action, status, body.code]).toEqual([wanted.action, 200, undefined])
  }
  await approve({ action: 'apply-policy', draft: await draft(grace), at })
  const [plan] = (await byKey('GET', '/policy/plans')).body.items as Item[]
  expect(plan).toMatchObject({ by: `user:${grace.id}`, approvedBy: `user:${ada.id}`, at })
  const bo = await signUp(server, 'Bo')
  await approve({ action: 'erase-person', person: bo.id, messages: 'delete' })
  expect((await byKey('GET', `/people/${bo.id}`)).body.code).toBe('person_unknown')
  const app = await byKey('POST', '/apps', { name: 'Shop' })
  await approve({ action: 'remove-app', app: app.body.id })
  expect((await byKey('GET', '/apps')).body.items).toEqual([])
  const key = await byKey('POST', '/keys', { name: 'brief' })
  await approve({ action: 'revoke-key', key: key.body.id })
  expect((await byKey('GET', `/keys/${key.body.id}`)).body.code).toBe('key_unknown')
  for (const command of ['remove-app', 'revoke-key'])
    expect((await lines(command))[0]).toMatchObject({ details: { askedBy: `user:${grace.id}` } })
})

test('one’s own account goes without asking anybody', async () => {
  const bo = await signUp(server, 'Bo')
  const gone = await by(bo, 'POST', '/me/erasure', { password: PASSWORD, messages: 'delete' })
  expect([gone.status, gone.body.code]).toEqual([200, undefined])
})
