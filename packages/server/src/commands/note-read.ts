// Reading what is other people's leaves a line in the audit log, before it is answered: nothing is read unseen.

import type { Context } from '../context.ts'
import { type Asker, auditBy } from './asker.ts'
import { commit } from './decide-and-commit.ts'

/** What is read: the command of the line. */
export type ReadKind =
  | 'read.analytics'
  | 'read.audit'
  | 'read.connections'
  | 'read.decisions'
  | 'read.explanation'
  | 'read.export'
  | 'read.history'
  | 'read.sessions'
  | 'read.token'
  | 'read.view-as'

/**
 * Writes the line, once for each caller, target and minute.
 *
 * @throws {Failure} `store_unavailable`: then nothing may be answered
 */
export async function noteRead(
  context: Context,
  asker: Asker,
  command: ReadKind,
  target: string,
): Promise<void> {
  const by = auditBy(asker)
  await context.reads.once(JSON.stringify([by.actor, by.address, command, target]), async () => {
    await commit(context, { entries: [], audit: { command, ...by, target } })
  })
}
