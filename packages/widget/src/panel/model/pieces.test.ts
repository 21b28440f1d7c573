import { expect, test } from 'vitest'
import { piecesOf } from './pieces.ts'

test.each([
  ['no address', [{ text: 'no address' }]],
  [
    'see https://a.example/b?c=d, then',
    [
      { text: 'see ' },
      { text: 'https://a.example/b?c=d', href: 'https://a.example/b?c=d' },
      { text: ', then' },
    ],
  ],
  ['javascript:alert(1)', [{ text: 'javascript:alert(1)' }]],
  [
    '<b>https://a.example</b>',
    [{ text: '<b>' }, { text: 'https://a.example', href: 'https://a.example' }, { text: '</b>' }],
  ],
  ['https://', [{ text: 'https://' }]],
])('%s', (text, pieces) => {
  expect(piecesOf(text)).toEqual(pieces)
  expect(
    piecesOf(text)
      .map(({ text: each }) => each)
      .join(''),
  ).toBe(text)
})
