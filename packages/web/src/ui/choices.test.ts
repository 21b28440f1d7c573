import { describe, expect, test } from 'vitest'
import { DEFAULT_CHOICES, readChoices } from './choices.ts'

describe('choices', () => {
  test('anything that is no choice is left as it was', () => {
    const odd = [{ theme: 'pink', textSize: 'big' }, { keys: 'r' }, { keys: { pin: 7 } }]
    for (const value of [undefined, null, 7, 'dark', [], ...odd])
      expect(readChoices(value)).toEqual(DEFAULT_CHOICES)
    const dark = { ...DEFAULT_CHOICES, theme: 'dark' as const }
    expect(readChoices({ theme: 1 }, dark)).toEqual(dark)
  })

  test('each choice is read', () => {
    const chosen = {
      theme: 'light',
      contrast: 'more',
      density: 'compact',
      motion: 'none',
      textSize: 18,
      sendBy: 'mod-enter',
      singleKeys: false,
      keys: { answer: 'a', pin: '' },
      announce: false,
    }
    expect(readChoices(chosen)).toEqual(chosen)
  })

  test('the size of text has bounds', () => {
    expect(readChoices({ textSize: 99 }).textSize).toBe(20)
    expect(readChoices({ textSize: 3 }).textSize).toBe(15)
    expect(readChoices({ textSize: 12 }).textSize).toBe(12)
  })
})
