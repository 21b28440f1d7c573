// ST1–ST9: one order, told once, never taken back.

import type { Revision } from '@sayso/policy'
import { describe, expect, test } from 'vitest'
import { StoreClosed, UnknownMessage } from '../src/errors.ts'
import type { FeedEntry } from '../src/store.ts'
import {
  amend,
  assign,
  attic,
  commit,
  dataIn,
  history,
  listen,
  messagesOf,
  type Open,
  publish,
  rights,
} from './builders.ts'
import { opener, SITE } from './harness.ts'

const NOBODY = `00000000000001-000@${SITE}:000`

export function orderContract(open: Open): void {
  const fresh = opener(open)

  describe('order', () => {
    test('[ST1] revisions count from 1 without gaps, in commit order, and serials sort like them', async () => {
      const { store, clock } = await fresh()
      const heard = listen(store)
      for (let turn = 0; turn < 5; turn += 1) {
        await Promise.all([
          commit(store, publish(`a${turn}`)),
          commit(store, [
            publish(`b${turn}`, { channel: attic }),
            rights(assign(`hall#h${turn}@ada`)),
          ]),
        ])
        clock.ms += turn
      }
      expect(heard.map(({ revision }) => revision)).toEqual(heard.map((_, index) => index + 1))
      const serials = heard.map(({ serial }) => serial)
      expect(serials).toEqual([...new Set(serials)].sort())
    })

    test('[ST1] an empty store is at revision 0', async () => {
      const { store } = await fresh()
      const { serial, ...rest } = await store.load()
      expect(rest).toEqual({ revision: 0, rightsRevision: 0, changes: [] })
      expect(serial).toBe(`00000000000000-000@${SITE}`)
    })

    test('[ST1] writes of one turn are committed in the order they were asked for', async () => {
      const { store } = await fresh()
      const asked = Array.from({ length: 200 }, (_, index) => `m${index}`)
      const committed = await Promise.all(asked.map((data) => commit(store, publish(data))))
      expect(
        messagesOf(committed.flatMap(({ entries }) => entries)).map(({ data }) => data),
      ).toEqual(asked)
      expect(await dataIn(store, { limit: 1_000 })).toEqual(asked)
      expect(committed.map(({ revision }) => revision)).toEqual(asked.map((_, index) => index + 1))
    })

    test('[ST2] every listener has heard a write before its promise resolves, and hears it once', async () => {
      const { store } = await fresh()
      const [first, second] = [listen(store), listen(store)]
      const seenAtOnce: number[] = []
      const writes = ['a', 'b', 'c'].map(async (data) => {
        const { revision } = await commit(store, publish(data))
        seenAtOnce.push(first.filter((entry) => entry.revision === revision).length)
      })
      await Promise.all(writes)
      expect(seenAtOnce).toEqual([1, 1, 1])
      expect(second).toEqual(first)
    })

    test('[ST2] a refused write finds the listeners told of what refused it', async () => {
      const { store } = await fresh()
      const heard = listen(store)
      const granted = commit(store, rights(assign('hall#host@ada')))
      const refused = commit(store, publish('late'), { expect: 0 as Revision }).catch(
        () => heard.length,
      )
      await granted
      expect(await refused).toBe(1)
    })

    test('[ST2] what is fed is what the writer is told', async () => {
      const { store } = await fresh()
      const heard = listen(store)
      const committed = await commit(store, [publish('a'), rights(assign('hall#host@ada'))])
      expect(heard).toEqual(committed.entries)
    })

    test('[ST3] a subscription begins with the next commit and ends when it is cancelled', async () => {
      const { store } = await fresh()
      await commit(store, publish('before'))
      const heard: FeedEntry[] = []
      const cancel = store.subscribe((entries) => heard.push(...entries))
      await commit(store, publish('during'))
      cancel()
      await commit(store, publish('after'))
      expect(messagesOf(heard).map(({ data }) => data)).toEqual(['during'])
    })

    test('[ST3] a listener may write; it hears that later', async () => {
      const { store } = await fresh()
      const nested: Promise<unknown>[] = []
      const heard: unknown[] = []
      store.subscribe((entries) => {
        if (heard.length === 0) nested.push(commit(store, publish('answer')))
        heard.push(...messagesOf(entries).map(({ data }) => data))
      })
      await commit(store, publish('question'))
      await Promise.all(nested)
      expect(heard).toEqual(['question', 'answer'])
    })

    test('[ST4] a write takes places next to each other, or none at all', async () => {
      const { store } = await fresh()
      const heard = listen(store)
      const missing = amend({ serial: NOBODY, action: 'delete' })
      const [, failed, kept] = await Promise.allSettled([
        commit(store, [publish('a'), publish('b')]),
        commit(store, [publish('c'), rights(assign('hall#host@ada')), missing]),
        commit(store, [publish('d'), publish('e')]),
      ])
      expect(failed).toMatchObject({ status: 'rejected', reason: expect.any(UnknownMessage) })
      expect(kept).toMatchObject({ status: 'fulfilled', value: { revision: 4 } })
      expect(await dataIn(store)).toEqual(['a', 'b', 'd', 'e'])
      expect(heard.map(({ revision }) => revision)).toEqual([1, 2, 3, 4])
      expect((await store.load()).changes).toEqual([])
    })

    test('[ST4] a commit names the last place of its write', async () => {
      const { store } = await fresh()
      const committed = await commit(store, [publish('a'), publish('b')])
      const { revision, serial, atMs } = committed.entries.at(-1) ?? {}
      expect(committed).toMatchObject({ revision, serial, atMs, duplicate: false })
    })

    test('[ST5] a serial is the millisecond, a counter within it, and the site', async () => {
      const { store, clock } = await fresh(1_000)
      const serials = async () => (await commit(store, [publish('a'), publish('b')])).entries
      expect((await serials()).map(({ serial }) => serial)).toEqual([
        `00000000001000-000@${SITE}`,
        `00000000001000-001@${SITE}`,
      ])
      clock.ms = 1_001
      expect((await serials()).map(({ serial, atMs }) => [serial, atMs])).toEqual([
        [`00000000001001-000@${SITE}`, 1_001],
        [`00000000001001-001@${SITE}`, 1_001],
      ])
    })

    test('[ST5] a full millisecond spills into the next', async () => {
      const { store } = await fresh(1_000)
      const many = Array.from({ length: 1_001 }, () => publish('x'))
      const { entries } = await commit(store, many)
      expect(entries.slice(-2).map(({ serial }) => serial)).toEqual([
        `00000000001000-999@${SITE}`,
        `00000000001001-000@${SITE}`,
      ])
      expect(new Set(entries.map(({ serial }) => serial)).size).toBe(1_001)
    })

    test('[ST6] a clock that runs backwards lowers no serial', async () => {
      const { store, clock } = await fresh(5_000)
      await commit(store, publish('a'))
      clock.ms = 10
      const { serial, atMs } = await commit(store, publish('b'))
      expect([serial, atMs]).toEqual([`00000000005000-001@${SITE}`, 5_000])
    })

    test('[ST7] a store opened again has everything and goes on above it', async ({ skip }) => {
      const { store, clock, reopen } = await fresh(5_000)
      if (reopen === undefined) return skip('this backend keeps nothing')
      await commit(store, [publish('a'), rights(assign('hall#host@ada'))], {
        audit: { command: 'test', actor: 'server', target: 'place:hall' },
      })
      await commit(store, publish([{ id: 'x', data: 'b' }]))
      const [before, audited] = [await store.load(), await store.audit({ limit: 10 })]
      clock.ms = 1_000
      const again = await reopen()
      expect(await again.load()).toEqual(before)
      expect(await again.audit({ limit: 10 })).toEqual(audited)
      const { revision, serial } = await commit(again, publish('c'))
      expect([revision, serial]).toEqual([4, `00000000005000-003@${SITE}`])
      expect(await commit(again, publish([{ id: 'x', data: 'b' }]))).toMatchObject({
        duplicate: true,
      })
      expect(await dataIn(again)).toEqual(['a', 'b', 'c'])
    })

    test('[ST8] closing commits what was accepted and refuses what comes later', async ({
      skip,
    }) => {
      const { store, reopen } = await fresh()
      const heard = listen(store)
      const accepted = [commit(store, publish('a')), commit(store, publish('b'))]
      const closing = store.close()
      await expect(commit(store, publish('late'))).rejects.toThrow(StoreClosed)
      await expect(store.load()).rejects.toThrow(StoreClosed)
      await expect(history(store)).rejects.toThrow(StoreClosed)
      await expect(store.claim('k', 1, 2)).rejects.toThrow(StoreClosed)
      await closing
      await store.close()
      expect((await Promise.all(accepted)).map(({ revision }) => revision)).toEqual([1, 2])
      expect(heard).toHaveLength(2)
      if (reopen === undefined) return skip('this backend keeps nothing')
      expect(await dataIn(await reopen())).toEqual(['a', 'b'])
    })

    test('[ST9] a write of a wrong form is refused and changes nothing', async () => {
      const { store } = await fresh()
      const nothing = publish([])
      const tooMuch = publish(Array.from({ length: 1_001 }, () => ({ data: 'x' })))
      const unheardOf = publish([{ extras: { when: new Date(0) } }])
      for (const wrong of [nothing, tooMuch, unheardOf]) {
        await expect(commit(store, [publish('a'), wrong])).rejects.toThrow(/1 to 1000|neither JSON/)
      }
      expect(await store.load()).toMatchObject({ revision: 0 })
    })
  })
}
