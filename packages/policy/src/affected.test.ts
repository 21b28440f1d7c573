import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  actions,
  anyChange,
  anyCredential,
  anyWorld,
  channels,
  resources,
  subjects,
} from '../test/worlds.ts'
import { affected, permissionDiff, touches } from './affected.ts'
import { allowedActions, subjectOf } from './authorize.ts'
import type { RightsChange } from './change.ts'
import { decide } from './decide.ts'
import type { Revision } from './names.ts'
import { resourceOf } from './policy.ts'
import { foldRights, type World } from './world.ts'

const isIn = <T>(set: 'none' | 'all' | ReadonlySet<T>, one: T) =>
  set === 'all' || (set !== 'none' && set.has(one))

const changes = fc.array(anyChange, { minLength: 1, maxLength: 4 })
const after = (before: World, some: readonly RightsChange[]) =>
  foldRights(before, some, 9 as Revision)

test('[PO38] every policy decision that moves lies inside', () => {
  fc.assert(
    fc.property(anyWorld, changes, (before, some) => {
      const then = after(before, some)
      const reached = affected(before, then, some)
      for (const subject of subjects) {
        for (const resource of resources) {
          for (const action of actions) {
            const question = { subject, action, resource }
            const moved = decide(before, question).allowed !== decide(then, question).allowed
            if (moved) expect(touches(reached, subject, resource)).toBe(true)
          }
        }
      }
    }),
    { numRuns: 500 },
  )
})

test('[PO38] every standing answer of a credential that moves lies inside', () => {
  fc.assert(
    fc.property(anyWorld, changes, anyCredential, (before, some, credential) => {
      const then = after(before, some)
      const reached = affected(before, then, some)
      const subject = subjectOf(credential)
      for (const channel of channels) {
        const moved =
          allowedActions(before, credential, channel).join() !==
          allowedActions(then, credential, channel).join()
        if (!moved || isIn(reached.keys, credential.key)) continue
        const places = [resourceOf(before.policy, channel), resourceOf(then.policy, channel)]
        expect(places.some((place) => place && subject && touches(reached, subject, place))).toBe(
          true,
        )
      }
    }),
    { numRuns: 2000 },
  )
})

test('[PO39] the difference is sorted, once each, and empty between equals', () => {
  expect(permissionDiff(['c', 'a', 'b', 'b'], ['d', 'c', 'b', 'e', 'd'])).toEqual({
    gained: ['d', 'e'],
    lost: ['a'],
  })
  expect(permissionDiff(['a', 'b'], ['b', 'a'])).toEqual({ gained: [], lost: [] })
})
