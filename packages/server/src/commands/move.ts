// Promote and demote: one command, one transaction, with the line in the channel that says so.

import {
  type Actor,
  channelOf,
  planDemote,
  planPromote,
  type ResourceId,
  type RightsChange,
  type SubjectId,
  type World,
} from '@sayso/policy'
import type { Committed, NewEntry } from '@sayso/store'
import type { Context } from '../context.ts'
import { serverLine } from '../people/server-line.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure, type FailureCode } from './failure.ts'
import { requireVerb } from './may.ts'

export type Move = {
  readonly command: 'promote' | 'demote'
  readonly resource: ResourceId
  readonly subject: SubjectId
  readonly reason?: string
  /** When a promotion ends by itself; milliseconds since 1970. */
  readonly expiresAtMs?: number
}

/**
 * Gives or takes back what the policy's settings call a promotion. When this returns, it holds in every open session.
 *
 * @throws {Failure} `denied`, `person_unknown`, `conflict`, `busy`, `store_unavailable`
 */
export async function move(context: Context, asker: Asker, input: Move): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requireMove(world, asker, input)
    const { expiresAtMs } = input
    if (expiresAtMs !== undefined && expiresAtMs <= context.now())
      throw new Failure('invalid', 'it would end before it starts', { remedy: 'name a later end' })
    const changes = planned(world, input).map((change) => signed(change, actorOf(asker), input))
    const line = lineOf(world, asker, input, changes)
    const { command, resource, subject, reason } = input
    return {
      entries: [
        {
          kind: 'rights',
          changes,
          cause: { command, by: actorOf(asker), ...(reason === undefined ? {} : { reason }) },
        },
        ...line,
      ],
      audit: {
        command,
        ...auditBy(asker),
        target: `${resource} ${subject}`,
        details: { changes: JSON.parse(JSON.stringify(changes)) },
        ...(reason === undefined ? {} : { reason }),
      },
    }
  })
}

/** A person needs the action; a key needs the `admin` scope. */
export function requireMove(
  world: World,
  asker: Asker,
  input: Pick<Move, 'command' | 'resource'>,
): void {
  requireVerb(world, asker, input.command, input.resource)
}

const refusals = {
  no_promotion: 'conflict',
  unknown_person: 'person_unknown',
  unknown_resource: 'resource_unknown',
  already_promoted: 'conflict',
  not_promoted: 'conflict',
} as const satisfies Record<string, FailureCode>

function planned(world: World, input: Move): readonly RightsChange[] {
  const plan =
    input.command === 'promote'
      ? planPromote(world, input.resource, input.subject, input.expiresAtMs)
      : planDemote(world, input.resource, input.subject)
  if (!('refused' in plan)) return plan
  const { message, remedy } = plan
  throw new Failure(refusals[plan.refused], message, { remedy })
}

/** Who gave it and why is kept with what runs out: somebody will ask. */
function signed(change: RightsChange, by: Actor, { reason }: Move): RightsChange {
  if (change.kind !== 'assign' || change.expiresAtMs === undefined) return change
  return { ...change, by, ...(reason === undefined ? {} : { reason }) }
}

function lineOf(
  world: World,
  asker: Asker,
  input: Move,
  changes: readonly RightsChange[],
): NewEntry[] {
  const channel = channelOf(world.policy, input.resource)
  if (channel === undefined) return []
  return [
    { kind: 'publish', channel, messages: [serverLine(world, actorOf(asker), input, changes)] },
  ]
}
