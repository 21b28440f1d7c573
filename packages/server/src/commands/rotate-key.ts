// Gives a key a new secret. The old one holds for a while beside it, with the tokens it signs, or ends at once.

import type { KeyId, KeyRecord } from '@sayso/policy'
import type { KeyRing } from '../access/key-ring.ts'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { type CreatedKey, newSecret } from './create-key.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { keyNamed, requireAdminFor, requireKeys, shownKey } from './key-terms.ts'

/** As long as the longest token lives, so that nobody notices; milliseconds. */
export const DEFAULT_OVERLAP_MS = 86_400_000
export const MOST_OVERLAP_MS = 30 * 86_400_000

/**
 * Rotates. A still older secret that holds ends now. When the overlap is over, time ends the old secret as an entry of
 * the log, and who came by it or by its tokens is cut off.
 *
 * @param overlapMs how long the old secret holds; 0: it ends before this returns
 * @throws {Failure} `denied`, `key_unknown`, `busy`, `store_unavailable`
 */
export async function rotateKey(
  context: Context,
  ring: KeyRing,
  asker: Asker,
  { id, overlapMs }: { readonly id: KeyId; readonly overlapMs: number },
): Promise<CreatedKey> {
  const secret = newSecret(context)
  const sealedSecret = ring.seal(secret)
  let key: KeyRecord | undefined
  const committed = await decideAndCommit(context, (world) => {
    requireKeys(world, asker)
    const { previous: _, ...before } = keyNamed(world, id)
    requireAdminFor(world, asker, before)
    const untilMs = context.now() + overlapMs
    const previous = { sealedSecret: before.sealedSecret, untilMs }
    const after = { ...before, sealedSecret, ...(overlapMs > 0 ? { previous } : {}) }
    key = after
    return {
      entries: [
        {
          kind: 'rights',
          changes: [{ kind: 'put-key', key: after }],
          cause: { command: 'rotate-key', by: actorOf(asker) },
        },
      ],
      audit: {
        command: 'rotate-key',
        ...auditBy(asker),
        target: `key:${id}`,
        after: shownKey(after),
      },
    }
  })
  return { key: key as KeyRecord, keyString: `${ring.nameOf(id)}:${secret}`, committed }
}
