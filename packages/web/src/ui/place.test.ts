import { describe, expect, test } from 'vitest'
import { place } from './place.ts'

const view = { width: 400, height: 300 }
const size = { width: 100, height: 80 }

describe('place', () => {
  test('below, ends lined up', () => {
    const anchor = { left: 200, top: 40, width: 40, height: 20 }
    expect(place(anchor, size, view, 'below', 6)).toEqual({ left: 140, top: 66 })
  })

  test('turned over where there is no room', () => {
    const anchor = { left: 200, top: 250, width: 40, height: 20 }
    expect(place(anchor, size, view, 'below', 6).top).toBe(164)
    expect(place({ ...anchor, top: 20 }, size, view, 'above', 6).top).toBe(46)
  })

  test('pushed in at the edges', () => {
    expect(place({ left: 0, top: 0, width: 20, height: 20 }, size, view, 'start', 6)).toEqual({
      left: 8,
      top: 8,
    })
    expect(place({ left: 390, top: 280, width: 20, height: 20 }, size, view, 'start', 6)).toEqual({
      left: 284,
      top: 212,
    })
  })
})
