import { expect, test } from 'vitest'
import { plainText } from './plain.ts'

test.each([
  ['the **secret** _word_', 'the secret word'],
  ['- one\n- two `x`', 'one two x'],
  ['> said\n\nanswered [here](https://example.com) :tada:', 'said answered here :tada:'],
  ['```js\nconst a = 1\n```', 'const a = 1'],
  ['', ''],
])('%j reads as %j', (source, words) => {
  expect(plainText(source)).toBe(words)
})
