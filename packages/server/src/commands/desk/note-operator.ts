// Write down that an operator is offline, or that they are back. The server notes it; nobody asks for it.

import type { Context } from '../../context.ts'
import { keptOperator, operatorRecord } from '../../desk/operators.ts'
import { decideOver } from '../decide-and-commit.ts'
import { untilSeen } from './moving.ts'

export type NoteOperator = {
  /** Key of the tenant. */
  readonly tenant: string
  readonly operator: string
  readonly isOffline: boolean
  /** False as soon as it is not so any more. */
  readonly isSo: () => boolean
}

/** @throws {Failure} `busy`, `store_unavailable` */
export async function noteOperator(
  context: Context,
  { tenant, operator, isOffline, isSo }: NoteOperator,
): Promise<void> {
  await untilSeen(async () => {
    const read = () => keptOperator(context.store, tenant, operator)
    await decideOver(context, read, (_world, kept) => {
      const { offlineSinceMs, ...rest } = kept
      if (!isSo() || (offlineSinceMs !== undefined) === isOffline) return { entries: [] }
      const next = isOffline ? { ...rest, offlineSinceMs: context.now() } : rest
      return { entries: [], records: [operatorRecord(next)] }
    })
  })
}
