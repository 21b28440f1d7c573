import { expect, test } from 'vitest'
import { parseInstant } from './instant.ts'

test('[PO74] an instant with a zone is read to the millisecond', () => {
  expect(parseInstant('1970-01-01T00:00Z')).toBe(0)
  expect(parseInstant('1970-01-01T02:00:00.5+02:00')).toBe(500)
  expect(parseInstant('1969-12-31T23:59:59.999Z')).toBe(-1)
  expect(parseInstant('2024-02-29T12:00:00-05:30')).toBe(1_709_227_800_000)
})

test('[PO74] day follows day through four centuries, leap years and all', () => {
  const two = (number: number) => String(number).padStart(2, '0')
  let days = 0
  for (let year = 1970; year < 2370; year++) {
    const isLeap = year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0)
    for (const [month, length] of [
      31,
      isLeap ? 29 : 28,
      31,
      30,
      31,
      30,
      31,
      31,
      30,
      31,
      30,
      31,
    ].entries()) {
      for (let day = 1; day <= length; day++, days++) {
        expect(parseInstant(`${year}-${two(month + 1)}-${two(day)}T00:00Z`)).toBe(days * 86_400_000)
      }
      expect(parseInstant(`${year}-${two(month + 1)}-${two(length + 1)}T00:00Z`)).toBeUndefined()
    }
  }
})

test.each([
  '',
  '2026-03-01',
  '2026-03-01T09:00:00',
  '2026-02-29T09:00:00Z',
  '2026-04-31T09:00:00Z',
  '2026-13-01T09:00:00Z',
  '2026-00-01T09:00:00Z',
  '2026-01-00T09:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T09:60:00Z',
  '2026-01-01T09:00:60Z',
  '2026-01-01T09:00:00+24:00',
  '1900-02-29T00:00:00Z',
  ' 2026-01-01T09:00:00Z',
])('[PO74] `%s` is no instant', (text) => {
  expect(parseInstant(text)).toBeUndefined()
})
