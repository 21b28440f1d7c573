import { expect, test } from 'vitest'
import { lengthOf } from '../../../ui/lengths.ts'
import { digitsOf, shareLeft } from './durations.ts'

test('what is left counts whole seconds, and never below nothing', () => {
  expect(digitsOf(42_000)).toBe('0:42')
  expect(digitsOf(41_001)).toBe('0:42')
  expect(digitsOf(14 * 60_000 + 5_000)).toBe('14:05')
  expect(digitsOf(2 * 3_600_000 + 190_000)).toBe('2:03:10')
  expect(digitsOf(-5)).toBe('0:00')
})

test('a length is told in its largest unit', () => {
  expect([30_000, 300_000, 7_200_000, 86_400_000].map(lengthOf)).toEqual([
    '30 seconds',
    '5 minutes',
    '2 hours',
    '1 day',
  ])
})

test('a ring is full at the beginning and empty at the end', () => {
  expect(shareLeft(100, 0, 0)).toBe(1)
  expect(shareLeft(100, 0, 25)).toBe(0.75)
  expect(shareLeft(100, 0, 200)).toBe(0)
  expect(shareLeft(0, 0, 0)).toBe(0)
})
