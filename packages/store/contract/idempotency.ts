// ST19–ST23: what was accepted once is not accepted again.

import type { Revision } from '@sayso/policy'
import { describe, expect, test } from 'vitest'
import { StaleDecision } from '../src/errors.ts'
import type { NewEntry } from '../src/store.ts'
import {
  amend,
  assign,
  attic,
  commit,
  dataIn,
  listen,
  type Open,
  publish,
  rights,
  serialOf,
} from './builders.ts'
import { opener } from './harness.ts'

export function idempotencyContract(open: Open): void {
  const fresh = opener(open)

  describe('idempotency', () => {
    const pairs: Record<string, [first: NewEntry, second: NewEntry, same: boolean]> = {
      'the same base': [publish('a', { idBase: 'c:1' }), publish('b', { idBase: 'c:1' }), true],
      'another base': [publish('a', { idBase: 'c:1' }), publish('b', { idBase: 'c:2' }), false],
      'the same ids': [
        publish([{ id: 'x:0' }, { id: 'x:1' }]),
        publish([{ id: 'x:0' }, { id: 'x:1' }]),
        true,
      ],
      'fewer ids of the same base': [
        publish([{ id: 'x:0' }, { id: 'x:1' }]),
        publish([{ id: 'x:0' }]),
        true,
      ],
      'the same single id': [publish([{ id: 'x' }]), publish([{ id: 'x' }]), true],
      'single ids that only begin alike': [
        publish([{ id: 'order:1' }]),
        publish([{ id: 'order:2' }]),
        false,
      ],
      'one id of a list without a base': [
        publish([{ id: 'x' }, { id: 'y' }]),
        publish([{ id: 'y' }]),
        true,
      ],
      'the same id on another base': [
        publish([{ id: 'x' }], { idBase: 'c:1' }),
        publish([{ id: 'x' }], { idBase: 'd:1' }),
        true,
      ],
      'no id at all': [publish('a'), publish('a'), false],
      'another channel': [
        publish('a', { idBase: 'c:1' }),
        publish('a', { idBase: 'c:1', channel: attic }),
        false,
      ],
    }
    for (const [what, [first, second, same]] of Object.entries(pairs)) {
      test(`[ST19] ${what}: ${same ? 'accepted once' : 'accepted each time'}`, async () => {
        const { store } = await fresh()
        const heard = listen(store)
        const before = await commit(store, first)
        const after = await commit(store, second)
        expect(after.duplicate).toBe(same)
        expect(heard).toHaveLength(same ? 1 : 2)
        if (same) expect(after).toEqual({ ...before, duplicate: true })
      })
    }

    test('[ST19] a repeated edit is applied once', async () => {
      const { store } = await fresh()
      const serial = serialOf(await commit(store, publish('a')))
      const edit = amend({ serial, action: 'append', data: 'b' }, { idBase: 'c:1' })
      const first = await commit(store, edit)
      expect(await commit(store, edit)).toEqual({ ...first, duplicate: true })
      expect(await dataIn(store)).toEqual(['ab'])
    })

    test('[ST20] nobody can use up the base of somebody else’s connection', async () => {
      const { store } = await fresh()
      await commit(store, publish([{ id: 'victim:1:0' }]))
      await commit(store, publish([{ id: 'victim:2' }]))
      for (const idBase of ['victim:1', 'victim:2']) {
        expect(await commit(store, publish('mine', { idBase }))).toMatchObject({ duplicate: false })
      }
    })

    test('[ST21] a write that repeats a part of an earlier one counts as repeated as a whole', async () => {
      const { store } = await fresh()
      const first = await commit(store, [
        publish('a', { idBase: 'c:1' }),
        rights(assign('hall#host@ada')),
      ])
      const heard = listen(store)
      const again = await commit(store, [publish('b'), publish('a', { idBase: 'c:1' })])
      expect(again).toEqual({ ...first, duplicate: true })
      expect(heard).toEqual([])
      expect(await dataIn(store)).toEqual(['a'])
    })

    test('[ST22] a repeat is acknowledged as it was, whatever has changed since', async () => {
      const { store } = await fresh()
      const expect0 = { expect: 0 as Revision }
      const first = await commit(store, publish('a', { idBase: 'c:1' }), expect0)
      await commit(store, rights(assign('hall#host@ada')))
      const again = await commit(store, publish('a', { idBase: 'c:1' }), expect0)
      expect(again).toEqual({ ...first, duplicate: true })
    })

    test('[ST22] a write that was refused may be tried again', async () => {
      const { store } = await fresh()
      await commit(store, rights(assign('hall#host@ada')))
      const entry = publish('a', { idBase: 'c:1' })
      await expect(commit(store, entry, { expect: 0 as Revision })).rejects.toThrow(StaleDecision)
      expect(await commit(store, entry, { expect: 1 as Revision })).toMatchObject({
        duplicate: false,
      })
    })

    test('[ST23] of repeats that arrive together the first is accepted', async () => {
      const { store } = await fresh()
      const heard = listen(store)
      const entry = publish('a', { idBase: 'c:1' })
      const committed = await Promise.all([1, 2, 3].map(() => commit(store, entry)))
      expect(committed.map(({ duplicate }) => duplicate)).toEqual([false, true, true])
      expect(new Set(committed.map(({ serial }) => serial)).size).toBe(1)
      expect(heard).toHaveLength(1)
    })
  })
}
