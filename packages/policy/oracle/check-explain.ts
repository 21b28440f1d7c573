// Explanations, lists and simulations held to what they promise.

import type {
  Explanation,
  PolicyDocument,
  Question,
  ResourceId,
  RightsChange,
  SubjectId,
  World,
} from '../src/index.ts'
import { RESOURCES, SUBJECTS } from './any-facts.ts'
import { type Changes, type Engine, worldOf } from './check.ts'
import { difference, flipLine, flipLines, type Move, movedLines } from './check-changes.ts'
import { answer, grantedOn } from './decide.ts'
import type { Random } from './random.ts'
import { fold, type State, stateOf } from './state.ts'

/** The explanation tells the decision; its facts alone grant what it says is granted; its nearest changes turn it. */
export function explainDifferences(engine: Engine, changes: Changes, question: Question): string[] {
  const world = worldOf(engine, changes)
  const state = stateOf(changes)
  const right = answer(state, question)
  const explanation = engine.explain(world, question)
  const { decision, verdict, nearest } = explanation
  const said = `${JSON.stringify(question)}: `
  const wrong: string[] = []
  const verdictRight = right.allowed
    ? 'granted'
    : right.kind.startsWith('unknown_')
      ? 'unknown'
      : right.kind
  if (decision.allowed !== right.allowed || verdict !== verdictRight) {
    wrong.push(`${said}explained as ${verdict}, not ${verdictRight}`)
  }
  if (right.allowed && !engine.decide(worldOfFacts(engine, world, explanation), question).allowed) {
    wrong.push(`${said}not granted by its own facts ${explanation.facts.join(' ')}`)
  }
  const turned = nearest.map(({ change }) => change).reduce(fold, state)
  if (nearest.length > 0 && answer(turned, question).allowed === right.allowed) {
    wrong.push(`${said}not turned by ${JSON.stringify(nearest.map(({ change }) => change))}`)
  }
  return wrong
}

/** A world of the policy and the facts that an explanation names, and nothing else. */
function worldOfFacts(engine: Engine, world: World, { facts }: Explanation): World {
  const known = new Map<string, Set<string>>()
  const edges: RightsChange[] = []
  for (const text of facts) {
    const attribute = /^([^#@]+)\.([\w-]+|\*)$/.exec(text)
    if (text.includes('#')) edges.push(edgeOf(engine, text))
    else {
      const [id = text, name] = attribute?.slice(1) ?? [text]
      const names = known.get(id) ?? new Set()
      known.set(id, name === undefined ? names : names.add(name))
    }
  }
  const changes: RightsChange[] = [...known].flatMap(([id, names]) => attributeOf(world, id, names))
  const policy: RightsChange = { kind: 'put-policy', document: world.policy.document, text: '' }
  const time: RightsChange = { kind: 'pass-time', atMs: world.timeMs }
  return worldOf(engine, [policy, ...changes, ...edges, time])
}

function edgeOf(engine: Engine, text: string): RightsChange {
  const who = text.slice(text.indexOf('@') + 1)
  const isRole = who.startsWith('user:') || who === 'anonymous:' || who.includes('#')
  return isRole
    ? { kind: 'assign', tuple: engine.parseTuple(text) }
    : { kind: 'relate', ...engine.parseRelation(text) }
}

function attributeOf(world: World, id: string, names: ReadonlySet<string>): RightsChange[] {
  const isPerson = id.startsWith('user:')
  const all = isPerson
    ? world.facts.person(id as SubjectId)
    : world.facts.resource(id as ResourceId)
  if (!all) return []
  const attributes = names.has('*')
    ? all
    : Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)))
  return isPerson
    ? [{ kind: 'put-person', subject: id as SubjectId, attributes }]
    : [{ kind: 'put-resource', resource: id as ResourceId, attributes }]
}

