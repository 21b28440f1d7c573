// Contract: what happened to members, kept beside the log.

import type { PresenceEvent } from '@sayso/channel'
import { describe, expect, test } from 'vitest'
import type { PresenceHistoryQuery, PresenceNote, Store } from '../src/store.ts'
import { attic, commit, lobby, type Open, publish } from './builders.ts'
import { opener } from './harness.ts'

const BYTES = new Uint8Array([0, 255, 7])

/** `enter ann` at an instant. */
function event(words: string, atMs: number, more: object = {}): PresenceEvent {
  const [action, clientId = ''] = words.split(' ')
  const member = { id: `c:${atMs}:0`, clientId, connectionId: 'c', timestampMs: atMs, ...more }
  return { kind: 'presence', action, member, synthesized: false } as PresenceEvent
}

function notes(...words: readonly string[]): PresenceNote[] {
  return words.map((each, index) => ({
    channel: lobby,
    position: `p${index + 1}`,
    event: event(each, (index + 1) * 10),
  }))
}

async function said(store: Store, query: Partial<PresenceHistoryQuery> = {}) {
  const asked = { channel: lobby, direction: 'forwards', limit: 100, ...query } as const
  const { events, hasMore } = await store.presenceHistory(asked)
  const words = events.map(({ event: { action, member } }) => `${action} ${member.clientId}`)
  return { words, hasMore, last: events.at(-1)?.number }
}

export function presenceContract(open: Open): void {
  const fresh = opener(open)

  describe('presence', () => {
    test('[ST192] what happened to members is read back as it was, in either direction, page by page', async () => {
      const { store } = await fresh()
      const all = ['enter ann', 'update ann', 'enter bob', 'leave ann']
      await store.notePresence(notes(...all))
      expect(await said(store)).toMatchObject({ words: all, hasMore: false })
      expect((await said(store, { direction: 'backwards' })).words).toEqual([...all].reverse())
      for (const direction of ['forwards', 'backwards'] as const) {
        const first = await said(store, { direction, limit: 3 })
        expect(first.hasMore).toBe(true)
        const afterNumber = first.last ?? 0
        const rest = await said(store, { direction, limit: 3, afterNumber })
        expect(rest.hasMore).toBe(false)
        const ordered = direction === 'forwards' ? all : [...all].reverse()
        expect([...first.words, ...rest.words]).toEqual(ordered)
      }
      expect((await said(store, { channel: attic })).words).toEqual([])
    })

    test('[ST192] times and positions bound it inclusively', async () => {
      const { store } = await fresh()
      await store.notePresence(notes('enter a', 'enter b', 'enter c', 'enter d'))
      expect((await said(store, { startMs: 20, endMs: 30 })).words).toEqual(['enter b', 'enter c'])
      expect((await said(store, { untilSerial: 'p2' })).words).toEqual(['enter a', 'enter b'])
    })

    test('[ST193] every byte of a member survives, whatever is done to what was passed', async () => {
      const { store } = await fresh()
      const extras = { headers: JSON.parse('{"__proto__": 1}') as object, '~bytes': 'x' }
      const data = Uint8Array.from(BYTES)
      const told = event('enter \ud800\u0000', 5, { data, encoding: 'cipher', extras })
      const expected = structuredClone(told)
      const noting = store.notePresence([{ channel: lobby, position: 'p', event: told }])
      data.fill(1)
      await noting
      const asked = { channel: lobby, direction: 'forwards', limit: 1 } as const
      expect((await store.presenceHistory(asked)).events[0]?.event).toEqual(expected)
    })

    test('[ST194] notes take no place in the log and outlive a restart, in the order they were given', async () => {
      const { store, reopen } = await fresh()
      const heard: unknown[] = []
      store.subscribe((entries) => heard.push(...entries))
      const [first = [], second = []] = [notes('enter a'), notes('leave a')]
      await Promise.all([store.notePresence(first), store.notePresence(second)])
      expect(heard).toEqual([])
      const { revision } = await commit(store, publish('x'))
      expect(revision).toBe(1)
      const later = (await reopen?.()) ?? store
      expect((await said(later)).words).toEqual(['enter a', 'leave a'])
      await later.notePresence(notes('enter b'))
      expect((await said(later)).words).toEqual(['enter a', 'leave a', 'enter b'])
    })
  })
}
