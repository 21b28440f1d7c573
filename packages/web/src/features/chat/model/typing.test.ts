import { describe, expect, test } from 'vitest'
import {
  AGAIN_MS,
  afterKey,
  afterPause,
  afterStop,
  HEARD_MS,
  nextSilenceMs,
  type OwnTyping,
  SILENCE,
  STOPPED_MS,
  type TypingEvent,
  typingAfter,
  typistsIn,
} from './typing.ts'

function heard(...events: readonly (readonly [string, boolean, number, string?])[]) {
  return events.reduce(
    (now, [who, isWriting, atMs, thread]) =>
      typingAfter(now, { who, isWriting, atMs, thread } satisfies TypingEvent),
    SILENCE,
  )
}

describe('who is writing', () => {
  test('in the order in which they began; who goes on keeps the place', () => {
    const now = heard(['ada', true, 0], ['bob', true, 1], ['ada', true, 2])
    expect(typistsIn(now, undefined, 3)).toEqual(['ada', 'bob'])
  })

  test('until they say that they stopped', () => {
    const now = heard(['ada', true, 0], ['bob', true, 1], ['ada', false, 2])
    expect(typistsIn(now, undefined, 3)).toEqual(['bob'])
  })

  test('or for twelve seconds, if nothing more is heard of them', () => {
    const now = heard(['ada', true, 0])
    expect(typistsIn(now, undefined, HEARD_MS - 1)).toEqual(['ada'])
    expect(nextSilenceMs(now)).toBe(HEARD_MS)
    expect(typistsIn(now, undefined, HEARD_MS)).toEqual([])
  })

  test('each in one place: to begin in a thread is to stop in the channel', () => {
    const now = heard(['ada', true, 0], ['ada', true, 1, 'root'])
    expect(typistsIn(now, undefined, 2)).toEqual([])
    expect(typistsIn(now, 'root', 2)).toEqual(['ada'])
    // The word that she stopped in the channel comes late.
    expect(typingAfter(now, { who: 'ada', isWriting: false, atMs: 2 })).toBe(now)
  })

  test('a flood of names is bounded', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => [`p${at}`, true, at % 7] as const)
    expect(heard(...many).size).toBeLessThanOrEqual(200)
  })
})

/** Keys at these times, then time passes: what is told, and when. */
function told(keys: readonly number[], untilMs: number): readonly string[] {
  const out: string[] = []
  let own: OwnTyping
  let pauseMs: number | undefined
  const pass = (toMs: number) => {
    if (pauseMs === undefined || pauseMs > toMs) return
    const step = afterPause(own, pauseMs)
    own = step.next
    if (step.tell !== undefined) out.push(`${pauseMs} ${step.tell}`)
    pauseMs = undefined
  }
  for (const atMs of keys) {
    pass(atMs)
    const step = afterKey(own, atMs)
    own = step.next
    pauseMs = atMs + STOPPED_MS
    if (step.tell !== undefined) out.push(`${atMs} ${step.tell}`)
  }
  pass(untilMs)
  return out
}

describe('one’s own writing', () => {
  test('is told with the first key, and taken back five seconds after the last', () => {
    expect(told([100], 60_000)).toEqual(['100 typing.started', '5100 typing.stopped'])
    expect(told([100, 2_000], 60_000)).toEqual(['100 typing.started', '7000 typing.stopped'])
  })

  test('is told again every few seconds, not with every key', () => {
    const keys = Array.from({ length: 200 }, (_, at) => at * 100)
    const starts = told(keys, 60_000).filter((line) => line.endsWith('started'))
    expect(starts).toEqual([0, 1, 2, 3, 4].map((count) => `${count * AGAIN_MS} typing.started`))
    // Others never take a person who goes on to have stopped.
    expect(AGAIN_MS + STOPPED_MS).toBeLessThan(HEARD_MS)
  })

  test('sending takes it back, once', () => {
    const { next } = afterKey(undefined, 0)
    expect(afterStop(next)).toEqual({ next: undefined, tell: 'typing.stopped' })
    expect(afterStop(undefined)).toEqual({ next: undefined })
    expect(afterPause(undefined, 9_000)).toEqual({ next: undefined })
  })
})
