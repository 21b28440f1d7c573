// Give a conversation to an operator, whoever has it now: somebody who may assign does, or routing.

import { isAllowed, type SubjectId, type World } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { type DeskEvent, named, namedId } from '../../desk/event.ts'
import { given, relieved } from '../../desk/operators.ts'
import { actorOf } from '../asker.ts'
import { Failure } from '../failure.ts'
import {
  type Case,
  gives,
  type Mover,
  moveConversation,
  operatorIn,
  type Plan,
  requireMove,
  takes,
  withoutParts,
} from './moving.ts'

export type AssignConversation = {
  readonly key: string
  /** Id of a person. */
  readonly operator: string
  /** True: only if it still waits; else nothing happens. */
  readonly isRouting?: true
}

/**
 * Needs `assign` on the conversation; whoever gets it might claim it if it waited.
 *
 * @throws {Failure} `person_unknown`, `no_capacity`, `conversation_unknown`, `conversation_closed`, `denied`, `busy`,
 *   `store_unavailable`
 */
export async function assignConversation(
  context: Context,
  by: Mover,
  { key, operator, isRouting }: AssignConversation,
) {
  const moving = { key, command: 'assign-conversation', operators: [operator] }
  return moveConversation(context, by, moving, (seen) => {
    if (isRouting === true && seen.kept.state !== 'waiting') return undefined
    requireMove(seen, by, 'assign')
    if (seen.kept.assignee === operator) return undefined
    const { world } = seen
    const event: DeskEvent =
      by === 'server'
        ? { kind: 'claimed', by: namedId(world, operator) }
        : { kind: 'transferred', by: named(world, actorOf(by)), to: namedId(world, operator) }
    return { ...handedTo(seen, operator), event }
  })
}

/** True of somebody who might take it if it waited: so teams and roles bound who can be given what. */
export function mightClaim(world: World, id: string, resource: Case['resource']): boolean {
  const subject = `user:${id}` as SubjectId
  const supposed = { resource: { state: 'waiting' } }
  return isAllowed(world, { subject, action: 'claim', resource, supposed })
}

/** What makes an operator the one who has it. @throws {Failure} `person_unknown`, `no_capacity` */
export function handedTo(seen: Case, operator: string): Omit<Plan, 'event'> {
  const { world, desk, kept, resource, nowMs } = seen
  if (!mightClaim(world, operator, resource)) {
    throw new Failure('person_unknown', `\`${operator}\` is no operator of this conversation`, {
      remedy: 'name somebody who may claim it',
    })
  }
  const subject = `user:${operator}` as SubjectId
  const { waitingSinceMs: _since, snoozedUntilMs: _until, ...rest } = withoutParts(kept, operator)
  const before = kept.assignee
  return {
    next: {
      ...rest,
      state: 'open',
      assignee: operator,
      claimedAtMs: kept.claimedAtMs ?? nowMs,
    },
    changes: [
      ...(before === undefined ? [] : takes(seen, desk.assigned, `user:${before}` as SubjectId)),
      ...takes(seen, desk.joined, subject),
      ...takes(seen, desk.watching, subject),
      ...gives(resource, desk.assigned, subject),
    ],
    operators: [
      given(world, operatorIn(seen, operator), nowMs),
      ...(before === undefined ? [] : [relieved(operatorIn(seen, before))]),
    ],
  }
}
