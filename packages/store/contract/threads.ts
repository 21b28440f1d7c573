// ST270–ST272: threads, from the root to its answers.

import type { NewMessage } from '@sayso/channel'
import type { Revision } from '@sayso/policy'
import { describe, expect, test } from 'vitest'
import type { Store } from '../src/store.ts'
import {
  amend,
  attic,
  commit,
  everything,
  lobby,
  type Open,
  publish,
  serialOf,
} from './builders.ts'
import { opener } from './harness.ts'

export function threadsContract(open: Open): void {
  const fresh = opener(open)
  const answer = (root: string, data: string, clientId = 'ada'): NewMessage => ({
    data,
    clientId,
    extras: { ref: { type: 'thread', timeserial: root } },
  })
  const read = async (store: Store, root: string, parts: object = {}) => {
    const query = { channel: lobby, root, limit: 100, upTo: everything, ...parts }
    const { messages, hasMore } = await store.thread(query)
    return { data: messages.map(({ data }) => data), hasMore, messages }
  }
  const all = (store: Store, parts: object = {}) =>
    store.threads({ channel: lobby, limit: 100, upTo: everything, ...parts })

  describe('threads', () => {
    test('[ST270] pages of a thread run from the newest answer to the first, also within one publish', async () => {
      const { store, reopen } = await fresh()
      const root = serialOf(await commit(store, publish('root')))
      await commit(store, publish([answer(root, 'a'), { data: 'beside' }, answer(root, 'b')]))
      await commit(store, publish([answer(root, 'elsewhere')], { channel: attic }))
      await commit(store, publish([answer(root, 'c')]))
      const later = reopen ? await reopen() : store
      expect((await read(later, root)).data).toEqual(['c', 'b', 'a'])
      const first = await read(later, root, { limit: 2 })
      expect(first).toMatchObject({ data: ['c', 'b'], hasMore: true })
      const beforeSerial = first.messages.at(-1)?.serial
      expect(await read(later, root, { limit: 2, beforeSerial })).toMatchObject({
        data: ['a'],
        hasMore: false,
      })
      expect((await read(later, 'no serial')).data).toEqual([])
    })

    test('[ST270] answers are shown in their latest version as of a revision; an edit moves none', async () => {
      const { store } = await fresh()
      const root = serialOf(await commit(store, publish('root')))
      const told = await commit(store, publish([answer(root, 'a')]))
      const serial = serialOf(told)
      await commit(store, amend({ serial, action: 'update', data: 'A', extras: {} }))
      expect((await read(store, root)).data).toEqual(['A'])
      expect((await read(store, root, { upTo: told.revision })).data).toEqual(['a'])
      const before = (told.revision - 1) as Revision
      expect((await read(store, root, { upTo: before })).data).toEqual([])
    })

    test('[ST271] a summary counts what is there, and says who answered last', async () => {
      const { store } = await fresh()
      const [one, two] = [
        serialOf(await commit(store, publish('one'))),
        serialOf(await commit(store, publish('two'))),
      ]
      await commit(store, publish([answer(one, 'a'), answer(one, 'b', 'bo')]))
      const last = serialOf(await commit(store, publish([answer(two, 'c', 'cy')])))
      const again = serialOf(await commit(store, publish([answer(one, 'd')])))
      expect(await all(store)).toMatchObject([
        { root: one, count: 3, lastSerial: again, people: ['ada', 'bo'] },
        { root: two, count: 1, lastSerial: last, people: ['cy'] },
      ])
      expect((await all(store, { limit: 1 })).map(({ root }) => root)).toEqual([one])
      const older = await all(store, { beforeSerial: again })
      expect(older.map(({ root }) => root)).toEqual([two])
      const within = await all(store, { fromRoot: two, toRoot: two })
      expect(within.map(({ root }) => root)).toEqual([two])
    })

    test('[ST272] a deleted answer counts for nothing, and is back when it is written again', async () => {
      const { store } = await fresh()
      const root = serialOf(await commit(store, publish('root')))
      const told = await commit(store, publish([answer(root, 'a'), answer(root, 'b', 'bo')]))
      const serial = serialOf(told, 1)
      await commit(store, amend({ serial, action: 'delete', data: '' }))
      expect(await all(store)).toMatchObject([{ count: 1, people: ['ada'] }])
      expect(await all(store, { upTo: told.revision })).toMatchObject([{ count: 2 }])
      await commit(store, amend({ serial: serialOf(told), action: 'delete', data: '' }))
      expect(await all(store)).toEqual([])
      expect((await read(store, root)).data).toEqual(['', ''])
      await commit(store, amend({ serial, action: 'update', data: 'B' }))
      expect(await all(store)).toMatchObject([{ count: 1, people: ['bo'] }])
      await commit(store, amend({ serial: root, action: 'delete', data: '' }))
      expect(await all(store)).toMatchObject([{ root, count: 1 }])
    })
  })
}
