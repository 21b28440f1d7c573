// A question that was answered, with a way to ask it again on another world.

import {
  type Action,
  authorize,
  type Decision,
  decide,
  isAllowing,
  isOperation,
  type Reason,
  type ResourceId,
  resourceOf,
  type SubjectId,
  subjectOf,
  typeOf,
  type World,
} from '@sayso/policy'
import type { RefusedQuestion } from '../commands/failure.ts'

export type Watched = {
  readonly subject: string | undefined
  readonly action: string
  /** The channel or resource as it was asked for. */
  readonly on: string
  /** What was answered. */
  readonly allowed: boolean
  /** @throws if what the question was about cannot be read any more */
  readonly ask: (world: World) => Pick<Decision, 'allowed' | 'reasons'>
}

/** A question at a channel or a place. */
export function watchedAt(question: RefusedQuestion, allowed: boolean): Watched {
  const { credential, action, on, about } = question
  const subject = subjectOf(credential)
  const ask = (world: World): Decision => {
    const { policy } = world
    const governed = resourceOf(policy, on)
    const named = governed ?? resourceIn(policy, on)
    const isOfChannel = isOperation(action) && (governed !== undefined || named === undefined)
    if (isOfChannel || named === undefined || subject === undefined)
      return authorize(world, credential, action, on, about?.())
    return decide(world, { subject, action, resource: named })
  }
  return { subject, action, on, allowed, ask }
}

/** A question at a door that is asked for decisions. */
export function watchedOf(
  {
    subject,
    action,
    on,
    resource,
  }: Readonly<Record<'action' | 'on', string>> & {
    readonly subject?: string | undefined
    readonly resource?: ResourceId | undefined
  },
  allowed: boolean,
): Watched | undefined {
  if (subject === undefined || resource === undefined) return undefined
  const question = { subject: subject as SubjectId, action: action as Action, resource }
  return { subject, action, on, allowed, ask: (world) => decide(world, question) }
}

/** A resource is named as such where no channel was meant. */
export function resourceIn(policy: World['policy'], on: string): ResourceId | undefined {
  return on.includes(':') && policy.types.has(typeOf(on as ResourceId))
    ? (on as ResourceId)
    : undefined
}

/** Layers come first and the policy last: a no is the first that speaks against it, a yes rests on the last. */
export function decidingOf({
  allowed,
  reasons,
}: Pick<Decision, 'allowed' | 'reasons'>): Reason | undefined {
  return allowed ? reasons.at(-1) : (reasons.find((each) => !isAllowing(each)) ?? reasons.at(-1))
}

/** The grant, rule or layer that decided; undefined where nothing speaks for it. */
export function byOf(reason: Reason): string | undefined {
  switch (reason.kind) {
    case 'granted':
      return `${reason.on}#${reason.role}`
    case 'rule':
    case 'forbidden':
    case 'requirement':
      return reason.rule
    case 'capability':
    case 'outside_capability':
      return reason.layer
    case 'message_invalid':
      return reason.path
    default:
      return undefined
  }
}

export function decidingName(decision: Pick<Decision, 'allowed' | 'reasons'>): string | undefined {
  const reason = decidingOf(decision)
  return reason && byOf(reason)
}
