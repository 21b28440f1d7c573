// A key that asks for very many decisions waits; others do not.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MadeKey, makeKey } from '../lib/keys.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'

let server: Server
let busy: MadeKey

beforeAll(async () => {
  server = await startServer({ env: { SAYSO_DECISION_RATE: '1' } })
  busy = await makeKey(server, { name: 'busy', scopes: ['decisions'] })
})
afterAll(() => server.remove())

const check = { user: { key: 'ann' }, action: 'publish', resource: { type: 'channel', key: 'x' } }
const question = {
  subject: { type: 'user', id: 'ann' },
  action: { name: 'publish' },
  resource: { type: 'channel', id: 'x' },
}

async function asked(path: string, body: unknown, key = busy.key) {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const wait = Number(response.headers.get('retry-after'))
  return { status: response.status, wait, text: await response.text() }
}

test('a bulk is answered once and owed for, on every door, by this key alone', async () => {
  const many = Array.from({ length: 500 }, () => check)
  const bulk = await asked('/allowed/bulk', many)
  expect([bulk.status, JSON.parse(bulk.text).allow.length]).toEqual([200, 500])
  const evaluations = { evaluations: many.map(() => question) }
  for (const [path, body] of [
    ['/allowed', check],
    ['/allowed/bulk', many],
    ['/user-permissions', { user: { key: 'ann' } }],
    ['/access/v1/evaluation', question],
    ['/access/v1/evaluations', evaluations],
  ] as const) {
    const refused = await asked(path, body)
    expect([path, refused.status]).toEqual([path, 429])
    // What is owed comes back at one a second.
    expect(refused.wait).toBeGreaterThan(300)
    expect(refused.text).toContain('SAYSO_DECISION_RATE')
  }
  expect((await asked('/access/v1/evaluations', evaluations, KEY)).status).toBe(200)
  expect((await asked('/access/v1/evaluation', question, KEY)).status).toBe(429)
})
