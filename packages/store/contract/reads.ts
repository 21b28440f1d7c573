// ST30–ST36: history, events since a position, single messages; never beyond the revision asked for.

import type { Revision } from '@sayso/policy'
import { describe, expect, test } from 'vitest'
import type { Store } from '../src/store.ts'
import {
  amend,
  assign,
  attic,
  commit,
  dataIn,
  everything,
  history,
  lobby,
  messagesOf,
  type Open,
  publish,
  rights,
  serialOf,
} from './builders.ts'
import { opener, SITE } from './harness.ts'

export function readsContract(open: Open): void {
  const fresh = opener(open)
  const ORIGIN = `00000000000000-000@${SITE}`

  /** Five messages at 1 000, 1 010, … ms, one of another channel in between. */
  async function five() {
    const { store, clock } = await fresh(1_000)
    const serials: string[] = []
    for (const data of ['a', 'b', 'c', 'd', 'e']) {
      serials.push(serialOf(await commit(store, publish(data))))
      await commit(store, publish('elsewhere', { channel: attic }))
      clock.ms += 10
    }
    return { store, clock, serials }
  }

  describe('history', () => {
    test('[ST30] pages run in both directions and join without gap or overlap', async () => {
      const { store } = await fresh()
      const batches = [['a'], ['b', 'c', 'd'], ['e', 'f'], ['g']]
      for (const batch of batches) await commit(store, publish(batch.map((data) => ({ data }))))
      for (const direction of ['forwards', 'backwards'] as const) {
        const all = await dataIn(store, { direction })
        expect(all.join('')).toBe(direction === 'forwards' ? 'abcdefg' : 'gfedcba')
        for (const limit of [1, 2, 3, 7]) {
          expect(await pages(store, direction, limit)).toEqual(all)
        }
      }
    })

    test('[ST30] there is more exactly if the next page has something', async () => {
      const { store } = await five()
      expect(await history(store, { limit: 4 })).toMatchObject({ hasMore: true })
      expect(await history(store, { limit: 5 })).toMatchObject({ hasMore: false })
      expect(await history(store, { channel: 'nowhere' as typeof lobby })).toEqual({
        messages: [],
        hasMore: false,
      })
    })

    test('[ST31] start and end include their millisecond', async () => {
      const { store } = await five()
      expect(await dataIn(store, { startMs: 1_010, endMs: 1_030 })).toEqual(['b', 'c', 'd'])
      expect(await dataIn(store, { startMs: 1_011 })).toEqual(['c', 'd', 'e'])
      expect(await dataIn(store, { endMs: 1_009, direction: 'backwards' })).toEqual(['a'])
      expect(await dataIn(store, { startMs: 1_011, endMs: 1_019 })).toEqual([])
      expect(await dataIn(store, { startMs: -5, endMs: -1 })).toEqual([])
      expect(await dataIn(store, { startMs: 0, endMs: 1e15 })).toHaveLength(5)
    })

    test('[ST31] a position limits history to what stood at or before it', async () => {
      const { store, serials } = await five()
      const [, , third] = serials
      const entryOfThird = third?.split(':')[0] ?? ''
      const elsewhere = await store.history({
        channel: attic,
        direction: 'forwards',
        limit: 2,
        upTo: everything,
      })
      const other = elsewhere.messages[1]?.serial.split(':')[0] ?? ''
      const until = (untilSerial: string) => dataIn(store, { untilSerial, direction: 'backwards' })
      expect(await until(entryOfThird)).toEqual(['c', 'b', 'a'])
      expect(await until(third ?? '')).toEqual(['c', 'b', 'a'])
      expect(await until(other)).toEqual(['b', 'a'])
      expect(await until(ORIGIN)).toEqual([])
    })

    test('[ST31] positions lie between the messages of one publish', async () => {
      const { store } = await fresh()
      const told = await commit(store, publish([{ data: 'a' }, { data: 'b' }, { data: 'c' }]))
      expect(await dataIn(store, { afterSerial: serialOf(told, 0) })).toEqual(['b', 'c'])
      expect(await dataIn(store, { untilSerial: serialOf(told, 1) })).toEqual(['a', 'b'])
      expect(await dataIn(store, { untilSerial: told.serial })).toEqual(['a', 'b', 'c'])
      const backwards = { direction: 'backwards', afterSerial: serialOf(told, 1) } as const
      expect(await dataIn(store, backwards)).toEqual(['a'])
    })

    test('[ST32] an edited message stands at its old place in its latest version', async () => {
      const { store, serials } = await five()
      await commit(store, amend({ serial: serials[1] ?? '', action: 'update', data: 'B' }))
      await commit(store, amend({ serial: serials[3] ?? '', action: 'delete', data: '' }))
      await commit(store, amend({ serial: serials[1] ?? '', action: 'append', data: 'B' }))
      expect(await dataIn(store)).toEqual(['a', 'BB', 'c', '', 'e'])
      expect(await dataIn(store, { endMs: 1_010 })).toEqual(['a', 'BB'])
    })

    test('[ST32] history as of a revision knows nothing later: no message, no edit', async () => {
      const { store } = await fresh()
      const serial = serialOf(await commit(store, publish([{ data: 'x' }, { data: 'a' }]), {}), 1)
      await commit(store, publish('b'))
      await commit(store, amend({ serial, action: 'update', data: 'A' }))
      await commit(store, amend({ serial, action: 'update', data: 'AA' }))
      const asOf = (revision: number) => dataIn(store, { upTo: revision as Revision })
      expect(await asOf(0)).toEqual([])
      expect(await asOf(1)).toEqual(['x', 'a'])
      expect(await asOf(2)).toEqual(['x', 'a', 'b'])
      expect(await asOf(3)).toEqual(['x', 'A', 'b'])
      expect(await asOf(4)).toEqual(['x', 'AA', 'b'])
    })
  })

  describe('single messages', () => {
    test('[ST33] a message and its versions are as of the revision asked for', async () => {
      const { store } = await fresh()
      const told = await commit(store, publish('a'))
      const serial = serialOf(told)
      const first = await commit(store, amend({ serial, action: 'update', data: 'b' }))
      const second = await commit(store, amend({ serial, action: 'delete' }))
      const states = messagesOf([told, first, second].flatMap(({ entries }) => entries))
      for (const revision of [0, 1, 2, 3]) {
        const upTo = revision as Revision
        expect(await store.message(lobby, serial, upTo)).toEqual(states[revision - 1])
        expect(await store.versions(lobby, serial, upTo)).toEqual(states.slice(0, revision))
      }
    })

    test('[ST33] what a channel does not have is absent there', async () => {
      const { store } = await fresh()
      const told = await commit(store, publish('a'))
      const serial = serialOf(told)
      for (const unknown of [
        '',
        told.serial,
        `${told.serial}:001`,
        serial.replace(SITE, 'there'),
      ]) {
        expect(await store.message(lobby, unknown, everything)).toBeUndefined()
        expect(await store.versions(lobby, unknown, everything)).toEqual([])
      }
      expect(await store.message(attic, serial, everything)).toBeUndefined()
      expect(await store.versions(attic, serial, everything)).toEqual([])
    })
  })

  describe('since', () => {
    const since = (store: Store, serial: string, rest: object = {}) =>
      store.since({ channel: lobby, serial, limit: 100, upTo: everything, ...rest })

    test('[ST34] after any position of the log come the channel’s events, as they were told', async () => {
      const { store } = await fresh()
      const first = await commit(store, publish('a', { connectionId: 'c1', idBase: 'c1:0' }))
      const other = await commit(store, publish('x', { channel: attic }))
      const granted = await commit(store, rights(assign('hall#host@ada')))
      const serial = serialOf(first)
      const edited = await commit(store, amend({ serial, action: 'update', data: 'A' }))
      const last = await commit(store, publish([{ data: 'b' }, { data: 'c' }]))
      const tail = [...edited.entries, ...last.entries]
      const events = (entries: readonly unknown[]) => ({ kind: 'events', entries, hasMore: false })
      expect(await since(store, ORIGIN)).toEqual(events([...first.entries, ...tail]))
      for (const { serial } of [first, other, granted]) {
        expect(await since(store, serial)).toEqual(events(tail))
      }
      expect(await since(store, edited.serial)).toEqual(events(last.entries))
      expect(await since(store, last.serial)).toEqual(events([]))
      expect(await since(store, first.serial, { channel: 'nowhere' })).toEqual(events([]))
    })

    test('[ST34] it pages by whole events and stops at the revision asked for', async () => {
      const { store } = await fresh()
      for (const data of ['a', 'b', 'c', 'd']) await commit(store, publish([{ data }, { data }]))
      const page = await since(store, ORIGIN, { limit: 2 })
      expect(page).toMatchObject({ hasMore: true, entries: [{ revision: 1 }, { revision: 2 }] })
      const upTo3 = await since(store, ORIGIN, { limit: 3, upTo: 3 })
      expect(upTo3).toMatchObject({ hasMore: false, entries: { length: 3 } })
    })

    test('[ST35] a position this store never gave out is a gap, never silence', async () => {
      const { store, clock } = await fresh(1_000)
      const { serial, entries } = await commit(store, publish('a'))
      clock.ms = 2_000
      await commit(store, publish('b'))
      const unknown = [
        '',
        'now',
        serialOf({ entries } as never),
        serial.replace(SITE, 'there'),
        serial.slice(1),
        `${serial} `,
        serial.replace('-000', '-001'),
        `00000000009000-000@${SITE}`,
      ]
      for (const position of unknown) expect(await since(store, position)).toEqual({ kind: 'gap' })
    })
  })

  test('[ST36] a key is claimed once until its time has passed', async () => {
    const { store, reopen } = await fresh()
    expect(await store.claim('k', 1_000, 2_000)).toBe(true)
    expect(await store.claim('k', 1_000, 2_000)).toBe(false)
    expect(await store.claim('k', 1_999, 9_000)).toBe(false)
    expect(await store.claim('other', 1_999, 9_000)).toBe(true)
    const later = reopen ? await reopen() : store
    expect(await later.claim('k', 1_999, 9_000)).toBe(false)
    expect(await later.claim('k', 2_000, 3_000)).toBe(true)
    const together = Array.from({ length: 20 }, () => later.claim('race', 3_000, 4_000))
    expect((await Promise.all(together)).filter((first) => first)).toHaveLength(1)
  })

  async function pages(store: Store, direction: 'forwards' | 'backwards', limit: number) {
    const all: unknown[] = []
    let afterSerial: string | undefined
    for (;;) {
      const page = await history(store, { direction, limit, ...(afterSerial && { afterSerial }) })
      all.push(...page.messages.map(({ data }) => data))
      afterSerial = page.messages.at(-1)?.serial
      if (!page.hasMore) return all
    }
  }
}
