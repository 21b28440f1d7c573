// Why, at a time that is over: the answer of then, from the log of rights, for whoever may explain.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type Caller, setUp, signIn, signUp } from './people.ts'
import { endAll, type Serving, serve } from './serving.ts'

afterEach(endAll)

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))

type Told = {
  readonly allowed: boolean
  readonly verdict: string
  readonly path: readonly unknown[]
  readonly nearest?: unknown
  readonly past?: {
    readonly atMs: number
    readonly policy: string
    readonly sinceMs: number
    readonly allowedNow: boolean
  }
}

async function said(caller: Caller, method: string, path: string, body?: unknown) {
  const response = await caller.call(method, `/api/v1${path}`, body)
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}

/** Makes a change, and comes back once its instant is over. */
async function changed(server: Serving, caller: Caller, change: unknown): Promise<number> {
  const { atMs } = await said(caller, 'POST', '/changes', { changes: [change] })
  while (Date.now() <= atMs) await fetch(`${server.url}/time`)
  return atMs
}

async function place() {
  const server = await serve({ SAYSO_POLICY: DEFAULT_POLICY })
  const grace = await setUp(server)
  const ada = await signUp(server, 'Ada')
  const subject = `user:${ada.id}`
  const ask = (at?: number, action = 'message-delete-any') =>
    said(grace, 'POST', '/explain', {
      subject,
      action,
      resource: 'channel:general',
      ...(at === undefined ? {} : { at: new Date(at).toISOString() }),
    }) as Promise<Told>
  return { server, grace, ada, subject, ask }
}

test('a role that was taken since still answers for its time, before and after', async () => {
  const { server, grace, subject, ask } = await place()
  const grant = `channel:general#moderator@${subject}`
  const before = await changed(server, grace, { assign: `channel:random#viewer@${subject}` })
  const given = await changed(server, grace, { assign: grant })
  const taken = await changed(server, grace, { unassign: grant })
  expect(await ask(before)).toMatchObject({ allowed: false, verdict: 'never_granted' })
  const then = await ask(given)
  expect(then).toMatchObject({ allowed: true, verdict: 'granted', past: { allowedNow: false } })
  expect(then.path).toContainEqual(
    expect.objectContaining({ kind: 'assigned', tuple: expect.objectContaining({ subject }) }),
  )
  expect(then.nearest).toBeUndefined()
  expect(then.past?.sinceMs).toBeLessThan(before)
  expect(await ask(taken)).toMatchObject({ allowed: false })
  // After a restart the log says the same.
  const again = await server.again()
  const back = await signIn(again, grace.email)
  const question = { subject, action: 'message-delete-any', resource: 'channel:general' }
  const at = new Date(given).toISOString()
  expect(await said(back, 'POST', '/explain', { ...question, at })).toMatchObject({ allowed: true })
})

test('the policy of then decides, and says its version', async () => {
  const { server, grace, ask } = await place()
  const was = await ask(undefined, 'publish')
  expect(was.allowed).toBe(true)
  const text = await readFile(DEFAULT_POLICY, 'utf8')
  const quiet = text.replace('rules:\n', 'rules:\n      - { id: silence, forbid: publish }\n')
  const beforeMs = await changed(server, grace, { person: 'user:bob', attributes: { name: 'Bob' } })
  const put = await said(grace, 'PUT', '/policy', { text: quiet })
  while (Date.now() <= put.atMs) await fetch(`${server.url}/time`)
  const then = await ask(beforeMs, 'publish')
  expect(then).toMatchObject({ allowed: true, past: { allowedNow: false } })
  const now = await ask(Date.now(), 'publish')
  expect(now).toMatchObject({ allowed: false, verdict: 'forbidden', past: { allowedNow: false } })
  expect(now.past?.policy).not.toBe(then.past?.policy)
})

test('before the first change nothing is known, and it says since when', async () => {
  const { grace, ada, subject } = await place()
  const question = { action: 'publish', resource: 'channel:general', at: '2001-01-01T00:00:00Z' }
  const response = await grace.call('POST', '/api/v1/explain', { ...question, subject })
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({
    code: 'past_unknown',
    remedy: expect.stringMatching(/^ask about \d{4}-/),
  })
  // To fold all of the past takes the right to, also about oneself.
  const own = await ada.call('POST', '/api/v1/explain', question)
  expect([own.status, await own.json()]).toMatchObject([403, { code: 'denied' }])
})

test('whoever could explain then and cannot now is told nothing', async () => {
  const { server, grace, ada, subject } = await place()
  const grant = `tenant:default#admin@${subject}`
  const given = await changed(server, grace, { assign: grant })
  await changed(server, grace, { unassign: grant })
  const asked = await ada.call('POST', '/api/v1/explain', {
    subject: `user:${grace.id}`,
    action: 'publish',
    resource: 'channel:general',
    at: new Date(given).toISOString(),
  })
  expect(asked.status).toBe(403)
})
