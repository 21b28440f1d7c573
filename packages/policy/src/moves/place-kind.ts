// What roles on a place depend on besides what is assigned there and who is where its other roles come from.

import { TENANT_TYPE } from '../compiled.ts'
import type { Version } from '../facts/version.ts'
import { ANONYMOUS } from '../names.ts'
import { scopeOf } from '../scope.ts'
import type { World } from '../world.ts'
import { derivingConditionsOfResource, saidOf } from './reading.ts'

/** Equal texts: equal assignments and equal roles where the others come from make equal roles on both places. */
export function placeKind(world: World, version: Version, place: number): string {
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
  const said = derivingConditionsOfResource(known).map((condition) =>
    saidOf(condition, scopeOf(world, ANONYMOUS, tables.places.name(place))),
  )
  return `${type} ${sets} ${edges} ${said.join('')}`
}

/** Tenants are told apart: only that of the policy counts. */
function targetName({ tables }: Version, target: number): string {
  const type = tables.types.name(tables.typeOfPlace[target] ?? -1)
  return type === TENANT_TYPE ? `${type}:${target}` : type
}
