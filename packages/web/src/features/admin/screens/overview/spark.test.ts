import { expect, test } from 'vitest'
import { pathOf } from './spark.tsx'

test('a line goes from edge to edge, the highest at the top; nothing measured parts it', () => {
  expect(pathOf([0, 5, 10], 10, 10).line).toBe('M0 9L5 5L10 1')
  expect(pathOf([4, null, 4], 10, 10).line).toBe('M0 1M10 1')
  expect(pathOf([], 10, 10)).toEqual({ line: '', area: '' })
  expect(pathOf([null, null], 10, 10)).toEqual({ line: '', area: '' })
})
