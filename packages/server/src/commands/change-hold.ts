// Say otherwise why a legal hold is there, who answers for it, or that it lasts longer.

import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Hold, holdRecord, type KeptHold } from '../retention/hold-record.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { untilOf } from './make-hold.ts'
import { requirePlace } from './require-place.ts'

export type HoldChange = Partial<Pick<Hold, 'reason' | 'owner'>> & {
  /** Null: until somebody ends it. */
  readonly untilMs?: number | null
}

/**
 * A hold is never made shorter: whoever wants that ends it, which may take a second person.
 *
 * @throws {Failure} `denied`, `conflict`, `busy`, `store_unavailable`
 */
export async function changeHold(
  context: Context,
  asker: Asker,
  known: KeptHold,
  change: HoldChange,
): Promise<Committed> {
  const { id, version, ...before } = known
  const { untilMs: end, ...said } = change
  const { untilMs: kept, ...rest } = before
  const untilMs = end === undefined ? kept : (end ?? undefined)
  const hold: Hold = { ...rest, ...said, ...(untilMs !== undefined && { untilMs }) }
  const committed = await context.holds.alone(() =>
    decideAndCommit(context, (world) => {
      requirePlace(world, asker, 'manage-holds')
      if ((untilMs ?? Number.POSITIVE_INFINITY) < (kept ?? Number.POSITIVE_INFINITY))
        throw new Failure('conflict', 'a hold is not made shorter', { remedy: 'end it' })
      return {
        entries: [],
        records: [holdRecord(id, hold, version)],
        audit: {
          command: 'change-hold',
          ...auditBy(asker),
          target: hold.on,
          reason: hold.reason,
          details: { hold: id, owner: hold.owner.id, ...untilOf(hold) },
        },
      }
    }),
  )
  context.retention.plan()
  return committed
}
