// Why a decision came out as it did: the path to it, the facts and statements it rests on, and what would turn it.

import type { RightsChange } from './change.ts'
import { decide } from './decide.ts'
import type { Decision, Question, Reason, Step } from './decision.ts'
import { knowsOf } from './knows.ts'
import { nearestChanges } from './nearest.ts'
import { changeText } from './why/change-text.ts'
import { evidenceFacts } from './why/evidence.ts'
import { pathOf } from './why/path.ts'
import type { World } from './world.ts'

export type Verdict =
  | 'granted'
  | 'forbidden'
  | 'requirement'
  | 'message_invalid'
  | 'never_granted'
  | 'unknown'

/** One of the changes that would turn an answer. */
export type NearestChange = {
  readonly change: RightsChange
  /** For who runs the place: starts with a verb, ends without a stop. */
  readonly words: string
}

/** A decision with everything that is to be said about it. For who runs the place: it names people, roles and rules. */
export type Explanation = {
  readonly question: Question
  /** The decision that is explained, at its revision. */
  readonly decision: Decision
  readonly verdict: Verdict
  /**
   * From the person on: roles assigned, sets, derivations, what a role inherits and allows; or the rule that grants or
   * denies, with the roles by which it concerns them. Empty if nothing led anywhere.
   */
  readonly path: readonly Step[]
  /** Texts of the assignments and relations the answer rests on, and attributes read: `channel:lobby.slow`. */
  readonly facts: readonly string[]
  /** Where in the document the answer stands: `types.channel.rules[2]`. */
  readonly statements: readonly string[]
  /** The fewest changes that together would turn the answer; empty if none are near. */
  readonly nearest: readonly NearestChange[]
  /** True if the person may know that the resource exists. */
  readonly isKnown: boolean
}

/** Explains one question at the world's revision. Agrees with `decide`; costs some hundred times as much. */
export function explain(world: World, question: Question): Explanation {
  const decision = decide(world, question)
  const reason = decision.reasons[0] ?? { kind: 'unknown_type' }
  const path = pathOf(world, question, reason)
  return {
    question,
    decision,
    verdict: verdictOf(reason),
    path: path.steps,
    facts: evidenceFacts(world, question, path),
    statements: statementsOf(path.steps),
    nearest: nearestChanges(world, question).map((change) => {
      return { change, words: changeText(world, change) }
    }),
    isKnown: knowsOf(world, question.subject, question.resource),
  }
}

function verdictOf({ kind }: Reason): Verdict {
  switch (kind) {
    case 'granted':
    case 'rule':
    case 'default':
      return 'granted'
    case 'forbidden':
    case 'requirement':
    case 'message_invalid':
    case 'never_granted':
      return kind
    default:
      return 'unknown'
  }
}

function statementsOf(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.flatMap((step) => ('statement' in step ? [step.statement] : [])))]
}
