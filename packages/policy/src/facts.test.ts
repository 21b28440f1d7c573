import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyChange, resources, sets, subjects } from '../test/worlds.ts'
import type { RightsChange } from './change.ts'
import { Facts, facts } from './facts.ts'
import type { ResourceId, SubjectId } from './names.ts'
import {
  formatRelation,
  formatTuple,
  isSubjectSet,
  NameInvalid,
  parseRelation,
  parseResourceId,
  parseSubjectId,
  parseSubjectSet,
  parseTuple,
  setParts,
  subjectSet,
} from './tuple.ts'

const lobby = 'team:lobby' as ResourceId
const ada = 'user:ada' as SubjectId
const texts = (all: Facts) => [...all.tuples()].map(formatTuple).sort()

describe('assignments', () => {
  test('[PO11] are found from both sides', () => {
    const all = facts(
      'team:lobby#speaker@user:ada',
      'team:lobby#chair@user:ada',
      'team:den#chair@user:ben',
    )
    expect(all.rolesOf(ada, lobby)).toEqual(['chair', 'speaker'])
    expect([...all.heldBy(ada)]).toEqual([[lobby, ['chair', 'speaker']]])
    expect([...all.holdersOn(lobby)]).toEqual([[ada, ['chair', 'speaker']]])
    expect(all.has(parseTuple('team:den#chair@user:ben'))).toBe(true)
    expect(all.has(parseTuple('team:den#chair@user:ada'))).toBe(false)
  })

  test('[PO11] are gone from both sides once removed', () => {
    const tuple = parseTuple('team:lobby#speaker@user:ada')
    const all = facts('team:lobby#speaker@user:ada').with({ kind: 'unassign', tuple })
    expect(all.rolesOf(ada, lobby)).toEqual([])
    expect([[...all.heldBy(ada)], [...all.holdersOn(lobby)]]).toEqual([[], []])
  })

  test('[PO11] both sides agree after any changes', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 40 }), (changes) => {
        const all = changes.reduce((known, change) => known.with(change), Facts.empty)
        const fromSubjects = [...subjects, ...sets].flatMap((subject) =>
          [...all.heldBy(subject)].flatMap(([resource, roles]) =>
            roles.map((role) => formatTuple({ resource, role, subject })),
          ),
        )
        const fromResources = resources.flatMap((resource) =>
          [...all.holdersOn(resource)].flatMap(([subject, roles]) =>
            roles.map((role) => formatTuple({ resource, role, subject })),
          ),
        )
        expect(fromSubjects.sort()).toEqual(texts(all))
        expect(fromResources.sort()).toEqual(texts(all))
      }),
    )
  })
})

test('[PO400] assignments are read place by place in the order of their texts', () => {
  fc.assert(
    fc.property(
      fc.array(anyChange, { maxLength: 40 }),
      fc.array(anyChange, { maxLength: 5 }),
      fc.nat(),
      (changes, more, pick) => {
        const first = changes.reduce((known, change) => known.with(change), Facts.empty)
        // The order is kept from the first question to the next.
        ordered(first)
        for (const all of [more.reduce((known, change) => known.with(change), first), first]) {
          const pending = [...all.pending()].map(([tuple]) => formatTuple(tuple))
          const right = [...new Set([...texts(all), ...pending])].sort()
          expect(ordered(all)).toEqual(right)
          const after = right[pick % Math.max(1, right.length)] ?? 'team:d'
          expect(ordered(all, after)).toEqual(right.filter((text) => text > after))
        }
      },
    ),
  )
})

function ordered(all: Facts, after?: string): string[] {
  return [...all.placesInOrder(after)].flatMap((place) =>
    all
      .assignmentsOn(place)
      .map(formatTuple)
      .filter((text) => after === undefined || text > after)
      .sort(),
  )
}

test('[PO400] a place whose name begins with that of another keeps the order of the texts', () => {
  const all = facts('team:a b#chair@user:ada', 'team:a#chair@user:ada', 'team:a-b#chair@user:ada')
  expect(ordered(all)).toEqual(texts(all))
})

