// What a set of changes can possibly move. May say too much, never too little; who asks re-decides inside it and compares.

import type { RightsChange } from './change.ts'
import { TENANT_RELATION } from './compiled.ts'
import { attributeParts } from './moved/attributes.ts'
import { type Part, partOf, resourcesIn } from './moved/part.ts'
import { policyParts } from './moved/policy.ts'
import { relationPart, rolePart } from './moved/roles.ts'
import { removalParts, tenancyParts } from './moved/tenant.ts'
import type { Action, KeyId, ResourceId, SubjectId } from './names.ts'
import type { World } from './world.ts'

/**
 * Every decision that differs is of one of `subjects` on one of `resources` of the same part, or made through one of
 * `keys`.
 *
 * A connection without an identity counts as the subject `ANONYMOUS`. What is shown of a resource goes the same way.
 */
export type Affected = {
  readonly parts: readonly Part[]
  /** Credentials of these keys, and of tokens they signed, change on every channel. */
  readonly keys: 'none' | 'all' | ReadonlySet<KeyId>
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

/** Works out what the changes that lead from one world to the next may have moved. */
export function affected(before: World, after: World, changes: readonly RightsChange[]): Affected {
  const parts = changes
    .flatMap((change) => partsOf(before, after, change))
    .filter(({ subjects, resources }) => !isEmpty(subjects) && !isEmpty(resources))
  const keys = new Set(changes.flatMap(keysOf))
  return { parts, keys: keys.size === 0 ? 'none' : keys }
}

function isEmpty(set: 'all' | ReadonlySet<unknown>): boolean {
  return set !== 'all' && set.size === 0
}

function keysOf(change: RightsChange): readonly KeyId[] {
  if (change.kind === 'put-key') return [change.key.id]
  return change.kind === 'remove-key' ? [change.key] : []
}

function partsOf(before: World, after: World, change: RightsChange): readonly Part[] {
  switch (change.kind) {
    case 'assign':
    case 'unassign':
      return [rolePart(before, after, change.tuple)]
    case 'relate':
    case 'unrelate':
      return change.relation === TENANT_RELATION
        ? tenancyParts(before, after, change.resource)
        : [relationPart(before, after, change)]
    case 'put-resource':
      return [
        partOf('all', [change.resource]),
        ...attributeParts(before, after, { resource: change.resource }),
      ]
    case 'remove-resource':
      return removalParts(before, after, change.resource)
    case 'put-person':
    case 'remove-person':
      return attributeParts(before, after, { person: change.subject })
    // A request moves no right, but what is shown to who asked and to who may answer.
    case 'put-request':
    case 'remove-request':
      return [partOf('all', [change.resource])]
    case 'put-policy':
      return policyParts(before, after)
    case 'pass-time':
      return timeParts(before, after)
    case 'put-key':
    case 'remove-key':
    // Whoever holds a revoked token is no longer recognised; no decision changes.
    case 'revoke-tokens':
    case 'forget-revocation':
      return []
  }
}

/** The types of which a rule starts or ends between two worlds. */
function timeParts(before: World, after: World): readonly Part[] {
  const isPassed = (instant: number) => before.timeMs < instant && instant <= after.timeMs
  const moved = [before, after].flatMap((world) =>
    [...world.policy.types.values()]
      .filter(({ instants }) => instants.some(isPassed))
      .flatMap(({ name }) => resourcesIn(world, name)),
  )
  return moved.length === 0 ? [] : [partOf('all', moved)]
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
