import { describe, expect, test } from 'vitest'
import { fieldOf, instantOf } from '../../form/instants.ts'
import { leftOf } from '../../model/lengths.ts'
import { groupOf, idOf, placeOf, rolesFor } from '../../model/names.ts'
import { appliedTo, differenceOf, fieldsOf, problemsOf, readOf, shownOf } from './attributes.ts'
import { changesOf, linesOf } from './bulk.ts'

describe('attributes as fields', () => {
  const known = { age: 36, name: 'Ada', team: ['a'], flag: 'true' }

  test('come back as they were', () => {
    for (const { name, text } of fieldsOf(known))
      expect(readOf(text)).toEqual({ value: known[name as keyof typeof known] })
    expect(shownOf('true')).toBe('"true"')
    expect(readOf('{"a":')).toBeUndefined()
    expect(readOf('plain words')).toEqual({ value: 'plain words' })
  })

  test('only what became different is written, and null takes away', () => {
    const fields = [
      { name: 'age', text: '37' },
      { name: 'name', text: 'Ada' },
      { name: 'hat', text: 'red' },
      { name: 'flag', text: '"true"' },
    ]
    const difference = differenceOf(known, fields)
    expect(difference).toEqual({ age: 37, hat: 'red', team: null })
    expect(appliedTo(known, difference)).toEqual({ age: 37, name: 'Ada', hat: 'red', flag: 'true' })
  })

  test('say what is wrong where it is', () => {
    const fields = [
      { name: '', text: 'x' },
      { name: 'a', text: '[1' },
      { name: 'b', text: '1' },
      { name: 'b', text: '2' },
    ]
    expect(problemsOf(fields)).toEqual({ 0: 'badName', 1: 'badValue', 3: 'takenName' })
  })
})

describe('many people at once', () => {
  const people = ['ada', 'bob']

  test('each is one change; a role taken has no end', () => {
    const said = { on: 'channel:x', role: 'moderator', expiresAt: '2027-01-01T00:00:00Z' }
    expect(changesOf({ kind: 'give', people }, said)).toEqual([
      { assign: 'channel:x#moderator@user:ada', expires_at: '2027-01-01T00:00:00Z' },
      { assign: 'channel:x#moderator@user:bob', expires_at: '2027-01-01T00:00:00Z' },
    ])
    expect(changesOf({ kind: 'take', people: ['ada'] }, said)).toEqual([
      { unassign: 'channel:x#moderator@user:ada' },
    ])
  })

  test('gains and losses are lines, no more than fit', () => {
    const flips = [
      { subject: 'user:ada', resource: 'channel:x', gained: ['publish'], lost: ['mute'] },
      { subject: 'user:bob', resource: 'channel:x', gained: [], lost: ['mute'] },
    ]
    const say = { gains: () => '+', loses: () => '-' }
    expect(linesOf(flips, say, 9).map(({ text }) => text)).toEqual(['+', '-', '-'])
    expect(linesOf(flips, say, 1)).toHaveLength(1)
  })
})

test('names as people read them', () => {
  expect([idOf('user:ada'), idOf('group:crew#member')]).toEqual(['ada', 'group:crew#member'])
  expect(['channel:launch', 'tenant:acme', 'group:crew'].map(placeOf)).toEqual([
    '#launch',
    'acme',
    'group:crew',
  ])
  expect(groupOf('group:crew#member')).toBe('crew')
  const roles = [
    { role: 'admin', on: 'tenant', title: 'Admin' },
    { role: 'viewer', on: 'channel', title: 'Viewer' },
  ]
  expect(rolesFor(roles, 'tenant:acme').map(({ role }) => role)).toEqual(['admin'])
})

test('what is left: digits up to two days, then days; never negative', () => {
  expect([leftOf(-5), leftOf(59_001), leftOf(47 * 3_600_000)]).toEqual([
    '0:00:00',
    '0:01:00',
    '47:00:00',
  ])
  expect(leftOf(72 * 3_600_000)).toBe('3 days')
  const at = '2027-03-01T10:30:00.000Z'
  expect(instantOf(fieldOf(at))).toBe(at)
  expect(instantOf('')).toBeUndefined()
})

describe('declared attributes', () => {
  const declared = [
    { name: 'team', type: 'string', one_of: ['red', '3'], set_by: 'people' },
    { name: 'level', type: 'int', set_by: 'people' },
    { name: 'isOn', type: 'bool', set_by: 'people' },
  ] as const
  const known = { name: 'Ada', team: '3', level: 7 }

  test('come first and keep their types; what is empty is not said', () => {
    const fields = fieldsOf(known, declared)
    expect(fields.map(({ name, text }) => `${name}=${text}`)).toEqual([
      'team=3',
      'level=7',
      'isOn=',
      'name=Ada',
    ])
    expect(differenceOf(known, fields)).toEqual({})
    const said = fields.map((field) => {
      if (field.name === 'level') return { ...field, text: '' }
      return field.name === 'isOn' ? { ...field, text: 'true' } : field
    })
    expect(problemsOf(said)).toEqual({})
    expect(differenceOf(known, said)).toEqual({ level: null, isOn: true })
  })

  test('that do not fit are told', () => {
    const fields = fieldsOf({ team: 'green', level: 1.5, isOn: 'yes' }, declared)
    expect(problemsOf(fields)).toEqual({ 0: 'badChoice', 1: 'badType', 2: 'badType' })
  })
})
