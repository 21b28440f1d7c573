// Begin a backup of everything the installation keeps.

import type { Context } from '../context.ts'
import type { Backups } from '../installation/backups.ts'
import { type Asker, auditBy } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { requirePlace } from './require-place.ts'

/** @throws {Failure} `denied`, `conflict`: one is being made, `store_unavailable` */
export async function makeBackup(
  context: Context,
  backups: Backups,
  asker: Asker,
): Promise<{ readonly name: string; readonly ended: Promise<void> }> {
  requirePlace(context.standing.world, asker, 'manage-app')
  backups.requireFree()
  const audit = { command: 'make-backup', ...auditBy(asker), target: 'backups' }
  await commit(context, { entries: [], audit })
  return backups.begin()
}