test('[PO12] a removed resource takes its roles along', () => {
  const before = facts(
    'team:lobby#speaker@user:ada',
    'team:lobby#chair@user:ben',
    'team:den#chair@user:ada',
  )
  const after = before.with({ kind: 'remove-resource', resource: lobby })
  expect(after.resource(lobby)).toBeUndefined()
  expect(texts(after)).toEqual(['team:den#chair@user:ada'])
  const again = after.with({ kind: 'put-resource', resource: lobby, attributes: {} })
  expect(again.rolesOf(ada, lobby)).toEqual([])
  expect(texts(before)).toHaveLength(3)
})

test('[PO12] roles on a resource that was never made go with its removal too', () => {
  const tuple = parseTuple('team:lobby#speaker@user:ada')
  const all = Facts.empty
    .with({ kind: 'assign', tuple })
    .with({ kind: 'remove-resource', resource: lobby })
  expect(texts(all)).toEqual([])
})

test('[PO105] a relation is found from both ends, and goes with either', () => {
  const all = facts('team:a#of@team:b', 'team:a#of@team:c', 'team:a#by@team:b')
  const [a, b] = ['team:a', 'team:b'] as ResourceId[]
  if (!a || !b) throw new Error('there are two')
  expect(all.targetsOf(a, 'of').toSorted()).toEqual(['team:b', 'team:c'])
  expect(all.sourcesOf(b)).toEqual([
    [a, 'by'],
    [a, 'of'],
  ])
  const relation = parseRelation('team:a#of@team:b')
  expect(all.with({ kind: 'unrelate', ...relation }).targetsOf(a, 'of')).toEqual(['team:c'])
  for (const resource of [a, b]) {
    const left = all.with({ kind: 'remove-resource', resource })
    expect(left.sourcesOf(b)).toEqual([])
    expect([...left.relations()]).toHaveLength(resource === a ? 0 : 1)
  }
  expect(all.with({ kind: 'relate', ...relation })).toBe(all)
})

test('[PO13] a change that changes nothing gives back the same facts', () => {
  const attributes = { name: 'Ada' }
  const all = facts('team:lobby#speaker@user:ada').with({
    kind: 'put-person',
    subject: ada,
    attributes,
  })
  const nothing: RightsChange[] = [
    { kind: 'assign', tuple: parseTuple('team:lobby#speaker@user:ada') },
    { kind: 'unassign', tuple: parseTuple('team:lobby#chair@user:ada') },
    { kind: 'unassign', tuple: parseTuple('team:den#chair@user:ben') },
    { kind: 'put-person', subject: ada, attributes },
    { kind: 'put-resource', resource: lobby, attributes: all.resource(lobby) ?? {} },
    { kind: 'remove-resource', resource: 'team:den' as ResourceId },
    { kind: 'remove-resource', resource: 'file:den' as ResourceId },
  ]
  for (const change of nothing) expect(all.with(change)).toBe(all)
})

test('[PO15] a removed person is listed no more, and comes back as somebody new', () => {
  const subject = 'user:ada' as SubjectId
  const known = facts('channel:lobby#speaker@user:ada')
  const gone = known.with({ kind: 'remove-person', subject })
  expect(gone.person(subject)).toBeUndefined()
  expect([...gone.people()]).toEqual([])
  expect(gone.sizes.people).toBe(0)
  expect([...known.people()]).toEqual([[subject, {}]])
  expect(gone.with({ kind: 'remove-person', subject }).sizes.people).toBe(0)
  const back = gone.with({ kind: 'put-person', subject, attributes: { name: 'Ada' } })
  expect(back.person(subject)).toEqual({ name: 'Ada' })
})