/** A simulation in slices of any size ends with the flips the change brings, its sums and its pages. */
export function simulateDifferences(engine: Engine, move: Move, random: Random): string[] {
  const { before, entry } = move
  const simulation = engine.simulate(before.world, entry, { samples: 3 })
  const most = 1 + random.below(40)
  let steps = 0
  while (!simulation.step(most)) {
    steps += 1
    if (steps > 100_000) return ['the simulation does not end']
  }
  const right = flipLines(engine, move)
  const known = new Set(right.map((line) => line.split(' ')[0]))
  const all = pagesOf(simulation, 1 + random.below(7))
  const lines = all.map(flipLine)
  const mine = lines.filter((one) => known.has(one.split(' ')[0])).sort()
  const { gained, lost, people, resources, revision } = simulation.impact
  const sum = (side: 'gained' | 'lost') => all.reduce((total, flip) => total + flip[side].length, 0)
  const expected = [
    sum('gained'),
    sum('lost'),
    new Set(all.map(({ subject }) => subject)).size,
    new Set(all.map(({ resource }) => resource)).size,
    before.world.revision,
  ]
  const order = all.map(({ resource, subject }) => `${resource}#${subject}`)
  return [
    ...difference(mine, right),
    ...difference([[gained, lost, people, resources, revision].join(' ')], [expected.join(' ')]),
    ...(order.join() === [...order].sort().join() ? [] : ['the pages are not in order']),
    ...difference(
      simulation.impact.samples.map(flipLine).filter((one) => !lines.includes(one)),
      [],
    ),
    ...difference(mine, movedLines(move)),
  ]
}

function pagesOf(simulation: ReturnType<Engine['simulate']>, limit: number) {
  const all = []
  let after: string | undefined
  do {
    const { flips, next } = simulation.page(after, limit)
    all.push(...flips)
    after = next
  } while (after !== undefined)
  return all
}

/** Every list, page after page, beside one question at a time. */
export function listDifferences(
  engine: Engine,
  changes: Changes,
  document: PolicyDocument,
  random: Random,
): string[] {
  const state = stateOf(changes)
  const world = worldOf(engine, changes)
  const limit = 1 + random.below(4)
  const type = random.pick(['ship', 'deck', 'crew', 'log', 'tenant', 'ghost'])
  const action = random.pick([...(document.types[type]?.actions ?? []), 'fly'])
  const subject = random.pick(SUBJECTS)
  const resource = random.pick(RESOURCES)
  const may = (who: string, where: string) => grantedOn(state, who, where).includes(action)
  const resources = RESOURCES.filter((one) => one.startsWith(`${type}:`) && may(subject, one))
  const people = SUBJECTS.filter((one) => isKnown(state, one) && may(one, resource))
  const listed = allOf((after) =>
    engine.listResources(world, { subject, action, type, limit, ...after }),
  )
  const who = allOf((after) => engine.listSubjects(world, { action, resource, limit, ...after }))
  return [
    ...ordered(listed, resources).map((one) => `${action} of ${subject} on ${type}: ${one}`),
    ...ordered(
      // Whether somebody nobody registered is known is left to the engine.
      who.filter((one) => isKnown(state, one)),
      people,
    ).map((one) => `${action} on ${resource}: ${one}`),
    ...ordered(engine.listActions(world, subject, resource), [
      ...grantedOn(state, subject, resource),
    ]),
  ]
}

const isKnown = (state: State, subject: string) =>
  subject === 'anonymous:' || state.people.some(({ id }) => id === subject)

function ordered(said: readonly string[], right: readonly string[]): string[] {
  const sorted = [...right].sort()
  return said.join() === sorted.join() ? [] : [`${said}, not ${sorted}`]
}

function allOf(ask: (after: { after?: string }) => { ids: readonly string[]; next?: string }) {
  const all: string[] = []
  for (let after: { after?: string } = {}; ; ) {
    const { ids, next } = ask(after)
    all.push(...ids)
    if (next === undefined) return all
    after = { after: next }
  }
}
