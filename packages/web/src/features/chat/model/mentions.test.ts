import { describe, expect, test } from 'vitest'
import { EVERYONE, extrasOf, type Mentionable, mentionPieces, mentionsIn } from './mentions.ts'
import { unknownNames } from './unknown-names.ts'

const ada: Mentionable = { kind: 'person', id: 'u1', name: 'Ada' }
const lovelace: Mentionable = { kind: 'person', id: 'u2', name: 'Ada Lovelace' }
const moderator: Mentionable = { kind: 'role', id: 'moderator', name: 'moderator' }
const known = [ada, lovelace, moderator, EVERYONE]
const who = (text: string) => mentionPieces(text, known).map((piece) => piece.who?.id ?? piece.text)

describe('mentions in a text', () => {
  test('the longest name that fits is meant', () => {
    expect(who('@Ada Lovelace and @ada!')).toEqual(['u2', ' and ', 'u1', '!'])
    expect(who('@Ada Love')).toEqual(['u1', ' Love'])
  })

  test('part of a word is nobody', () => {
    expect(who('mail ada@Ada.example')).toEqual(['mail ada@Ada.example'])
    expect(who('@Adams')).toEqual(['@Adams'])
  })

  test('what goes beside the text names each once', () => {
    expect(extrasOf('@Ada @Ada @moderator @everyone', known)).toEqual({
      mentions: { people: ['u1'], roles: ['moderator'], everyone: true },
    })
    expect(extrasOf('nobody', known)).toBeUndefined()
  })

  test('what anybody may have sent is read with care', () => {
    expect(mentionsIn(undefined).people).toEqual([])
    expect(mentionsIn({ mentions: 'x' }).people).toEqual([])
    expect(
      mentionsIn({ mentions: { people: [1, 'u1', null], roles: {}, everyone: 'yes' } }),
    ).toEqual({
      people: ['u1'],
      roles: [],
      everyone: false,
    })
    expect(mentionsIn({ mentions: { people: Array(9_999).fill('u') } }).people.length).toBe(200)
  })
})

test('names that nobody known has, of one word or two; addresses and handles elsewhere are none', () => {
  const text = 'hi @Ada and @Person 09999, @person 09999 of me@example.com (@René)'
  expect(unknownNames(text, known)).toEqual(['Person 09999', 'person 09999', 'René'])
})
