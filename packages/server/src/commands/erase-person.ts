// Begins to erase somebody: what the facts know of them ends, their tokens with it, and the erasure is remembered until it is
// done. `Erasures` does the rest.

import {
  foldRights,
  type KeyId,
  type RightsChange,
  type SubjectId,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { VISITOR_PREFIX } from '../desk/visitors/visitor.ts'
import { type Extent, erasureRecord } from '../erasure/erasure-record.ts'
import { hasOwner } from '../people/owner.ts'
import { removalOf } from '../people/removal.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { SESSION_KEY } from './found-app.ts'
import { SESSION_TOKEN_MS } from './issue-session-token.ts'
import { requireChanges } from './require-changes.ts'
import { requireSecond, secondDetails, secondRecords } from './second-person.ts'

export type ErasePerson = {
  readonly person: string
  readonly extent: Extent
  /** Their name, e-mail and address of a picture, as far as they are known. */
  readonly texts: readonly string[]
  readonly reason?: string
}

/** Between an issued token and the moment its session ends; milliseconds. */
const LAST_TOKEN_MS = 60_000

/**
 * When this returns they have no right and no open connection, and the erasure is certain. Whether they may be erased by the
 * asker is decided before: oneself always, others by who manages people, as far as their own rights go.
 *
 * @throws {Failure} `denied`, `conflict`: the last owner, or an erasure that is under way; `busy`, `store_unavailable`
 */
export async function erasePerson(
  context: Context,
  asker: Asker,
  { person, extent, texts, reason }: ErasePerson,
): Promise<Committed> {
  const subject = `user:${person}` as SubjectId
  const by = actorOf(asker)
  const id = context.randomId()
  const record = erasureRecord({ id, person, extent, texts, by })
  return decideAndCommit(context, (world) => {
    const removal = removalOf(world, subject)
    if (by !== subject) {
      requireChanges(world, asker, removal)
      requireSecond(world, asker, 'erase-person')
    }
    const changes = [...removal, ...revocations(world, context.now(), person)]
    requireOwnerAfter(world, changes)
    return {
      entries: [{ kind: 'rights', changes, cause: { command: 'remove-person', by } }],
      records: [record, ...secondRecords(asker)],
      audit: {
        command: 'remove-person',
        ...auditBy(asker),
        target: subject,
        ...(asker.second !== undefined && { details: secondDetails(asker) }),
        ...(reason !== undefined && { reason }),
      },
    }
  })
}

/** Every token for them, whoever signed it; of our own pages also one that is being signed at this moment. */
function revocations(world: World, nowMs: number, person: string): readonly RightsChange[] {
  const target = { type: 'clientId', value: person } as const
  return [...world.keys.keys()].map((key: KeyId) => {
    // Tokens of visitors are signed for a browser that is known, and by now none is.
    const isAhead = key === SESSION_KEY && !person.startsWith(VISITOR_PREFIX)
    const ahead = isAhead ? SESSION_TOKEN_MS + LAST_TOKEN_MS : 0
    return { kind: 'revoke-tokens', revocation: { key, target, issuedBeforeMs: nowMs + ahead } }
  })
}

/** @throws {Failure} `conflict` */
function requireOwnerAfter(world: World, changes: readonly RightsChange[]): void {
  if (!hasOwner(world) || hasOwner(foldRights(world, changes, world.revision))) return
  throw new Failure('conflict', 'the last owner of this place cannot be removed', {
    remedy: 'make somebody else an owner first',
  })
}
