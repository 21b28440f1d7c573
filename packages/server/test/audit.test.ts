// The audit log through the public door: every change has its line with before, after, address and effect; lines are
// found, checked and taken along; no secret is in it, nor in what the server logs.

import { afterEach, expect, test } from 'vitest'
import { endAll, KEY, type Serving, serve } from './serving.ts'

afterEach(endAll)

type Line = Readonly<Record<string, unknown>> & {
  readonly number: number
  readonly command: string
}

const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }

async function call(server: Serving, method: string, path: string, body?: unknown) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${server.url}${path}`, { method, headers, ...sent })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text
}

async function lines(server: Serving, query = ''): Promise<Line[]> {
  return JSON.parse(await call(server, 'GET', `/api/v1/audit?${query}`)).items
}

async function people(server: Serving, ...names: string[]): Promise<void> {
  const changes = names.map((name) => ({ person: `user:${name}`, attributes: { name } }))
  await call(server, 'POST', '/api/v1/changes', { changes })
}

const assign = (server: Serving, method: string, person: string, role: string) =>
  call(server, method, '/api/v1/role_assignments', { person, role, on: 'dock:bridge' })

test('a change of roles says which there were, which there are, whence it came and what it did', async () => {
  const server = await serve()
  await people(server, 'ann')
  await assign(server, 'POST', 'ann', 'sailor')
  await assign(server, 'DELETE', 'ann', 'sailor')
  const [taken, given] = await lines(server, 'limit=2')
  const effect = { people: 1, lost: 0, flips: [{ subject: 'user:ann', lost: [] }] }
  expect(given).toMatchObject({
    command: 'assign-role',
    actor: 'key:first',
    target: 'dock:bridge#sailor@user:ann',
    address: '127.0.0.1',
    before: { 'dock:bridge@user:ann': [] },
    after: { 'dock:bridge@user:ann': ['sailor'] },
    effect,
  })
  expect(taken).toMatchObject({
    before: { 'dock:bridge@user:ann': ['sailor'] },
    after: { 'dock:bridge@user:ann': [] },
    effect: { people: 1, gained: 0 },
  })
})

test('attributes, the policy and what a removed place held are told before and after', async () => {
  const server = await serve()
  await people(server, 'ann')
  await assign(server, 'POST', 'ann', 'sailor')
  await call(server, 'POST', '/api/v1/changes', {
    changes: [{ person: 'user:ann', attributes: { name: 'Ann' } }],
  })
  await call(server, 'POST', '/api/v1/changes', { changes: [{ remove_resource: 'dock:bridge' }] })
  const { text, version } = JSON.parse(await call(server, 'GET', '/api/v1/policy'))
  await call(server, 'PUT', '/api/v1/policy', { text: `${text}\n# again\n` })
  const [policy, gone, named] = await lines(server, 'limit=3')
  expect(named).toMatchObject({
    before: { 'user:ann': { name: 'ann' } },
    after: { 'user:ann': { name: 'Ann' } },
    effect: { people: 0, gained: 0, lost: 0 },
  })
  expect(gone).toMatchObject({
    before: { 'dock:bridge@user:ann': ['sailor'] },
    after: { 'dock:bridge': null, 'dock:bridge@user:ann': [] },
  })
  expect(policy).toMatchObject({ before: { policy: version }, after: { policy: version } })
})

test('many facts in one change are told up to a bound, and the rest is counted', async () => {
  const server = await serve()
  await people(server, ...Array.from({ length: 150 }, (_, index) => `p${index}`))
  const [line] = await lines(server, 'limit=1')
  expect(Object.keys(line?.after as object)).toHaveLength(101)
  expect(line?.after).toMatchObject({ more: 50, 'user:p0': { name: 'p0' } })
})

test('behind a trusted proxy the address is the one it names, else the socket’s', async () => {
  const behind = await serve({ SAYSO_TRUSTED_PROXIES: '127.0.0.1' })
  const post = (server: Serving) =>
    fetch(`${server.url}/api/v1/changes`, {
      method: 'POST',
      headers: { ...headers, 'x-forwarded-for': '203.0.113.1, 198.51.100.7' },
      body: JSON.stringify({ changes: [{ person: 'user:ann', attributes: { name: 'Ann' } }] }),
    })
  expect((await post(behind)).status).toBe(200)
  expect((await lines(behind, 'limit=1'))[0]?.address).toBe('198.51.100.7')
  const open = await serve()
  expect((await post(open)).status).toBe(200)
  expect((await lines(open, 'limit=1'))[0]?.address).toBe('127.0.0.1')
})

