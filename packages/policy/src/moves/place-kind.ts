// What roles on a place depend on besides what is assigned there and who is where its other roles come from.

import { TENANT_TYPE } from '../compiled.ts'
import type { Scope } from '../condition/condition.ts'
import { resourceValue } from '../condition/scope.ts'
import { versionIn } from '../engine/engine.ts'
import type { Version } from '../facts/version.ts'
import { ANONYMOUS } from '../names.ts'
import { scopeOf } from '../scope.ts'
import type { World } from '../world.ts'
import { derivingConditionsOfResource, saidOf } from './reading.ts'

/** A world, with what is the same for all places in it at hand. */
export type Frame = {
  readonly world: World
  readonly version: Version
  /** As a visitor sees it, on no resource yet. */
  readonly scope: Scope
}

export function frameOf(world: World): Frame {
  const scope = scopeOf(world, ANONYMOUS, world.policy.tenant)
  return { world, version: versionIn(world), scope }
}

/** What a condition that differs by the resource alone is asked over. */
export function scopeAt({ version, scope }: Frame, place: number): Scope {
  const attributes = version.attributes('resources', place) ?? {}
  return { ...scope, resource: resourceValue(version.tables.places.name(place), attributes) }
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
  const conditions = derivingConditionsOfResource(known)
  const scope = conditions.length > 0 ? scopeAt(frame, place) : frame.scope
  const said = conditions.map((condition) => saidOf(condition, scope))
  return `${type} ${sets} ${edges} ${said.join('')}`
}

/** Tenants are told apart: only that of the policy counts. */
function targetName({ tables }: Version, target: number): string {
  const type = tables.types.name(tables.typeOfPlace[target] ?? -1)
  return type === TENANT_TYPE ? `${type}:${target}` : type
}
