// A change of the policy that is planned: it comes into force at its instant, in the order of everything, also over a restart;
// it can be seen, moved and taken back; and it is refused where the world is not as it was looked at.

import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Caller, setUp, signUp } from './people.ts'
import { endAll, KEY, POLICY, type Serving, serve } from './serving.ts'

let server: Serving
let text: string
beforeEach(async () => {
  text = (await readFile(POLICY, 'utf8')).replace('title: Watcher', 'title: Lookout')
  server = await serve()
})
afterEach(endAll)

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }
type Item = Readonly<Record<string, unknown>>

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Item }
}

const ahead = (ms: number) => new Date(Date.now() + ms).toISOString()
const HOUR = 3_600_000

async function draft(whole = text): Promise<string> {
  return String((await call('POST', '/policy/drafts', { title: 'Lookouts', text: whole })).body.id)
}

async function plan(ms: number, whole = text): Promise<string> {
  const id = await draft(whole)
  const made = await call('POST', `/policy/drafts/${id}/plan`, { at: ahead(ms), reason: 'a word' })
  expect(made.body).toMatchObject({ id, title: 'Lookouts', reason: 'a word', text: whole })
  return id
}

async function plans(): Promise<readonly Item[]> {
  return (await call('GET', '/policy/plans')).body.items as Item[]
}

const titleNow = async () =>
  (await call('GET', '/policy')).body.text?.toString().includes('Lookout') === true

