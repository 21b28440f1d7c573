// Everything the policy is applied to: who holds which role where, people, resources. Immutable and indexed both ways;
// a change gives new facts that share all but a few short arrays with the old ones.

import type { AccessRequest, Grant, RelationTuple, RightsChange, RoleTuple } from './change.ts'
import type {
  Attributes,
  RelationName,
  ResourceId,
  RoleName,
  SubjectId,
  SubjectSet,
} from './names.ts'
import { PersistentMap } from './persistent-map.ts'
import {
  formatRelation,
  formatTuple,
  isSubjectSet,
  parseRelation,
  parseTuple,
  setParts,
  typeOf,
} from './tuple.ts'

type Who = SubjectId | SubjectSet

/** The roles of one subject by resource, or of one resource by subject; sorted by name, never empty. */
type Roles = PersistentMap<readonly RoleName[]>
const NO_ROLES: readonly RoleName[] = []

type Indexes = {
  readonly bySubject: PersistentMap<Roles>
  readonly byResource: PersistentMap<Roles>
  readonly people: PersistentMap<Attributes>
  /** By type, then by id. */
  readonly resources: PersistentMap<PersistentMap<Attributes>>
  /** By resource, then by who asks; an inner map is never empty. */
  readonly requests: PersistentMap<PersistentMap<AccessRequest>>
  /** By the text of the tuple. */
  readonly grants: PersistentMap<
    PersistentMap<{ readonly tuple: RoleTuple; readonly grant: Grant }>
  >
  readonly from: PersistentMap<PersistentMap<RelationTuple>>
  readonly to: PersistentMap<PersistentMap<RelationTuple>>
}

/** Iterations promise no order; the same changes in the same order give the same one. */
export class Facts {
  /** A getter, as the compiler emits a static field that makes its own class before the class has a name. */
  static get empty(): Facts {
    return new Facts({
      bySubject: PersistentMap.empty(),
      byResource: PersistentMap.empty(),
      people: PersistentMap.empty(),
      resources: PersistentMap.empty(),
      requests: PersistentMap.empty(),
      grants: PersistentMap.empty(),
      from: PersistentMap.empty(),
      to: PersistentMap.empty(),
    })
  }

  readonly #at: Indexes

  private constructor(indexes: Indexes) {
    this.#at = indexes
  }

