// How each kind of change lands in the packed tables.

import type { RelationTuple, RightsChange, RoleTuple } from '../change.ts'
import { TENANT_RELATION } from '../compiled.ts'
import type { Attributes, ResourceId, SubjectId } from '../names.ts'
import { isSubjectSet } from '../tuple.ts'
import type { Cell } from './cell.ts'
import type { Diff, HolderKind, Tables } from './tables.ts'
import type { Sizes } from './version.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Assign = Extract<RightsChange, { kind: 'assign' }>

/** Folds changes into the tables; changes of other things than facts change nothing. */
export function writeChanges(
  tables: Tables,
  undo: Diff | undefined,
  sizes: Sizes,
  changes: Iterable<RightsChange>,
): Sizes {
  const writer = new Writer(tables, undo, sizes)
  for (const change of changes) writer.write(change)
  return writer.sizes
}

class Writer {
  readonly sizes: Mutable<Sizes>
  readonly #tables: Tables
  readonly #undo: Diff | undefined

  constructor(tables: Tables, undo: Diff | undefined, sizes: Sizes) {
    this.#tables = tables
    this.#undo = undo
    this.sizes = { ...sizes }
  }

  write(change: RightsChange): void {
    switch (change.kind) {
      case 'assign':
        return this.#assign(change)
      case 'unassign':
        return this.#unassign(change.tuple)
      case 'put-person':
        return this.#putPerson(change.subject, change.attributes)
      case 'remove-person':
        return this.#removePerson(change.subject)
      case 'put-resource':
        return this.#putResource(this.#tables.place(change.resource), change.attributes)
      case 'remove-resource':
        return this.#removeResource(change.resource)
      case 'relate':
        return this.#relate(change)
      case 'unrelate':
        return this.#unrelate(change)
      case 'put-request':
      case 'remove-request':
        return this.#setRequest(change)
      default:
        return
    }
  }

