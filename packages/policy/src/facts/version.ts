// One version of the facts. The newest one of a line owns the tables; every other knows what it has that they do not.
// Reading an old version never moves the tables; writing to one does, so that the version written last is the fast one.

import { TENANT_RELATION } from '../compiled.ts'
import type { Attributes } from '../names.ts'
import { type Edge, edgeOf, edgesOfA, edgesOfB } from './diff.ts'
import {
  type ColumnKind,
  type Diff,
  type Due,
  type EdgeKind,
  type EdgeValues,
  emptyDiff,
  type HolderKind,
  Tables,
} from './tables.ts'

/** How many there are of each. */
export type Sizes = {
  readonly people: number
  readonly resources: number
  /** Assignments, pending ones included. */
  readonly assignments: number
  readonly pending: number
  readonly relations: number
  readonly requests: number
}

export const NO_SIZES: Sizes = {
  people: 0,
  resources: 0,
  assignments: 0,
  pending: 0,
  relations: 0,
  requests: 0,
}

/** Writes to the tables, remembers in `undo` what it overwrites, and gives back the new sizes. */
export type Write = (tables: Tables, undo: Diff | undefined, sizes: Sizes) => Sizes

/** As many as fit a packed array. */
const MOST_VERSIONS = 2 ** 31 - 1

/** Who owns the tables of a line. */
type Line = { readonly tables: Tables; owner: Version; versions: number }

export class Version {
  readonly sizes: Sizes
  readonly #line: Line
  /** The way to the owner: this version is `#next` with `#diff` laid over it. Absent for the owner. */
  #next: Version | undefined
  #diff: Diff | undefined

  /** No other version of the line has it, for as long as anybody counts. From 1. */
  readonly number: number

  private constructor(line: Omit<Line, 'owner'> & { owner?: Version }, sizes: Sizes) {
    this.sizes = sizes
    line.versions = (line.versions % MOST_VERSIONS) + 1
    this.number = line.versions
    line.owner ??= this
    this.#line = line as Line
  }

  /** A line of its own: nothing, and what is written to it first. There is no way back from here, so it costs none. */
  static first(write: Write): Version {
    const tables = new Tables()
    return new Version({ tables, versions: 0 }, write(tables, undefined, NO_SIZES))
  }

  /** For numbers and names only: what the tables hold is that of the owner. */
  get tables(): Tables {
    return this.#line.tables
  }

  get isOwner(): boolean {
    return this.#line.owner === this
  }

