// ST51–ST59, ST73: what annotations are when they have been committed, and what they add up to.

import type { NewAnnotation } from '@sayso/channel'
import type { Revision } from '@sayso/policy'
import { describe, expect, test } from 'vitest'
import { UnknownMessage } from '../src/errors.ts'
import type { Store } from '../src/store.ts'
import {
  amend,
  annotate,
  attic,
  commit,
  everything,
  history,
  listen,
  lobby,
  type Open,
  publish,
  serialOf,
} from './builders.ts'
import { opener, SITE } from './harness.ts'

type Remark = Omit<NewAnnotation, 'messageSerial' | 'action'> & { readonly action?: 'delete' }

export function annotationsContract(open: Open): void {
  const fresh = opener(open)
  const annotated = async (...remarks: readonly Remark[]) => {
    const { store, ...rest } = await fresh()
    const serial = serialOf(await commit(store, publish('a')))
    for (const remark of remarks) await commit(store, annotate(serial, remark))
    return { store, serial, ...rest }
  }
  const summary = async (store: Store, serial: string, upTo = everything) =>
    (await store.message(lobby, serial, upTo))?.summary

  describe('annotations', () => {
    test('[ST51] an annotation gets its place, its time and its publisher, and is told with the sums', async () => {
      const { store, serial, clock } = await annotated()
      const heard = listen(store)
      clock.ms = 2_000
      const remark = { type: 'like:flag.v1', clientId: 'ada', data: 'x', extras: { a: 1 } }
      const { entries } = await commit(store, annotate(serial, remark, { connectionId: 'c1' }))
      const own = `00000000002000-000@${SITE}`
      const annotation = {
        id: `${own}:0`,
        serial: `${own}:000`,
        timestampMs: 2_000,
        action: 'create',
        messageSerial: serial,
        connectionId: 'c1',
        ...remark,
      }
      const told = {
        kind: 'annotation',
        revision: 2,
        serial: own,
        atMs: 2_000,
        channel: lobby,
        id: own,
        connectionId: 'c1',
        annotations: [annotation],
        summaries: [
          {
            messageSerial: serial,
            summary: { 'like:flag.v1': { total: 1, clientIds: ['ada'], clipped: false } },
          },
        ],
      }
      expect(entries).toEqual([told])
      expect(heard).toEqual([told])
      const since = { channel: lobby, serial: `00000000001000-000@${SITE}`, limit: 9 }
      expect(await store.since({ ...since, upTo: everything })).toEqual({
        kind: 'events',
        entries: [told],
        hasMore: false,
      })
      const query = { channel: lobby, messageSerial: serial, limit: 9, upTo: everything }
      expect(await store.annotations(query)).toEqual({ annotations: [annotation], hasMore: false })
    })

    test('[ST73] annotations are told with the messages they are about, if that was asked for', async () => {
      const { store } = await fresh()
      const serial = serialOf(await commit(store, publish([{ data: 'a', extras: { n: 1 } }])))
      await commit(store, amend({ serial, action: 'update', data: 'b' }))
      const latest = await store.message(lobby, serial, everything)
      const heard = listen(store)
      const remark = { type: 'like:total.v1' }
      const asked = { withMessages: true }
      const { entries } = await commit(store, annotate(serial, remark, asked))
      await commit(store, annotate(serial, remark))
      expect(entries[0]).toMatchObject({ about: [latest] })
      expect(heard.map((entry) => 'about' in entry)).toEqual([true, false])
      const page = await store.since({
        channel: lobby,
        serial: heard[0]?.serial ?? '',
        limit: 9,
        upTo: everything,
      })
      expect(page).toMatchObject({ kind: 'events', entries: [{ kind: 'annotation' }] })
      const all = await store.since({ channel: lobby, serial, limit: 9, upTo: everything })
      expect(JSON.stringify(all)).not.toContain('about')
    })

    test('[ST52] an annotation of a message the channel does not have is refused whole', async () => {
      const { store, serial } = await annotated()
      const type = 'like:total.v1'
      const elsewhere = annotate(serial, { type }, { channel: attic })
      await expect(commit(store, elsewhere)).rejects.toThrow(UnknownMessage)
      const one = { type, action: 'create', messageSerial: serial } as const
      const mixed = {
        ...annotate(serial, { type }),
        annotations: [one, { ...one, messageSerial: 'x' }],
      }
      await expect(commit(store, mixed)).rejects.toThrow(UnknownMessage)
      expect(await summary(store, serial)).toBeUndefined()
    })

    test('[ST53] each method adds up in its own way', async () => {
      const give = (type: string, clientId?: string, more: Partial<Remark> = {}) => ({
        type,
        ...(clientId === undefined ? {} : { clientId }),
        ...more,
      })
      const gone = { action: 'delete' } as const
      const { store, serial } = await annotated(
        give('t:total.v1', 'ada'),
        give('t:total.v1'),
        give('t:total.v1'),
        give('t:total.v1', undefined, gone),
        give('f:flag.v1', 'ada'),
        give('f:flag.v1', 'ada'),
        give('f:flag.v1', 'bob'),
        give('d:distinct.v1', 'ada', { name: 'up' }),
        give('d:distinct.v1', 'ada', { name: 'down' }),
        give('d:distinct.v1', 'bob', { name: 'up' }),
        give('d:distinct.v1', 'ada', { name: 'down', ...gone }),
        give('u:unique.v1', 'ada', { name: 'up' }),
        give('u:unique.v1', 'bob', { name: 'up' }),
        give('u:unique.v1', 'ada', { name: 'down' }),
        give('m:multiple.v1', 'ada', { name: 'up', count: 3 }),
        give('m:multiple.v1', 'ada', { name: 'up' }),
        give('m:multiple.v1', undefined, { name: 'up', count: 2 }),
        give('m:multiple.v1', 'bob', { name: 'up', count: 9 }),
        give('m:multiple.v1', 'bob', { name: 'up', ...gone }),
        give('com.example.note', 'ada'),
      )
      expect(await summary(store, serial)).toEqual({
        't:total.v1': { total: 2 },
        'f:flag.v1': { total: 2, clientIds: ['ada', 'bob'], clipped: false },
        'd:distinct.v1': { up: { total: 2, clientIds: ['ada', 'bob'], clipped: false } },
        'u:unique.v1': {
          up: { total: 1, clientIds: ['bob'], clipped: false },
          down: { total: 1, clientIds: ['ada'], clipped: false },
        },
        'm:multiple.v1': {
          up: {
            total: 6,
            clientIds: { ada: 4 },
            totalUnidentified: 2,
            totalClientIds: 1,
            clipped: false,
          },
        },
      })
      const { annotations } = await store.annotations({
        channel: lobby,
        messageSerial: serial,
        limit: 100,
        upTo: everything,
      })
      expect(annotations).toHaveLength(20)
      expect(annotations.at(-1)?.type).toBe('com.example.note')
    })

    test('[ST53] what is taken back altogether is gone; a type without a method is never added up', async () => {
      const flag = { type: 'f:flag.v1', clientId: 'ada' }
      const { store, serial } = await annotated({ type: 'x.y' }, flag, {
        ...flag,
        action: 'delete',
      })
      const heard = listen(store)
      expect(await summary(store, serial)).toBeUndefined()
      await commit(store, annotate(serial, { type: 'x.y' }))
      expect(heard).toMatchObject([{ summaries: [] }])
      await commit(store, annotate(serial, { ...flag, action: 'delete' }))
      expect(heard.slice(1)).toMatchObject([
        { summaries: [{ messageSerial: serial, summary: {} }] },
      ])
    })

    test('[ST54] reads show the sums as of `upTo`, on a message as it is then', async () => {
      const like = { type: 'd:distinct.v1', name: 'up' }
      const { store, serial } = await annotated(
        { ...like, clientId: 'ada' },
        { ...like, clientId: 'bob' },
        { type: 'x.y' },
      )
      await commit(store, amend({ serial, action: 'update', data: 'b' }))
      const at = (upTo: number) => upTo as Revision
      const total = (value: unknown) => ({ 'd:distinct.v1': { up: { total: value } } })
      expect(await summary(store, serial, at(1))).toBeUndefined()
      expect(await summary(store, serial, at(2))).toMatchObject(total(1))
      expect(await summary(store, serial, at(4))).toMatchObject(total(2))
      const { messages } = await history(store)
      expect(messages).toMatchObject([{ data: 'b', summary: total(2) }])
      const versions = await store.versions(lobby, serial, everything)
      expect(versions.map((version) => 'summary' in version)).toEqual([false, false])
    })

    test('[ST55] the part of one client lists that client alone', async () => {
      const { store, serial } = await annotated(
        { type: 'd:distinct.v1', name: 'up', clientId: 'ada' },
        { type: 'd:distinct.v1', name: 'up', clientId: 'bob' },
        { type: 'd:distinct.v1', name: 'down', clientId: 'bob' },
      )
      const part = (upTo: number) => store.clientSummary(lobby, serial, 'ada', upTo as Revision)
      const up = (total: number) => ({ up: { total, clientIds: ['ada'], clipped: true } })
      expect(await part(1)).toEqual({})
      expect(await part(2)).toEqual({ 'd:distinct.v1': up(1) })
      expect(await part(everything)).toEqual({ 'd:distinct.v1': up(2) })
      expect(await store.clientSummary(lobby, serial, 'eve', everything)).toEqual({})
    })

    test('[ST56] annotations are read page by page, oldest first', async () => {
      const names = ['a', 'b', 'c', 'd', 'e']
      const { store, serial } = await annotated()
      const all = names.map((name) => {
        return { action: 'create', type: 'x.y', name, messageSerial: serial } as const
      })
      await commit(store, { ...annotate(serial, { type: 'x.y' }), annotations: all.slice(0, 3) })
      await commit(store, { ...annotate(serial, { type: 'x.y' }), annotations: all.slice(3) })
      const seen: (string | undefined)[] = []
      let afterSerial: string | undefined
      for (let more = true; more; ) {
        const query = { channel: lobby, messageSerial: serial, limit: 2, upTo: everything }
        const page = await store.annotations({
          ...query,
          ...(afterSerial === undefined ? {} : { afterSerial }),
        })
        expect(page.annotations.length).toBeLessThanOrEqual(2)
        seen.push(...page.annotations.map(({ name }) => name))
        afterSerial = page.annotations.at(-1)?.serial
        more = page.hasMore
      }
      expect(seen).toEqual(names)
    })

    test('[ST57] a repeat of an annotation is known by its own keys, apart from those of messages', async () => {
      const { store } = await fresh()
      const serial = serialOf(await commit(store, publish([{ id: 'x:0', data: 'a' }])))
      const remark = { id: 'x:0', type: 't:total.v1' }
      const first = await commit(store, annotate(serial, remark))
      const again = await commit(store, annotate(serial, remark))
      expect(first.duplicate).toBe(false)
      expect(again).toEqual({ ...first, duplicate: true })
      expect(await summary(store, serial)).toEqual({ 't:total.v1': { total: 1 } })
    })

    test('[ST58] a long summary is cut and says so; its totals stay true', async () => {
      const { store, serial } = await annotated()
      const all = Array.from({ length: 900 }, (_, index) => {
        const clientId = `a-client-with-a-long-name-${index}`
        return {
          action: 'create',
          type: 'd:distinct.v1',
          name: 'up',
          clientId,
          messageSerial: serial,
        } as const
      })
      await commit(store, { ...annotate(serial, { type: 'x' }), annotations: all })
      const cut = (await summary(store, serial))?.['d:distinct.v1'] as {
        up: { total: number; clientIds: string[]; clipped: boolean }
      }
      expect(cut.up).toMatchObject({ total: 900, clipped: true })
      expect(cut.up.clientIds).toHaveLength(200)
      const names = Array.from({ length: 900 }, (_, index) => {
        const name = `a rather long name for a reaction ${index}`
        return {
          action: 'create',
          type: 'd:distinct.v1',
          name,
          clientId: 'ada',
          messageSerial: serial,
        } as const
      })
      await commit(store, { ...annotate(serial, { type: 'x' }), annotations: names })
      expect(JSON.stringify(await summary(store, serial)).length).toBeLessThan(20_000)
    })

    test('[ST54] sums outlive a restart and go on', async () => {
      const { store, serial, reopen } = await annotated({ type: 't:total.v1', clientId: 'ada' })
      const again = (await reopen?.()) ?? store
      await commit(again, annotate(serial, { type: 't:total.v1', clientId: 'bob' }))
      expect(await summary(again, serial)).toEqual({ 't:total.v1': { total: 2 } })
    })
  })

  describe('appends', () => {
    test('[ST59] an append that was joined tells what it added, and so do later reads of the log', async () => {
      const { store } = await fresh()
      const published = await commit(store, publish('Hel'))
      const serial = serialOf(published)
      const joined = await commit(store, amend({ serial, action: 'append', data: 'lo' }))
      expect(joined.entries).toMatchObject([
        { messages: [{ data: 'Hello' }], fragment: { data: 'lo' } },
      ])
      const bytes = new Uint8Array([1])
      const replaced = await commit(store, amend({ serial, action: 'append', data: bytes }))
      expect(replaced.entries[0]).not.toHaveProperty('fragment')
      const query = { channel: lobby, serial: published.serial, limit: 9, upTo: everything }
      expect(await store.since(query)).toMatchObject({
        entries: [...joined.entries, ...replaced.entries],
      })
    })
  })
}