  #assign({ tuple, notBeforeMs, expiresAtMs, by, reason }: Assign): void {
    const grant = {
      ...(notBeforeMs !== undefined && { notBeforeMs }),
      ...(expiresAtMs !== undefined && { expiresAtMs }),
      ...(by !== undefined && { by }),
      ...(reason !== undefined && { reason }),
    }
    const { subject } = tuple
    const tables = this.#tables
    const place = tables.place(tuple.resource)
    const isSet = isSubjectSet(subject)
    const kind = isSet ? 'setRoles' : 'roles'
    const holder = isSet ? tables.set(subject) : tables.person(subject)
    const before = tables.edges[kind].get(holder, place)
    this.#setCell(kind, holder, place, before, tables.cells.assigned(before, tuple.role, grant))
  }

  #unassign({ resource, role, subject }: RoleTuple): void {
    const tables = this.#tables
    const isSet = isSubjectSet(subject)
    const kind = isSet ? 'setRoles' : 'roles'
    const holder = isSet ? tables.sets.find(subject) : tables.people.find(subject)
    const place = tables.places.find(resource)
    if (holder < 0 || place < 0) return
    const before = tables.edges[kind].get(holder, place)
    this.#setCell(kind, holder, place, before, tables.cells.unassigned(before, role))
  }

  #setCell(
    kind: HolderKind,
    holder: number,
    place: number,
    before: Cell | undefined,
    after: Cell | undefined,
  ): void {
    if (before === after) return
    this.#tables.setEdge(kind, holder, place, after, this.#undo)
    const [had, has] = [pendingIn(before), pendingIn(after)]
    this.sizes.pending += has - had
    this.sizes.assignments +=
      (after?.roles.names.length ?? 0) + has - (before?.roles.names.length ?? 0) - had
  }

  #putPerson(subject: SubjectId, attributes: Attributes): void {
    const person = this.#tables.person(subject)
    if (this.#tables.columns.people[person] === undefined) this.sizes.people++
    this.#tables.setColumn('people', person, attributes, this.#undo)
  }

  #removePerson(subject: SubjectId): void {
    const person = this.#tables.people.find(subject)
    if (person < 0 || this.#tables.columns.people[person] === undefined) return
    this.sizes.people--
    this.#tables.setColumn('people', person, undefined, this.#undo)
  }

  #putResource(place: number, attributes: Attributes | undefined): void {
    const isKnown = this.#tables.columns.resources[place] !== undefined
    this.sizes.resources += (attributes === undefined ? 0 : 1) - (isKnown ? 1 : 0)
    this.#tables.setColumn('resources', place, attributes, this.#undo)
  }

  #relate({ resource, relation, target }: RelationTuple): void {
    if (relation === TENANT_RELATION) this.#leaveTenant(resource, target)
    const { edges, relationSets } = this.#tables
    const [from, to] = [this.#tables.place(resource), this.#tables.place(target)]
    const before = edges.relations.get(from, to)
    const after = relationSets.plus(before ?? relationSets.empty, relation)
    if (after === before) return
    this.sizes.relations++
    this.#tables.setEdge('relations', from, to, after, this.#undo)
  }

  /** Nothing is in two tenants: who joins another one leaves the one before. */
  #leaveTenant(resource: ResourceId, except: ResourceId): void {
    const { edges, places } = this.#tables
    const from = this.#tables.place(resource)
    for (let row = edges.relations.firstOfA(from); row >= 0; row = edges.relations.nextOfA(row)) {
      const target = places.name(edges.relations.b(row))
      const isSaid = edges.relations.value(row)?.names.includes(TENANT_RELATION) === true
      if (!isSaid || target === except) continue
      this.#unrelate({ resource, relation: TENANT_RELATION, target })
      return
    }
  }

  #unrelate({ resource, relation, target }: RelationTuple): void {
    const { edges, relationSets, places } = this.#tables
    const [from, to] = [places.find(resource), places.find(target)]
    const before = from < 0 || to < 0 ? undefined : edges.relations.get(from, to)
    if (before === undefined) return
    const after = relationSets.minus(before, relation)
    if (after === before) return
    this.sizes.relations--
    const left = after.names.length === 0 ? undefined : after
    this.#tables.setEdge('relations', from, to, left, this.#undo)
  }

  #setRequest(change: Extract<RightsChange, { kind: 'put-request' | 'remove-request' }>): void {
    const person = this.#tables.person(change.subject)
    const place = this.#tables.place(change.resource)
    this.#putRequest(person, place, change.kind === 'put-request' ? change.request : undefined)
  }

  #putRequest(
    person: number,
    place: number,
    request: Extract<RightsChange, { kind: 'put-request' }>['request'] | undefined,
  ): void {
    const isKnown = this.#tables.edges.requests.get(person, place) !== undefined
    this.sizes.requests += (request === undefined ? 0 : 1) - (isKnown ? 1 : 0)
    this.#tables.setEdge('requests', person, place, request, this.#undo)
  }

  #removeResource(resource: ResourceId): void {
    const tables = this.#tables
    const place = tables.places.find(resource)
    if (place < 0) return
    for (const member of this.#membersOf(place)) this.#removePlace(member)
    this.#removePlace(place)
  }

  /** What is in a tenant; a tenant is in no other. */
  #membersOf(place: number): readonly number[] {
    const tables = this.#tables
    const { relations } = tables.edges
    const members: number[] = []
    if (!tables.isTenant(place)) return members
    for (let row = relations.firstOfB(place); row >= 0; row = relations.nextOfB(row)) {
      if (tables.tenantOf(relations.a(row)) === place) members.push(relations.a(row))
    }
    return members.filter((member) => member !== place)
  }

  #removePlace(place: number): void {
    this.#putResource(place, undefined)
    const { edges } = this.#tables
    for (const kind of ['roles', 'setRoles'] as const) {
      for (let row = edges[kind].firstOfB(place); row >= 0; row = edges[kind].firstOfB(place)) {
        this.#setCell(kind, edges[kind].a(row), place, edges[kind].value(row), undefined)
      }
    }
    for (let row = edges.requests.firstOfB(place); row >= 0; row = edges.requests.firstOfB(place)) {
      this.#putRequest(edges.requests.a(row), place, undefined)
    }
    this.#removeRelations(place)
  }

  #removeRelations(place: number): void {
    const { relations } = this.#tables.edges
    const remove = (from: number, to: number): void => {
      this.sizes.relations -= relations.get(from, to)?.names.length ?? 0
      this.#tables.setEdge('relations', from, to, undefined, this.#undo)
    }
    for (let row = relations.firstOfA(place); row >= 0; row = relations.firstOfA(place)) {
      remove(place, relations.b(row))
    }
    for (let row = relations.firstOfB(place); row >= 0; row = relations.firstOfB(place)) {
      remove(relations.a(row), place)
    }
  }
}

function pendingIn(cell: Cell | undefined): number {
  if (cell === undefined || cell.grants.length === 0) return 0
  return cell.grants.filter(([, { notBeforeMs }]) => notBeforeMs !== undefined).length
}
