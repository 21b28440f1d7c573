// Makes a key. Its secret is made here, sealed before it is stored, and shown to the caller this once.

import type { KeyId, KeyRecord } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { KeyRing } from '../access/key-ring.ts'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { type KeyTerms, keyOfTerms, requireKeys, requireTerms, shownKey } from './key-terms.ts'

/** Bytes of chance behind a secret. */
const SECRET_BYTES = 32
const ID_BYTES = 9

export type CreatedKey = {
  readonly key: KeyRecord
  /** The whole key string, `app.key:secret`. Nobody can read it again. */
  readonly keyString: string
  readonly committed: Committed
}

/**
 * Makes a key with a new id and secret.
 *
 * @throws {Failure} `denied`, `conflict` (the name), `invalid`, `busy`, `store_unavailable`
 */
export async function createKey(
  context: Context,
  ring: KeyRing,
  asker: Asker,
  terms: KeyTerms,
): Promise<CreatedKey> {
  const id = context.randomId(ID_BYTES) as KeyId
  const secret = newSecret(context)
  const rest = { id, sealedSecret: ring.seal(secret), createdAtMs: context.now() }
  const key = keyOfTerms(terms, rest)
  const committed = await decideAndCommit(context, (world) => {
    requireKeys(world, asker)
    requireTerms(world, asker, key, context.now())
    return {
      entries: [
        {
          kind: 'rights',
          changes: [{ kind: 'put-key', key }],
          cause: { command: 'create-key', by: actorOf(asker) },
        },
      ],
      audit: {
        command: 'create-key',
        ...auditBy(asker),
        target: `key:${id}`,
        after: shownKey(key),
      },
    }
  })
  return { key, keyString: `${ring.nameOf(id)}:${secret}`, committed }
}

/** Letters and digits: nothing that would have to be escaped anywhere. */
export function newSecret(context: Context): string {
  return context.randomId(SECRET_BYTES)
}