  /** The facts after a change; these very facts if it changes none (policy and keys live elsewhere). */
  with(change: RightsChange): Facts {
    switch (change.kind) {
      case 'assign':
        return this.#assign(change)
      case 'unassign':
        return this.#unassign(change.tuple)
      case 'relate':
        return this.#relate(change, (known, text, edge) => known.with(text, edge))
      case 'unrelate':
        return this.#relate(change, (known, text) => known.without(text))
      case 'put-person': {
        const people = this.#at.people.with(change.subject, change.attributes)
        return people === this.#at.people ? this : new Facts({ ...this.#at, people })
      }
      case 'put-resource':
        return this.#setResource(change.resource, change.attributes)
      case 'remove-resource':
        return this.#removeResource(change.resource)
      case 'put-request':
        return this.#setRequests(change.resource, (asked) =>
          asked.with(change.subject, change.request),
        )
      case 'remove-request':
        return this.#setRequests(change.resource, (asked) => asked.without(change.subject))
      default:
        return this
    }
  }

  /**
   * Roles assigned to a person, or to a set as such, on a resource or tenant; sorted by name, also ones the policy does
   * not know, none that are pending. What follows from sets and relations is not in it.
   */
  rolesOf(subject: Who, resource: ResourceId): readonly RoleName[] {
    return this.#at.bySubject.get(subject)?.get(resource) ?? NO_ROLES
  }

  /** True if the role is assigned and not pending. */
  has(tuple: RoleTuple): boolean {
    return this.rolesOf(tuple.subject, tuple.resource).includes(tuple.role)
  }

  /** What is known about an assignment, a pending one too; undefined if there is none. */
  grant(tuple: RoleTuple): Grant | undefined {
    const known = this.#at.grants.get(tuple.resource)?.get(formatTuple(tuple))
    return known?.grant ?? (this.has(tuple) ? {} : undefined)
  }

  /** Every assignment that has a start or an end. */
  *windows(): Generator<readonly [RoleTuple, Grant]> {
    for (const [, on] of this.#at.grants.entries()) {
      for (const [, { tuple, grant }] of on.entries()) {
        const isWindow = grant.notBeforeMs !== undefined || grant.expiresAtMs !== undefined
        if (isWindow) yield [tuple, grant]
      }
    }
  }

  /** Assignments that wait for their start. */
  *pending(): Generator<readonly [RoleTuple, Grant]> {
    for (const each of this.windows()) if (each[1].notBeforeMs !== undefined) yield each
  }

  /** What a resource points to by a relation. */
  targetsOf(resource: ResourceId, relation: RelationName): readonly ResourceId[] {
    const targets: ResourceId[] = []
    for (const [name, target] of this.relationsOf(resource)) {
      if (name === relation) targets.push(target)
    }
    return targets
  }

  /** Everything a resource points to. */
  *relationsOf(resource: ResourceId): Generator<readonly [RelationName, ResourceId]> {
    for (const [, edge] of this.#at.from.get(resource)?.entries() ?? []) {
      yield [edge.relation, edge.target]
    }
  }

  /** Everything that points to a resource, and by which relation. */
  *sourcesOf(target: ResourceId): Generator<readonly [ResourceId, RelationName]> {
    for (const [, edge] of this.#at.to.get(target)?.entries() ?? []) {
      yield [edge.resource, edge.relation]
    }
  }

  *relations(): Generator<RelationTuple> {
    for (const [, edges] of this.#at.from.entries()) {
      for (const [, edge] of edges.entries()) yield edge
    }
  }

  /** Where roles are assigned to a person or set, tenants included. */
  heldBy(subject: Who): Iterable<readonly [ResourceId, readonly RoleName[]]> {
    return entriesOf<ResourceId>(this.#at.bySubject.get(subject))
  }

  /** To whom roles are assigned on a resource or tenant: people and sets. */
  holdersOn(resource: ResourceId): Iterable<readonly [Who, readonly RoleName[]]> {
    return entriesOf<Who>(this.#at.byResource.get(resource))
  }

  /** Every assignment that is not pending. */
  *tuples(): Generator<RoleTuple> {
    for (const [subject, held] of this.#at.bySubject.entries()) {
      for (const [resource, roles] of entriesOf<ResourceId>(held)) {
        for (const role of roles) yield { resource, role, subject: subject as Who }
      }
    }
  }

  /** A person's attributes; undefined if nobody of that name was ever registered. */
  person(subject: SubjectId): Attributes | undefined {
    return this.#at.people.get(subject)
  }

  people(): Iterable<readonly [SubjectId, Attributes]> {
    return this.#at.people.entries() as Iterable<readonly [SubjectId, Attributes]>
  }

  /** A resource's attributes; undefined if it does not exist. */
  resource(resource: ResourceId): Attributes | undefined {
    return this.#at.resources.get(typeOf(resource))?.get(resource)
  }

  resourcesOfType(type: string): Iterable<readonly [ResourceId, Attributes]> {
    return (this.#at.resources.get(type)?.entries() ?? []) as Iterable<
      readonly [ResourceId, Attributes]
    >
  }

  /** What a person asked for on a resource; undefined if nothing, or nothing any more. */
  request(subject: SubjectId, resource: ResourceId): AccessRequest | undefined {
    return this.#at.requests.get(resource)?.get(subject)
  }

  /** Who asks to be let in on a resource. */
  requestsOn(resource: ResourceId): Iterable<readonly [SubjectId, AccessRequest]> {
    return (this.#at.requests.get(resource)?.entries() ?? []) as Iterable<
      readonly [SubjectId, AccessRequest]
    >
  }

  #setRequests(
    resource: ResourceId,
    next: (asked: PersistentMap<AccessRequest>) => PersistentMap<AccessRequest>,
  ): Facts {
    const { requests } = this.#at
    const known = requests.get(resource) ?? PersistentMap.empty<AccessRequest>()
    const asked = next(known)
    if (asked === known) return this
    const left = asked.size === 0 ? requests.without(resource) : requests.with(resource, asked)
    return new Facts({ ...this.#at, requests: left })
  }

  #assign({ tuple, kind, ...grant }: Extract<RightsChange, { kind: 'assign' }>): Facts {
    const isPending = grant.notBeforeMs !== undefined
    const known = this.grant(tuple)
    const isSame = known !== undefined && sameGrant(known, grant) && this.has(tuple) !== isPending
    if (isSame) return this
    const cleared = this.#unassign(tuple)
    const active = isPending
      ? cleared
      : cleared.#setRoles(tuple, (roles) => [...roles, tuple.role].sort(), false)
    if (Object.keys(grant).length === 0) return active
    const { grants } = active.#at
    const on = grants.get(tuple.resource) ?? PersistentMap.empty()
    const left = grants.with(tuple.resource, on.with(formatTuple(tuple), { tuple, grant }))
    return new Facts({ ...active.#at, grants: left })
  }

  #unassign(tuple: RoleTuple): Facts {
    const inactive = this.#setRoles(
      tuple,
      (roles) => roles.filter((role) => role !== tuple.role),
      true,
    )
    const on = inactive.#at.grants.get(tuple.resource)?.without(formatTuple(tuple))
    if (on === undefined || on === inactive.#at.grants.get(tuple.resource)) return inactive
    return new Facts({ ...inactive.#at, grants: inactive.#at.grants.with(tuple.resource, on) })
  }

  #relate(
    { resource, relation, target }: RelationTuple,
    next: (
      known: PersistentMap<RelationTuple>,
      text: string,
      edge: RelationTuple,
    ) => PersistentMap<RelationTuple>,
  ): Facts {
    const edge = { resource, relation, target }
    const text = formatRelation(edge)
    const isKnown = this.#at.from.get(resource)?.has(text) ?? false
    const from = next(this.#at.from.get(resource) ?? PersistentMap.empty(), text, edge)
    const to = next(this.#at.to.get(target) ?? PersistentMap.empty(), text, edge)
    if (isKnown === from.has(text)) return this
    return new Facts({
      ...this.#at,
      from: this.#at.from.with(resource, from),
      to: this.#at.to.with(target, to),
    })
  }

  #setRoles(
    tuple: RoleTuple,
    next: (roles: readonly RoleName[]) => readonly RoleName[],
    isHeldBefore: boolean,
  ): Facts {
    if (this.has(tuple) !== isHeldBefore) return this
    const { resource, subject } = tuple
    const roles = next(this.rolesOf(subject, resource))
    return new Facts({
      ...this.#at,
      bySubject: withRoles(this.#at.bySubject, subject, resource, roles),
      byResource: withRoles(this.#at.byResource, resource, subject, roles),
    })
  }

  #setResource(resource: ResourceId, attributes: Attributes): Facts {
    const type = typeOf(resource)
    const known = this.#at.resources.get(type) ?? PersistentMap.empty<Attributes>()
    const ofType = known.with(resource, attributes)
    if (ofType === known) return this
    return new Facts({ ...this.#at, resources: this.#at.resources.with(type, ofType) })
  }

  /** A resource takes the roles held on it and the requests for it along: one made later under the same id starts without any. */
  #removeResource(resource: ResourceId): Facts {
    const { bySubject, byResource, resources, requests } = this.#at
    const type = typeOf(resource)
    const ofType = resources.get(type)
    const edges = [
      ...[...this.relationsOf(resource)].map(([relation, target]) => ({
        resource,
        relation,
        target,
      })),
      ...[...this.sourcesOf(resource)].map(([from, relation]) => ({
        resource: from,
        relation,
        target: resource,
      })),
    ]
    if (edges.length > 0) {
      return edges
        .reduce<Facts>((all, edge) => all.with({ kind: 'unrelate', ...edge }), this)
        .#removeResource(resource)
    }
    const isKnown =
      ofType?.has(resource) ||
      byResource.has(resource) ||
      requests.has(resource) ||
      (this.#at.grants.get(resource)?.size ?? 0) > 0
    if (!isKnown) return this
    let left = bySubject
    for (const [subject] of this.holdersOn(resource)) {
      left = withRoles(left, subject, resource, NO_ROLES)
    }
    return new Facts({
      ...this.#at,
      bySubject: left,
      byResource: byResource.without(resource),
      resources: ofType ? resources.with(type, ofType.without(resource)) : resources,
      requests: requests.without(resource),
      grants: this.#at.grants.without(resource),
    })
  }
}

function withRoles(
  index: PersistentMap<Roles>,
  outer: string,
  inner: string,
  roles: readonly RoleName[],
): PersistentMap<Roles> {
  const known: Roles = index.get(outer) ?? PersistentMap.empty()
  const next = roles.length === 0 ? known.without(inner) : known.with(inner, roles)
  return next.size === 0 ? index.without(outer) : index.with(outer, next)
}

function entriesOf<K extends string>(
  roles: Roles | undefined,
): Iterable<readonly [K, readonly RoleName[]]> {
  return (roles?.entries() ?? []) as Iterable<readonly [K, readonly RoleName[]]>
}

function sameGrant(a: Grant, b: Grant): boolean {
  return (
    a.notBeforeMs === b.notBeforeMs &&
    a.expiresAtMs === b.expiresAtMs &&
    a.by === b.by &&
    a.reason === b.reason
  )
}

/**
 * Facts from text, as tests and scenarios write them: `facts('channel:lobby#speaker@user:ada')`.
 *
 * Every person and resource named exists, with no attributes; a text `channel:lobby` alone makes just the resource.
 *
 * @throws {NameInvalid}
 */
export function facts(...texts: readonly string[]): Facts {
  return texts.flatMap(changesOf).reduce((all, change) => all.with(change), Facts.empty)
}

function changesOf(text: string): RightsChange[] {
  if (!text.includes('#')) return [made(text as ResourceId)]
  const who = text.slice(text.indexOf('@', text.indexOf('#')) + 1)
  if (!who.startsWith('user:') && !who.startsWith('anonymous:') && !who.includes('#')) {
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
