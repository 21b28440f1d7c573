// The packed tables behind one line of facts. Mutable and owned by its newest version; see `version.ts`.

import type { AccessRequest } from '../change.ts'
import { TENANT_RELATION, TENANT_TYPE } from '../compiled.ts'
import type { Attributes, ResourceId, RoleName, SubjectId, SubjectSet } from '../names.ts'
import { setParts, typeOf } from '../tuple.ts'
import { type Cell, Cells } from './cell.ts'
import { type ColumnDiff, EdgeDiff } from './diff.ts'
import { DueHeap } from './due-heap.ts'
import { EdgeTable } from './edge-table.ts'
import { Interner } from './interner.ts'
import { NameOrder } from './name-order.ts'
import { type NameSet, NameSets } from './name-sets.ts'

/** Both holder tables lead to places (resources and tenants), by the number of the holder in its own interner. */
export type HolderKind = 'roles' | 'setRoles'
export type EdgeValues = {
  /** person → place */
  roles: Cell
  /** set → place */
  setRoles: Cell
  /** place → place */
  relations: NameSet
  /** person → place */
  requests: AccessRequest
}
export type EdgeKind = keyof EdgeValues
/** `people` by person, `resources` by place. */
export type ColumnKind = 'people' | 'resources'

export type Diff = {
  readonly edges: { readonly [K in EdgeKind]: EdgeDiff<EdgeValues[K]> }
  readonly columns: { readonly [K in ColumnKind]: ColumnDiff<Attributes> }
}

export function emptyDiff(): Diff {
  return {
    edges: {
      roles: new EdgeDiff(),
      setRoles: new EdgeDiff(),
      relations: new EdgeDiff(),
      requests: new EdgeDiff(),
    },
    columns: { people: new Map(), resources: new Map() },
  }
}

/** A cell with a start or an end, by the table it is in and its two numbers. */
export type Due = { readonly kind: HolderKind; readonly holder: number; readonly place: number }

export class Tables {
  readonly people = new Interner<SubjectId>()
  readonly sets = new Interner<SubjectSet>()
  readonly places = new Interner<ResourceId>()
  readonly placesInOrder = new NameOrder(this.places)
  readonly types = new Interner<string>()
  readonly roleSets = new NameSets()
  readonly relationSets = new NameSets()
  readonly cells = new Cells(this.roleSets)
  readonly edges: { readonly [K in EdgeKind]: EdgeTable<EdgeValues[K]> } = {
    roles: new EdgeTable(),
    setRoles: new EdgeTable(),
    relations: new EdgeTable(),
    requests: new EdgeTable(),
  }
  readonly columns: { readonly [K in ColumnKind]: (Attributes | undefined)[] } = {
    people: [],
    resources: [],
  }
  /** By set: whose role where makes it. */
  readonly setPlaces: number[] = []
  readonly setRoles: RoleName[] = []
  /** By place: the number of its type. By type: its places. */
  readonly typeOfPlace: number[] = []
  readonly placesOfType: number[][] = []
  /** By place: that of the tenant it is said to be in, a tenant's own for a tenant; -1 if nothing is said. */
  #tenants = new Int32Array(0)
  /** Cells with a start or an end, by `dueKey`. */
  readonly windows = new Map<string, Due>()
  readonly dues = new DueHeap<Due>()
  /** What is worked out from a policy and the numbers here; see `engine/engine.ts`. */
  readonly memo: {
    readonly engines: WeakMap<object, object>
    last?: { readonly policy: object }
  } = { engines: new WeakMap() }
  windowsOfSets = 0
  /** How many windows a person has; absent: none. */
  readonly windowsOfPerson = new Map<number, number>()

  place(resource: ResourceId): number {
    const known = this.places.find(resource)
    if (known >= 0) return known
    const place = this.places.number(resource)
    const type = this.types.number(typeOf(resource))
    this.typeOfPlace.push(type)
    const places = this.placesOfType[type]
    if (places) places.push(place)
    else this.placesOfType[type] = [place]
    this.columns.resources.push(undefined)
    this.#addTenant(place, type)
    return place
  }

  /** The place of the tenant that a place is said to be in, itself for a tenant; -1 if nothing is said. */
  tenantOf(place: number): number {
    return this.#tenants[place] ?? -1
  }

  isTenant(place: number): boolean {
    return this.#tenants[place] === place
  }

