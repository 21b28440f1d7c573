import { describe, expect, test } from 'vitest'
import { type AtPage, HIDDEN_MS, IDLE_MS, ownChoiceIn, ownPresence } from './own-presence.ts'

const NOW = 10_000_000
const AT: AtPage = { lastInputMs: NOW }
const HIDDEN: AtPage = { lastInputMs: NOW, hiddenSinceMs: NOW }

/** Choice × whether one is at the page × how much later: how one is seen. */
const TABLE: readonly (readonly [string, object, AtPage, number, string])[] = [
  ['nothing chosen, just here', {}, AT, 0, 'online'],
  ['nothing chosen, not quite five minutes', {}, AT, IDLE_MS - 1, 'online'],
  ['nothing chosen, five minutes', {}, AT, IDLE_MS, 'away'],
  ['a glance at another tab', {}, HIDDEN, HIDDEN_MS - 1, 'online'],
  ['the page hidden', {}, HIDDEN, HIDDEN_MS, 'away'],
  ['away chosen, at the page', { state: 'away' }, AT, 0, 'away'],
  ['away chosen until then', { state: 'away', untilMs: NOW + 5 }, AT, 4, 'away'],
  ['away was chosen until then', { state: 'away', untilMs: NOW + 5 }, AT, 5, 'online'],
  ['do not disturb, long idle', { state: 'dnd' }, AT, IDLE_MS * 3, 'dnd'],
  ['do not disturb, hidden', { state: 'dnd' }, HIDDEN, IDLE_MS, 'dnd'],
  ['do not disturb is over, at the page', { state: 'dnd', untilMs: NOW + 9 }, AT, 9, 'online'],
  ['do not disturb is over, idle', { state: 'dnd', untilMs: NOW + 9 }, AT, IDLE_MS, 'away'],
  ['nonsense is kept', { state: 'gone', untilMs: 'x', status: 4 }, AT, 0, 'online'],
]

describe('how one is seen', () => {
  test.each(TABLE)('%s', (_, kept, at, laterMs, expected) => {
    const nowMs = NOW + laterMs
    const { said } = ownPresence(ownChoiceIn({ ...kept }, nowMs), at, nowMs)
    expect(said.availability).toBe(expected)
  })

  test('knows when it changes by itself', () => {
    expect(ownPresence({}, AT, NOW).nextMs).toBe(NOW + IDLE_MS)
    expect(ownPresence({}, HIDDEN, NOW).nextMs).toBe(NOW + HIDDEN_MS)
    expect(ownPresence({}, AT, NOW + IDLE_MS).nextMs).toBeUndefined()
    expect(ownPresence({ state: 'dnd', untilMs: NOW + 7 }, AT, NOW).nextMs).toBe(NOW + 7)
    expect(ownPresence({ state: 'dnd' }, AT, NOW).nextMs).toBeUndefined()
    const status = { text: 'Lunch', untilMs: NOW + 3 }
    expect(ownPresence({ state: 'away', status }, AT, NOW).nextMs).toBe(NOW + 3)
  })

  test('every change comes at the time that was named before, and none between', () => {
    const kept = {
      state: 'dnd',
      untilMs: NOW + 60_000,
      status: { text: 'x', untilMs: NOW + 90_000 },
    }
    const seen: string[] = []
    let nowMs = NOW
    for (let next: number | undefined = NOW; next !== undefined; ) {
      nowMs = next
      const { said, nextMs } = ownPresence(ownChoiceIn(kept, nowMs), AT, nowMs)
      seen.push(`${(nowMs - NOW) / 1_000} ${said.availability} ${said.status?.text ?? '-'}`)
      next = nextMs
    }
    expect(seen).toEqual(['0 dnd x', '60 online x', '90 online -', '300 away -'])
  })
})
