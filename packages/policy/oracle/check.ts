// The engine beside the naive evaluator, on one story: what differs, as sentences. The engine comes in as a value, so that
// deliberately broken ones can be put in its place.

import type { RightsChange } from '../src/change.ts'
import type { MessageState } from '../src/condition/condition.ts'
import type { Question, Revision } from '../src/index.ts'
import { anyMessage, RESOURCES, SUBJECTS } from './any-facts.ts'
import { answer, grantedOn, mayGet } from './decide.ts'
import type { Random } from './random.ts'
import { isThere, stateOf } from './state.ts'

export type Engine = typeof import('../src/index.ts')
export type Changes = readonly RightsChange[]

export const worldOf = (engine: Engine, changes: Changes, revision = 1) =>
  engine.foldRights(engine.emptyWorld, changes, revision as Revision)

/** What an answer is compared by: the verdict, the kind of its main reason, and whether it is conditional. */
function engineSays(engine: Engine, world: ReturnType<typeof worldOf>, question: Question): string {
  const { allowed, reasons, conditional } = engine.decide(world, question)
  return `${allowed} ${reasons[0]?.kind} ${conditional === true}`
}

function oracleSays(state: ReturnType<typeof stateOf>, question: Question): string {
  const { allowed, kind, isConditional } = answer(state, question)
  return `${allowed} ${kind} ${isConditional}`
}

/** Every question asked of a world in use, then in reversed order, then the first ones each of a world of its own. */
export function decisionDifferences(
  engine: Engine,
  changes: Changes,
  drawn: readonly Question[],
): string[] {
  // Nothing that was only supposed may be left over for who asks next.
  const questions = drawn.flatMap((question) => {
    const { supposed, ...bare } = question
    return supposed ? [question, bare] : [question]
  })
  const state = stateOf(changes)
  const right = questions.map((question) => oracleSays(state, question))
  const world = worldOf(engine, changes)
  const warm = questions.map((question) => engineSays(engine, world, question))
  const reversed = questions
    .toReversed()
    .map((question) => engineSays(engine, world, question))
    .toReversed()
  const bare = questions.map((question) => engine.isAllowed(world, question))
  const cold = questions
    .slice(0, 2)
    .map((question) => engineSays(engine, worldOf(engine, changes), question))
  return questions.flatMap((question, n) =>
    [
      ['warm', warm[n]],
      ['reversed', reversed[n]],
      ['cold', cold[n] ?? right[n]],
      ['bare', right[n]?.startsWith(String(bare[n])) ? right[n] : String(bare[n])],
    ]
      .filter(([, said]) => said !== right[n])
      .map(([how, said]) => `${how}: ${JSON.stringify(question)}: ${said}, not ${right[n]}`),
  )
}

/** What each subject is granted on each resource altogether. */
export function grantDifferences(engine: Engine, changes: Changes): string[] {
  const state = stateOf(changes)
  const world = worldOf(engine, changes)
  return SUBJECTS.flatMap((subject) =>
    RESOURCES.flatMap((resource) => {
      const right = grantedOn(state, subject, resource).join()
      const said = engine.grantedActions(world, subject, resource).join()
      return said === right ? [] : [`${subject} on ${resource}: ${said}, not ${right}`]
    }),
  )
}

/** Which messages each subject gets on each resource, and that equal classes get equal ones. */
export function receiveDifferences(engine: Engine, changes: Changes, random: Random): string[] {
  const state = stateOf(changes)
  const world = worldOf(engine, changes)
  const messages = Array.from({ length: 4 }, () => anyMessage(random))
  return RESOURCES.filter((resource) => isThere(state, resource)).flatMap((resource) => {
    const classes = new Map<string, string>()
    return SUBJECTS.flatMap((subject) => {
      const gets = (message: MessageState) => engine.mayReceive(world, subject, resource, message)
      const said = messages.map(gets).join()
      const right = messages.map((message) => mayGet(state, subject, resource, message)).join()
      const one = engine.receiverClass(world, subject, resource)
      const others = classes.get(one) ?? said
      classes.set(one, others)
      return [
        ...(said === right ? [] : [`${subject} on ${resource} gets ${said}, not ${right}`]),
        ...(said === others ? [] : [`${subject} on ${resource} is not like others of "${one}"`]),
        ...(one !== '' || !right.includes('false')
          ? []
          : [`${subject} on ${resource} is narrowed`]),
      ]
    })
  })
}
