// Changes what a key and the tokens it signs may do. Open connections are decided again before the call returns.

import type { KeyId, KeyRecord } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import {
  type KeyTerms,
  keyNamed,
  keyOfTerms,
  requireKeys,
  requireTerms,
  shownKey,
} from './key-terms.ts'

export type EditedKey = { readonly key: KeyRecord; readonly committed: Committed }

/**
 * @param edit what the key is to be, from what it is; what it leaves out is gone. Called again if rights moved meanwhile
 * @throws {Failure} `denied`, `key_unknown`, `conflict` (the name), `invalid`, `busy`, `store_unavailable`, what `edit` threw
 */
export async function editKey(
  context: Context,
  asker: Asker,
  id: KeyId,
  edit: (before: KeyRecord) => KeyTerms,
): Promise<EditedKey> {
  let key: KeyRecord | undefined
  const committed = await decideAndCommit(context, (world) => {
    requireKeys(world, asker)
    const before = keyNamed(world, id)
    const after = keyOfTerms(edit(before), {
      id,
      sealedSecret: before.sealedSecret,
      createdAtMs: before.createdAtMs,
      ...(before.previous === undefined ? {} : { previous: before.previous }),
    })
    requireTerms(world, asker, after, context.now(), before)
    key = after
    return {
      entries: [
        {
          kind: 'rights',
          changes: [{ kind: 'put-key', key: after }],
          cause: { command: 'edit-key', by: actorOf(asker) },
        },
      ],
      audit: {
        command: 'edit-key',
        ...auditBy(asker),
        target: `key:${id}`,
        before: shownKey(before),
        after: shownKey(after),
      },
    }
  })
  return { key: key as KeyRecord, committed }
}
