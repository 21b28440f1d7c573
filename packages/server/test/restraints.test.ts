// Holding somebody back: a role that the policy lets certain people give, for a time, and what it takes away.

import { afterEach, describe, expect, test } from 'vitest'
import { setUp, signUp } from './people.ts'
import { endAll, serve } from './serving.ts'

afterEach(endAll)

const ROLES = '/api/v1/role_assignments'

describe('a restraint', () => {
  test('is given and taken by who may do its action, and by nobody else; no other role with it', async () => {
    const server = await serve()
    const grace = await setUp(server, 'Grace')
    const ada = await signUp(server, 'Ada')
    const bob = await signUp(server, 'Bob')
    const hush = { person: bob.id, role: 'hushed', on: 'dock:north', reason: 'shouting' }
    expect((await ada.call('POST', ROLES, hush)).status).toBe(403)
    await grace.call('POST', '/api/v1/channels/north/promote', { person: ada.id })
    expect((await ada.call('POST', ROLES, hush)).status).toBe(200)
    expect((await ada.call('POST', ROLES, { ...hush, role: 'pilot' })).status).toBe(403)
    const why = await bob.call('POST', '/api/v1/explain', {
      action: 'publish',
      resource: 'dock:north',
    })
    expect(await why.json()).toMatchObject({ allowed: false, message: 'Not so loud.' })
    expect((await ada.call('DELETE', ROLES, hush)).status).toBe(200)
  })

  test('ends by itself at the instant it was given for', async () => {
    const server = await serve()
    const grace = await setUp(server, 'Grace')
    const bob = await signUp(server, 'Bob')
    const body = { person: bob.id, role: 'hushed', on: 'dock:north' }
    const past = { ...body, expires_at: '2020-01-01T00:00:00Z' }
    expect((await grace.call('POST', ROLES, past)).status).toBe(400)
    expect((await grace.call('POST', ROLES, { ...body, expires_at: 'noon' })).status).toBe(400)
    const soon = { ...body, expires_at: '2999-01-01T00:00:00Z' }
    expect((await grace.call('POST', ROLES, soon)).status).toBe(200)
    const why = await grace.call('POST', '/api/v1/explain', {
      subject: `user:${bob.id}`,
      action: 'publish',
      resource: 'dock:north',
    })
    expect(await why.json()).toMatchObject({
      verdict: 'forbidden',
      flipsAtMs: Date.parse(soon.expires_at),
    })
  })
})
