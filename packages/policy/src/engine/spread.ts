// Where roles could lead: walks along stored facts that ask no condition, so that they may find too much and never too
// little. Who asks decides what they find.

import type { Version } from '../facts/version.ts'
import { Facts } from '../facts.ts'
import {
  ANONYMOUS,
  type RelationName,
  type ResourceId,
  type RoleName,
  type SubjectId,
} from '../names.ts'
import { subjectSet } from '../tuple.ts'
import type { World } from '../world.ts'
import { type Engine, engineOf, versionIn } from './engine.ts'
import { Walk } from './walk.ts'

/** A role on a place. */
type Spot = { readonly place: number; readonly role: RoleName }

/** Every resource and tenant on which the subject could hold a role: assigned, through sets, or derived. */
export function placesOf(world: World, subject: SubjectId): ReadonlySet<ResourceId> {
  if (Facts.versionOf(world.facts) === undefined) return new Set()
  const version = versionIn(world)
  const { people, places } = version.tables
  const starts = version
    .edgesOfA('roles', people.find(subject))
    .flatMap(({ end, value }) => value.roles.names.map((role) => ({ place: end, role })))
  const found = spreadFrom(version, engineOf(world.policy, version), starts)
  return new Set(found.map(({ place }) => places.name(place)))
}

/** Some roles on places and all that could follow from them. */
export function spreadFrom(
  version: Version,
  engine: Engine,
  starts: readonly Spot[],
): readonly Spot[] {
  const seen = new Set<string>()
  const found: Spot[] = []
  const add = (spot: Spot) => {
    const name = `${spot.place} ${spot.role}`
    if (seen.has(name)) return
    seen.add(name)
    found.push(spot)
  }
  for (const each of starts) add(each)
  // Grows while it is walked.
  for (const each of found) for (const next of following(version, engine, each)) add(next)
  return found
}

/** What a role somewhere brings along at once: what its holders were given as a set, and what is derived from it. */
function* following(version: Version, engine: Engine, spot: Spot): Generator<Spot> {
  const { sets, places } = version.tables
  const set = version.hasSets ? sets.find(subjectSet(places.name(spot.place), spot.role)) : -1
  for (const { end, value } of version.edgesOfA('setRoles', set)) {
    for (const role of value.roles.names) yield { place: end, role }
  }
  const type = engine.hasDerivations ? engine.targetTypeAt(spot.place) : -1
  if (type < 0) return
  for (const { end, value } of version.edgesOfB('relations', spot.place)) {
    yield* derivedAt(engine, end, value.names, spot.role, type)
  }
}

/** What a role on a target of a type gives on a place that points to it by some relations. */
function* derivedAt(
  engine: Engine,
  place: number,
  relations: readonly RelationName[],
  role: RoleName,
  targetType: number,
): Generator<Spot> {
  const derives = engine.typeAt(place)?.type.derives
  if (!derives || derives.size === 0) return
  const name = engine.tables.types.name(targetType)
  for (const relation of relations) {
    for (const { gives, targets } of derives.get(relation)?.get(role) ?? []) {
      if (targets.has(name)) yield { place, role: gives }
    }
  }
}

/** The places where roles on a place can lead to others at once; with `roles`, only what these lead to. */
export function dependents(
  world: World,
  resource: ResourceId,
  roles?: readonly RoleName[],
): readonly ResourceId[] {
  const version = versionIn(world)
  const engine = engineOf(world.policy, version)
  const { places } = version.tables
  const place = places.find(resource)
  if (place < 0) return []
  return (roles ?? rolesSpokenOf(version, engine, place)).flatMap((role) =>
    [...following(version, engine, { place, role })].map((spot) => places.name(spot.place)),
  )
}

/** Every role on a place that a set or a derivation speaks of. */
function rolesSpokenOf(version: Version, engine: Engine, place: number): readonly RoleName[] {
  const roles = new Set<RoleName>()
  const { sets, setPlaces, setRoles } = version.tables
  for (let set = 0; set < sets.size; set++) {
    if (setPlaces[set] === place) roles.add(setRoles[set] ?? '')
  }
  for (const type of engine.policy.types.values()) {
    for (const byRole of type.derives.values()) for (const role of byRole.keys()) roles.add(role)
  }
  return [...roles]
}

/** Every person who could hold something on one of some places: assigned, through sets, or derived. */
export function* peopleAbove(world: World, resources: readonly ResourceId[]): Generator<SubjectId> {
  const version = versionIn(world)
  const { people, places } = version.tables
  const walk = new Walk(world, ANONYMOUS)
  const found = new Set(resources.flatMap((each) => walk.leadingTo(places.find(each))))
  for (const place of found) {
    for (const { end, value } of version.edgesOfB('roles', place)) {
      if (value.roles.names.length > 0) yield people.name(end)
    }
  }
}
