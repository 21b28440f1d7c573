// Where to look for what changes of rights move: resource by resource, and on each the people it may concern.

import type { Affected } from '../affected.ts'
import { exists } from '../decide.ts'
import type { ResourceId, SubjectId } from '../names.ts'
import type { World } from '../world.ts'

type Who = 'all' | ReadonlySet<SubjectId>

export type Field = {
  readonly resource: ResourceId
  readonly who: Who
  /** With `all`: only the resource is another, and these subjects; nothing that decides on all resources is. */
  readonly named?: ReadonlySet<SubjectId>
}

const NOBODY: ReadonlySet<SubjectId> = new Set()

/** Every resource a change may touch, each once, with everybody it may concern there. */
export function* fieldsIn(before: World, after: World, { parts }: Affected): Generator<Field> {
  const fields = new Map<ResourceId, Field>()
  let everywhere: Who = NOBODY
  for (const { subjects, resources } of parts) {
    if (resources === 'all') everywhere = union(everywhere, subjects)
    else for (const one of resources) fields.set(one, added(fields.get(one), one, subjects))
  }
  for (const [resource, field] of fields) yield added(field, resource, everywhere, true)
  if (everywhere === 'all' || everywhere.size > 0) {
    yield* othersIn(before, after, fields, everywhere)
  }
}

function added(
  field: Field | undefined,
  resource: ResourceId,
  who: Who,
  isEverywhere = false,
): Field {
  const all = union(field?.who, who)
  if (all !== 'all') return { resource, who: all }
  if (isEverywhere && who === 'all') return { resource, who: all }
  const named = field?.who === 'all' ? field.named : field?.who
  return { resource, who: all, named: who === 'all' ? (named ?? NOBODY) : unite(named, who) }
}

function* othersIn(
  before: World,
  after: World,
  named: ReadonlyMap<ResourceId, unknown>,
  who: Who,
): Generator<Field> {
  for (const resource of resourcesIn(before, after)) {
    if (!named.has(resource)) yield { resource, who }
  }
}

/** On more resources than this it pays to group everybody first. */
const MOST_ALONE = 8

/** True if a change may concern everybody on many resources. */
export function isForMany({ parts }: Affected): boolean {
  const open = parts.filter(({ subjects }) => subjects === 'all')
  const counts = open.map(({ resources }) =>
    resources === 'all' ? MOST_ALONE + 1 : resources.size,
  )
  return counts.reduce((sum, count) => sum + count, 0) > MOST_ALONE
}

function union(one: Who | undefined, other: Who): Who {
  return one === 'all' || other === 'all' ? 'all' : unite(one, other)
}

function unite(
  one: ReadonlySet<SubjectId> | undefined,
  other: ReadonlySet<SubjectId>,
): ReadonlySet<SubjectId> {
  if (!one || one.size === 0) return other
  return other.size === 0 ? one : new Set([...one, ...other])
}

/** Every resource of a type that either world's policy knows, existing in either world; each once. */
function* resourcesIn(before: World, after: World): Generator<ResourceId> {
  const tenants = new Set([before.policy.tenant, after.policy.tenant])
  yield* tenants
  for (const type of new Set([...before.policy.types.keys(), ...after.policy.types.keys()])) {
    for (const [resource] of before.facts.resourcesOfType(type)) {
      if (!tenants.has(resource)) yield resource
    }
    if (before.facts === after.facts) continue
    for (const [resource] of after.facts.resourcesOfType(type)) {
      if (!tenants.has(resource) && !exists(before, resource)) yield resource
    }
  }
}
