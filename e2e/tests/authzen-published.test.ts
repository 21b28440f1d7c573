// The requests and answers that the AuthZEN 1.0 text prints, against a world in which its answers are right.

import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { change } from '../lib/admin.ts'
import { KEY, ROOT, type Server, startServer } from '../lib/server.ts'

let server: Server
const ALICE = 'alice@example.com'
const BOB = 'bob@example.com'

beforeAll(async () => {
  server = await startServer({ env: { SAYSO_POLICY: join(ROOT, 'e2e/fixtures/published.yaml') } })
  const given = [
    ['account:123#writer', ALICE],
    ['account:456#reader', ALICE],
    ['account:123#reader', BOB],
    ['document:boxcarring.md#viewer', ALICE],
    ['document:resource-search.md#viewer', ALICE],
    ['document:1#viewer', ALICE],
  ]
  await change(server, ...given.map(([role, who]) => ({ assign: `${role}@user:${who}` })))
})
afterAll(() => server.remove())

async function ask(path: string, body: object) {
  const response = await fetch(`${server.url}/access/v1/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${KEY}`,
      'x-request-id': 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716',
    },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  expect(response.headers.get('x-request-id')).toBe('bfe9eb29-ab87-4ca3-be83-a1d5d8305716')
  return (await response.json()) as {
    readonly decision?: boolean
    readonly evaluations?: readonly { readonly decision: boolean }[]
    readonly results?: readonly object[]
    readonly page?: { readonly next_token: string }
  }
}

const subject = { type: 'user', id: ALICE }
const account = { type: 'account', id: '123' }
const canRead = { name: 'can_read' }

test('an evaluation with properties of the action and a time', async () => {
  const answer = await ask('evaluation', {
    subject,
    resource: account,
    action: { name: 'can_read', properties: { method: 'GET' } },
    context: { time: '1985-10-26T01:22-07:00' },
  })
  expect(answer.decision).toBe(true)
})

test('a subject and a resource with properties', async () => {
  const answer = await ask('evaluation', {
    subject: { ...subject, properties: { department: 'Sales', ip_address: '172.217.22.14' } },
    resource: { ...account, properties: { library_record: { title: 'AuthZEN in Action' } } },
    action: canRead,
  })
  expect(answer.decision).toBe(true)
})

test('evaluations over one subject, context and action, one of them with another action', async () => {
  const { evaluations } = await ask('evaluations', {
    subject,
    context: { time: '2024-05-31T15:22-07:00' },
    action: canRead,
    evaluations: [
      { resource: { type: 'document', id: 'boxcarring.md' } },
      { resource: { type: 'document', id: 'subject-search.md' } },
      { action: { name: 'can_edit' }, resource: { type: 'document', id: 'resource-search.md' } },
    ],
  })
  expect(evaluations?.map(({ decision }) => decision)).toEqual([true, false, false])
})

test('evaluations that end with the first denial', async () => {
  const { evaluations } = await ask('evaluations', {
    subject,
    action: { name: 'read' },
    options: { evaluations_semantic: 'deny_on_first_deny' },
    evaluations: ['1', '2', '3'].map((id) => ({ resource: { type: 'document', id } })),
  })
  expect(evaluations?.map(({ decision }) => decision)).toEqual([true, false])
})

test('evaluations that end with the first permit', async () => {
  const { evaluations } = await ask('evaluations', {
    subject,
    action: { name: 'read' },
    options: { evaluations_semantic: 'permit_on_first_permit' },
    evaluations: ['2', '1', '3'].map((id) => ({ resource: { type: 'document', id } })),
  })
  expect(evaluations?.map(({ decision }) => decision)).toEqual([false, true])
})

test('who can read an account', async () => {
  const asked = {
    subject: { type: 'user' },
    action: canRead,
    resource: account,
    context: { time: '2024-10-26T01:22-07:00' },
  }
  expect(await ask('search/subject', asked)).toMatchObject({
    results: [subject, { type: 'user', id: BOB }],
    page: { next_token: '' },
  })
})

test('which accounts somebody can read', async () => {
  const asked = { subject, action: canRead, resource: { type: 'account' } }
  const { results } = await ask('search/resource', asked)
  expect(results).toEqual([account, { type: 'account', id: '456' }])
})

test('what somebody can do with an account', async () => {
  const context = { time: '2024-10-26T01:22-07:00' }
  const { results } = await ask('search/action', { subject, resource: account, context })
  expect(results).toEqual([{ name: 'can_read' }, { name: 'can_write' }])
})
