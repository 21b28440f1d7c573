// Say how long messages of one channel are kept, whatever its type says.

import { channelOf, type ResourceId } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { isConversation } from '../desk/desk-type.ts'
import { daysOf, daysRecord } from '../retention/days.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

export type SetRetention = {
  readonly resource: ResourceId
  /** 0: for good; undefined: as its type says. */
  readonly days: number | undefined
  readonly reason?: string
}

/**
 * What is past then goes soon after, and cannot be had again.
 *
 * @throws {Failure} `denied`, `resource_unknown`, `conflict`, `busy`, `store_unavailable`
 */
export async function setRetention(
  context: Context,
  asker: Asker,
  { resource, days, reason }: SetRetention,
): Promise<Committed> {
  // Between slices of a sweep, which asks again before each.
  const committed = await context.holds.alone(async () => {
    const before = await daysOf(context.store, resource)
    return decideAndCommit(context, (world) => {
      requirePlace(world, asker, 'manage-retention')
      const isThere = world.facts.resource(resource) !== undefined
      if (!isThere || channelOf(world.policy, resource) === undefined)
        throw new Failure('resource_unknown', `there is no channel \`${resource}\``, {
          remedy: 'check the name',
        })
      if (isConversation(world, resource))
        throw new Failure('conflict', 'conversations are kept as their type says', {
          remedy: 'change `retention` of the type in the policy',
        })
      return {
        entries: [],
        records: [daysRecord(resource, days)],
        audit: {
          command: 'set-retention',
          ...auditBy(asker),
          target: resource,
          before: { days: before ?? null },
          after: { days: days ?? null },
          ...(reason !== undefined && { reason }),
        },
      }
    })
  })
  context.retention.soon()
  return committed
}
