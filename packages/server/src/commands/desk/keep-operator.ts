// Say whether one is there to answer, or how many conversations somebody answers at once.

import type { SubjectId, World } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { requireDesk } from '../../desk/desk-type.ts'
import {
  keptOperator,
  MOST_CAPACITY,
  type Operator,
  type OperatorStatus,
  operatorRecord,
} from '../../desk/operators.ts'
import { isOperator } from '../../desk/operators-of.ts'
import { tenantResource } from '../../desk/widgets/widget.ts'
import { idOf } from '../../people/roles.ts'
import { type Asker, auditBy } from '../asker.ts'
import { decideOver } from '../decide-and-commit.ts'
import { Failure } from '../failure.ts'
import { requirePlace } from '../require-place.ts'
import { personOf, untilSeen } from './moving.ts'

export type KeepOperator = {
  /** Key of the tenant. */
  readonly tenant: string
  /** Id of the operator; absent: oneself. */
  readonly operator?: string | undefined
  readonly status?: OperatorStatus | undefined
  /** 1–100. */
  readonly capacity?: number | undefined
}

/**
 * One's own status is one's own to say; everything else needs `manage-desk` in the tenant.
 *
 * @throws {Failure} `person_unknown` for who is no operator there, `denied`, `invalid`, `desk_not_set_up`, `busy`
 */
export async function keepOperator(
  context: Context,
  asker: Asker,
  { tenant, operator = idOf(personOf(asker)), status, capacity }: KeepOperator,
): Promise<Operator> {
  if (
    capacity !== undefined &&
    !(Number.isInteger(capacity) && capacity >= 1 && capacity <= MOST_CAPACITY)
  )
    throw new Failure('invalid', `a capacity is a whole number from 1 to ${MOST_CAPACITY}`)
  return untilSeen(async () => {
    let next: Operator | undefined
    const read = () => keptOperator(context.store, tenant, operator)
    await decideOver(context, read, (world, kept) => {
      requireKeep(world, asker, { tenant, operator, capacity })
      next = {
        ...kept,
        ...(status === undefined ? {} : { status }),
        ...(capacity === undefined ? {} : { capacity }),
      }
      return {
        entries: [],
        records: [operatorRecord(next)],
        audit: {
          command: 'keep-operator',
          ...auditBy(asker),
          target: `user:${operator}`,
          details: { tenant, ...(status && { status }), ...(capacity && { capacity }) },
        },
      }
    })
    return next as Operator
  })
}

function requireKeep(
  world: World,
  asker: Asker,
  {
    tenant,
    operator,
    capacity,
  }: { tenant: string; operator: string; capacity: number | undefined },
): void {
  requireDesk(world)
  const isOwn = asker.credential.kind === 'token' && asker.credential.subject === `user:${operator}`
  if (!isOwn || capacity !== undefined)
    requirePlace(world, asker, 'manage-desk', tenantResource(tenant))
  if (isOperator(world, tenant, `user:${operator}` as SubjectId)) return
  throw new Failure('person_unknown', `\`${operator}\` is no operator of this tenant`, {
    remedy: 'give them a role of the desk first',
  })
}
