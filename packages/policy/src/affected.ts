// Whose standing answers a change may move. May say too much, never too little; who asks re-decides inside it and compares.

import type { RightsChange } from './change.ts'
import type { Action, KeyId, ResourceId, SubjectId } from './names.ts'
import type { World } from './world.ts'

/**
 * Every decision that differs is of one of `subjects` on one of `resources` of the same part, or made through one of
 * `keys`.
 *
 * A connection without an identity counts as the subject `ANONYMOUS`.
 */
export type Affected = {
  readonly parts: readonly Part[]
  /** Credentials of these keys, and of tokens they signed, change on every channel. */
  readonly keys: 'none' | 'all' | ReadonlySet<KeyId>
}

type Part = {
  readonly subjects: 'all' | ReadonlySet<SubjectId>
  readonly resources: 'all' | ReadonlySet<ResourceId>
}

/** True if somebody's rights on the resource may have moved. */
export function touchesResource(area: Affected, resource: ResourceId): boolean {
  return area.parts.some((part) => isIn(part.resources, resource))
}

/** True if the subject's rights may have moved somewhere. */
export function touchesSubject(area: Affected, subject: SubjectId): boolean {
  return area.parts.some((part) => isIn(part.subjects, subject))
}

/** True if the subject's rights on the resource may have moved. */
export function touches(area: Affected, subject: SubjectId, resource: ResourceId): boolean {
  return area.parts.some((part) => isIn(part.subjects, subject) && isIn(part.resources, resource))
}

function isIn<T>(set: 'all' | ReadonlySet<T>, one: T): boolean {
  return set === 'all' || set.has(one)
}

const EVERYTHING: Part = { subjects: 'all', resources: 'all' }

/** Works out what the changes that lead from one world to the next may have moved. */
export function affected(before: World, after: World, changes: readonly RightsChange[]): Affected {
  const parts = changes.flatMap((change) => partsOf(before, after, change))
  const keys = new Set(changes.flatMap(keysOf))
  return { parts, keys: keys.size === 0 ? 'none' : keys }
}

function keysOf(change: RightsChange): readonly KeyId[] {
  if (change.kind === 'put-key') return [change.key.id]
  return change.kind === 'remove-key' ? [change.key] : []
}

function partsOf(before: World, after: World, change: RightsChange): readonly Part[] {
  switch (change.kind) {
    case 'put-key':
    case 'remove-key':
      return []
    default:
      return before === after ? [] : [EVERYTHING]
  }
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
