import { describe, expect, test } from 'vitest'
import { begunAt, daysBegun, filtersBegun, filterText, withChosen } from './filters.ts'

const begun = (text: string) => {
  const found = begunAt(text, text.length)
  if (found === undefined) throw new Error(`nothing is begun by ${text}`)
  return found
}

describe('a filter being typed', () => {
  test('is its name at first: all of them in an empty field, then those that begin so', () => {
    expect(filtersBegun('', begun(''))).toEqual(['from', 'in', 'has', 'before', 'after'])
    expect(filtersBegun('tide b', begun('tide b'))).toEqual(['before'])
    expect(filtersBegun('tide ', begun('tide '))).toEqual([])
    expect(begunAt('wörter', 6)).toBeUndefined()
  })

  test('then its value, with or without a quote or a sign', () => {
    expect(begun('tide from:ad')).toEqual({ filter: 'from', typed: 'ad', from: 5 })
    expect(begun('from:@ad').typed).toBe('ad')
    expect(begun('IN:"the lo')).toEqual({ filter: 'in', typed: 'the lo', from: 0 })
    expect(begunAt('in:"the lobby" ', 14)).toBeUndefined()
  })

  test('what is chosen comes in its place, with spaces in quotes, and one goes on after it', () => {
    const text = 'tide in:"the lo" high'
    const caret = text.indexOf('" high')
    const found = begunAt(text, caret)
    const chosen = filterText('in', 'The lobby')
    expect(found && withChosen(text, caret, found, chosen)).toEqual({
      text: 'tide in:"The lobby" high',
      caret: 'tide in:"The lobby" '.length,
    })
    expect(filterText('has', 'link')).toBe('has:link ')
  })

  test('days are found by their date and by their name', () => {
    const now = new Date(2027, 0, 31, 12).getTime()
    expect(daysBegun('', now)).toHaveLength(5)
    expect(daysBegun('2027-01-3', now).map(({ day }) => day)).toEqual(['2027-01-31', '2027-01-30'])
    expect(daysBegun('yest', now).map(({ day }) => day)).toEqual(['2027-01-30'])
  })
})
