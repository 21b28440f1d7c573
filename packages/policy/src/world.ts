// Everything a decision is made from, as of one revision. Rights changes folded in order give it; nothing else does.

import type { KeyRecord, RightsChange } from './change.ts'
import { Facts } from './facts.ts'
import type { KeyId, Revision } from './names.ts'
import { compilePolicy, type Policy } from './policy.ts'
import { NO_REVOCATIONS, type Revocations, withRevocation } from './revocation.ts'

export type World = {
  readonly policy: Policy
  /** The document as its author wrote it. */
  readonly policyText: string
  readonly facts: Facts
  readonly keys: ReadonlyMap<KeyId, KeyRecord>
  /** Tokens taken back; no decision reads them, whoever recognises a token does. */
  readonly revocations: Revocations
  /** The last rights entry folded. */
  readonly revision: Revision
  /** How far time has come as rules see it: what `pass-time` said last; milliseconds since 1970. */
  readonly timeMs: number
}

/** Before the first change: no keys, so nobody may anything. */
export const emptyWorld: World = {
  policy: compilePolicy({ version: 1, tenant: { key: 'none', roles: {} }, types: {} }),
  policyText: '',
  facts: Facts.empty,
  keys: new Map(),
  revocations: NO_REVOCATIONS,
  revision: 0 as Revision,
  timeMs: 0,
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
  const rest = changes.reduce(fold, world)
  return { ...rest, facts: world.facts.withAll(changes), revision }
}

function fold(world: World, change: RightsChange): World {
  switch (change.kind) {
    case 'put-policy':
      return { ...world, policy: compilePolicy(change.document), policyText: change.text }
    case 'put-key':
      return { ...world, keys: new Map(world.keys).set(change.key.id, change.key) }
    case 'remove-key': {
      const keys = new Map(world.keys)
      keys.delete(change.key)
      return { ...world, keys }
    }
    case 'pass-time':
      return change.atMs > world.timeMs ? { ...world, timeMs: change.atMs } : world
    case 'revoke-tokens':
    case 'forget-revocation':
      return { ...world, revocations: withRevocation(world.revocations, change) }
    default:
      return world
  }
}