test('[PO15] people and resources are listed once each', () => {
  const all = facts(
    'team:lobby#speaker@user:ada',
    'team:lobby#chair@user:ben',
    'team:den',
    'file:plan',
  )
  expect([...all.people()].map(([subject]) => subject).sort()).toEqual(['user:ada', 'user:ben'])
  expect([...all.resourcesOfType('team')].map(([resource]) => resource).sort()).toEqual([
    'team:den',
    'team:lobby',
  ])
  expect([...all.resourcesOfType('boat')]).toEqual([])
  expect([all.person(ada), all.person('user:cy' as SubjectId)]).toEqual([{}, undefined])
})

describe('tuples as text', () => {
  test.each([
    'channel:lobby#speaker@user:ada',
    'channel:a:b#speaker@user:ada@example.org',
    'channel:with space@x#speaker@user:a#b',
    'tenant:acme#boss@anonymous:',
  ])('[PO14] `%s` reads back as written', (text) => {
    expect(formatTuple(parseTuple(text))).toBe(text)
  })

  test('[PO14] the parts are what they look like', () => {
    expect(parseTuple('channel:a:b#speaker@user:ada@x')).toEqual({
      resource: 'channel:a:b',
      role: 'speaker',
      subject: 'user:ada@x',
    })
  })

  test.each([
    '',
    'channel:lobby',
    'channel:lobby#speaker',
    'channel:lobby@user:ada',
    'channel#speaker@user:ada',
    'channel:#speaker@user:ada',
    ':lobby#speaker@user:ada',
    'channel:lobby#@user:ada',
    'channel:lobby#a b@user:ada',
    'channel:lobby#speaker@ada',
    'channel:lobby#speaker@user:',
    'channel:lo\nbby#speaker@user:ada',
    `channel:${'x'.repeat(257)}#speaker@user:ada`,
  ])('[PO14] `%s` is refused with a remedy', (text) => {
    expect(() => parseTuple(text)).toThrow(NameInvalid)
    expect(() => parseTuple(text)).toThrow(
      expect.objectContaining({ code: 'name_invalid', remedy: expect.stringContaining('write') }),
    )
  })

  test.each([
    ['group:crew#member', { resource: 'group:crew', role: 'member' }],
    ['group:a:b#lead', { resource: 'group:a:b', role: 'lead' }],
  ])('[PO123] the set `%s` is told from people and reads back', (text, parts) => {
    const set = parseSubjectSet(text)
    expect([isSubjectSet(set), setParts(set)]).toEqual([true, parts])
    expect(subjectSet(parts.resource as ResourceId, parts.role)).toBe(text)
    expect(parseTuple(`team:x#chair@${text}`).subject).toBe(text)
    expect(formatTuple(parseTuple(`team:x#chair@${text}`))).toBe(`team:x#chair@${text}`)
  })

  test.each(['user:a#b', 'anonymous:'])('[PO123] `%s` is no set', (who) => {
    expect(isSubjectSet(parseSubjectId(who))).toBe(false)
    expect(parseTuple(`team:x#chair@${who}`).subject).toBe(who)
  })

  test.each(['', 'group:crew', 'group:crew#', 'crew#member', 'group:crew#a b'])(
    '[PO123] the set `%s` is refused with a remedy',
    (text) => {
      expect(() => parseSubjectSet(text)).toThrow(NameInvalid)
      expect(() => parseTuple(`team:x#chair@${text}`)).toThrow(NameInvalid)
    },
  )

  test('[PO123] a relation reads back as written, and other texts are refused', () => {
    const text = 'channel:a:b#parent@server:one'
    expect(formatRelation(parseRelation(text))).toBe(text)
    for (const wrong of [
      'channel:a',
      'channel:a#parent',
      'channel:a#parent@one',
      'a#p@server:one',
    ]) {
      expect(() => parseRelation(wrong)).toThrow(NameInvalid)
    }
  })

  test('[PO14] resources and subjects are read by themselves too', () => {
    expect(parseResourceId('channel:x')).toBe('channel:x')
    expect(parseSubjectId('user:ada')).toBe('user:ada')
    expect(() => parseResourceId('x')).toThrow('`x` is not a resource')
    expect(() => parseSubjectId('x')).toThrow('`x` is not a subject')
  })
})
