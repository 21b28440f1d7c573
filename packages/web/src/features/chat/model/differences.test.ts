import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differences } from './differences.ts'

const side = (before: string, after: string, kind: 'added' | 'removed') =>
  differences(before, after)
    .filter((piece) => piece.kind === 'same' || piece.kind === kind)
    .map(({ text }) => text)
    .join('')

describe('differences of an edit', () => {
  test('name the words that changed', () => {
    expect(differences('Teh build is on staging.', 'The build is on staging.')).toEqual([
      { kind: 'removed', text: 'Teh ' },
      { kind: 'added', text: 'The ' },
      { kind: 'same', text: 'build is on staging.' },
    ])
    expect(differences('same', 'same')).toEqual([{ kind: 'same', text: 'same' }])
    expect(differences('', 'new')).toEqual([{ kind: 'added', text: 'new' }])
  })

  test('put together, they are both texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'word'), { maxLength: 20 })
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [before, after] = [one.join(''), other.join('')]
        // What is only space may belong to either side of a change.
        expect(side(before, after, 'removed').trim()).toBe(before.trim())
        expect(side(before, after, 'added').trim()).toBe(after.trim())
      }),
    )
  })

  test('of very long texts the whole is told', () => {
    const long = 'word '.repeat(900)
    expect(differences(long, `${long}more`).map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})
