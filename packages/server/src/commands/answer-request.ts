// Let in who asked, or say no. Either way the request is done with.

import {
  type Actor,
  channelOf,
  isRestraint,
  planAdmit,
  promotionOf,
  type ResourceId,
  type RightsChange,
  type SubjectId,
  typeOf,
  type World,
} from '@sayso/policy'
import type { Committed, NewEntry } from '@sayso/store'
import type { Context } from '../context.ts'
import { serverLine } from '../people/server-line.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure, type FailureCode } from './failure.ts'
import { requireVerb } from './may.ts'
import { requireAssign, requireRestrain } from './may-assign.ts'

export type AnswerRequest = {
  readonly kind: 'admit' | 'decline'
  readonly resource: ResourceId
  readonly subject: SubjectId
  readonly reason?: string
  /** When what a yes gives ends by itself; milliseconds since 1970. */
  readonly expiresAtMs?: number
}

/**
 * Answers a request. When this returns, it holds in every open session.
 * A person needs the action `admit` on the resource, a key the `admin` scope; and to let a role last or a restraint end,
 * what it takes to give and take that.
 *
 * @throws {Failure} `denied`, `resource_unknown`, `conflict`, `busy`, `store_unavailable`
 */
export async function answerRequest(
  context: Context,
  asker: Asker,
  input: AnswerRequest,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requireAnswer(world, asker, input)
    const { expiresAtMs } = input
    if (expiresAtMs !== undefined && expiresAtMs <= context.now())
      throw new Failure('invalid', 'it would end before it starts', { remedy: 'name a later end' })
    const changes = planned(world, input).map((change) => signed(change, actorOf(asker)))
    const { kind, resource, subject, reason } = input
    const command = kind === 'admit' ? 'admit' : 'decline-request'
    const why = reason === undefined ? {} : { reason }
    return {
      entries: [
        { kind: 'rights', changes, cause: { command, by: actorOf(asker), ...why } },
        ...lineOf(world, asker, { command, resource, subject, ...why }, changes),
      ],
      audit: { command, ...auditBy(asker), target: `${resource} ${subject}`, ...why },
    }
  })
}

function requireAnswer(world: World, asker: Asker, input: AnswerRequest): void {
  const { kind, resource, subject } = input
  requireVerb(world, asker, 'admit', resource)
  const role = world.facts.request(subject, resource)?.role
  if (kind === 'decline' || role === undefined) return
  if (isRestraint(world, role, resource)) {
    requireRestrain(world, asker, { role, resource, subject })
  } else if (promotionOf(world.policy, typeOf(resource))?.gives === role) {
    requireVerb(world, asker, 'promote', resource)
  } else requireAssign(world, asker, { role, resource })
}

/** Who gave it is kept with what runs out: somebody will ask. */
function signed(change: RightsChange, by: Actor): RightsChange {
  return change.kind === 'assign' && change.expiresAtMs !== undefined ? { ...change, by } : change
}

const refusals = {
  no_admission: 'conflict',
  unknown_resource: 'resource_unknown',
  no_request: 'conflict',
} as const satisfies Record<string, FailureCode>

function planned(world: World, input: AnswerRequest): readonly RightsChange[] {
  const { kind, resource, subject } = input
  const plan = planAdmit(world, resource, subject, input.expiresAtMs)
  if ('refused' in plan) {
    throw new Failure(refusals[plan.refused], plan.message, { remedy: plan.remedy })
  }
  return kind === 'admit' ? plan : plan.filter((change) => change.kind === 'remove-request')
}

/** Everybody in the channel hears who came in; a refusal is nobody's business. */
function lineOf(
  world: World,
  asker: Asker,
  said: { command: string; resource: ResourceId; subject: SubjectId; reason?: string },
  changes: readonly RightsChange[],
): NewEntry[] {
  const channel = channelOf(world.policy, said.resource)
  const gives = changes.some((change) => change.kind === 'assign')
  if (!gives || channel === undefined) return []
  return [
    { kind: 'publish', channel, messages: [serverLine(world, actorOf(asker), said, changes)] },
  ]
}
