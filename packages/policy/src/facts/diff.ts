// What differs between two versions of packed facts: for each place where they do, what the one version has there.

import type { EdgeTable } from './edge-table.ts'

/** `null` says that there is nothing. */
export type ColumnDiff<V> = Map<number, V | null>

/** Numbers of names stay below this, so that two of them make one safe number. */
const MOST_NAMES = 2 ** 26

/** Differences in an edge table, listed from either side as the table is. */
export class EdgeDiff<V> {
  readonly #values = new Map<number, V | null>()
  readonly #ofA = new Map<number, number[]>()
  readonly #ofB = new Map<number, number[]>()

  get size(): number {
    return this.#values.size
  }

  /** `undefined`: no difference. */
  get(a: number, b: number): V | null | undefined {
    return this.#values.get(a * MOST_NAMES + b)
  }

  /** Keeps what is known already. */
  add(a: number, b: number, value: V | null): void {
    const key = a * MOST_NAMES + b
    if (this.#values.has(key)) return
    this.#values.set(key, value)
    pushTo(this.#ofA, a, b)
    pushTo(this.#ofB, b, a)
  }

  ofA(a: number): readonly number[] | undefined {
    return this.#ofA.get(a)
  }

  ofB(b: number): readonly number[] | undefined {
    return this.#ofB.get(b)
  }

  *entries(): Generator<readonly [a: number, b: number, value: V | null]> {
    for (const [key, value] of this.#values) {
      yield [Math.floor(key / MOST_NAMES), key % MOST_NAMES, value]
    }
  }

  /** Takes over what another says of places this one does not know. */
  addAll(other: EdgeDiff<V>): void {
    for (const [a, b, value] of other.entries()) this.add(a, b, value)
  }
}

function pushTo(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** An edge seen from one of its ends. */
export type Edge<V> = { readonly end: number; readonly value: V }

const NO_EDGES: readonly never[] = []

export function edgeOf<V>(
  table: EdgeTable<V>,
  diff: EdgeDiff<V> | undefined,
  a: number,
  b: number,
): V | undefined {
  const own = diff?.get(a, b)
  return own === undefined ? table.get(a, b) : (own ?? undefined)
}

/** The edges of `a`, copied: what is written later does not disturb who walks them. */
export function edgesOfA<V>(
  table: EdgeTable<V>,
  diff: EdgeDiff<V> | undefined,
  a: number,
): readonly Edge<V>[] {
  const own = diff?.ofA(a)
  const first = table.firstOfA(a)
  if (first < 0 && own === undefined) return NO_EDGES
  const edges: Edge<V>[] = []
  for (let row = first; row >= 0; row = table.nextOfA(row)) {
    const [end, value] = [table.b(row), table.value(row)]
    const isCurrent = own === undefined || diff?.get(a, end) === undefined
    if (isCurrent && value !== undefined) edges.push({ end, value })
  }
  for (const end of own ?? NO_EDGES) {
    const value = diff?.get(a, end)
    if (value !== undefined && value !== null) edges.push({ end, value })
  }
  return edges
}

/** The edges of `b`, copied. */
export function edgesOfB<V>(
  table: EdgeTable<V>,
  diff: EdgeDiff<V> | undefined,
  b: number,
): readonly Edge<V>[] {
  const own = diff?.ofB(b)
  const first = table.firstOfB(b)
  if (first < 0 && own === undefined) return NO_EDGES
  const edges: Edge<V>[] = []
  for (let row = first; row >= 0; row = table.nextOfB(row)) {
    const [end, value] = [table.a(row), table.value(row)]
    const isCurrent = own === undefined || diff?.get(end, b) === undefined
    if (isCurrent && value !== undefined) edges.push({ end, value })
  }
  for (const end of own ?? NO_EDGES) {
    const value = diff?.get(end, b)
    if (value !== undefined && value !== null) edges.push({ end, value })
  }
  return edges
}
