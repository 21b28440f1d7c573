// Connection keys: whoever shows one may continue that connection, and nobody else.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connectionKeys } from '../src/access/connection-key.ts'

const SECRET = 'the secret of an installation'
const ID = 'Ab3-_xyz9012'

function keysOf(boot: string, secret = SECRET) {
  let count = 0
  return connectionKeys(secret, boot, () => {
    count += 1
    return count.toString(16).padStart(12, '0')
  })
}

describe('a connection key', () => {
  test('names its connection to the process that made it', () => {
    const keys = keysOf('aaaaaaaa')
    expect(keys.read(keys.make(ID, 'ada'), 'ada')).toEqual({ kind: 'ours', connectionId: ID })
  })

  test('outlives a restart, and says that it is of an earlier process', () => {
    const key = keysOf('aaaaaaaa').make(ID, 'ada')
    expect(keysOf('bbbbbbbb').read(key, 'ada')).toEqual({ kind: 'earlier', connectionId: ID })
  })

  test('is another each time, begins with the id, and needs no escaping in an address', () => {
    const keys = keysOf('aaaaaaaa')
    const [one, two] = [keys.make(ID, ''), keys.make(ID, '')]
    expect(one).not.toBe(two)
    expect(one).toMatch(/^Ab3-_xyz9012![\w-]+$/)
    expect(encodeURIComponent(one)).toBe(one)
  })

  test('is good for the identity it was made for and no other', () => {
    const keys = keysOf('aaaaaaaa')
    for (const [made, shown] of [
      ['ada', 'eve'],
      ['ada', ''],
      ['ada', '*'],
      ['', '*'],
      ['*', ''],
    ] as const) {
      expect(keys.read(keys.make(ID, made), shown)).toEqual({ kind: 'unknown' })
      expect(keys.read(keys.make(ID, made), made).kind).toBe('ours')
    }
  })

  test('of another installation is unknown', () => {
    const key = keysOf('aaaaaaaa', 'another secret').make(ID, 'ada')
    expect(keysOf('aaaaaaaa').read(key, 'ada')).toEqual({ kind: 'unknown' })
  })

  test('does not let parts run into each other', () => {
    const keys = keysOf('aaaaaaaa')
    const key = keys.make('connection1', 'ada')
    expect(keys.read(key.replace('connection1', 'connection'), '1ada').kind).toBe('unknown')
    expect(keys.read(key.replace('connection1!', 'connection!1'), 'ada').kind).toBe('unknown')
  })

  test('with any one character changed is unknown', () => {
    const keys = keysOf('aaaaaaaa')
    const key = keys.make(ID, 'ada')
    fc.assert(
      fc.property(
        fc.nat(key.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (index, other) => {
          fc.pre(other !== key[index])
          const changed = key.slice(0, index) + other + key.slice(index + 1)
          expect(keys.read(changed, 'ada')).toEqual({ kind: 'unknown' })
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('that is any text at all is unknown, without a throw', () => {
    const keys = keysOf('aaaaaaaa')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string(), (text, identity) => {
        expect(keys.read(text, identity)).toEqual({ kind: 'unknown' })
      }),
      { numRuns: 2_000 },
    )
    expect(keys.read(`${ID}!aaaaaaaa-0001-${'é'.repeat(32)}`, '')).toEqual({ kind: 'unknown' })
  })
})
