import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examples, regressions } from '../test/regressions.ts'
import { anySeed, enumerate, storyOf } from '../test/stories.ts'
import { house, world } from '../test/worlds.ts'
import type { RightsChange } from './change.ts'
import type { PolicyDocument } from './document-types.ts'
import { type Flip, flips } from './flips.ts'
import type { ResourceId, Revision, SubjectId } from './names.ts'
import { type Simulation, simulate } from './simulate.ts'
import { emptyWorld, foldRights, type World } from './world.ts'

const nameOf = ({ resource, subject }: Flip) => `${resource}#${subject}`
const sorted = (some: Iterable<Flip>) =>
  [...some].sort((a, b) =>
    a.resource === b.resource ? (a.subject < b.subject ? -1 : 1) : a.resource < b.resource ? -1 : 1,
  )

function run(simulation: Simulation, most = 1_000): Simulation {
  while (!simulation.step(most)) {
    // Everything is done here, slice by slice.
  }
  return simulation
}

function pages(simulation: Simulation, limit: number): readonly Flip[] {
  const all: Flip[] = []
  for (let after: string | undefined, isMore = true; isMore; isMore = after !== undefined) {
    const page = simulation.page(after, limit)
    expect(page.flips.length).toBeLessThanOrEqual(limit)
    all.push(...page.flips)
    after = page.next
  }
  return all
}

const flipsOf = (before: World, changes: readonly RightsChange[]) =>
  sorted(flips(before, foldRights(before, changes, 2 as Revision), changes))

test('[PO142] a simulation counts exactly what its flips are, however it is sliced', () => {
  fc.assert(
    fc.property(anySeed, fc.integer({ min: 1, max: 50 }), (seed, most) => {
      const { world: before, entry } = storyOf(seed)
      const found = flipsOf(before, entry)
      const { impact } = run(simulate(before, entry, { samples: 5 }), most)
      const sum = (which: 'gained' | 'lost', some: readonly Flip[]) =>
        some.reduce((all, flip) => all + flip[which].length, 0)
      expect(impact).toMatchObject({
        gained: sum('gained', found),
        lost: sum('lost', found),
        people: new Set(found.map(({ subject }) => subject)).size,
        resources: new Set(found.map(({ resource }) => resource)).size,
      })
      const readers = (which: 'gained' | 'lost', some: readonly Flip[]) =>
        some.filter((flip) => flip[which].some((one) => one === 'subscribe' || one === 'history'))
          .length
      for (const { resource, gained, lost, people, reading } of impact.byResource) {
        const here = found.filter((flip) => flip.resource === resource)
        expect({ gained, lost, people }).toEqual({
          gained: sum('gained', here),
          lost: sum('lost', here),
          people: here.length,
        })
        expect(reading ?? { gained: 0, lost: 0 }).toEqual({
          gained: readers('gained', here),
          lost: readers('lost', here),
        })
      }
      expect(impact.samples.length).toBeLessThanOrEqual(5)
      for (const sample of impact.samples) expect(found).toContainEqual(sample)
      expect(impact.samples.length > 0).toBe(found.length > 0)
    }),
    { numRuns: 150, examples: regressions.map((seed): [number, number] => [seed, 1]) },
  )
})

test('[PO143] the pages hold every flip once, by resource and subject', () => {
  fc.assert(
    fc.property(anySeed, fc.integer({ min: 1, max: 9 }), (seed, limit) => {
      const { world: before, entry } = storyOf(seed)
      const simulation = run(simulate(before, entry, { samples: 0 }))
      expect(pages(simulation, limit)).toEqual(flipsOf(before, entry))
    }),
    { numRuns: 150 },
  )
})

test('[PO144] a simulation says the revision it was made at and leaves the world as it was', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world: before, entry } = storyOf(seed)
      const had = enumerate(before)
      const { impact } = run(simulate(before, entry, { samples: 3 }))
      expect(impact.revision).toBe(before.revision)
      expect(enumerate(before)).toEqual(had)
    }),
    { numRuns: 50, examples },
  )
})

test('[PO145] those who move are counted by the roles that count for them, before or after', () => {
  const before = world([
    'team:lobby#speaker@user:ada',
    'team:council#speaker@user:ada',
    'team:lobby#chair@user:ben',
    'team:lobby#listener@user:cy',
    'tenant:acme#keeper@user:cy',
  ])
  const speaker = { extends: ['listener'], can: ['presence'] }
  const team = { ...house.types.team, roles: { ...house.types.team?.roles, speaker } }
  const document = { ...house, types: { ...house.types, team } } as typeof house
  const { impact } = run(
    simulate(before, [{ kind: 'put-policy', document, text: '' }], { samples: 9 }),
  )
  expect(impact).toMatchObject({ gained: 0, lost: 3, people: 2, resources: 2 })
  expect(impact.byRole).toEqual([
    { type: 'team', role: 'speaker', gained: 0, lost: 2 },
    { type: 'team', role: 'chair', gained: 0, lost: 1 },
  ])
  expect(impact.samples.map(nameOf).sort()).toEqual([
    'team:council#user:ada',
    'team:lobby#user:ada',
    'team:lobby#user:ben',
  ])
})

test('[PO158] where a rule over person and resource at once cannot matter, nobody is asked alone', () => {
  const documentWith = (can: readonly string[]): PolicyDocument => ({
    version: 1,
    tenant: { key: 'acme', roles: {} },
    types: {
      deck: {
        actions: ['walk', 'paint', 'close'],
        roles: { painter: { can: ['walk', ...can] } },
        rules: [{ allow: 'close', when: 'subject.id == resource.owner' }],
      },
    },
  })
  const policy = (can: readonly string[]): RightsChange => {
    return { kind: 'put-policy', document: documentWith(can), text: '' }
  }
  const people = Array.from({ length: 300 }, (_, n) => `user:p${n}` as SubjectId)
  const decks = Array.from({ length: 30 }, (_, n) => `deck:d${n}` as ResourceId)
  const before = foldRights(
    emptyWorld,
    [
      policy(['paint']),
      ...people.map((subject): RightsChange => ({ kind: 'put-person', subject, attributes: {} })),
      ...decks.flatMap((resource, n): RightsChange[] => [
        { kind: 'put-resource', resource, attributes: { owner: `p${n}` } },
        {
          kind: 'assign',
          tuple: { resource, role: 'painter', subject: `user:p${n}` as SubjectId },
        },
      ]),
    ],
    1 as Revision,
  )
  const simulation = simulate(before, [policy([])], { samples: 0 })
  let steps = 1
  while (!simulation.step(1)) steps += 1
  expect(simulation.impact).toMatchObject({ lost: 30, people: 30, resources: 30 })
  expect(steps).toBeLessThan(people.length + decks.length * 10)
})
