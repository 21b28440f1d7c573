import { describe, expect, test } from 'vitest'
import { isOnlyEmoji } from './only-emoji.ts'

describe('only emoji', () => {
  test.each([
    '👍',
    ' 🎉 🎉 ',
    '👩‍👩‍👧‍👦',
    '👋🏽',
    '🇩🇪🇫🇷',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '1️⃣',
    '#️⃣',
    '❤️',
    '☕',
    '©️',
    '〰️㊗️㊙️',
    ':tada:',
    ':+1: 👍',
    '⬛⬜',
    'ℹ️',
  ])('%s is', (text) => expect(isOnlyEmoji(text)).toBe(true))

  test.each([
    '',
    '   ',
    'yes 👍',
    '12',
    '#',
    '***',
    '👍👍👍👍',
    ':not an emoji:',
    'はい',
    '…',
    '👍.',
    '→',
    `👍${' '.repeat(80)}`,
  ])('%s is not', (text) => expect(isOnlyEmoji(text)).toBe(false))

  test('every emoji there is passes the first look', () => {
    const missed: string[] = []
    const all = /^\p{RGI_Emoji}$/v
    for (let code = 0xa9; code <= 0x1faff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue
      const char = String.fromCodePoint(code)
      for (const text of [char, `${char}\ufe0f`, `${char}\u{1f3fd}`])
        if (all.test(text) && !isOnlyEmoji(text)) missed.push(text)
    }
    expect(missed).toEqual([])
  })
})
