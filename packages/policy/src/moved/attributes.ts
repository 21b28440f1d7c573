// What attributes of a person or resource move: whatever conditions read them for.

import { type Derivation, type Policy, type PolicyType, TENANT_TYPE } from '../compiled.ts'
import type { Condition } from '../condition/condition.ts'
import type { Attributes, ResourceId, SubjectId } from '../names.ts'
import { typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import { EVERYTHING, inTenants, type Part, partOf } from './part.ts'
import { peopleAt, walkDown } from './roles.ts'

type Whose = { readonly resource: ResourceId } | { readonly person: SubjectId }

/** What moves because the attributes of a person or resource differ between two worlds, besides how they look. */
export function attributeParts(before: World, after: World, whose: Whose): readonly Part[] {
  const changed = changedNames(attributesOf(before, whose), attributesOf(after, whose))
  if (changed === undefined) return []
  const conditions = [before, after].flatMap(({ policy }) => conditionsOf(policy))
  if (conditions.some(({ reads }) => reads.lookup)) return [EVERYTHING]
  if ('person' in whose) {
    const isRead = conditions.some(({ reads }) => isReadIn(reads.subject, changed))
    return isRead ? [partOf([whose.person], 'all')] : []
  }
  const { resource } = whose
  const isRead = conditions.some(({ reads }) => isReadIn(reads.tenant, changed))
  if (typeOf(resource) === TENANT_TYPE && isRead) return tenantParts(before, after, resource)
  return derivesBy(before, after, resource, changed)
    ? [walkDown(before, after, peopleAt(before, after, [resource]), [resource], false)]
    : []
}

/** What is in a tenant, and the roles that follow from those there. */
function tenantParts(before: World, after: World, tenant: ResourceId): readonly Part[] {
  const all = inTenants(before, after, new Set([tenant]))
  if (all === 'all') return [EVERYTHING]
  const people = peopleAt(before, after, [...all])
  return [partOf('all', all), walkDown(before, after, people, [...all], false)]
}

/** The names whose values differ; undefined if none does and the thing exists in both or neither. */
function changedNames(
  before: Attributes | undefined,
  after: Attributes | undefined,
): ReadonlySet<string> | undefined {
  if (before === after) return undefined
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  for (const name of names) {
    const [then, now] = [before?.[name], after?.[name]]
    if (then === now || JSON.stringify(then) === JSON.stringify(now)) names.delete(name)
  }
  const isSame = names.size === 0 && before !== undefined && after !== undefined
  return isSame ? undefined : names
}

function attributesOf({ facts }: World, whose: Whose): Attributes | undefined {
  return 'person' in whose ? facts.person(whose.person) : facts.resource(whose.resource)
}

function isReadIn(reads: readonly string[], changed: ReadonlySet<string>): boolean {
  return reads.some((name) => name === '*' || changed.has(name))
}

/** True if roles on a resource may be derived otherwise because of its attributes. */
function derivesBy(
  before: World,
  after: World,
  resource: ResourceId,
  changed: ReadonlySet<string>,
): boolean {
  return [before, after]
    .flatMap(({ policy }) => derivationsOf(policy.types.get(typeOf(resource))))
    .some(({ when }) => when !== undefined && isReadIn(when.reads.resource, changed))
}

function derivationsOf(type: PolicyType | undefined): readonly Derivation[] {
  return [...(type?.rolesFrom.values() ?? [])].flat()
}

const known = new WeakMap<Policy, readonly Condition[]>()

/** Every condition of a policy. */
function conditionsOf(policy: Policy): readonly Condition[] {
  const before = known.get(policy)
  if (before) return before
  const conditions = [...policy.types.values()]
    .flatMap((type) => [...type.rules, ...derivationsOf(type)])
    .flatMap(({ when }) => when ?? [])
  known.set(policy, conditions)
  return conditions
}