  #addTenant(place: number, type: number): void {
    if (place === this.#tenants.length) {
      const more = new Int32Array(Math.max(16, Math.ceil(place * 1.5)))
      more.set(this.#tenants)
      this.#tenants = more
    }
    this.#tenants[place] = this.types.name(type) === TENANT_TYPE ? place : -1
  }

  /** Follows the relation that says it. Of two the one that goes may go last. */
  #keepTenant(place: number, target: number, relations: NameSet | undefined): void {
    if (this.isTenant(place) || !this.isTenant(target)) return
    if (relations?.names.includes(TENANT_RELATION)) this.#tenants[place] = target
    else if (this.#tenants[place] === target) this.#tenants[place] = -1
  }

  person(subject: SubjectId): number {
    const person = this.people.number(subject)
    if (person === this.columns.people.length) this.columns.people.push(undefined)
    return person
  }

  set(name: SubjectSet): number {
    const known = this.sets.find(name)
    if (known >= 0) return known
    const { resource, role } = setParts(name)
    this.setPlaces.push(this.place(resource))
    this.setRoles.push(role)
    return this.sets.number(name)
  }

  /** Sets an edge and remembers in `undo`, if there is one, what was there. */
  setEdge<K extends EdgeKind>(
    kind: K,
    a: number,
    b: number,
    value: EdgeValues[K] | undefined,
    undo: Diff | undefined,
  ): void {
    const table: EdgeTable<EdgeValues[K]> = this.edges[kind]
    const before = table.set(a, b, value)
    if (before === value) return
    const diff: EdgeDiff<EdgeValues[K]> | undefined = undo?.edges[kind]
    diff?.add(a, b, before ?? null)
    if (kind === 'roles' || kind === 'setRoles') {
      this.#keepWindow({ kind, holder: a, place: b }, before as Cell | undefined, value as Cell)
    } else if (kind === 'relations') {
      this.#keepTenant(a, b, value as NameSet | undefined)
    }
  }

  setColumn(
    kind: ColumnKind,
    at: number,
    value: Attributes | undefined,
    undo: Diff | undefined,
  ): void {
    const column = this.columns[kind]
    const before = column[at]
    if (before === value) return
    column[at] = value
    const diff = undo?.columns[kind]
    if (diff && !diff.has(at)) diff.set(at, before ?? null)
  }

  /** Makes the tables those of another version; gives back the way back. */
  apply(diff: Diff): Diff {
    const undo = emptyDiff()
    for (const kind of ['roles', 'setRoles', 'relations', 'requests'] as const) {
      this.#applyEdges(kind, diff, undo)
    }
    for (const kind of ['people', 'resources'] as const) {
      for (const [at, value] of diff.columns[kind]) {
        this.setColumn(kind, at, value ?? undefined, undo)
      }
    }
    return undo
  }

  #applyEdges<K extends EdgeKind>(kind: K, diff: Diff, undo: Diff): void {
    const edges: EdgeDiff<EdgeValues[K]> = diff.edges[kind]
    for (const [a, b, value] of edges.entries()) {
      this.setEdge(kind, a, b, value ?? undefined, undo)
    }
  }

  /** The earliest start or end of any assignment. */
  nextDueMs(): number | undefined {
    return this.dues.first((due, atMs) => this.#isDue(due, atMs))
  }

  #isDue = ({ kind, holder, place }: Due, atMs: number): boolean =>
    this.edges[kind].get(holder, place)?.dueMs === atMs

  #keepWindow(due: Due, before: Cell | undefined, after: Cell | undefined): void {
    const dueMs = after?.dueMs ?? Number.POSITIVE_INFINITY
    const [had, has] = [before !== undefined && before.dueMs < dueOfNone, dueMs < dueOfNone]
    if (has && dueMs !== before?.dueMs) this.dues.push(dueMs, due)
    if (had !== has) this.#countWindow(due, has)
    if (this.dues.size > 2 * this.windows.size + 64) this.dues.sweep(this.#isDue)
  }

  #countWindow(due: Due, isNew: boolean): void {
    const key = `${due.kind}\n${due.holder}\n${due.place}`
    if (isNew) this.windows.set(key, due)
    else this.windows.delete(key)
    if (due.kind === 'setRoles') {
      this.windowsOfSets += isNew ? 1 : -1
      return
    }
    const count = (this.windowsOfPerson.get(due.holder) ?? 0) + (isNew ? 1 : -1)
    if (count > 0) this.windowsOfPerson.set(due.holder, count)
    else this.windowsOfPerson.delete(due.holder)
  }
}

const dueOfNone = Number.POSITIVE_INFINITY
