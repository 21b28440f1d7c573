import { describe, expect, test } from 'vitest'
import { SealBroken, sealer } from './sealed.ts'

const { seal, open } = sealer('the secret of this installation')

describe('a sealed text', () => {
  test.each(['', 'k', 'a key secret', '💬'.repeat(1000)])(
    'opens to what was sealed: %#',
    (plain) => {
      expect(open(seal(plain))).toBe(plain)
      expect(sealer('the secret of this installation').open(seal(plain))).toBe(plain)
    },
  )

  test('does not show what it holds, nor that two hold the same', () => {
    expect(seal('a key secret')).not.toBe(seal('a key secret'))
    expect(Buffer.from(seal('a key secret'), 'base64url').toString('latin1')).not.toContain(
      'secret',
    )
  })

  test('does not open under another secret, and says what to do', () => {
    const other = sealer('another secret')
    expect(() => other.open(seal('a key secret'))).toThrow(SealBroken)
    expect(() => other.open(seal('a key secret'))).toThrow('another `SAYSO_SECRET`')
    expect(new SealBroken('x').remedy).toContain('SAYSO_SECRET')
  })

  test('does not open once any character was changed', () => {
    const sealed = seal('a key secret')
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1)
      // The last character of base64url may hold spare bits; a change there need not change a byte.
      const isSame = Buffer.from(altered.split('.')[2] ?? '', 'base64url').equals(
        Buffer.from(sealed.split('.')[2] ?? '', 'base64url'),
      )
      if (isSame && at > 20) continue
      expect(() => open(altered), `character ${at}`).toThrow(SealBroken)
    }
  })

  test.each(['', 'v1', 'v1..', 'v2.a.b', 'a key secret', 'v1.AAAAAAAAAAAAAAAA.AAAA', 'v1.a.b.c'])(
    '%j is none',
    (text) => {
      expect(() => open(text)).toThrow(SealBroken)
    },
  )
})
