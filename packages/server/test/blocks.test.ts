// Blocking in direct messages: enforced here, told to nobody, undone by who did it, and only promised where the policy keeps it.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Caller, callerOf, setUp, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))

let server: Serving
let ada: Caller
let bob: Caller
let cy: Caller

async function open(policy: string): Promise<void> {
  server = await serve({ SAYSO_POLICY: policy })
  await setUp(server)
  ada = await signUp(server, 'Ada')
  bob = await signUp(server, 'Bob')
  cy = await signUp(server, 'Cy')
}
beforeEach(() => open(DEFAULT_POLICY))
afterEach(endAll)

type Body = Readonly<Record<string, unknown>>
const read = async (response: Response) => (await response.json()) as Body

const block = (who: Caller, whom: Caller, method = 'PUT') =>
  who.call(method, `/api/v1/me/blocks/${whom.id}`)

async function direct(who: Caller, ...others: Caller[]): Promise<readonly [number, Body]> {
  const people = others.map(({ id }) => id)
  const response = await who.call('POST', '/api/v1/directs', { people })
  return [response.status, await read(response)]
}

async function say(who: Caller, key: unknown, data: string): Promise<number> {
  const token = await (await who.call('GET', '/api/realtime/token')).text()
  const response = await fetch(`${server.url}/channels/dm:${key}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'message', data }),
  })
  return response.status
}

const listed = async (who: Caller) =>
  ((await read(await who.call('GET', '/api/v1/me/blocks'))).items as Body[]).map(({ name }) => name)

test('neither writes to the other from when it returns, until it is ended by who did it', async () => {
  const [, { key }] = await direct(ada, bob)
  expect([await say(ada, key, 'hello'), await say(bob, key, 'hello')]).toEqual([201, 201])
  expect((await block(ada, bob)).status).toBe(200)
  expect([await say(bob, key, 'why?'), await say(ada, key, 'so')]).toEqual([401, 401])
  // What was said stays, and both find it again.
  expect((await direct(bob, ada))[1].key).toBe(key)
  expect([await listed(ada), await listed(bob)]).toEqual([['Bob'], []])
  // Ending a block of one's own that is none does not end the other one's.
  expect((await block(bob, ada, 'DELETE')).status).toBe(200)
  expect(await say(bob, key, 'please')).toBe(401)
  expect((await block(ada, bob, 'DELETE')).status).toBe(200)
  expect([await say(bob, key, 'thanks'), await listed(ada)]).toEqual([201, []])
})

test('nobody starts a conversation with who blocked them, in the same words for both; others do', async () => {
  expect((await block(ada, bob)).status).toBe(200)
  const refused = []
  for (const [status, body] of [await direct(bob, ada), await direct(ada, bob)])
    refused.push([status, body.code, body.detail])
  expect(refused[0]).toEqual([403, 'denied', expect.stringContaining('no conversation can be')])
  expect(refused[1]).toEqual(refused[0])
  expect(JSON.stringify(refused[0])).not.toMatch(/block/)
  expect((await direct(bob, ada, cy))[0]).toBe(403)
  expect((await direct(cy, ada))[0]).toBe(200)
  expect((await direct(cy, bob))[0]).toBe(200)
  server = await server.again()
  ada = await callerOf(server, ada.cookie)
  bob = await callerOf(server, bob.cookie)
  expect((await direct(bob, ada))[0]).toBe(403)
  expect((await block(ada, bob, 'DELETE')).status).toBe(200)
  const [status, { key }] = await direct(bob, ada)
  expect([status, await say(bob, key, 'hello'), await say(ada, key, 'hello')]).toEqual([
    200, 201, 201,
  ])
})

test('two blocks are two: it opens when both have ended', async () => {
  const [, { key }] = await direct(ada, bob)
  await block(ada, bob)
  await block(bob, ada)
  await block(ada, bob, 'DELETE')
  expect(await say(ada, key, 'hello?')).toBe(401)
  await block(bob, ada, 'DELETE')
  expect(await say(ada, key, 'hello!')).toBe(201)
})

test('it leaves a line in the audit log, once however often it is asked for', async () => {
  for (let times = 0; times < 3; times += 1) expect((await block(ada, bob)).status).toBe(200)
  const response = await fetch(`${server.url}/api/v1/audit?command=block-person`, {
    headers: { authorization: `Bearer ${KEY}` },
  })
  const { items } = (await response.json()) as { items: Body[] }
  const lines = items.filter(({ command }) => command === 'block-person')
  expect(lines.map(({ actor, target }) => [actor, target])).toEqual([
    [`user:${ada.id}`, `user:${bob.id}`],
  ])
})

test('oneself, a stranger, and a policy that would not keep it are refused', async () => {
  const code = async (response: Response) => [response.status, (await read(response)).code]
  expect(await code(await block(ada, ada))).toEqual([400, 'invalid'])
  expect(await code(await ada.call('PUT', '/api/v1/me/blocks/nobody'))).toEqual([
    404,
    'person_unknown',
  ])
  const text = await readFile(DEFAULT_POLICY, 'utf8')
  const policy = join(server.folder, 'older.yaml')
  await writeFile(policy, text.replace('resource.blocked == true', 'false'))
  await open(policy)
  const [status, body] = await code(await block(ada, bob))
  expect([status, body]).toEqual([409, 'type_unknown'])
  expect(await listed(ada)).toEqual([])
})
