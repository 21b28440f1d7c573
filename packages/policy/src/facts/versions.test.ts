import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  noFacts,
  type PlainFacts,
  packedLines,
  plainLines,
  plainly,
} from '../../test/plain-facts.ts'
import { anyChange } from '../../test/worlds.ts'
import type { RightsChange } from '../change.ts'
import { Facts, facts } from '../facts.ts'
import type { ResourceId, SubjectId } from '../names.ts'
import { parseTuple } from '../tuple.ts'

const entry = fc.array(anyChange, { maxLength: 8 })

describe('packed facts', () => {
  test('[PO10] are those of plain lists after any changes, in every version and branch', () => {
    const steps = fc.array(fc.tuple(fc.nat(9), entry), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(steps, (all) => {
        const versions: [Facts, PlainFacts][] = [[Facts.empty, noFacts]]
        for (const [back, changes] of all) {
          const [packed, plain] = versions.at(-1 - (back % 3 === 0 ? back : 0)) ??
            versions[0] ?? [Facts.empty, noFacts]
          versions.push([packed.withAll(changes), changes.reduce(plainly, plain)])
        }
        // To and fro, as reading one version must not disturb another.
        for (const [packed, plain] of [...versions, ...versions.toReversed()]) {
          expect(packedLines(packed)).toEqual(plainLines(plain))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('[PO10] are the same folded at once or one by one', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 40 }), (changes) => {
        const oneByOne = changes.reduce((all, change) => all.with(change), Facts.empty)
        expect(packedLines(oneByOne)).toEqual(packedLines(Facts.empty.withAll(changes)))
      }),
    )
  })

  test('[PO10] share nothing with others that began empty', () => {
    const [one, two] = [facts('team:lobby#chair@user:ada'), facts('team:lobby#chair@user:ben')]
    expect([...one.tuples()]).toEqual([parseTuple('team:lobby#chair@user:ada')])
    expect([...two.tuples()]).toEqual([parseTuple('team:lobby#chair@user:ben')])
    expect([...Facts.empty.tuples()]).toEqual([])
  })

  test('[PO106] hold in great numbers, through growth and removal', () => {
    const tuple = (n: number) => parseTuple(`team:t${n % 70}#speaker@user:u${n}`)
    const count = 5_000
    const numbers = Array.from({ length: count }, (_, n) => n)
    const full = Facts.empty.withAll(
      numbers.map((n): RightsChange => ({ kind: 'assign', tuple: tuple(n) })),
    )
    const thinned = full.withAll(
      numbers
        .filter((n) => n % 3 !== 0)
        .map((n): RightsChange => ({ kind: 'unassign', tuple: tuple(n) })),
    )
    const again = thinned.withAll(
      numbers.map((n): RightsChange => ({ kind: 'assign', tuple: tuple(count + n) })),
    )
    const held = (all: Facts) => numbers.filter((n) => all.has(tuple(n))).length
    expect([full, thinned, again].map(held)).toEqual([count, 1_667, 1_667])
    expect([full, thinned, again].map(({ sizes }) => sizes.assignments)).toEqual([
      count,
      1_667,
      6_667,
    ])
    const crowd = [...thinned.holdersOn('team:t1' as ResourceId)]
    expect(crowd).toHaveLength(numbers.filter((n) => n % 3 === 0 && n % 70 === 1).length)
  })
})

test('[PO107] of an entry that breaks off nothing shows', () => {
  const before = facts('team:lobby#chair@user:ada')
  const lines = packedLines(before)
  const broken = [
    { kind: 'remove-resource', resource: 'team:lobby' as ResourceId },
    { kind: 'assign', tuple: null } as never,
  ] satisfies RightsChange[]
  expect(() => before.withAll(broken)).toThrow(TypeError)
  expect(packedLines(before)).toEqual(lines)
})

test('[PO108] what is iterated stays that of its version, whatever is folded meanwhile', () => {
  let all = facts('team:a#chair@user:ada', 'team:b#chair@user:ben', 'team:a#of@team:b')
  const seen: string[] = []
  const first = all
  const walks = [first.tuples(), first.people(), first.relations(), first.resourcesOfType('team')]
  const drop = () => {
    for (const resource of ['team:a', 'team:b', 'team:c'] as ResourceId[]) {
      all = all.with({ kind: 'remove-resource', resource })
      all = all.with({
        kind: 'assign',
        tuple: { resource: 'team:c' as ResourceId, role: 'chair', subject: 'user:cy' as SubjectId },
      })
    }
  }
  for (const walk of walks) {
    for (const each of walk) {
      seen.push(JSON.stringify(each))
      drop()
    }
  }
  expect(seen).toHaveLength(2 + 2 + 1 + 2)
  expect([...all.tuples()]).toEqual([parseTuple('team:c#chair@user:cy')])
})
