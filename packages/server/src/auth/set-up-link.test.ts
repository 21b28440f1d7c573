import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeSetUpToken, SET_UP_LINK_MS, SetUpLink } from './set-up-link.ts'

const NOW = 1_800_000_000_000

describe('the set-up link', () => {
  const token = makeSetUpToken(randomBytes)
  const fresh = () => new SetUpLink(token, NOW)

  test('opens with its own token, for a day', () => {
    expect(fresh().check(token, NOW)).toBe('good')
    expect(fresh().check(token, NOW + SET_UP_LINK_MS - 1)).toBe('good')
    expect(fresh().check(token, NOW + SET_UP_LINK_MS)).toBe('ended')
    expect(fresh().expiresMs).toBe(NOW + 86_400_000)
  })

  test.each(['', 'x', token.slice(1), `${token}A`, token.toUpperCase()])('not with %j', (other) => {
    expect(fresh().check(other, NOW)).toBe('wrong')
  })

  test('not twice', () => {
    const link = fresh()
    link.use()
    expect(link.check(token, NOW)).toBe('used')
    expect(link.check(token, NOW + SET_UP_LINK_MS)).toBe('used')
    expect(link.check('other', NOW)).toBe('wrong')
  })

  test('has 256 bits that stand in a URL as they are', () => {
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(makeSetUpToken((bytes) => new Uint8Array(bytes).fill(255))).toBe(`${'_'.repeat(42)}8`)
    expect(fresh().url('https://chat.example.com')).toBe(
      `https://chat.example.com/setup?token=${token}`,
    )
  })
})
