import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySeed, RESOURCES, SUBJECTS, storyOf } from '../test/stories.ts'
import type { RightsChange } from './change.ts'
import { decide } from './decide.ts'
import type { Question, Step } from './decision.ts'
import type { PolicyDocument } from './document-types.ts'
import { type Explanation, explain } from './explain.ts'
import { Facts } from './facts.ts'
import type { Attributes, ResourceId, Revision, SubjectId } from './names.ts'
import { formatRelation, formatTuple, parseRelation, parseTuple } from './tuple.ts'
import { emptyWorld, foldRights, type World } from './world.ts'

const questionsOf = (question: Question): readonly Question[] => [
  question,
  { ...question, standing: true },
  ...SUBJECTS.map((subject) => ({ ...question, subject })),
  ...RESOURCES.map((resource) => ({ ...question, resource })),
]

test('[PO150] an explanation says of every question what `decide` says', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world, question } = storyOf(seed)
      for (const each of questionsOf(question)) {
        const explanation = explain(world, each)
        const decision = decide(world, each)
        expect(explanation.decision).toEqual(decision)
        expect(explanation.verdict === 'granted').toBe(decision.allowed)
        if (decision.allowed) expect(explanation.path).not.toEqual([])
      }
    }),
    { numRuns: 60 },
  )
})

/** Only the attributes an explanation names. */
function kept(facts: ReadonlySet<string>, id: string, attributes: Attributes): Attributes {
  if (facts.has(`${id}.*`)) return attributes
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => facts.has(`${id}.${name}`)),
  )
}

/** The world with nothing in it but what an explanation names. */
function onlyWith(world: World, { facts: texts }: Explanation): World {
  const facts = new Set(texts)
  const isNamed = (id: string) => texts.some((text) => text === id || text.startsWith(`${id}.`))
  const people = [...world.facts.people()]
    .filter(([subject]) => isNamed(subject))
    .map(([subject, all]): RightsChange => {
      return { kind: 'put-person', subject, attributes: kept(facts, subject, all) }
    })
  const resources = RESOURCES.filter(isNamed).flatMap((resource): RightsChange[] => {
    const all = world.facts.resource(resource)
    return all ? [{ kind: 'put-resource', resource, attributes: kept(facts, resource, all) }] : []
  })
  const tuples = [...world.facts.tuples()]
    .filter((tuple) => facts.has(formatTuple(tuple)))
    .map((tuple): RightsChange => ({ kind: 'assign', tuple }))
  const relations = [...world.facts.relations()]
    .filter((relation) => facts.has(formatRelation(relation)))
    .map((relation): RightsChange => ({ kind: 'relate', ...relation }))
  return {
    ...world,
    facts: Facts.empty.withAll([...people, ...resources, ...tuples, ...relations]),
  }
}

test('[PO151] what is granted is granted on a world that has only the facts of its explanation', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world, question } = storyOf(seed)
      for (const each of questionsOf(question)) {
        const explanation = explain(world, each)
        if (explanation.verdict !== 'granted') continue
        const little = onlyWith(world, explanation)
        expect(decide(little, each).allowed, JSON.stringify(explanation)).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})

test('[PO152] the nearest changes turn the answer, and none of them can be left out', () => {
  let found = 0
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world, question } = storyOf(seed)
      const { allowed } = decide(world, question)
      const turns = (changes: readonly RightsChange[]) =>
        decide(foldRights(world, changes, 2 as Revision), question).allowed !== allowed
      const changes = explain(world, question).nearest.map(({ change }) => change)
      if (changes.length === 0) return
      found += 1
      expect(turns(changes)).toBe(true)
      for (const change of changes) {
        expect(turns(changes.filter((one) => one !== change))).toBe(false)
      }
    }),
    { numRuns: 200 },
  )
  expect(found).toBeGreaterThan(60)
})

/** Where a step starts and where it arrives; undefined where it stays. */
function endsOf(step: Step): { readonly from?: string; readonly to?: string } {
  switch (step.kind) {
    case 'assigned':
      return { from: step.tuple.subject, to: `${step.tuple.resource}#${step.tuple.role}` }
    case 'member':
      return { from: step.set }
    case 'derived':
      return { from: `${step.from.on}#${step.from.role}`, to: `${step.on}#${step.role}` }
    case 'inherits':
      return { from: `${step.on}#${step.role}`, to: `${step.on}#${step.from}` }
    case 'allows':
      return { from: `${step.on}#${step.role}` }
    default:
      return {}
  }
}

