// The commands that call a running server: keys, people, grants, explanations, the audit log.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { say } from './command.ts'
import { type Caller, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

let server: Serving
let ada: Caller

beforeAll(async () => {
  server = await serve()
  ada = await signUp(server, 'Ada')
})
afterAll(endAll)

const sayso = (args: readonly string[], key = KEY) =>
  say(args, { SAYSO_URL: server.url, SAYSO_KEY: key })

const json = async (args: readonly string[], key = KEY) => {
  const ended = await sayso([...args, '--json'], key)
  return { ...ended, json: JSON.parse(ended.out) as Record<string, unknown> }
}

/** What a key is answered that publishes on a channel. */
async function publish(key: string, channel: string): Promise<number> {
  const response = await fetch(`${server.url}/channels/${channel}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(key).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ data: 'x' }),
  })
  return response.status
}

describe('keys', () => {
  test('are made, listed without secrets, rotated and revoked', async () => {
    const args = ['keys', 'create', 'marketing', '--allow', 'publish', '--on', 'sales,sales:*']
    const made = await sayso(args)
    expect(made).toMatchObject({ code: 0, err: '' })
    const key = made.out.trim()
    expect(await publish(key, 'sales')).toBe(201)
    expect(await publish(key, 'errors')).toBe(401)
    const listed = await sayso(['keys', 'list'])
    expect(listed.out).toContain('marketing')
    expect(listed.out).not.toContain(key.split(':')[1])
    const [name = ''] = key.split(':')
    const rotated = (await sayso(['keys', 'rotate', name, '--overlap', '0'])).out.trim()
    expect(await publish(key, 'sales')).toBe(401)
    expect(await publish(rotated, 'sales')).toBe(201)
    const revoked = await sayso(['keys', 'revoke', name, '--reason', 'campaign over'])
    expect(revoked).toMatchObject({ code: 0, out: expect.stringMatching(/^Revoked at revision/) })
    expect(await publish(rotated, 'sales')).toBe(401)
  })

  test.each([
    [['keys', 'create', 'x', '--on', 'sales'], /nothing says what: add --allow/],
    [['keys', 'rotate', 'x', '--overlap', 'soon'], /`--overlap` is no number of seconds/],
    [['keys', 'revoke', 'nobody'], /the server refuses: /],
    [['keys', 'list', '--limit', '0'], /`--limit` is no whole number/],
  ])('%j is refused', async (args, says) => {
    const ended = await sayso(args)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toMatch(says)
  })
})

describe('people and what they hold', () => {
  test('somebody is found, given a role for a time, explained, and it ends', async () => {
    const found = await json(['users', 'list', '--search', 'ada'])
    expect(found.json.items).toMatchObject([{ id: ada.id, name: 'Ada' }])
    const why = ['explain', ada.id, 'publish', 'dock:red']
    expect(await sayso(why)).toMatchObject({ code: 1 })
    const tuple = `dock:red#sailor@user:${ada.id}`
    const given = await sayso([
      'grant',
      tuple,
      '--until',
      '2099-01-01T00:00:00Z',
      '--reason',
      'on watch',
    ])
    expect(given).toMatchObject({ code: 0, out: expect.stringMatching(/^Given at revision/) })
    expect(await sayso(why)).toMatchObject({ code: 0 })
    expect((await sayso(['users', 'show', ada.id])).out).toContain(
      `${tuple} until 2099-01-01T00:00:00.000Z`,
    )
    expect(await sayso(['revoke', tuple])).toMatchObject({ code: 0 })
    expect(await sayso(why)).toMatchObject({ code: 1 })
    const audit = await sayso(['audit', 'list', '--limit', '20'])
    expect(audit.out).toContain('on watch')
  })

  test('somebody is taken out', async () => {
    const bo = await signUp(server, 'Bo')
    expect(await sayso(['users', 'remove', bo.id])).toMatchObject({ code: 0 })
    const gone = await sayso(['users', 'show', bo.id])
    expect(gone).toMatchObject({ code: 2, out: '' })
    expect(gone.err).toContain('the server refuses')
  })

  test.each([
    [['grant', 'nonsense'], 2],
    [['grant', 'dock:red#admiral@user:ada'], 2],
    [['revoke', 'dock:red#sailor@user:nobody'], 2],
    [['explain', 'ada', 'publish'], 2],
  ])('%j says what is wrong', async (args, code) => {
    const ended = await sayso(args)
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err).toMatch(/^sayso: .*; /)
  })
})

test('a key without the scope is refused, with what to do', async () => {
  const weak = (await sayso(['keys', 'create', 'weak', '--allow', 'subscribe'])).out.trim()
  for (const args of [
    ['users', 'list'],
    ['keys', 'list'],
    ['audit', 'list'],
  ]) {
    const ended = await sayso(args, weak)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('`admin` scope')
  }
})
