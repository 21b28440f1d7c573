// Keep, change or remove something that carries no right, such as a draft or a webhook, with its line in the audit log.

import type { Committed, NewRecord } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { requirePlace, type TenantAction } from './require-place.ts'

export type KeepRecord = {
  readonly may: TenantAction
  readonly record: NewRecord
  /** Its name in the audit log. */
  readonly command: string
}

/**
 * @throws {Failure} `denied`, `conflict` if somebody has changed it since, `invalid` beyond the limits of records, `busy`,
 *   `store_unavailable`
 */
export async function keepRecord(
  context: Context,
  asker: Asker,
  { may, record, command }: KeepRecord,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requirePlace(world, asker, may)
    const target = `${record.collection}/${record.key}`
    return { entries: [], records: [record], audit: { command, ...auditBy(asker), target } }
  })
}