test('[PO153] a path goes from the person on, each step from where the one before arrived', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world, question } = storyOf(seed)
      for (const each of questionsOf(question)) {
        const { path, facts } = explain(world, each)
        let at: string = each.subject
        for (const step of path) {
          const { from = at, to = at } = endsOf(step)
          expect(from).toBe(at)
          at = to
        }
        const stored = path.flatMap((step) => (step.kind === 'assigned' ? [step.tuple] : []))
        expect(stored.every((tuple) => world.facts.has(tuple))).toBe(true)
        expect(stored.every((tuple) => facts.includes(formatTuple(tuple)))).toBe(true)
        expect(new Set(facts).size).toBe(facts.length)
      }
    }),
    { numRuns: 100 },
  )
})

const fleet: PolicyDocument = {
  version: 1,
  tenant: { key: 'acme', roles: { warden: { can: { deck: ['*'] } } } },
  types: {
    crew: { actions: ['rest'], roles: { hand: {} } },
    ship: {
      actions: ['sail'],
      roles: { captain: { can: ['sail'] } },
    },
    deck: {
      actions: ['walk', 'paint'],
      relations: { within: ['ship'] },
      roles: {
        walker: { can: ['walk'] },
        painter: {
          extends: ['walker'],
          can: ['paint'],
          from: [{ role: 'captain', via: 'within', when: '!resource.closed' }],
        },
        banned: {},
      },
      rules: [
        { id: 'ban', forbid: '*', to: ['banned'], message: 'you were asked to stay below' },
        { require: 'paint', when: 'resource.dry', unless: ['tenant#warden'] },
      ],
    },
  },
}

const at = (texts: readonly string[], dry: boolean, extra: readonly RightsChange[] = []): World =>
  foldRights(
    emptyWorld,
    [
      { kind: 'put-policy', document: fleet, text: '' },
      { kind: 'put-person', subject: 'user:ada' as SubjectId, attributes: {} },
      { kind: 'put-resource', resource: 'ship:one' as ResourceId, attributes: {} },
      {
        kind: 'put-resource',
        resource: 'deck:top' as ResourceId,
        attributes: { dry, closed: false },
      },
      ...texts.map((text): RightsChange => {
        if (/@(?:user:|[^#]*#[^#]*$)/.test(text)) return { kind: 'assign', tuple: parseTuple(text) }
        return { kind: 'relate', ...parseRelation(text) }
      }),
      ...extra,
    ],
    3 as Revision,
  )

const paints = {
  subject: 'user:ada' as SubjectId,
  action: 'paint',
  resource: 'deck:top' as ResourceId,
}

const DERIVED = ['crew:x#hand@user:ada', 'ship:one#captain@crew:x#hand', 'deck:top#within@ship:one']

test('[PO151] a path through a set and a relation names every fact and statement', () => {
  const explanation = explain(at(DERIVED, true), paints)
  expect(explanation.verdict).toBe('granted')
  expect(explanation.path.map(({ kind }) => kind)).toEqual([
    'assigned',
    'member',
    'assigned',
    'derived',
    'allows',
  ])
  expect([...explanation.facts].sort()).toEqual(
    ['deck:top', 'deck:top.closed', 'deck:top.dry', ...DERIVED].sort(),
  )
  expect(explanation.statements).toEqual([
    'types.deck.roles.painter.from[0]',
    'types.deck.roles.painter.can',
  ])
})

test('[PO152] what stands against it is said, and what would help', () => {
  const words = (texts: readonly string[], dry: boolean) => {
    const { verdict, statements, nearest } = explain(at(texts, dry), paints)
    return [verdict, statements.join(), nearest.map((one) => one.words).join(', ')]
  }
  expect(words([], true)).toEqual([
    'never_granted',
    '',
    'give `painter` on `deck:top` to `user:ada`',
  ])
  expect(words(['deck:top#painter@user:ada'], false)).toEqual([
    'requirement',
    'types.deck.rules[1]',
    'set `dry` to true of `deck:top`',
  ])
  expect(words(['deck:top#painter@user:ada', 'deck:top#banned@user:ada'], true)).toEqual([
    'forbidden',
    'types.deck.rules.ban',
    'take `banned` on `deck:top` from `user:ada`',
  ])
  expect(words(['deck:top#banned@user:ada'], true)).toEqual([
    'forbidden',
    'types.deck.rules.ban',
    'take `banned` on `deck:top` from `user:ada`, give `painter` on `deck:top` to `user:ada`',
  ])
  expect(words(['deck:top#painter@user:ada'], true)).toEqual([
    'granted',
    'types.deck.roles.painter.can',
    'take `painter` on `deck:top` from `user:ada`',
  ])
})
