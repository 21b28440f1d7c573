import { describe, expect, test } from 'vitest'
import { cleanName, nameOfProfile } from './person-name.ts'

describe('a name somebody chose', () => {
  test.each([
    ['Ada', 'Ada'],
    ['  Ada Lovelace ', 'Ada Lovelace'],
    ['Zoë 💬', 'Zoë 💬'],
    ['李', '李'],
    ['x'.repeat(80), 'x'.repeat(80)],
    ['💬'.repeat(80), '💬'.repeat(80)],
  ])('%j is %j', (given, expected) => {
    expect(cleanName(given)).toBe(expected)
  })

  test.each(['', '   ', 'x'.repeat(81), 'a\nb', 'a\0b', 'a\u202eb', 'a\u2028b', undefined, 7, {}])(
    '%j is none',
    (given) => {
      expect(cleanName(given)).toBeUndefined()
    },
  )
})

describe('a name from a provider', () => {
  test.each([
    [{ name: 'Ada', email: 'x@example.com' }, 'Ada'],
    [{ name: ' ', preferred_username: 'ada', email: 'x@example.com' }, 'ada'],
    [{ email: 'ada@example.com' }, 'ada'],
    [{ name: 'Ada\n\u202eecalevoL' }, 'Ada  ecalevoL'],
    [{ name: 'x'.repeat(200) }, 'x'.repeat(80)],
    [{ name: 7 }, 'Somebody'],
    [{}, 'Somebody'],
  ])('%j: %s', (profile, expected) => {
    expect(nameOfProfile(profile)).toBe(expected)
  })
})
