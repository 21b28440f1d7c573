// What time alone does: folding what is due must give what a clock would have read.

import type { ResourceId, Revision, SubjectId } from '../src/index.ts'
import { RESOURCES, SUBJECTS } from './any-facts.ts'
import { type Changes, type Engine, worldOf } from './check.ts'
import { answer, grantedOn } from './decide.ts'
import { stateOf } from './state.ts'
import { instants, stateAt } from './time.ts'

export function dueDifferences(engine: Engine, changes: Changes, nowMs: number): string[] {
  const world = worldOf(engine, changes)
  const due = engine.dueChanges(world, nowMs)
  const then = engine.foldRights(world, due, 2 as Revision)
  const clock = stateAt(changes, nowMs)
  const first = instants(stateOf(changes))[0]
  const next = instants(clock)[0]
  const said = (at: number | undefined) => at ?? 'never'
  return [
    ...(engine.nextDueMs(world) === first
      ? []
      : [`next due at ${said(engine.nextDueMs(world))}, not ${said(first)}`]),
    ...((first !== undefined && first <= nowMs) === due.length > 0
      ? []
      : [`${due.length} changes due, the first instant is ${said(first)}`]),
    ...(engine.nextDueMs(then) === next
      ? []
      : [`then due at ${said(engine.nextDueMs(then))}, not ${said(next)}`]),
    ...(engine.dueChanges(then, nowMs).length === 0 ? [] : ['still due after it was folded']),
    ...SUBJECTS.flatMap((subject) =>
      RESOURCES.flatMap((resource) => {
        const right = grantedOn(clock, subject, resource).join()
        const gives = engine.grantedActions(then, subject, resource).join()
        return gives === right ? [] : [`${subject} on ${resource}: ${gives}, not ${right}`]
      }),
    ),
  ]
}

/** An answer may turn by time alone only at or after the instant the decision names. */
export function flipTimeDifferences(
  engine: Engine,
  changes: Changes,
  subject: SubjectId,
  resource: ResourceId,
): string[] {
  const state = stateOf(changes)
  const world = worldOf(engine, changes)
  const times = [...new Set(instants(state))]
  const actions = state.document.types[resource.slice(0, resource.indexOf(':'))]?.actions ?? []
  return actions.flatMap((action) => {
    const question = { subject, action, resource, standing: true } as const
    const { flipsAtMs } = engine.decide(world, question)
    const now = answer(state, question).allowed
    const turns = times.find((at) => answer(stateAt(changes, at), question).allowed !== now)
    if (turns === undefined || (flipsAtMs !== undefined && flipsAtMs <= turns)) return []
    return [`${JSON.stringify(question)} turns at ${turns}, said ${flipsAtMs ?? 'never'}`]
  })
}
