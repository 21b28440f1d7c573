// Everything the policy is applied to: who holds which role where, people, resources, relations, requests. Immutable to
// the outside and indexed both ways; behind it are packed tables that the newest version owns (`facts/`).

import type { AccessRequest, Grant, RelationTuple, RightsChange, RoleTuple } from './change.ts'
import { grantIn } from './facts/cell.ts'
import type { HolderKind } from './facts/tables.ts'
import { NO_SIZES, type Sizes, Version } from './facts/version.ts'
import { writeChanges } from './facts/writer.ts'
import type {
  Attributes,
  RelationName,
  ResourceId,
  RoleName,
  SubjectId,
  SubjectSet,
} from './names.ts'
import { isSubjectSet, parseRelation, parseTuple, setParts } from './tuple.ts'

type Who = SubjectId | SubjectSet
const NO_ROLES: readonly RoleName[] = []

/**
 * Iterations promise no order. What is iterated is that of the version asked, whatever is folded meanwhile.
 *
 * Reading an old version costs a little more than the one written last; writing to an old one makes that the last.
 */
export class Facts {
  /** A getter, as nothing is shared between what begins here. */
  static get empty(): Facts {
    return new Facts(undefined)
  }

  /** The packed tables behind facts, for the engine; undefined if there is nothing in them. */
  static versionOf(all: Facts): Version | undefined {
    return all.#version
  }

  readonly #version: Version | undefined

  private constructor(version: Version | undefined) {
    this.#version = version
  }

  /** The facts after a change; these very facts if it changes none (policy, keys and time live elsewhere). */
  with(change: RightsChange): Facts {
    return this.withAll([change])
  }

  /** The facts after changes, as one step: cheaper than one by one. */
  withAll(changes: readonly RightsChange[]): Facts {
    const version = this.#version
      ? this.#version.write((...to) => writeChanges(...to, changes))
      : Version.first((...to) => writeChanges(...to, changes))
    const isSame = version === this.#version || (!this.#version && isNothing(version.sizes))
    return isSame ? this : new Facts(version)
  }

  get sizes(): Sizes {
    return this.#version?.sizes ?? NO_SIZES
  }

  /**
   * Roles assigned to a person, or to a set as such, on a resource or tenant; sorted by name, also ones the policy does
   * not know, none that are pending. What follows from sets and relations is not in it.
   */
  rolesOf(subject: Who, resource: ResourceId): readonly RoleName[] {
    return this.#cell(subject, resource)?.roles.names ?? NO_ROLES
  }

  /** True if the role is assigned and not pending. */
  has(tuple: RoleTuple): boolean {
    return this.rolesOf(tuple.subject, tuple.resource).includes(tuple.role)
  }

  /** What is known about an assignment, a pending one too; undefined if there is none. */
  grant(tuple: RoleTuple): Grant | undefined {
    return grantIn(this.#cell(tuple.subject, tuple.resource), tuple.role)
  }

  /** Every assignment that has a start or an end. */
  windows(): Iterable<readonly [RoleTuple, Grant]> {
    return (this.#version?.windows() ?? []).flatMap((due) => this.#grantsAt(due))
  }

  /** Assignments that wait for their start. */
  *pending(): Generator<readonly [RoleTuple, Grant]> {
    for (const each of this.windows()) if (each[1].notBeforeMs !== undefined) yield each
  }

  /** The earliest start or end of an assignment; undefined if there is none. Milliseconds since 1970. */
  nextDueMs(): number | undefined {
    return this.#version?.nextDueMs()
  }

  /** Assignments of which a start or an end has come; of more than so many holders and places, any of them. */
  dueUntil(
    atMs: number,
    most = Number.POSITIVE_INFINITY,
  ): readonly (readonly [RoleTuple, Grant])[] {
    return (this.#version?.dueUntil(atMs, most) ?? []).flatMap((due) =>
      this.#grantsAt(due).filter(([, { notBeforeMs, expiresAtMs }]) => {
        return (notBeforeMs ?? expiresAtMs ?? atMs + 1) <= atMs || (expiresAtMs ?? atMs + 1) <= atMs
      }),
    )
  }

  /** Where roles are assigned to a person or set, tenants included. */
  heldBy(subject: Who): readonly (readonly [ResourceId, readonly RoleName[]])[] {
    const version = this.#version
    if (!version) return []
    const [kind, holder] = holderOf(version, subject)
    return version
      .edgesOfA(kind, holder)
      .filter(({ value }) => value.roles.names.length > 0)
      .map(({ end, value }) => [version.tables.places.name(end), value.roles.names])
  }

