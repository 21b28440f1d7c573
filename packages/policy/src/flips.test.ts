import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examples } from '../test/regressions.ts'
import { anySeed, enumerate, lineOf, storyOf } from '../test/stories.ts'
import { house, world } from '../test/worlds.ts'
import type { RightsChange } from './change.ts'
import { type Flip, flips } from './flips.ts'
import type { Revision } from './names.ts'
import { parseTuple } from './tuple.ts'
import { foldRights, type World } from './world.ts'

const assign = (text: string): RightsChange => ({ kind: 'assign', tuple: parseTuple(text) })
const flipsOf = (before: World, changes: readonly RightsChange[]): readonly Flip[] => [
  ...flips(before, foldRights(before, changes, 9 as Revision), changes),
]

const lines = (some: readonly Flip[], which: 'gained' | 'lost') =>
  some.flatMap((flip) => flip[which].map((action) => lineOf(flip.subject, action, flip.resource)))

const minus = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  [...a].filter((line) => !b.has(line)).sort()

test('[PO140] flips are the difference of two enumerations', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world: before, after, entry } = storyOf(seed)
      const found = [...flips(before, after, entry)]
      const had = enumerate(before, [before, after])
      const has = enumerate(after, [before, after])
      expect(lines(found, 'gained').sort()).toEqual(minus(has, had))
      expect(lines(found, 'lost').sort()).toEqual(minus(had, has))
      expect(new Set(found.map((flip) => `${flip.subject} ${flip.resource}`)).size).toBe(
        found.length,
      )
    }),
    { numRuns: 200, examples },
  )
})

test('[PO140] flips of many small steps follow one another', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world: start, entry } = storyOf(seed)
      let before = start
      for (const change of entry) {
        const after = foldRights(before, [change], 3 as Revision)
        const known = [before, after]
        const found = [...flips(before, after, [change])]
        expect(lines(found, 'gained').sort()).toEqual(
          minus(enumerate(after, known), enumerate(before, known)),
        )
        before = after
      }
    }),
    { numRuns: 100 },
  )
})

test('[PO140] one assignment flips what it newly allows, and nothing if it allows nothing new', () => {
  const before = world(['team:lobby#listener@user:ada'])
  expect(flipsOf(before, [assign('team:lobby#chair@user:ada')])).toEqual([
    {
      subject: 'user:ada',
      resource: 'team:lobby',
      gained: ['kick', 'presence', 'publish'],
      lost: [],
    },
  ])
  expect(flipsOf(before, [assign('tenant:acme#keeper@user:ada')])).toEqual([])
})

test('[PO140] a document that only orders things anew flips nothing', () => {
  const before = world(['team:lobby#chair@user:ada'])
  const team = { ...house.types.team, actions: [...(house.types.team?.actions ?? [])].reverse() }
  const document = { ...house, types: { ...house.types, team } } as typeof house
  expect(flipsOf(before, [{ kind: 'put-policy', document, text: '' }])).toEqual([])
})
