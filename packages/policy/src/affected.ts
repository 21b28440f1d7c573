// What a set of changes can possibly move. May say too much, never too little; who asks re-decides inside it and compares.

import type { RightsChange } from './change.ts'
import { TENANT_RELATION } from './compiled.ts'
import { attributeParts } from './moved/attributes.ts'
import { type Part, partOf, resourcesIn } from './moved/part.ts'
import { policyParts } from './moved/policy.ts'
import { peoplePart, relationPart, rolePart } from './moved/roles.ts'
import { removalParts, tenancyParts } from './moved/tenant.ts'
import type { Action, KeyId, ResourceId, SubjectId } from './names.ts'
import { isSubjectSet } from './tuple.ts'
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
  const { anywhere, resources } = lookUpsOf(area)
  return anywhere || resources.has(resource)
}

/** True if the subject's rights may have moved somewhere. */
export function touchesSubject(area: Affected, subject: SubjectId): boolean {
  const { open, bySubject } = lookUpsOf(area)
  return open.length > 0 || bySubject.has(subject)
}

/** True if the subject's rights on the resource may have moved. */
export function touches(area: Affected, subject: SubjectId, resource: ResourceId): boolean {
  return partsFor(area, subject).some((part) => isIn(part.resources, resource))
}

/** The parts that have a subject in them. */
export function partsFor(area: Affected, subject: SubjectId): readonly Part[] {
  const { open, bySubject } = lookUpsOf(area)
  return [...open, ...(bySubject.get(subject) ?? [])]
}

/** The parts by what is asked of them: very many connections ask the same area, which may have very many parts. */
type LookUps = {
  readonly anywhere: boolean
  readonly resources: ReadonlySet<ResourceId>
  /** Parts of all subjects. */
  readonly open: readonly Part[]
  readonly bySubject: ReadonlyMap<SubjectId, readonly Part[]>
}

const lookUps = new WeakMap<readonly Part[], LookUps>()

function lookUpsOf({ parts }: Affected): LookUps {
  const known = lookUps.get(parts)
  if (known) return known
  const resources = new Set(parts.flatMap((part) => listed(part.resources)))
  const bySubject = new Map<SubjectId, Part[]>()
  for (const part of parts) {
    for (const one of listed(part.subjects)) {
      const known = bySubject.get(one)
      if (known) known.push(part)
      else bySubject.set(one, [part])
    }
  }
  const open = parts.filter(({ subjects }) => subjects === 'all')
  const anywhere = parts.some((part) => part.resources === 'all')
  const made = { anywhere, resources, open, bySubject }
  lookUps.set(parts, made)
  return made
}

function listed<T>(set: 'all' | ReadonlySet<T>): readonly T[] {
  return set === 'all' ? [] : [...set]
}

function isIn<T>(set: 'all' | ReadonlySet<T>, one: T): boolean {
  return set === 'all' || set.has(one)
}

/** Works out what the changes that lead from one world to the next may have moved. */
export function affected(before: World, after: World, changes: readonly RightsChange[]): Affected {
  const [grouped, others] = changes.length > MOST_ALONE ? inGroups(changes) : [[], changes]
  const parts = others
    .flatMap((change) => partsOf(before, after, change))
    .concat(grouped.map(([on, people]) => peoplePart(before, after, on, people)))
    .filter(({ subjects, resources }) => !isEmpty(subjects) && !isEmpty(resources))
  const keys = new Set(changes.flatMap(keysOf))
  if (changes.some(movesTenancy)) for (const key of keysOfTenants(after)) keys.add(key)
  return { parts, keys: keys.size === 0 ? 'none' : keys }
}

/** In an entry of more changes people are not looked at one by one: what was assigned on one resource goes together. */
const MOST_ALONE = 100

type ByResource = readonly (readonly [ResourceId, ReadonlySet<SubjectId>])[]

/** Whom something was assigned to or taken from, by resource, and the other changes. */
function inGroups(changes: readonly RightsChange[]): readonly [ByResource, RightsChange[]] {
  const grouped = new Map<ResourceId, Set<SubjectId>>()
  const others: RightsChange[] = []
  for (const change of changes) {
    const isRole = change.kind === 'assign' || change.kind === 'unassign'
    if (!isRole || isSubjectSet(change.tuple.subject)) {
      others.push(change)
      continue
    }
    const { resource, subject } = change.tuple
    const people = grouped.get(resource) ?? new Set()
    grouped.set(resource, people.add(subject))
  }
  return [[...grouped], others]
}

function isEmpty(set: 'all' | ReadonlySet<unknown>): boolean {
  return set !== 'all' && set.size === 0
}

/** What a resource governs may leave or come into the reach of keys that are for one tenant. */
function movesTenancy(change: RightsChange): boolean {
  if (change.kind === 'relate' || change.kind === 'unrelate') {
    return change.relation === TENANT_RELATION
  }
  return change.kind === 'remove-resource' || change.kind === 'put-policy'
}

function keysOfTenants({ keys }: World): readonly KeyId[] {
  return [...keys.values()].flatMap(({ id, tenant }) => (tenant === undefined ? [] : [id]))
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