  /** To whom roles are assigned on a resource or tenant: people and sets. */
  holdersOn(resource: ResourceId): readonly (readonly [Who, readonly RoleName[]])[] {
    const version = this.#version
    if (!version) return []
    const place = version.tables.places.find(resource)
    return (['roles', 'setRoles'] as const).flatMap((kind) =>
      version
        .edgesOfB(kind, place)
        .filter(({ value }) => value.roles.names.length > 0)
        .map(({ end, value }) => [nameOf(version, kind, end), value.roles.names] as const),
    )
  }

  /** Every assignment on a resource or tenant, also ones that wait for their start. */
  assignmentsOn(resource: ResourceId): readonly RoleTuple[] {
    const version = this.#version
    if (!version) return []
    const place = version.tables.places.find(resource)
    return (['roles', 'setRoles'] as const).flatMap((kind) =>
      version.edgesOfB(kind, place).flatMap(({ end, value }) => {
        const subject = nameOf(version, kind, end)
        const waiting = value.grants.filter(([, { notBeforeMs }]) => notBeforeMs !== undefined)
        const roles = [...value.roles.names, ...waiting.map(([role]) => role)]
        return roles.map((role) => ({ resource, role, subject }))
      }),
    )
  }

  /**
   * The places in the order of the texts of their assignments, ones without any among them; the order is kept, so that a
   * page of them costs its length.
   *
   * @param after the text of an assignment: none is left out that has a greater one
   */
  *placesInOrder(after?: string): Generator<ResourceId> {
    yield* this.#version?.tables.placesInOrder.from(after) ?? []
  }

  /** Every assignment that is not pending. */
  *tuples(): Generator<RoleTuple> {
    const version = this.#version
    if (!version) return
    const { people, sets } = version.tables
    for (const holders of [people, sets]) {
      const size = holders.size
      for (let i = 0; i < size; i++) {
        const subject: Who = holders.name(i)
        for (const [resource, roles] of this.heldBy(subject)) {
          for (const role of roles) yield { resource, role, subject }
        }
      }
    }
  }

  /** A person's attributes; undefined if nobody of that name was ever registered. */
  person(subject: SubjectId): Attributes | undefined {
    const version = this.#version
    return version?.attributes('people', version.tables.people.find(subject))
  }

  *people(): Generator<readonly [SubjectId, Attributes]> {
    const version = this.#version
    if (!version) return
    const { people } = version.tables
    const size = people.size
    for (let i = 0; i < size; i++) {
      const attributes = version.attributes('people', i)
      if (attributes) yield [people.name(i), attributes]
    }
  }

  /** A resource's attributes; undefined if it does not exist. */
  resource(resource: ResourceId): Attributes | undefined {
    const version = this.#version
    return version?.attributes('resources', version.tables.places.find(resource))
  }

  resourcesOfType(type: string): Generator<readonly [ResourceId, Attributes]> {
    return this.#ofType(type, () => true)
  }

