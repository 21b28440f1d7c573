import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySeed, isSomebody, RESOURCES, SUBJECTS, storyOf } from '../test/stories.ts'
import { decide, grantedActions } from './decide.ts'
import { type ListPage, listActions, listResources, listSubjects } from './lists.ts'
import { smallest } from './smallest.ts'
import { typeOf } from './tuple.ts'

function all<T extends string>(page: (after: string | undefined) => ListPage<T>, limit: number) {
  const ids: T[] = []
  for (let after: T | undefined, isMore = true; isMore; isMore = after !== undefined) {
    const { ids: some, next } = page(after)
    expect(some.length).toBeLessThanOrEqual(limit)
    if (next !== undefined) expect(some).toHaveLength(limit)
    ids.push(...some)
    after = next
  }
  return ids
}

const limit = fc.integer({ min: 1, max: 5 })
const from = (after: string | undefined) => (after === undefined ? {} : { after })

test('[PO146] the resources listed page by page are exactly those on which the action is allowed', () => {
  fc.assert(
    fc.property(anySeed, limit, (seed, most) => {
      const { world, question } = storyOf(seed)
      const { action } = question
      for (const type of new Set(RESOURCES.map(typeOf))) {
        for (const subject of SUBJECTS) {
          const listed = all(
            (after) => listResources(world, { subject, action, type, limit: most, ...from(after) }),
            most,
          )
          const right = RESOURCES.filter(
            (resource) =>
              typeOf(resource) === type &&
              decide(world, { subject, action, resource, standing: true }).allowed,
          )
          expect(listed).toEqual(right.sort())
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('[PO147] the subjects listed page by page are exactly the known ones to whom the action is allowed', () => {
  fc.assert(
    fc.property(anySeed, limit, (seed, most) => {
      const { world, question } = storyOf(seed)
      const { action } = question
      for (const resource of RESOURCES) {
        const listed = all(
          (after) => listSubjects(world, { action, resource, limit: most, ...from(after) }),
          most,
        )
        const right = SUBJECTS.filter(
          (subject) =>
            isSomebody(subject, world) &&
            decide(world, { subject, action, resource, standing: true }).allowed,
        )
        expect(listed).toEqual(right.sort())
      }
    }),
    { numRuns: 150 },
  )
})

test('[PO148] the actions listed are those granted, sorted', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world } = storyOf(seed)
      for (const subject of SUBJECTS) {
        for (const resource of RESOURCES) {
          const right = [...grantedActions(world, subject, resource)].sort()
          expect(listActions(world, subject, resource)).toEqual(right)
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('[PO149] a page is cut from names in any order as if they had been sorted', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4 })
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 400 }),
      fc.option(name, { nil: undefined }),
      fc.integer({ min: 0, max: 9 }),
      (names, after, count) => {
        const right = [...new Set(names)].sort().filter((one) => after === undefined || one > after)
        expect(smallest(names, after, count)).toEqual(right.slice(0, count))
      },
    ),
  )
})

test('[PO217] lists go by what a question would bring along, if it is given', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world, question } = storyOf(seed)
      const { subject, resource, action, context = {} } = question
      const about = { context, supposed: { subject: { verified: true }, resource: { open: true } } }
      const may = (one: Pick<typeof question, 'subject' | 'action' | 'resource'>) =>
        decide(world, { ...one, ...about }).allowed
      const type = typeOf(resource)
      const asked = { action, about, limit: 1_000 }
      const places = RESOURCES.filter((one) => typeOf(one) === type)
      expect(listResources(world, { ...asked, subject, type }).ids).toEqual(
        places.filter((one) => may({ subject, action, resource: one })).sort(),
      )
      expect(listSubjects(world, { ...asked, resource }).ids).toEqual(
        SUBJECTS.filter(
          (one) => isSomebody(one, world) && may({ subject: one, action, resource }),
        ).sort(),
      )
      const actions = world.policy.document.types[type]?.actions ?? []
      expect(listActions(world, subject, resource, about)).toEqual(
        actions.filter((one) => may({ subject, action: one, resource })).sort(),
      )
    }),
    { numRuns: 150 },
  )
})