test('lines are found by what is asked for, in pages, and refused parameters are named', async () => {
  const server = await serve()
  await people(server, 'ann', 'ben')
  await assign(server, 'POST', 'ann', 'sailor')
  await assign(server, 'POST', 'ben', 'sailor')
  const found = await lines(server, 'command=assign-role&actor=key:first')
  expect(found.map(({ target }) => target)).toEqual([
    'dock:bridge#sailor@user:ben',
    'dock:bridge#sailor@user:ann',
  ])
  const target = encodeURIComponent('dock:bridge#sailor@user:ann')
  expect(await lines(server, `target=${target}`)).toHaveLength(1)
  expect(await lines(server, 'since=2000-01-01T00:00:00Z&until=2000-01-02T00:00:00Z')).toEqual([])
  const page = JSON.parse(await call(server, 'GET', '/api/v1/audit?limit=1'))
  const rest = await lines(server, `after=${page.next}`)
  expect(rest[0]?.number).toBe(page.items[0].number - 1)
  await expect(lines(server, 'after=x')).rejects.toThrow('query_invalid')
})

test('the whole log is checked, and taken along as JSON lines or as a table that runs no formula', async () => {
  const server = await serve()
  await people(server, 'ann')
  const reason = '=HYPERLINK("https://evil.example"),\n"quoted"'
  const given = { person: 'ann', role: 'sailor', on: 'dock:bridge', reason }
  await call(server, 'POST', '/api/v1/role_assignments', given)
  const verdict = JSON.parse(await call(server, 'GET', '/api/v1/audit/verify'))
  // Reading the log leaves lines of its own.
  const upTo = ({ number }: Line) => number <= verdict.last.number
  const all = (await lines(server)).filter(upTo)
  const last = { number: all[0]?.number, hash: all[0]?.hash }
  expect(verdict).toEqual({ intact: true, lines: all.length, last })
  const jsonl = await call(server, 'GET', '/api/v1/audit/export')
  expect(
    jsonl
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(upTo),
  ).toEqual(all)
  const csv = await call(server, 'GET', '/api/v1/audit/export?format=csv&command=assign-role')
  const [header, ...rows] = csv.split('\r\n')
  expect(header).toMatch(/^number,at,actor,address,command,target,reason,/)
  expect(rows.join('\r\n')).toContain('"\'=HYPERLINK(""https://evil.example""),\n""quoted"""')
})

test('neither the audit log nor the server’s own log holds a secret', async () => {
  const server = await serve({ SAYSO_LOG: 'debug', SAYSO_SIGN_UP: 'open' })
  const password = 'canary-password-5512'
  const origin = { origin: server.url, 'content-type': 'application/json' }
  const signedUp = await fetch(`${server.url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: origin,
    body: JSON.stringify({ name: 'Canary', email: 'canary@example.com', password }),
  })
  const cookie = signedUp.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const token = await (
    await fetch(`${server.url}/api/realtime/token`, { headers: { cookie } })
  ).text()
  const made = JSON.parse(await call(server, 'POST', '/api/v1/apps', { name: 'Canary' }))
  const keyName = KEY.split(':')[0] ?? ''
  const asked = await fetch(`${server.url}/keys/${keyName}/requestToken`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(KEY)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ keyName, timestamp: Date.now(), clientId: 'canary' }),
  })
  const { token: issued } = (await asked.json()) as { token: string }
  for (const key of ['harbour.first:wrong-canary-secret', `${made.key}x`])
    await fetch(`${server.url}/api/v1/policy`, { headers: { authorization: `Bearer ${key}` } })
  const secrets = [
    KEY.split(':')[1],
    'wrong-canary-secret',
    String(made.key).split(':')[1],
    password,
    cookie.split('=')[1]?.split('.')[0],
    token.split('.')[2],
    issued.split('.').at(-1),
    'sealedSecret',
  ]
  const ofApp = await fetch(`${server.url}/api/v1/audit/export`, {
    headers: { authorization: `Bearer ${made.key}` },
  })
  const said = [
    await call(server, 'GET', '/api/v1/audit/export'),
    await ofApp.text(),
    ...server.log,
  ].join('\n')
  expect(said).toContain('create-app')
  expect(said).toContain('create-key')
  for (const secret of secrets) {
    expect(secret?.length).toBeGreaterThan(8)
    expect(said).not.toContain(secret)
  }
})
