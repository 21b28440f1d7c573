import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { throttled } from './throttled.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function told(waitMs: number, when?: Parameters<typeof throttled>[2]) {
  const listeners = new Set<() => void>()
  const heard: number[] = []
  let value = 0
  const stop = throttled(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    waitMs,
    when,
  )(() => heard.push(value))
  const change = () => {
    value += 1
    for (const listener of listeners) listener()
  }
  return { heard, change, stop, listeners }
}

describe('throttled', () => {
  test('a single change is told at once', () => {
    const { heard, change } = told(50)
    change()
    expect(heard).toEqual([1])
    vi.advanceTimersByTime(500)
    expect(heard).toEqual([1])
  })

  test('a flood is told now and then, and its end always', () => {
    const { heard, change } = told(50)
    for (let count = 0; count < 100; count += 1) {
      change()
      vi.advanceTimersByTime(5)
    }
    vi.advanceTimersByTime(50)
    expect(heard.length).toBeLessThan(13)
    expect(heard.at(-1)).toBe(100)
  })

  test('who has left hears nothing more', () => {
    const { heard, change, stop, listeners } = told(50)
    change()
    change()
    stop()
    vi.advanceTimersByTime(50)
    expect(heard).toEqual([1])
    expect(listeners.size).toBe(0)
  })

  test('a moment is found for it, and what comes until then is told with it', () => {
    const moments: (() => void)[] = []
    const { heard, change, stop } = told(50, (work) => {
      moments.push(work)
      return () => moments.splice(0)
    })
    change()
    change()
    expect(heard).toEqual([])
    expect(moments).toHaveLength(1)
    moments.shift()?.()
    expect(heard).toEqual([2])
    vi.advanceTimersByTime(50)
    change()
    stop()
    expect(moments).toEqual([])
  })
})
