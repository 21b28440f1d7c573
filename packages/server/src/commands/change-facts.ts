// Any set of changes to facts as one entry of the log: roles with their windows, relations, attributes, resources.

import type { Revision, RightsChange, World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { requireValid, withPeople } from './changes-valid.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireChanges } from './require-changes.ts'
import { requireSecondFor } from './second-person.ts'

export type ChangeFacts = {
  /** Read against the world they are decided on: attributes that are not named stay as they are then. */
  readonly changes: (world: World) => readonly RightsChange[]
  readonly reason?: string
  /** What it is called in the audit log and as a cause, and what it is done to; absent: it is any set of changes. */
  readonly as?: { readonly command: string; readonly target: string }
  /** Refused if rights have moved since; as a simulation said. */
  readonly expectedRevision?: Revision
}

/**
 * Makes all changes or none. When this returns, they hold in every open session.
 *
 * @throws {Failure} `denied`, `conflict` if rights have moved, what `requireValid` throws, `busy`, `store_unavailable`
 */
export async function changeFacts(
  context: Context,
  asker: Asker,
  input: ChangeFacts,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requireRevision(world.revision, input.expectedRevision)
    const { reason } = input
    const asked = input.changes(world)
    requireChanges(world, asker, asked)
    requireSecondFor(world, asker, asked)
    requireValid(world, asked)
    const changes = withPeople(world, asked)
    const by = actorOf(asker)
    const signed = changes.map((change) => {
      return change.kind === 'assign' && isTimed(change) ? { ...change, by } : change
    })
    const why = reason === undefined ? {} : { reason }
    const { command, target } = input.as ?? {
      command: 'change-rights',
      target: `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`,
    }
    return {
      entries: [{ kind: 'rights', changes: signed, cause: { command, by, ...why } }],
      audit: {
        command,
        ...auditBy(asker),
        target,
        details: { changes: signed },
        ...why,
      },
    }
  })
}

/** Who gave it is kept with grants that run out or say why: somebody will ask. */
function isTimed(change: Extract<RightsChange, { kind: 'assign' }>): boolean {
  const { notBeforeMs, expiresAtMs, reason } = change
  return notBeforeMs !== undefined || expiresAtMs !== undefined || reason !== undefined
}

/** @throws {Failure} `conflict` */
export function requireRevision(now: Revision, expected: Revision | undefined): void {
  if (expected === undefined || expected === now) return
  throw new Failure('conflict', `rights have moved since revision ${expected}; it is ${now} now`, {
    remedy: 'look again at what the change would do, and repeat it',
  })
}
