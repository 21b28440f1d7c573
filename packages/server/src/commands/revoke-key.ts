// Takes a key back, now and for good: who came by it or by a token it signed is cut off before the call returns.

import type { KeyId } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { keyNamed, requireKeys, shownKey } from './key-terms.ts'
import { requireSecond, secondDetails, secondRecords } from './second-person.ts'

/** @throws {Failure} `denied`, `key_unknown`, `busy`, `store_unavailable` */
export async function revokeKey(
  context: Context,
  asker: Asker,
  { id, reason }: { readonly id: KeyId; readonly reason?: string },
): Promise<Committed> {
  const why = reason === undefined ? {} : { reason }
  return decideAndCommit(context, (world) => {
    requireKeys(world, asker)
    requireSecond(world, asker, 'revoke-key')
    const before = keyNamed(world, id)
    return {
      entries: [
        {
          kind: 'rights',
          changes: [{ kind: 'remove-key', key: id }],
          cause: { command: 'revoke-key', by: actorOf(asker), ...why },
        },
      ],
      records: secondRecords(asker),
      audit: {
        command: 'revoke-key',
        ...auditBy(asker),
        ...(asker.second !== undefined && { details: secondDetails(asker) }),
        target: `key:${id}`,
        before: shownKey(before),
        ...why,
      },
    }
  })
}
