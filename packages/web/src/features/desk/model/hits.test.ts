import { expect, test } from 'vitest'
import { partsOf } from './hits.ts'

const drawn = (text: string, words: string) =>
  partsOf(text, words)
    .map((one) => (one.isHit ? `[${one.text}]` : one.text))
    .join('')

test('words are marked where they begin, in any case, and nothing of the text is lost', () => {
  expect(drawn('The glaze, a Glaze and glazed', 'glaz a')).toBe(
    'The [glaz]e, [a] [Glaz]e [a]nd [glaz]ed',
  )
  expect(drawn('Überraschung: das Über', 'über')).toBe('[Über]raschung: das [Über]')
  expect(drawn('1 + (2)', '(+ .*')).toBe('1 + (2)')
  expect(drawn('', 'a')).toBe('')
})
