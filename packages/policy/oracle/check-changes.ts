// What changes move, held against two full enumerations by the naive evaluator.

import type { Flip, Question, ResourceId, Revision, World } from '../src/index.ts'
import { anyMessage, anyQuestion, RESOURCES, SUBJECTS } from './any-facts.ts'
import { type Changes, type Engine, worldOf } from './check.ts'
import { answer, grantedOn, mayGet } from './decide.ts'
import type { Random } from './random.ts'
import { fold, type State, stateOf } from './state.ts'

/** One rights entry on top of some history, in both tellings. */
export type Move = {
  readonly before: { readonly world: World; readonly state: State }
  readonly after: { readonly world: World; readonly state: State }
  readonly entry: Changes
}

export function moveOf(engine: Engine, start: Changes, entry: Changes, more: Changes = []): Move {
  const world = worldOf(engine, start)
  const state = stateOf(start)
  const after = engine.foldRights(world, entry, 2 as Revision)
  // Worlds that somebody goes on from, or back to, must stay what they were.
  if (more.length > 0) {
    engine.foldRights(after, more, 3 as Revision)
    engine.foldRights(world, more, 2 as Revision)
  }
  return {
    before: { world, state },
    after: { world: after, state: entry.reduce(fold, state) },
    entry,
  }
}

type Rights = ReadonlyMap<string, readonly string[]>

/** Every subject on every resource, by brute force. */
export function enumerate(state: State): Rights {
  return new Map(
    SUBJECTS.flatMap((subject) =>
      RESOURCES.map((resource): [string, readonly string[]] => [
        `${subject} ${resource}`,
        grantedOn(state, subject, resource),
      ]),
    ),
  )
}

/** The difference of two enumerations, as sorted lines; only people who are known before or after, and visitors. */
export function movedLines({ before, after }: Move): string[] {
  const [then, now] = [enumerate(before.state), enumerate(after.state)]
  const known = [...before.state.people, ...after.state.people].map(({ id }) => id)
  return SUBJECTS.filter((subject) => subject === 'anonymous:' || known.includes(subject))
    .flatMap((subject) => RESOURCES.map((resource) => `${subject} ${resource}`))
    .flatMap((pair) => {
      const lost = then.get(pair)?.filter((action) => !now.get(pair)?.includes(action)) ?? []
      const gained = now.get(pair)?.filter((action) => !then.get(pair)?.includes(action)) ?? []
      return lost.length + gained.length > 0 ? [lineOf(pair, gained, lost)] : []
    })
    .sort()
}

const lineOf = (pair: string, gained: readonly string[], lost: readonly string[]) =>
  `${pair} +${[...gained].sort()} -${[...lost].sort()}`

export const flipLine = ({ subject, resource, gained, lost }: Flip) =>
  lineOf(`${subject} ${resource}`, gained, lost)

/** What the engine says flips, without people nobody registered: whether those are known is left to it. */
export function flipLines(engine: Engine, { before, after, entry }: Move): string[] {
  const known = [...before.state.people, ...after.state.people].map(({ id }) => id)
  return [...engine.flips(before.world, after.world, entry)]
    .filter(({ subject }) => subject === 'anonymous:' || known.includes(subject))
    .map(flipLine)
    .sort()
}

export function flipDifferences(engine: Engine, move: Move): string[] {
  return difference(flipLines(engine, move), movedLines(move))
}

export function difference(said: readonly string[], right: readonly string[]): string[] {
  const twice = said.filter((line, n) => said.indexOf(line) !== n)
  return [
    ...said.filter((line) => !right.includes(line)).map((line) => `wrong: ${line}`),
    ...right.filter((line) => !said.includes(line)).map((line) => `missing: ${line}`),
    ...twice.map((line) => `twice: ${line}`),
  ]
}