/** Each answer is a turn of the server: nothing is waited for but what it does. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
  }
}

const lines = async (command: string) =>
  (await call('GET', `/audit?command=${command}`)).body.items as Item[]

test('holds at its instant, as one entry of the log, with the reason and who planned it', async () => {
  const id = await plan(400)
  expect((await call('GET', `/policy/drafts/${id}`)).body.code).toBe('draft_unknown')
  expect(await titleNow()).toBe(false)
  const at = Date.parse(String((await plans())[0]?.at))
  await until(async () => ((await plans()).length === 0 ? true : undefined))
  expect(await titleNow()).toBe(true)
  const [line] = await lines('apply-plan')
  expect(line).toMatchObject({
    actor: 'server',
    target: 'policy',
    reason: 'a word',
    details: { planned: 'key:first' },
  })
  expect(Number(line?.atMs)).toBeGreaterThanOrEqual(at)
  expect((await lines('plan-policy'))[0]).toMatchObject({ actor: 'key:first', reason: 'a word' })
  const versions = (await call('GET', '/policy/versions')).body.items as Item[]
  expect(versions.map(({ by, reason }) => [by, reason])).toEqual([
    ['key:first', 'a word'],
    [undefined, undefined],
  ])
})

test('nothing is decided after the instant by the policy before it', async () => {
  const stricter = text.replace('can: [subscribe, history]', 'can: [history]')
  await plan(300, stricter)
  const ask = () =>
    call('POST', '/explain', { subject: 'user:x', action: 'subscribe', resource: 'dock:north' })
  await call('POST', '/changes', {
    changes: [{ person: 'user:x', attributes: {} }, { assign: 'dock:north#watcher@user:x' }],
  })
  await until(async () => {
    const before = (await plans()).length
    const { allowed } = (await ask()).body
    if (before === 0) expect(allowed).toBe(false)
    return before === 0 ? true : undefined
  })
  const [time] = await lines('apply-plan')
  const later = await call('POST', '/changes', { changes: [{ person: 'user:y', attributes: {} }] })
  expect(later.body.atMs).toBeGreaterThanOrEqual(Number(time?.atMs))
})

test('what came due while nobody ran holds before anybody is answered', async () => {
  await plan(300)
  await plan(HOUR)
  const stopped = server
  const due = Date.now() + 300
  await stopped.stop()
  await until(async () => {
    await new Promise((go) => setImmediate(go))
    return Date.now() > due ? true : undefined
  })
  server = await stopped.again()
  expect(await titleNow()).toBe(true)
  expect((await plans()).map(({ reason }) => reason)).toEqual(['a word'])
})

test('can be moved, and taken back as the draft it was', async () => {
  const id = await plan(HOUR)
  const moved = await call('PATCH', `/policy/plans/${id}`, { at: ahead(2 * HOUR) })
  expect(moved.status).toBe(200)
  expect(Date.parse(String(moved.body.at))).toBeGreaterThan(Date.now() + HOUR)
  expect((await call('PATCH', `/policy/plans/${id}`, { at: ahead(-1_000) })).body.code).toBe(
    'invalid',
  )
  expect((await call('DELETE', `/policy/plans/${id}`)).status).toBe(200)
  expect(await plans()).toEqual([])
  expect((await call('GET', `/policy/drafts/${id}`)).body).toMatchObject({
    title: 'Lookouts',
    text,
  })
  expect((await call('DELETE', `/policy/plans/${id}`)).body.code).toBe('plan_unknown')
  expect((await lines('move-plan')).length).toBe(1)
  expect((await lines('cancel-plan')).length).toBe(1)
})

test('is refused if another policy came into force meanwhile, and says so', async () => {
  const id = await plan(500)
  const other = text.replace('title: Lookout', 'title: Spy')
  expect((await call('PUT', '/policy', { text: other })).status).toBe(200)
  const failed = await until(async () =>
    (await plans()).find(({ problem }) => problem !== undefined),
  )
  expect(failed).toMatchObject({ id, problem: { code: 'policy_changed' } })
  expect(await titleNow()).toBe(false)
  expect((await lines('fail-plan'))[0]).toMatchObject({ details: { code: 'policy_changed' } })
  const health = (await call('GET', '/overview')).body.health as Item[]
  expect(health.find(({ part }) => part === 'policy')).toMatchObject({ state: 'late' })
  expect((await call('PATCH', `/policy/plans/${id}`, { at: ahead(HOUR) })).body.code).toBe(
    'conflict',
  )
  server = await server.again()
  expect((await plans())[0]).toMatchObject({ problem: { code: 'policy_changed' } })
  expect((await call('DELETE', `/policy/plans/${id}`)).status).toBe(200)
  expect((await call('GET', `/policy/drafts/${id}/diff`)).body).toMatchObject({ isBehind: true })
})

test('is refused if whoever planned it may not change the policy any more', async () => {
  const grace = await setUp(server)
  const ada = await signUp(server, 'Ada')
  const master = `tenant:harbour#master@user:${ada.id}`
  await call('POST', '/changes', { changes: [{ assign: master }] })
  const id = await planned(ada, 500)
  await planned(grace, HOUR)
  await call('POST', '/changes', { changes: [{ unassign: master }] })
  const failed = await until(async () =>
    (await plans()).find(({ problem }) => problem !== undefined),
  )
  expect(failed).toMatchObject({ id, by: `user:${ada.id}`, problem: { code: 'denied' } })
  expect(await titleNow()).toBe(false)
})

async function planned(who: Caller, ms: number): Promise<string> {
  const made = await who.call('POST', '/api/v1/policy/drafts', { title: 'Lookouts', text })
  const { id } = (await made.json()) as { id: string }
  const answer = await who.call('POST', `/api/v1/policy/drafts/${id}/plan`, {
    at: ahead(ms),
    reason: 'a word',
  })
  expect(answer.status).toBe(201)
  return id
}

test('only what is whole, looked at and ahead can be planned', async () => {
  const id = await draft()
  const at = ahead(HOUR)
  const tries = async (body: unknown) =>
    (await call('POST', `/policy/drafts/${id}/plan`, body)).body.code
  expect(await tries({ at: ahead(-1), reason: 'late' })).toBe('invalid')
  expect(await tries({ at: ahead(400 * 24 * HOUR), reason: 'far' })).toBe('invalid')
  expect(await tries({ at })).toBe('body_invalid')
  expect(await tries({ at, reason: 'other', over: 'x' })).toBe('conflict')
  const broken = await draft('version: 1')
  const made = await call('POST', `/policy/drafts/${broken}/plan`, { at, reason: 'no' })
  expect(made.body.code).toBe('policy_invalid')
})
