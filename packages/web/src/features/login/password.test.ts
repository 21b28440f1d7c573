import { describe, expect, test } from 'vitest'
import { strengthOf } from './password.ts'

const bars = (password: string, known: string[] = []) => strengthOf(password, known).bars

describe('password', () => {
  test('says how many characters are missing', () => {
    expect(strengthOf('').isEnough).toBe(false)
    expect(strengthOf('elevenchars')).toMatchObject({ words: '1 more character.', isEnough: false })
    expect(strengthOf('x'.repeat(129)).isEnough).toBe(false)
  })

  test('a long phrase is strong, one key held down is not', () => {
    expect(bars('correct horse battery staple')).toBe(4)
    expect(bars('aaaaaaaaaaaaaa')).toBe(1)
    expect(bars('abcdefghijklmn')).toBe(1)
    expect(bars('twelve or more')).toBeGreaterThanOrEqual(2)
  })

  test('one’s own name and address do not count', () => {
    const known = ['Katherine Johnson', 'katherine@harbour.example']
    expect(bars('katherinejohnson', known)).toBeLessThan(bars('katherinejohnson'))
    expect(bars('kath(rine*johnson1', ['kath(rine*'])).toBeGreaterThan(0)
  })

  test('twelve characters are always enough to go on', () => {
    expect(strengthOf('aaaaaaaaaaaa').isEnough).toBe(true)
  })
})
