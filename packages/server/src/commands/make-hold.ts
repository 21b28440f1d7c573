// Put a channel, a conversation, a person or a whole tenant under a legal hold.

import type { ResourceId, SubjectId, World } from '@sayso/policy'
import { TENANT_TYPE, typeOf } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { openErasures } from '../erasure/erasure-record.ts'
import { type Hold, holdRecord, MOST_HOLDS } from '../retention/hold-record.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

/**
 * When this returns, nothing of what it is on is removed any more: what was being removed has ended before.
 *
 * @throws {Failure} `denied`, `resource_unknown`, `person_unknown`, `conflict`, `busy`, `store_unavailable`
 */
export async function makeHold(
  context: Context,
  asker: Asker,
  input: Omit<Hold, 'fromMs' | 'by'> & { readonly id: string },
): Promise<Committed> {
  const { holds, store, now } = context
  const committed = await holds.alone(async () => {
    const erasures = await openErasures(store)
    return decideAndCommit(context, (world) => {
      requirePlace(world, asker, 'manage-holds')
      requireKnown(world, input.on)
      if (erasures.length > 0)
        throw new Failure('conflict', 'somebody is being erased at this moment', {
          remedy: 'try again when that is done',
        })
      if (holds.standing().length >= MOST_HOLDS)
        throw new Failure('conflict', `there are ${MOST_HOLDS} holds`, { remedy: 'end some' })
      const { id, ...said } = input
      const hold: Hold = { ...said, fromMs: now(), by: actorOf(asker) }
      return {
        entries: [],
        records: [holdRecord(id, hold, 0)],
        audit: {
          command: 'make-hold',
          ...auditBy(asker),
          target: hold.on,
          reason: hold.reason,
          details: { hold: id, owner: hold.owner.id, ...untilOf(hold) },
        },
      }
    })
  })
  context.retention.plan()
  return committed
}

/** For the audit log. */
export function untilOf({ untilMs }: Pick<Hold, 'untilMs'>): { readonly until?: string } {
  return untilMs === undefined ? {} : { until: new Date(untilMs).toISOString() }
}

/** @throws {Failure} `resource_unknown`, `person_unknown` */
function requireKnown(world: World, on: string): void {
  if (on.startsWith('user:')) {
    if (world.facts.person(on as SubjectId) !== undefined) return
    throw new Failure('person_unknown', `there is no \`${on}\``)
  }
  const resource = on as ResourceId
  const isHome = typeOf(resource) === TENANT_TYPE && resource === world.policy.tenant
  if (isHome || world.facts.resource(resource) !== undefined) return
  throw new Failure('resource_unknown', `there is no \`${on}\``, { remedy: 'check the name' })
}