  /** The resources of a type that are said to be in no tenant, or in this one. */
  *resourcesOfTypeIn(
    type: string,
    tenant: ResourceId,
  ): Generator<readonly [ResourceId, Attributes]> {
    const version = this.#version
    const own = version?.tables.places.find(tenant) ?? -1
    yield* this.#ofType(type, (place) => {
      const said = version?.tenantOf(place) ?? -1
      return said < 0 || said === own
    })
  }

  *#ofType(
    type: string,
    isMeant: (place: number) => boolean,
  ): Generator<readonly [ResourceId, Attributes]> {
    const version = this.#version
    if (!version) return
    const { types, placesOfType, places } = version.tables
    const ofType = placesOfType[types.find(type)] ?? []
    const size = ofType.length
    for (let i = 0; i < size; i++) {
      const place = ofType[i] ?? -1
      if (!isMeant(place)) continue
      const attributes = version.attributes('resources', place)
      if (attributes) yield [places.name(place), attributes]
    }
  }

  /** What a resource points to by a relation. */
  targetsOf(resource: ResourceId, relation: RelationName): readonly ResourceId[] {
    return this.relationsOf(resource)
      .filter(([name]) => name === relation)
      .map(([, target]) => target)
  }

  /** Everything a resource points to. */
  relationsOf(resource: ResourceId): readonly (readonly [RelationName, ResourceId])[] {
    const version = this.#version
    if (!version) return []
    const { places } = version.tables
    return version
      .edgesOfA('relations', places.find(resource))
      .flatMap(({ end, value }) => value.names.map((name) => [name, places.name(end)] as const))
  }

  /** Everything that points to a resource, and by which relation. */
  sourcesOf(target: ResourceId): readonly (readonly [ResourceId, RelationName])[] {
    const version = this.#version
    if (!version) return []
    const { places } = version.tables
    return version
      .edgesOfB('relations', places.find(target))
      .flatMap(({ end, value }) => value.names.map((name) => [places.name(end), name] as const))
  }

  /** The tenant that a resource is said to be in, itself for a tenant; undefined if nothing is said. */
  tenantOf(resource: ResourceId): ResourceId | undefined {
    const version = this.#version
    if (!version) return undefined
    const { places } = version.tables
    const tenant = version.tenantOf(places.find(resource))
    return tenant < 0 ? undefined : places.name(tenant)
  }

  /** Everything that is said to be in a tenant, existing or not. */
  *resourcesIn(tenant: ResourceId): Generator<ResourceId> {
    const version = this.#version
    if (!version) return
    const { places } = version.tables
    for (const place of version.placesIn(places.find(tenant))) yield places.name(place)
  }

  *relations(): Generator<RelationTuple> {
    const { places } = this.#version?.tables ?? {}
    const size = places?.size ?? 0
    for (let i = 0; places && i < size; i++) {
      const resource = places.name(i)
      for (const [relation, target] of this.relationsOf(resource)) {
        yield { resource, relation, target }
      }
    }
  }

  /** What a person asked for on a resource; undefined if nothing, or nothing any more. */
  request(subject: SubjectId, resource: ResourceId): AccessRequest | undefined {
    const version = this.#version
    if (!version) return undefined
    const { people, places } = version.tables
    return version.edge('requests', people.find(subject), places.find(resource))
  }

  /** Where a person asks to be let in. */
  requestedBy(subject: SubjectId): readonly ResourceId[] {
    const version = this.#version
    if (!version) return []
    const { people, places } = version.tables
    return version.edgesOfA('requests', people.find(subject)).map(({ end }) => places.name(end))
  }

  /** Who asks to be let in on a resource. */
  requestsOn(resource: ResourceId): readonly (readonly [SubjectId, AccessRequest])[] {
    const version = this.#version
    if (!version) return []
    const { people, places } = version.tables
    return version
      .edgesOfB('requests', places.find(resource))
      .map(({ end, value }) => [people.name(end), value])
  }

  #cell(subject: Who, resource: ResourceId) {
    const version = this.#version
    if (!version) return undefined
    const [kind, holder] = holderOf(version, subject)
    return version.edge(kind, holder, version.tables.places.find(resource))
  }

  #grantsAt({
    kind,
    holder,
    place,
  }: {
    kind: HolderKind
    holder: number
    place: number
  }): (readonly [RoleTuple, Grant])[] {
    const version = this.#version
    if (!version) return []
    const resource = version.tables.places.name(place)
    const subject = nameOf(version, kind, holder)
    return (version.edge(kind, holder, place)?.grants ?? [])
      .filter(([, grant]) => grant.notBeforeMs !== undefined || grant.expiresAtMs !== undefined)
      .map(([role, grant]) => [{ resource, role, subject }, grant])
  }
}

function holderOf(version: Version, who: Who): readonly [HolderKind, number] {
  return isSubjectSet(who)
    ? ['setRoles', version.tables.sets.find(who)]
    : ['roles', version.tables.people.find(who)]
}

function nameOf(version: Version, kind: HolderKind, holder: number): Who {
  return kind === 'roles' ? version.tables.people.name(holder) : version.tables.sets.name(holder)
}

function isNothing(sizes: Sizes): boolean {
  return Object.values(sizes).every((size) => size === 0)
}

/**
 * Facts from text, as tests and scenarios write them: `facts('channel:lobby#speaker@user:ada')`.
 *
 * Every person and resource named exists, with no attributes; a text `channel:lobby` alone makes just the resource, and
 * `channel:lobby#parent@server:one` relates two.
 *
 * @throws {NameInvalid}
 */
export function facts(...texts: readonly string[]): Facts {
  return Facts.empty.withAll(texts.flatMap(changesOf))
}

function changesOf(text: string): RightsChange[] {
  if (!text.includes('#')) return [made(text as ResourceId)]
  const who = text.slice(text.indexOf('@', text.indexOf('#')) + 1)
  if (!/^(?:user|anonymous):/.test(who) && !who.includes('#')) {
    const edge = parseRelation(text)
    return [made(edge.resource), made(edge.target), { kind: 'relate', ...edge }]
  }
  const tuple = parseTuple(text)
  return [
    made(tuple.resource),
    isSubjectSet(tuple.subject)
      ? made(setParts(tuple.subject).resource)
      : { kind: 'put-person', subject: tuple.subject, attributes: {} },
    { kind: 'assign', tuple },
  ]
}

function made(resource: ResourceId): RightsChange {
  return { kind: 'put-resource', resource, attributes: {} }
}