/** Answers, standing and not, and messages received, that moved outside of what is said to be affected. */
export function affectedDifferences(engine: Engine, move: Move, random: Random): string[] {
  const { before, after, entry } = move
  const area = engine.affected(before.world, after.world, entry)
  const document = random.chance(0.5) ? before.state.document : after.state.document
  const asked = Array.from({ length: 3 }, () => anyQuestion(random, document))
  const message = anyMessage(random)
  return SUBJECTS.flatMap((subject) =>
    RESOURCES.flatMap((resource) => {
      if (engine.touches(area, subject, resource)) return []
      const about = asked.map((question) => ({ ...question, subject, resource }))
      const told = (state: State) =>
        [
          grantedOn(state, subject, resource),
          about.map((question) => answer(state, question).allowed),
          receives(state, subject, resource, message),
        ].join(' ')
      const [then, now] = [told(before.state), told(after.state)]
      const places = `${engine.touchesSubject(area, subject)} ${engine.touchesResource(area, resource)}`
      return then === now ? [] : [`${subject} ${resource} moved: ${then} → ${now} (${places})`]
    }),
  )
}

function receives(
  state: State,
  subject: string,
  resource: ResourceId,
  message: ReturnType<typeof anyMessage>,
): boolean {
  const isThere = state.resources.some(({ id }) => id === resource)
  return isThere && mayGet(state, subject, resource, message)
}

/** Worlds before, beside and after: each must answer as if folded from the first change. */
export function versionDifferences(
  engine: Engine,
  start: Changes,
  entries: readonly Changes[],
  questions: readonly Question[],
): string[] {
  const worlds: { world: World; changes: Changes; name: string }[] = [
    { world: worldOf(engine, start), changes: start, name: 'start' },
  ]
  const add = (from: number, entry: Changes, name: string) => {
    const base = worlds[from]
    if (!base) return
    const world = engine.foldRights(base.world, entry, (base.world.revision + 1) as Revision)
    worlds.push({ world, changes: [...base.changes, ...entry], name })
  }
  entries.forEach((entry, n) => {
    // Every other one branches off an older world.
    add(n % 2 === 0 ? worlds.length - 1 : Math.floor(worlds.length / 2), entry, `world ${n}`)
  })
  const check = ({ world, changes, name }: (typeof worlds)[number]) => {
    const fresh = worldOf(engine, changes)
    return [
      ...questions
        .filter((q) => engine.decide(world, q).allowed !== engine.decide(fresh, q).allowed)
        .map((q) => `${name}: ${JSON.stringify(q)}`),
      ...difference(factLines(world), factLines(fresh)).map((line) => `${name}: ${line}`),
    ]
  }
  // To and fro, so that whatever owns the tables has to give them up.
  return [...worlds, ...worlds.toReversed()].flatMap(check)
}

/** All that facts tell, by every way of asking. */
export function factLines(world: World): string[] {
  const { facts } = world
  const tuples = [...facts.tuples()].map(
    (tuple) =>
      `${tuple.resource}#${tuple.role}@${tuple.subject} ${JSON.stringify(facts.grant(tuple))}`,
  )
  const held = [...new Set([...facts.tuples()].map(({ subject }) => subject))].flatMap((subject) =>
    [...facts.heldBy(subject)].map(([resource, roles]) => `by ${subject} ${resource} ${roles}`),
  )
  const holders = RESOURCES.flatMap((resource) => [
    ...[...facts.holdersOn(resource)].map(([who, roles]) => `on ${resource} ${who} ${roles}`),
    ...[...facts.relationsOf(resource)].map((one) => `from ${resource} ${JSON.stringify(one)}`),
    ...[...facts.sourcesOf(resource)].map((one) => `to ${resource} ${JSON.stringify(one)}`),
    `attributes ${resource} ${JSON.stringify(facts.resource(resource))}`,
    ...(resource.startsWith('tenant:')
      ? []
      : [`tenant of ${resource} ${facts.tenantOf(resource)}`]),
    ...[...facts.resourcesIn(resource)].map((one) => `in ${resource} ${one}`),
  ])
  const pending = [...facts.pending()].map((one) => `pending ${JSON.stringify(one)}`)
  const people = [...facts.people()].map((one) => `person ${JSON.stringify(one)}`)
  return [...tuples, ...held, ...holders, ...pending, ...people].sort()
}
