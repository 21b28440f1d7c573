// Everything the policy is applied to: who holds which role where, people, resources. Immutable and indexed both ways;
// a change gives new facts that share all but a few short arrays with the old ones.

import type { AccessRequest, RightsChange, RoleTuple } from './change.ts'
import type { Attributes, ResourceId, RoleName, SubjectId } from './names.ts'
import { PersistentMap } from './persistent-map.ts'
import { parseTuple, typeOf } from './tuple.ts'

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
        return this.#setRoles(change.tuple, (roles) => [...roles, change.tuple.role].sort(), false)
      case 'unassign':
        return this.#setRoles(
          change.tuple,
          (roles) => roles.filter((role) => role !== change.tuple.role),
          true,
        )
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

  /** Roles held directly by a subject on a resource or tenant, sorted by name, also ones the policy does not know. */
  rolesOf(subject: SubjectId, resource: ResourceId): readonly RoleName[] {
    return this.#at.bySubject.get(subject)?.get(resource) ?? NO_ROLES
  }

  has(tuple: RoleTuple): boolean {
    return this.rolesOf(tuple.subject, tuple.resource).includes(tuple.role)
  }

  /** Where a subject holds roles, tenants included. */
  heldBy(subject: SubjectId): Iterable<readonly [ResourceId, readonly RoleName[]]> {
    return entriesOf<ResourceId>(this.#at.bySubject.get(subject))
  }

  /** Who holds roles on a resource or tenant. */
  holdersOn(resource: ResourceId): Iterable<readonly [SubjectId, readonly RoleName[]]> {
    return entriesOf<SubjectId>(this.#at.byResource.get(resource))
  }

  *tuples(): Generator<RoleTuple> {
    for (const [subject, held] of this.#at.bySubject.entries()) {
      for (const [resource, roles] of entriesOf<ResourceId>(held)) {
        for (const role of roles) yield { resource, role, subject: subject as SubjectId }
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
    const isKnown = ofType?.has(resource) || byResource.has(resource) || requests.has(resource)
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
  if (!text.includes('#')) {
    return [{ kind: 'put-resource', resource: text as ResourceId, attributes: {} }]
  }
  const tuple = parseTuple(text)
  return [
    { kind: 'put-resource', resource: tuple.resource, attributes: {} },
    { kind: 'put-person', subject: tuple.subject, attributes: {} },
    { kind: 'assign', tuple },
  ]
}