  edge<K extends EdgeKind>(kind: K, a: number, b: number): EdgeValues[K] | undefined {
    const table = this.#line.tables.edges[kind]
    if (this.#line.owner === this) return table.get(a, b) as EdgeValues[K] | undefined
    return edgeOf<EdgeValues[K]>(table as never, this.#way().edges[kind] as never, a, b)
  }

  edgesOfA<K extends EdgeKind>(kind: K, a: number): readonly Edge<EdgeValues[K]>[] {
    const diff = this.#line.owner === this ? undefined : this.#way().edges[kind]
    return edgesOfA<EdgeValues[K]>(this.#line.tables.edges[kind] as never, diff as never, a)
  }

  edgesOfB<K extends EdgeKind>(kind: K, b: number): readonly Edge<EdgeValues[K]>[] {
    const diff = this.#line.owner === this ? undefined : this.#way().edges[kind]
    return edgesOfB<EdgeValues[K]>(this.#line.tables.edges[kind] as never, diff as never, b)
  }

  attributes(kind: ColumnKind, at: number): Attributes | undefined {
    if (this.#line.owner !== this) {
      const own = this.#way().columns[kind].get(at)
      if (own !== undefined) return own ?? undefined
    }
    return this.#line.tables.columns[kind][at]
  }

  /** The place of the tenant that a place is said to be in, itself for a tenant; -1 if nothing is said. */
  tenantOf(place: number): number {
    const { tables } = this.#line
    if (this.isOwner || !this.#way().edges.relations.ofA(place)) return tables.tenantOf(place)
    if (tables.isTenant(place)) return place
    const said = this.edgesOfA('relations', place).find(
      ({ end, value }) => value.names.includes(TENANT_RELATION) && tables.isTenant(end),
    )
    return said?.end ?? -1
  }

  /** The places that are said to be in a tenant. */
  placesIn(tenant: number): readonly number[] {
    const { tables } = this.#line
    if (!tables.isTenant(tenant)) return []
    return this.edgesOfB('relations', tenant)
      .filter(({ end, value }) => value.names.includes(TENANT_RELATION) && !tables.isTenant(end))
      .map(({ end }) => end)
  }

  /** Every cell with a start or an end. */
  windows(): readonly Due[] {
    const { tables } = this.#line
    if (this.isOwner) return [...tables.windows.values()]
    const { edges } = this.#way()
    const same = [...tables.windows.values()].filter(
      ({ kind, holder, place }) => edges[kind].get(holder, place) === undefined,
    )
    const own = (['roles', 'setRoles'] as const).flatMap((kind) => windowsIn(kind, edges[kind]))
    return [...same, ...own]
  }

  nextDueMs(): number | undefined {
    if (this.isOwner) return this.#line.tables.nextDueMs()
    const all = this.windows().map(
      ({ kind, holder, place }) => this.edge(kind, holder, place)?.dueMs ?? 0,
    )
    return all.length === 0 ? undefined : all.reduce((a, b) => Math.min(a, b))
  }

  /** Cells with a start or an end up to an instant; any of them, at most so many. */
  dueUntil(atMs: number, most: number): readonly Due[] {
    const due = new Map<string, Due>()
    for (const each of this.isOwner ? this.#line.tables.dues.until(atMs) : this.windows()) {
      const { kind, holder, place } = each
      const dueMs = this.edge(kind, holder, place)?.dueMs ?? Number.POSITIVE_INFINITY
      if (dueMs > atMs) continue
      if (due.size >= most) break
      due.set(`${kind}\n${holder}\n${place}`, each)
    }
    return [...due.values()]
  }

  /** False if no assignment of this person, nor of any set, has a start or an end; true if one may have. */
  mayHaveWindows(person: number): boolean {
    const { windowsOfPerson, windowsOfSets } = this.#line.tables
    return !this.isOwner || windowsOfSets > 0 || windowsOfPerson.has(person)
  }

  /** False if nothing is assigned to any set. */
  get hasSets(): boolean {
    const { setRoles } = this.#line.tables.edges
    return setRoles.size > 0 || (!this.isOwner && this.#way().edges.setRoles.size > 0)
  }

  /** The version after some writes; this very one if they change nothing. The tables move here first. */
  write(write: Write): Version {
    this.#own()
    const { tables } = this.#line
    const undo = emptyDiff()
    try {
      const sizes = write(tables, undo, this.sizes)
      if (isEmpty(undo)) return this
      const next = new Version(this.#line, sizes)
      this.#line.owner = next
      this.#next = next
      this.#diff = undo
      return next
    } catch (error) {
      // Half of an entry must not show; the tables are still this version's.
      tables.apply(undo)
      throw error
    }
  }

  #own(): void {
    const line = this.#line
    if (line.owner === this) return
    const before = line.owner
    before.#diff = line.tables.apply(this.#way())
    before.#next = this
    line.owner = this
    this.#next = undefined
    this.#diff = undefined
  }

  /** The difference to the owner; what lay between is taken over, so that it can go. */
  #way(): Diff {
    const diff = this.#diff ?? emptyDiff()
    for (let next = this.#next; next !== undefined && !next.isOwner; next = this.#next) {
      merge(diff, next.#diff ?? emptyDiff())
      this.#next = next.#next
    }
    return diff
  }
}

function windowsIn<K extends HolderKind>(kind: K, edges: Diff['edges'][K]): Due[] {
  const found: Due[] = []
  for (const [holder, place, cell] of edges.entries()) {
    if (cell !== null && cell.dueMs < Number.POSITIVE_INFINITY) found.push({ kind, holder, place })
  }
  return found
}

function merge(into: Diff, from: Diff): void {
  into.edges.roles.addAll(from.edges.roles)
  into.edges.setRoles.addAll(from.edges.setRoles)
  into.edges.relations.addAll(from.edges.relations)
  into.edges.requests.addAll(from.edges.requests)
  for (const kind of ['people', 'resources'] as const) {
    for (const [at, value] of from.columns[kind]) {
      if (!into.columns[kind].has(at)) into.columns[kind].set(at, value)
    }
  }
}

function isEmpty({ edges, columns }: Diff): boolean {
  return (
    Object.values(edges).every((diff) => diff.size === 0) &&
    Object.values(columns).every((diff) => diff.size === 0)
  )
}
