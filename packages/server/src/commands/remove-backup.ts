// Remove a backup that was made here.

import type { Context } from '../context.ts'
import type { Backups } from '../installation/backups.ts'
import { type Asker, auditBy } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

/** @throws {Failure} `denied`, `conflict`: it is being made, `resource_unknown`, `store_unavailable` */
export async function removeBackup(
  context: Context,
  backups: Backups,
  asker: Asker,
  name: string,
): Promise<void> {
  requirePlace(context.standing.world, asker, 'manage-app')
  const backup = await backups.find(name)
  if (backup === undefined) throw new Failure('resource_unknown', `there is no backup \`${name}\``)
  if (backup.state === 'making') backups.requireFree()
  const audit = { command: 'remove-backup', ...auditBy(asker), target: `backup:${name}` }
  await commit(context, { entries: [], audit })
  await backups.remove(name)
}
