import { describe, expect, test } from 'vitest'
import { excerpt, fitOf, isAsking, typedQuery } from './finding.ts'

const PEOPLE = [
  { id: 'p1', name: 'Ada Lovelace' },
  { id: 'p2', name: 'Bo' },
]
const CHANNELS = [{ key: 'lobby', title: 'The lobby' }]

describe('what is typed', () => {
  test('is words and filters, wherever they stand', () => {
    const { query, unknown } = typedQuery(
      'tide from:@ada in:"the lobby" has:links high',
      PEOPLE,
      CHANNELS,
    )
    expect(query).toEqual({ q: 'tide high', from: ['p1'], in: ['lobby'], has: ['link'] })
    expect(unknown).toEqual([])
  })

  test('a filter behind a word leaves its end open', () => {
    expect(typedQuery('harb in:lobby', PEOPLE, CHANNELS).query.q).toBe('harb')
    expect(typedQuery('harb ', PEOPLE, CHANNELS).query.q).toBe('harb ')
  })

  test('says what it does not know, and guesses nothing', () => {
    const { query, unknown } = typedQuery('from:nobody before:soon has:gold x', PEOPLE, CHANNELS)
    expect(query).toEqual({ q: 'x' })
    expect(unknown).toEqual(['from:nobody', 'before:soon', 'has:gold'])
  })

  test('a day begins where the reader is; a filter alone is a question', () => {
    const { query } = typedQuery('before:2027-01-31', PEOPLE, CHANNELS)
    expect(query.before).toBe(new Date(2027, 0, 31).toISOString())
    expect(typedQuery('after:2027-01-31', PEOPLE, CHANNELS).query.since).toBe(query.before)
    expect([isAsking(query), isAsking({ q: ' ' })]).toEqual([true, false])
    expect(typedQuery('from:', PEOPLE, CHANNELS)).toEqual({ query: { q: '' }, unknown: [] })
  })
})

test('what matched is marked, around the first match', () => {
  expect(excerpt('The tide (high)', 'TIDE (')).toEqual([
    { text: 'The ', isMatch: false },
    { text: 'tide', isMatch: true },
    { text: ' ', isMatch: false },
    { text: '(', isMatch: true },
    { text: 'high)', isMatch: false },
  ])
  const long = `${'word '.repeat(100)}anchor ${'word '.repeat(100)}`
  const parts = excerpt(long, 'anchor')
  expect(parts.find(({ isMatch }) => isMatch)?.text).toBe('anchor')
  expect(parts.map(({ text }) => text).join('').length).toBeLessThan(230)
})

test('names fit by letters in their order, best at beginnings and in a row', () => {
  expect(fitOf('general', 'xyz')).toBeUndefined()
  const fit = (name: string) => fitOf(name, 'gen') ?? -1
  expect(fit('general')).toBeGreaterThan(fit('a green hen'))
  expect(fit('the general')).toBeGreaterThan(fit('aggregation'))
})
