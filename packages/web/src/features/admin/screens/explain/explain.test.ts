import { describe, expect, test } from 'vitest'
import { actionsOf } from './actions.ts'
import { bodiesOf, bodyOf, untilEnd } from './nearest.ts'
import { linesOf, type Naming, policyHref, ruleOf, sentenceOf } from './steps.ts'

const naming: Naming = {
  person: (id) => (id === 'ada' ? 'Ada Lovelace' : id),
  role: (role) => role.charAt(0).toUpperCase() + role.slice(1),
  time: (at) => String(at),
}
const asked = { subject: 'user:ada', action: 'publish', on: 'channel:launch' }

describe('the way to an answer', () => {
  test('goes from the person by a group and its role to the rule that forbids', () => {
    const path = [
      {
        kind: 'assigned',
        tuple: { resource: 'group:crew', role: 'member', subject: 'user:ada' },
        grant: { by: 'user:grace', expiresAtMs: 7, reason: 'new here' },
      },
      { kind: 'member', set: 'group:crew#member' },
      {
        kind: 'assigned',
        tuple: { resource: 'channel:launch', role: 'participant', subject: 'group:crew#member' },
        grant: {},
      },
      { kind: 'rule', statement: 'types.channel.rules.read-only' },
    ]
    const lines = linesOf({ allowed: false, verdict: 'forbidden', path }, asked, naming)
    expect(lines.map(({ look, title }) => [look, title])).toEqual([
      ['start', 'Ada Lovelace'],
      ['yes', 'Member in group:crew'],
      ['plain', 'Through the group crew'],
      ['yes', 'crew has Participant in #launch'],
      ['no', 'Rule read-only forbids publish'],
    ])
    expect(lines[1]?.text).toBe('Given by grace, until 7, “new here”')
    expect(lines.map(({ link }) => link?.href)).toEqual([
      '/admin/people/ada',
      '/admin/grants/group%3Acrew%23member%40user%3Aada',
      undefined,
      '/admin/grants/channel%3Alaunch%23participant%40group%3Acrew%23member',
      '/admin/policy/rules/channel?rule=read-only',
    ])
  })

  test('says so where nothing led anywhere, and leaves out what it does not know', () => {
    const none = linesOf({ allowed: false, verdict: 'never_granted', path: [] }, asked, naming)
    expect(none.map(({ look }) => look)).toEqual(['start', 'no'])
    const odd = linesOf({ allowed: true, path: [{ kind: 'later' }] }, asked, naming)
    expect(odd).toHaveLength(1)
  })

  test('leads to the statement of the policy', () => {
    expect(ruleOf('types.channel.rules[2]')).toBe('3')
    expect(policyHref('types.channel.roles.moderator.can')).toBe(
      '/admin/policy/matrix/channel?role=moderator',
    )
    expect(policyHref('tenant.roles.admin.can.channel')).toBe(
      '/admin/policy/matrix/tenant?role=admin',
    )
  })

  test('is a sentence with names', () => {
    const no = {
      allowed: false,
      message: 'x',
      verdict: 'forbidden',
      statements: ['types.channel.rules.muted'],
    }
    expect(sentenceOf(no, asked, naming)).toBe(
      'Ada Lovelace may not publish in #launch. The rule muted takes it away, whatever a role allows.',
    )
    expect(sentenceOf({ allowed: true, message: 'x' }, asked, naming)).toBe(
      'Ada Lovelace may publish in #launch.',
    )
  })
})

describe('what would flip it', () => {
  const tuple = { resource: 'channel:launch', role: 'moderator', subject: 'user:ada' }

  test('is made by the changes that the API takes', () => {
    expect(bodyOf({ kind: 'assign', tuple })).toEqual({
      assign: 'channel:launch#moderator@user:ada',
    })
    expect(bodyOf({ kind: 'unassign', tuple })).toEqual({
      unassign: 'channel:launch#moderator@user:ada',
    })
    expect(
      bodyOf({ kind: 'put-resource', resource: 'channel:launch', attributes: { readOnly: false } }),
    ).toEqual({ resource: 'channel:launch', attributes: { readOnly: false } })
    expect(
      bodyOf({ kind: 'unrelate', resource: 'channel:a', relation: 'parent', target: 'server:b' }),
    ).toEqual({ unrelate: 'channel:a#parent@server:b' })
  })

  test('is all of them or nothing', () => {
    expect(bodiesOf([])).toBeUndefined()
    expect(bodiesOf([{ kind: 'assign', tuple }, { kind: 'put-policy' }])).toBeUndefined()
  })

  test('ends where a role is given for a time', () => {
    const bodies = [{ assign: 'a#b@c' }, { unassign: 'a#d@c' }]
    expect(untilEnd(bodies, '2027-01-01T00:00:00.000Z')).toEqual([
      { assign: 'a#b@c', expires_at: '2027-01-01T00:00:00.000Z' },
      { unassign: 'a#d@c' },
    ])
    expect(untilEnd(bodies, undefined)).toEqual(bodies)
  })
})

test('actions to ask about: those of everyday first, one that no role gives by its whole name', () => {
  const roles = [{ gives: { channel: ['admit', 'history', 'publish'] } }]
  const keys = (q: string) => actionsOf(roles, 'channel', q).map(({ key }) => key)
  expect(keys('')).toEqual(['publish', 'history', 'admit'])
  expect(keys('hist')).toEqual(['history', 'hist'])
  expect(keys('archive')).toEqual(['archive'])
  expect(keys('No Action')).toEqual([])
})
