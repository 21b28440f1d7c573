import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HIDDEN_MS, IDLE_MS } from '../model/own-presence.ts'
import { ownPresenceOf } from './own-presence.ts'
import type { Value } from './personal.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function opened() {
  const listeners = new Map<string, () => void>()
  let kept: Value | undefined
  let onKept: (() => void) | undefined
  const page = {
    visibilityState: 'visible' as DocumentVisibilityState,
    addEventListener: (name: string, listener: unknown) =>
      void listeners.set(name, listener as () => void),
    removeEventListener: (name: string) => void listeners.delete(name),
  }
  const said: object[] = []
  const own = ownPresenceOf({
    personal: {
      get: () => kept,
      set: () => undefined,
      subscribe: (listener) => {
        onKept = listener
        return () => undefined
      },
    },
    say: (data) => said.push(data),
    now: () => Date.now(),
    timer: (run, ms) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    page,
  })
  return {
    own,
    said,
    listeners,
    does: (name: string) => listeners.get(name)?.(),
    keep: (value: Value | undefined) => {
      kept = value
      onKept?.()
    },
    show: (state: DocumentVisibilityState) => {
      page.visibilityState = state
      listeners.get('visibilitychange')?.()
    },
  }
}

describe('what one is seen as', () => {
  test('is said once at the beginning, and with each change only', () => {
    const { said, does } = opened()
    vi.advanceTimersByTime(60_000)
    for (let count = 0; count < 100; count += 1) does('pointermove')
    expect(said).toEqual([{ state: 'online' }])
    vi.advanceTimersByTime(IDLE_MS + 20)
    expect(said).toEqual([{ state: 'online' }, { state: 'away' }])
    does('keydown')
    expect(said.at(-1)).toEqual({ state: 'online' })
    expect(said).toHaveLength(3)
  })

  test('a hidden page is away after a while; coming back is being there', () => {
    const { said, show } = opened()
    show('hidden')
    vi.advanceTimersByTime(HIDDEN_MS - 100)
    show('visible')
    vi.advanceTimersByTime(HIDDEN_MS * 2)
    expect(said).toHaveLength(1)
    show('hidden')
    vi.advanceTimersByTime(HIDDEN_MS + 20)
    expect(said.at(-1)).toEqual({ state: 'away' })
    show('visible')
    expect(said.at(-1)).toEqual({ state: 'online' })
  })

  test('a choice holds from the moment it is made until it ends by itself', () => {
    const { said, keep, own } = opened()
    const untilMs = Date.now() + 60_000
    keep({ state: 'dnd', untilMs, status: { text: 'Focusing', emoji: '🎧' } })
    expect(own.said()).toMatchObject({ availability: 'dnd', untilMs })
    vi.advanceTimersByTime(60_020)
    expect(said.at(-1)).toEqual({ state: 'online', status: { text: 'Focusing', emoji: '🎧' } })
  })

  test('closed, it listens to nothing and says nothing', () => {
    const { own, said, listeners } = opened()
    own.close()
    expect(listeners.size).toBe(0)
    vi.advanceTimersByTime(IDLE_MS * 2)
    expect(said).toHaveLength(1)
  })
})
