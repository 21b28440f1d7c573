// What roles on a place depend on besides what is assigned there and who is where its other roles come from.

import { TENANT_TYPE } from '../compiled.ts'
import type { Condition, Scope } from '../condition/condition.ts'
import { resourceValue, tenantValue } from '../condition/scope.ts'
import { engineOf, versionIn } from '../engine/engine.ts'
import type { Version } from '../facts/version.ts'
import { ANONYMOUS, type Attributes } from '../names.ts'
import { scopeOf } from '../scope.ts'
import type { World } from '../world.ts'
import { derivingConditionsOfResource, saidOf } from './reading.ts'

/** A world, with what is the same for all places in it at hand. */
export type Frame = {
  readonly world: World
  readonly version: Version
  /** As a visitor sees it, on no resource yet. */
  readonly scope: Scope
  /** What conditions said of resources, by the plain values they read. */
  readonly said: Map<Condition, Map<string, string>>
}

export function frameOf(world: World): Frame {
  const scope = scopeOf(world, ANONYMOUS, world.policy.tenant)
  return { world, version: versionIn(world), scope, said: new Map() }
}

/** What a condition that differs by the resource alone is asked over. */
function scopeAt(frame: Frame, place: number): Scope {
  const { version, scope, world } = frame
  const attributes = version.attributes('resources', place) ?? {}
  const tenantPlace = tenantPlaceOf(frame, place)
  const { places } = version.tables
  const tenant = tenantPlace < 0 ? world.policy.tenant : places.name(tenantPlace)
  return {
    ...scope,
    resource: resourceValue(places.name(place), attributes),
    tenant: tenantValue(tenant, version.attributes('resources', tenantPlace) ?? {}),
  }
}

/** Where the tenant of a place is; -1 if nothing is known of it. */
export function tenantPlaceOf({ world, version }: Frame, place: number): number {
  return engineOf(world.policy, version).tenantPlaceOf(version, place)
}

/** Equal texts: equal assignments and equal roles where the others come from make equal roles on both places. */
export function placeKind(frame: Frame, place: number): string {
  const { world, version } = frame
  const { tables } = version
  const type = tables.types.name(tables.typeOfPlace[place] ?? -1)
  const known = world.policy.types.get(type)
  const sets = version.hasSets
    ? version
        .edgesOfB('setRoles', place)
        .map(({ end, value }) => `${end}:${value.roles.id}`)
        .sort()
    : []
  if (!known || known.derives.size === 0) return `${type} ${sets}`
  const edges = version
    .edgesOfA('relations', place)
    .map(({ end, value }) => `${value.id}:${targetName(version, end)}`)
    .sort()
  return `${type} ${sets} ${edges} ${saidOn(frame, place, derivingConditionsOfResource(known))}`
}

/**
 * What conditions say of a resource, as text. Conditions that read but a few plain values say the same of all resources
 * that have them, and are asked once.
 */
export function saidOn(frame: Frame, place: number, conditions: readonly Condition[]): string {
  if (place < 0 || conditions.length === 0) return ''
  const attributes = frame.version.attributes('resources', place) ?? {}
  return conditions
    .map((condition) => {
      const plain = plainValues(condition, attributes)
      const isOfTenant = condition.reads.tenant.length > 0
      const values =
        plain !== undefined && isOfTenant ? `${plain} ${tenantPlaceOf(frame, place)}` : plain
      const known = values === undefined ? undefined : frame.said.get(condition)?.get(values)
      if (known) return known
      const said = saidOf(condition, scopeAt(frame, place))
      if (values !== undefined) {
        const all = frame.said.get(condition) ?? new Map<string, string>()
        frame.said.set(condition, all.set(values, said))
      }
      return said
    })
    .join('')
}

/** What no attribute can say, or what cannot be known beforehand. */
const NOT_PLAIN: ReadonlySet<string> = new Set(['*', 'id', 'type', 'key'])

/** The values a condition reads, as text; undefined if they are not all plain. */
function plainValues({ reads }: Condition, attributes: Attributes): string | undefined {
  if (reads.lookup) return undefined
  const texts: string[] = []
  for (const name of reads.resource) {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined
    if (NOT_PLAIN.has(name) || typeof value === 'object') return undefined
    texts.push(typeof value === 'string' ? JSON.stringify(value) : String(value))
  }
  return texts.join()
}

/** Tenants are told apart: who holds what on them is known of one or two of them beforehand. */
function targetName({ tables }: Version, target: number): string {
  const type = tables.types.name(tables.typeOfPlace[target] ?? -1)
  return type === TENANT_TYPE ? `${type}:${target}` : type
}
