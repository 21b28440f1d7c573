import { describe, expect, test } from 'vitest'
import { hueOf, initialsOf } from './hue.ts'

describe('hue and initials', () => {
  test('an id has the same hue every time, one of 24', () => {
    const hues = new Set(Array.from({ length: 500 }, (_, index) => hueOf(`person-${index}`)))
    expect(hueOf('ada')).toBe(hueOf('ada'))
    expect(hues.size).toBe(24)
    expect([...hues].every((hue) => hue % 15 === 0 && hue < 360)).toBe(true)
  })

  test('initials are the first and the last word', () => {
    expect(initialsOf('Ada Lovelace')).toBe('AL')
    expect(initialsOf('Augusta Ada King')).toBe('AK')
    expect(initialsOf('ada')).toBe('AD')
    expect(initialsOf('  ')).toBe('')
    expect(initialsOf('𝒜da 𝒦ing')).toBe('𝒜𝒦')
  })
})
