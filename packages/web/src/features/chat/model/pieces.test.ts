import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecesOf } from './pieces.ts'

const links = (text: string) =>
  piecesOf(text).flatMap((piece) => (piece.href === undefined ? [] : [piece.href]))

describe('pieces', () => {
  test('links are found, and what ends the sentence is not part of them', () => {
    expect(piecesOf('see https://a.example/x?y=1, then go')).toEqual([
      { text: 'see ' },
      { text: 'https://a.example/x?y=1', href: 'https://a.example/x?y=1' },
      { text: ', then go' },
    ])
    expect(links('(https://a.example/b)')).toEqual(['https://a.example/b'])
    expect(links('https://a.example/b_(c)')).toEqual(['https://a.example/b_(c)'])
  })

  test('only http and https are links', () => {
    expect(links('javascript:alert(1) data:text/html,x ftp://a.example')).toEqual([])
  })

  test('the pieces are the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const text = `${one}https://a.example/${other}`
        expect(
          piecesOf(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
