import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { removalsOf, UNDO_MS } from './removals.ts'
import type { KeyValue } from './storage.ts'

function shelf(): KeyValue {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }
}

function opened(storage = shelf(), answer: () => Promise<void> = async () => undefined) {
  const sent: string[] = []
  const refused: unknown[] = []
  const removals = removalsOf({
    personId: 'ada',
    storage,
    now: () => Date.now(),
    remove: async (key, serial) => {
      sent.push(`${key} ${serial}`)
      await answer()
    },
  })
  removals.onRefused((cause) => refused.push(cause))
  return { removals, sent, refused, storage }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('deletions that can be taken back', () => {
  test('are sent after their time, once', async () => {
    const { removals, sent, storage } = opened()
    removals.start('general', 's1')
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1)
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent).toEqual(['general s1'])
    expect(removals.of('general', 's1')).toBeUndefined()
    expect(storage.length).toBe(0)
  })

  test('taken back, nothing was ever said', async () => {
    const { removals, sent, storage } = opened()
    removals.start('general', 's1')
    removals.undo('general', 's1')
    await vi.advanceTimersByTimeAsync(UNDO_MS * 2)
    expect(sent).toEqual([])
    expect(storage.length).toBe(0)
  })

  test('leaving the page sends them at once', () => {
    const { removals, sent } = opened()
    removals.start('general', 's1')
    removals.flush()
    expect(sent).toEqual(['general s1'])
  })

  test('what a closed page has left is sent at the next visit', async () => {
    const { removals, storage } = opened()
    removals.start('general', 's1')
    removals.close()
    const next = opened(storage)
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(next.sent).toEqual(['general s1'])
    expect(storage.length).toBe(0)
  })

  test('without a connection it is tried again', async () => {
    let isDown = true
    const { removals, sent } = opened(shelf(), async () => {
      if (isDown) throw { code: 80003 }
    })
    removals.start('general', 's1')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(removals.of('general', 's1')).toBeDefined()
    isDown = false
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(sent).toEqual(['general s1', 'general s1'])
    expect(removals.of('general', 's1')).toBeUndefined()
  })

  test('refused, the message is back and the reason is told', async () => {
    const { removals, refused } = opened(shelf(), async () => {
      throw { code: 40160 }
    })
    removals.start('general', 's1')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(removals.of('general', 's1')).toBeUndefined()
    expect(refused).toEqual([{ code: 40160 }])
  })
})
