// Whose standing answers a change may move. May say too much, never too little; who asks re-decides inside it and compares.

import type { RightsChange } from './change.ts'
import type { Action, KeyId, ResourceId, SubjectId } from './names.ts'
import type { World } from './world.ts'

/**
 * Every decision that differs is of one of `subjects` on one of `resources`, or made through one of `keys`.
 *
 * A connection without an identity counts as the subject `ANONYMOUS`. A person's attributes move nobody's rights.
 */
export type Affected = {
  readonly subjects: 'all' | ReadonlySet<SubjectId>
  readonly resources: 'all' | ReadonlySet<ResourceId>
  /** Credentials of these keys, and of tokens they signed, change on every channel. */
  readonly keys: 'none' | 'all' | ReadonlySet<KeyId>
}

type Part = {
  readonly subjects?: 'all' | readonly SubjectId[]
  readonly resources?: 'all' | readonly ResourceId[]
  readonly keys?: readonly KeyId[]
}

/** Works out what the changes that lead from one world to the next may have moved. */
export function affected(before: World, after: World, changes: readonly RightsChange[]): Affected {
  const parts = changes.map((change) => partOf(before, after, change))
  const keys = new Set(parts.flatMap((part) => part.keys ?? []))
  return {
    subjects: unite(parts.map((part) => part.subjects ?? [])),
    resources: unite(parts.map((part) => part.resources ?? [])),
    keys: keys.size === 0 ? 'none' : keys,
  }
}

function partOf(before: World, after: World, change: RightsChange): Part {
  switch (change.kind) {
    case 'assign':
    case 'unassign':
      return {
        subjects: [change.tuple.subject],
        resources: reach(before, after, change.tuple.resource),
      }
    // Attributes move no answer by themselves, but what is shown of a resource; both go the same way.
    case 'put-resource':
    case 'remove-resource':
    // A request moves no right, but what is shown to who asked and to who may answer.
    case 'put-request':
    case 'remove-request':
      return { subjects: 'all', resources: reach(before, after, change.resource) }
    case 'put-policy':
      return { subjects: 'all', resources: 'all' }
    case 'put-key':
      return { keys: [change.key.id] }
    case 'remove-key':
      return { keys: [change.key] }
    case 'put-person':
    // Whoever holds a revoked token is no longer recognised; no decision changes.
    case 'revoke-tokens':
    case 'forget-revocation':
      return {}
  }
}

/** What is held on the tenant reaches every resource; the tenant may have another name after a new policy. */
function reach(before: World, after: World, resource: ResourceId): 'all' | readonly ResourceId[] {
  const isTenant = resource === before.policy.tenant || resource === after.policy.tenant
  return isTenant ? 'all' : [resource]
}

function unite<T>(parts: readonly ('all' | readonly T[])[]): 'all' | ReadonlySet<T> {
  const all = new Set<T>()
  for (const part of parts) {
    if (part === 'all') return 'all'
    for (const one of part) all.add(one)
  }
  return all
}

/** The actions in `after` and not before, and the other way round; each sorted, none twice. */
export function permissionDiff(
  before: readonly Action[],
  after: readonly Action[],
): { readonly gained: readonly Action[]; readonly lost: readonly Action[] } {
  return { gained: without(after, before), lost: without(before, after) }
}

function without(actions: readonly Action[], others: readonly Action[]): readonly Action[] {
  const known = new Set(others)
  return [...new Set(actions)].filter((action) => !known.has(action)).sort()
}
