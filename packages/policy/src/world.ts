// Everything a decision is made from, as of one revision. Rights changes folded in order give it; nothing else does.

import type { KeyRecord, RightsChange } from './change.ts'
import { Facts } from './facts.ts'
import type { KeyId, Revision } from './names.ts'
import { compilePolicy, type Policy } from './policy.ts'
import { NO_REVOCATIONS, type Revocations, withRevocation } from './revocation.ts'

export type World = {
  readonly policy: Policy
  readonly facts: Facts
  readonly keys: ReadonlyMap<KeyId, KeyRecord>
  /** Tokens taken back; no decision reads them, whoever recognises a token does. */
  readonly revocations: Revocations
  /** The last rights entry folded. */
  readonly revision: Revision
}

/** Before the first change: no keys, so nobody may anything. */
export const emptyWorld: World = {
  policy: compilePolicy({ version: 1, tenant: { key: 'none', roles: {} }, types: {} }),
  facts: Facts.empty,
  keys: new Map(),
  revocations: NO_REVOCATIONS,
  revision: 0 as Revision,
}

/**
 * Folds the changes of one entry; the old world stays as it was.
 *
 * Facts the policy does not know (a role, a type) are kept and grant nothing; a later policy may know them.
 */
export function foldRights(
  world: World,
  changes: readonly RightsChange[],
  revision: Revision,
): World {
  return { ...changes.reduce(fold, world), revision }
}

function fold(world: World, change: RightsChange): World {
  switch (change.kind) {
    case 'put-policy':
      return { ...world, policy: compilePolicy(change.document) }
    case 'put-key':
      return { ...world, keys: new Map(world.keys).set(change.key.id, change.key) }
    case 'remove-key': {
      const keys = new Map(world.keys)
      keys.delete(change.key)
      return { ...world, keys }
    }
    case 'revoke-tokens':
    case 'forget-revocation':
      return { ...world, revocations: withRevocation(world.revocations, change) }
    default: {
      const facts = world.facts.with(change)
      return facts === world.facts ? world : { ...world, facts }
    }
  }
}
