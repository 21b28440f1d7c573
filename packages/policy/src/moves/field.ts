// Where to look for what changes of rights move: resource by resource, and on each the people it may concern.

import type { Affected } from '../affected.ts'
import { exists } from '../decide.ts'
import type { ResourceId, SubjectId } from '../names.ts'
import type { World } from '../world.ts'

export type Field = {
  readonly resource: ResourceId
  readonly who: 'all' | ReadonlySet<SubjectId>
}

/** Every resource a change may touch, each once, with everybody it may concern there. */
export function* fieldsIn(before: World, after: World, { parts }: Affected): Generator<Field> {
  const named = new Map<ResourceId, Field['who']>()
  let everywhere: Field['who'] = new Set()
  for (const { subjects, resources } of parts) {
    if (resources === 'all') everywhere = union(everywhere, subjects)
    else for (const one of resources) named.set(one, union(named.get(one), subjects))
  }
  for (const [resource, who] of named) yield { resource, who: union(who, everywhere) }
  if (everywhere === 'all' || everywhere.size > 0) {
    yield* othersIn(before, after, named, everywhere)
  }
}

function* othersIn(
  before: World,
  after: World,
  named: ReadonlyMap<ResourceId, unknown>,
  who: Field['who'],
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

function union(one: Field['who'] | undefined, other: Field['who']): Field['who'] {
  if (one === 'all' || other === 'all') return 'all'
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
