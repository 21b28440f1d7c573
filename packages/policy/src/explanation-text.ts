// An explanation in words: two sentences for the person it concerns, everything for those who run the place.

import type { Step } from './decision.ts'
import type { Explanation } from './explain.ts'
import { instantText } from './instant-text.ts'
import { quote } from './quote.ts'
import { reasonText } from './reason-text.ts'
import { setParts } from './tuple.ts'

export type ExplanationText = {
  readonly message: string
  /** What would help; absent if nothing is denied or nothing near would. */
  readonly remedy?: string
  /** The path step by step; empty for the person concerned. */
  readonly lines: readonly string[]
}

/**
 * Says an explanation in words.
 *
 * For the `person` it names no other people, no roles and no rules but by a rule's own sentence, and tells nobody that
 * there is something they may not know of: hidden and missing read alike. For an `admin` it names everything.
 *
 * @param target the channel or resource as the reader spells it; the resource of the question if absent
 */
export function explanationText(
  explanation: Explanation,
  reader: 'person' | 'admin',
  target: string = explanation.question.resource,
): ExplanationText {
  if (reader === 'admin') return adminText(explanation, target)
  const { decision, question, isKnown } = explanation
  const { message, remedy } = reasonText(decision, question.action, target, isKnown)
  return { message, lines: [], ...(remedy !== undefined && { remedy }) }
}

function adminText(explanation: Explanation, target: string): ExplanationText {
  const { question, decision, path, nearest } = explanation
  const may = decision.allowed ? 'may' : 'may not'
  const asked = `${quote(question.subject)} ${may} ${quote(question.action)} on ${quote(target)}`
  const remedy = nearest.map(({ words }) => words).join(', and ')
  return {
    message: `${asked}: ${becauseOf(explanation)}`,
    lines: [...path.map(stepText), ...timeText(decision.flipsAtMs)],
    ...(!decision.allowed && remedy !== '' && { remedy }),
  }
}

function timeText(flipsAtMs: number | undefined): readonly string[] {
  return flipsAtMs === undefined ? [] : [`time alone may turn it at ${instantText(flipsAtMs)}`]
}

function becauseOf({ decision }: Explanation): string {
  const [reason] = decision.reasons
  switch (reason?.kind) {
    case 'granted':
      return `${quote(reason.role)} on ${quote(reason.on)} allows it${openEnd(decision)}`
    case 'rule':
      return `${quote(reason.rule)} allows it${openEnd(decision)}`
    case 'default':
      return `the type allows what nothing forbids${openEnd(decision)}`
    case 'forbidden':
      return `${quote(reason.rule)} forbids it${errorText(reason.error)}`
    case 'requirement':
      return `${quote(reason.rule)} requires what does not hold${errorText(reason.error)}`
    case 'message_invalid':
      return `${reason.path} of the message ${reason.message}`
    case 'unknown_type':
      return 'the policy knows no such type'
    case 'unknown_action':
      return 'the type has no such action'
    case 'unknown_resource':
      return 'there is no such resource'
    default:
      return 'nothing grants it'
  }
}

function openEnd({ conditional }: Explanation['decision']): string {
  return conditional ? ', unless a rule over the single message or its context says no' : ''
}

function errorText(error: string | undefined): string {
  return error === undefined ? '' : `, because its condition cannot be answered: ${error}`
}

function stepText(step: Step): string {
  switch (step.kind) {
    case 'assigned':
      return assignedText(step)
    case 'member': {
      const { role, resource } = setParts(step.set)
      return `so does everybody who has ${quote(role)} on ${quote(resource)}`
    }
    case 'derived': {
      const { role, on, from, relation, statement } = step
      const because = `${quote(relation.target)} is the ${quote(relation.relation)} of ${quote(relation.resource)}`
      return `${quote(from.role)} on ${quote(from.on)} gives ${quote(role)} on ${quote(on)}, as ${because} (${statement})`
    }
    case 'inherits':
      return `${quote(step.role)} has what ${quote(step.from)} has`
    case 'allows':
      return `${quote(step.role)} on ${quote(step.on)} allows ${quote(step.action)} (${step.statement})`
    case 'rule':
      return `the rule ${quote(step.statement)} applies`
    case 'default':
      return `the type allows what nothing forbids (${step.statement})`
  }
}

function assignedText({ tuple, grant }: Extract<Step, { kind: 'assigned' }>): string {
  const given = `${quote(tuple.subject)} has ${quote(tuple.role)} on ${quote(tuple.resource)}`
  return [
    given,
    ...(grant.by === undefined ? [] : [`given by ${quote(grant.by)}`]),
    ...(grant.expiresAtMs === undefined ? [] : [`until ${instantText(grant.expiresAtMs)}`]),
    ...(grant.reason === undefined ? [] : [`because: ${quote(grant.reason)}`]),
  ].join(', ')
}
