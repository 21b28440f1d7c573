// End a legal hold: what it kept beyond its time is removed by the next sweep.

import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { holdRecord, type KeptHold } from '../retention/hold-record.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { requirePlace } from './require-place.ts'
import { requireSecond, secondDetails, secondRecords } from './second-person.ts'

/** @throws {Failure} `denied`, `second_person_needed`, `conflict`, `busy`, `store_unavailable` */
export async function endHold(
  context: Context,
  asker: Asker,
  { id, version, on }: KeptHold,
  reason?: string,
): Promise<Committed> {
  const committed = await decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'manage-holds')
    requireSecond(world, asker, 'end-hold')
    return {
      entries: [],
      records: [holdRecord(id, undefined, version), ...secondRecords(asker)],
      audit: {
        command: 'end-hold',
        ...auditBy(asker),
        target: on,
        ...(reason !== undefined && { reason }),
        details: { hold: id, ...secondDetails(asker) },
      },
    }
  })
  context.retention.soon()
  return committed
}
