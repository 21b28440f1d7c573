import { describe, expect, test } from 'vitest'
import { isEmoji, LONGEST_STATUS, presenceSaid, wirePresence } from './presence-said.ts'

const NOW = 1_000_000

describe('what people say of themselves', () => {
  test('whoever says nothing, or nonsense, is online', () => {
    for (const value of [undefined, null, 7, 'away', [], {}, { state: 'asleep' }, { state: 3 }])
      expect(presenceSaid([value], NOW)).toEqual({ availability: 'online' })
  })

  test('what is told is what is read', () => {
    const status = { text: 'Lunch', emoji: '🥪', untilMs: NOW + 5 }
    const said = { availability: 'dnd', untilMs: NOW + 9, status } as const
    expect(presenceSaid([wirePresence(said)], NOW)).toEqual(said)
  })

  test('away is of a device, not to be disturbed of the person: of the newest word', () => {
    const of = (...states: string[]) =>
      presenceSaid(
        states.map((state) => ({ state })),
        NOW,
      ).availability
    expect(of('online', 'away')).toBe('online')
    expect(of('away', 'away')).toBe('away')
    expect(of('online', 'away', 'dnd')).toBe('dnd')
    // A page that was reloaded: what it said before stands for a while beside what it says now.
    expect(of('dnd', 'online')).toBe('online')
    expect(of('dnd', 'away')).toBe('away')
  })

  test('a status is the newest word as well', () => {
    const status = { text: 'Lunch' }
    expect(presenceSaid([{}, { state: 'away', status }], NOW)).toEqual({
      availability: 'online',
      status,
    })
    expect(presenceSaid([{ state: 'away', status }, {}], NOW)).toEqual({ availability: 'online' })
  })

  test('what is over is not read', () => {
    const value = { state: 'dnd', untilMs: NOW, status: { text: 'Lunch', untilMs: NOW - 1 } }
    expect(presenceSaid([value], NOW)).toEqual({ availability: 'online' })
  })

  test.each([
    ['two\nlines', 'two lines'],
    ['turned \u202e round', 'turned   round'],
    [' ', undefined],
    ['a'.repeat(500), `${'a'.repeat(LONGEST_STATUS - 1)}…`],
  ])('a status is one short line: %j', (text, shown) => {
    expect(presenceSaid([{ status: { text } }], NOW).status?.text).toBe(shown)
  })

  test.each([
    ['🌴', true],
    ['👩🏽‍🚀', true],
    ['🇩🇪', true],
    ['1️⃣', true],
    ['❤️', true],
    ['1', false],
    ['#', false],
    ['ab', false],
    ['<b>', false],
    ['', false],
    ['🌴'.repeat(40), false],
    [7, false],
  ])('%j is an emoji: %s', (value, is) => {
    expect(isEmoji(value)).toBe(is)
  })
})
