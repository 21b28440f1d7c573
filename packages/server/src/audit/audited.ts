// Completes the audit line of a write: what its changes of rights change, and what that does. One place for all commands.

import { foldRights, type RightsChange, type World } from '@sayso/policy'
import type { NewAuditLine, Write } from '@sayso/store'
import { changedFacts } from './changed-facts.ts'
import { effectOf } from './effect.ts'

/**
 * The same write with `before`, `after` and `effect` in its audit line, as far as the command has not said them.
 *
 * @param world the one the write was decided on
 */
export function audited<W extends Pick<Write, 'entries' | 'audit'>>(world: World, write: W): W {
  const { audit } = write
  const changes = write.entries.flatMap((entry) => (entry.kind === 'rights' ? entry.changes : []))
  if (audit === undefined || changes.length === 0) return write
  return { ...write, audit: completed(world, audit, changes) }
}

function completed(
  world: World,
  audit: NewAuditLine,
  changes: readonly RightsChange[],
): NewAuditLine {
  const isTold = audit.before !== undefined || audit.after !== undefined
  const facts = isTold
    ? undefined
    : changedFacts(world, foldRights(world, changes, world.revision), changes)
  const effect = audit.effect ?? effectOf(world, changes)
  return { ...audit, ...facts, ...(effect !== undefined && { effect }) }
}
