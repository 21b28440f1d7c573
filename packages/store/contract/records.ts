// ST64–ST67, ST195: records, for what carries no right.

import type { Revision } from '@sayso/policy'
import { describe, expect, test } from 'vitest'
import { RecordInvalid, StaleDecision, StaleRecord, UnknownMessage } from '../src/errors.ts'
import type { NewRecord, Store } from '../src/store.ts'
import { amend, assign, commit, dataIn, listen, type Open, publish, rights } from './builders.ts'
import { opener } from './harness.ts'

const draft = (key: string, value: NewRecord['value'] = { text: key }): NewRecord => {
  return { collection: 'draft', key, value }
}

const put = (store: Store, ...records: readonly NewRecord[]) =>
  store.transact({ entries: [], records })

async function keysIn(store: Store, rest: { prefix?: string; afterKey?: string; limit?: number }) {
  const records = await store.records({ collection: 'draft', limit: 100, ...rest })
  return records.map(({ key }) => key)
}

export function recordsContract(open: Open): void {
  const fresh = opener(open)

  describe('records', () => {
    test('[ST64] a write may have records only, and they outlive the process', async () => {
      const { store, clock, reopen } = await fresh(1_000)
      const heard = listen(store)
      const before = await store.load()
      const value = { text: 'h\u0000\ud800', __proto: 1, list: [null, { deep: true }] }
      const committed = await put(store, draft('a', value))
      expect(committed).toMatchObject({ revision: before.revision, entries: [], duplicate: false })
      clock.ms = 2_000
      await put(store, draft('a', { text: 'new' }), draft('b'))
      const later = reopen ? await reopen() : store
      const a = await later.record('draft', 'a')
      expect(a).toMatchObject({ collection: 'draft', key: 'a', value: { text: 'new' } })
      expect([a?.createdAtMs, a?.updatedAtMs]).toEqual([1_000, 2_000])
      expect(await later.record('draft', 'c')).toBeUndefined()
      expect(await later.record('other', 'a')).toBeUndefined()
      expect(heard).toEqual([])
    })

    test('[ST195] a record that asks for it is kept with the place of its write', async () => {
      const { store } = await fresh()
      const placed = { ...draft('a', { text: 'one' }), isPlaced: true as const }
      const committed = await commit(store, [publish('one'), publish('two')], {
        records: [placed, draft('b')],
      })
      const a = await store.record('draft', 'a')
      expect(a?.value).toEqual({ text: 'one', serial: committed.serial })
      expect(committed.entries.at(-1)).toMatchObject({ serial: committed.serial })
      expect((await store.record('draft', 'b'))?.value).toEqual({ text: 'b' })
    })

    test('[ST64] they commit with the entries and the audit line, or not at all', async () => {
      const { store } = await fresh()
      const audit = { command: 'draft', actor: 'user:ada', target: 'a' }
      await commit(store, [publish('one'), rights(assign('hall#host@ada'))], {
        records: [draft('a')],
        audit,
      })
      const stale = commit(store, publish('two'), { expect: 0 as Revision, records: [draft('b')] })
      await expect(stale).rejects.toThrow(StaleDecision)
      const unknown = amend({ serial: 'none', action: 'delete' })
      await expect(commit(store, unknown, { records: [draft('b')], audit })).rejects.toThrow(
        UnknownMessage,
      )
      const records = [{ ...draft('b'), expectVersion: 7 }]
      await expect(commit(store, publish('three'), { records, audit })).rejects.toThrow(StaleRecord)
      expect(await keysIn(store, {})).toEqual(['a'])
      expect(await dataIn(store)).toEqual(['one'])
      expect(await store.audit({ limit: 9 })).toHaveLength(1)
    })

    test('[ST64] a repeat is acknowledged as it was and writes no record again', async () => {
      const { store } = await fresh()
      const write = { records: [{ ...draft('a'), expectVersion: 0 }] }
      const first = await commit(store, publish('one', { idBase: 'c:1' }), write)
      const before = await store.record('draft', 'a')
      const again = await commit(store, publish('one', { idBase: 'c:1' }), write)
      expect(again).toEqual({ ...first, duplicate: true })
      expect(await store.record('draft', 'a')).toEqual(before)
    })

    test('[ST64] removing what is not there is nothing, and nothing is audited', async () => {
      const { store } = await fresh()
      const audit = { command: 'forget', actor: 'server', target: 'a' }
      const records = [{ ...draft('a'), value: undefined }]
      await store.transact({ entries: [], records, audit })
      expect(await store.audit({ limit: 9 })).toEqual([])
      await put(store, draft('a'))
      await store.transact({ entries: [], records, audit })
      expect(await store.record('draft', 'a')).toBeUndefined()
      expect(await store.audit({ limit: 9 })).toHaveLength(1)
    })

    test('[ST65] a write is refused if a record is not at the version it expects', async () => {
      const { store } = await fresh()
      const expecting = (expectVersion: number) => put(store, { ...draft('a'), expectVersion })
      await expect(expecting(1)).rejects.toThrow(StaleRecord)
      const [first, second] = await Promise.allSettled([expecting(0), expecting(0)])
      expect([first?.status, second?.status]).toEqual(['fulfilled', 'rejected'])
      const version = (await store.record('draft', 'a'))?.version ?? 0
      await expecting(version)
      await expect(expecting(version)).rejects.toThrow('a record has changed since')
    })

    test('[ST65] a version rises with every write and is never given twice', async () => {
      const { store, reopen } = await fresh()
      await put(store, draft('a'))
      const first = (await store.record('draft', 'a'))?.version ?? 0
      await put(store, { collection: 'draft', key: 'a', value: undefined })
      const later = reopen ? await reopen() : store
      await put(later, draft('a'))
      const second = (await later.record('draft', 'a'))?.version ?? 0
      expect(second).toBeGreaterThan(first)
      const stale = put(later, { ...draft('a'), expectVersion: first })
      await expect(stale).rejects.toThrow(StaleRecord)
    })

    test('[ST66] they are read by prefix, in pages, sorted by code points', async () => {
      const { store } = await fresh()
      const keys = ['b', 'a:1', 'a:10', 'a:2', 'a', '\u{1f600}', '\uffee', 'a:\u{10ffff}', 'a;']
      await put(store, ...keys.map((key) => draft(key)), { ...draft('a:3'), collection: 'other' })
      const within = ['a:1', 'a:10', 'a:2', 'a:\u{10ffff}']
      expect(await keysIn(store, {})).toEqual(['a', ...within, 'a;', 'b', '\uffee', '\u{1f600}'])
      expect(await keysIn(store, { prefix: 'a:' })).toEqual(within)
      expect(await keysIn(store, { prefix: 'a:', limit: 2 })).toEqual(within.slice(0, 2))
      expect(await keysIn(store, { prefix: 'a:', afterKey: 'a:10' })).toEqual(within.slice(2))
      expect(await keysIn(store, { prefix: 'a:\u{10ffff}' })).toEqual(within.slice(3))
      expect(await keysIn(store, { prefix: '\ud800' })).toEqual([])
    })

    test('[ST67] names and values have limits, and a write beyond them is refused whole', async () => {
      const { store } = await fresh()
      await put(store, { collection: 'c'.repeat(64), key: 'k'.repeat(512), value: {} })
      const largest = { text: 'x'.repeat(262_144 - '{"text":""}'.length) }
      await put(store, draft('large', largest))
      const refused: readonly NewRecord[] = [
        { collection: 'c'.repeat(65), key: 'k', value: {} },
        { collection: '', key: 'k', value: {} },
        draft('k'.repeat(513)),
        draft('\ud800'),
        draft('a\u0000'),
        draft('large', { text: `${largest.text}x` }),
      ]
      for (const record of refused)
        await expect(put(store, draft('fine'), record)).rejects.toThrow(RecordInvalid)
      await expect(put(store, draft('a'), draft('a'))).rejects.toThrow('names a record twice')
      const many = Array.from({ length: 1_001 }, (_, index) => draft(`${index}`))
      await expect(put(store, ...many)).rejects.toThrow('at most 1000 records')
      expect(await keysIn(store, {})).toEqual(['large'])
    })
  })
}
