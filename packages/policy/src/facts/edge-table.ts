// Values on pairs of small numbers, packed: found by the pair, and listed from either side. Mutable; `Versions` guards it.

const NONE = -1
const FIRST_EDGES = 16

/** An edge is a row in parallel arrays; a hash of open addresses finds it, two doubly linked lists run through it. */
export class EdgeTable<V> {
  #size = 0
  /** Rows ever used; free ones are chained through `#nextA`. */
  #used = 0
  #free = NONE
  /** `a` and `b` of each row, side by side: looking for a pair reads both. */
  #ends = new Int32Array(FIRST_EDGES * 2)
  #nextA = new Int32Array(FIRST_EDGES)
  #previousA = new Int32Array(FIRST_EDGES)
  #nextB = new Int32Array(FIRST_EDGES)
  #previousB = new Int32Array(FIRST_EDGES)
  readonly #values: (V | undefined)[] = []
  #headsA = new Int32Array(0)
  #headsB = new Int32Array(0)
  /** Row + 1, or 0; twice as long as the rows at least, a power of two. */
  #slots = new Int32Array(FIRST_EDGES * 2)

  get size(): number {
    return this.#size
  }

  get(a: number, b: number): V | undefined {
    const row = this.#find(a, b)
    return row < 0 ? undefined : this.#values[row]
  }

  /** Sets or, with `undefined`, removes a value; gives back the one before. */
  set(a: number, b: number, value: V | undefined): V | undefined {
    const row = this.#find(a, b)
    if (row >= 0) {
      const before = this.#values[row]
      if (value === undefined) this.#remove(row)
      else this.#values[row] = value
      return before
    }
    if (value !== undefined) this.#add(a, b, value)
    return undefined
  }

  /** The edges of `a`, as rows for `b`, `value` and `nextOfA`; -1 ends the list. Valid until the next `set`. */
  firstOfA(a: number): number {
    return this.#headsA[a] ?? NONE
  }
  nextOfA(row: number): number {
    return this.#nextA[row] ?? NONE
  }
  firstOfB(b: number): number {
    return this.#headsB[b] ?? NONE
  }
  nextOfB(row: number): number {
    return this.#nextB[row] ?? NONE
  }
  a(row: number): number {
    return this.#ends[row * 2] ?? NONE
  }
  b(row: number): number {
    return this.#ends[row * 2 + 1] ?? NONE
  }
  value(row: number): V | undefined {
    return this.#values[row]
  }

  #find(a: number, b: number): number {
    const slots = this.#slots
    const ends = this.#ends
    const mask = slots.length - 1
    for (let at = hashOf(a, b) & mask; ; at = (at + 1) & mask) {
      const row = (slots[at] ?? 0) - 1
      if (row < 0 || (ends[row * 2] === a && ends[row * 2 + 1] === b)) return row
    }
  }

  #hashAt(row: number): number {
    return hashOf(this.a(row), this.b(row))
  }

  #add(a: number, b: number, value: V): void {
    const row = this.#takeRow()
    this.#ends[row * 2] = a
    this.#ends[row * 2 + 1] = b
    this.#values[row] = value
    this.#headsA = linked(this.#headsA, this.#nextA, this.#previousA, a, row)
    this.#headsB = linked(this.#headsB, this.#nextB, this.#previousB, b, row)
    this.#size++
    this.#occupy(row)
  }

  #takeRow(): number {
    const free = this.#free
    if (free >= 0) {
      this.#free = this.#nextA[free] ?? NONE
      return free
    }
    if (this.#used === this.#nextA.length) this.#grow()
    return this.#used++
  }

  #occupy(row: number): void {
    const mask = this.#slots.length - 1
    let at = this.#hashAt(row) & mask
    while (this.#slots[at] !== 0) at = (at + 1) & mask
    this.#slots[at] = row + 1
  }

  #remove(row: number): void {
    this.#vacate(row)
    unlink(this.#headsA, this.#nextA, this.#previousA, this.a(row), row)
    unlink(this.#headsB, this.#nextB, this.#previousB, this.b(row), row)
    this.#values[row] = undefined
    this.#ends[row * 2] = NONE
    this.#nextA[row] = this.#free
    this.#free = row
    this.#size--
  }

  /** Closes the gap by moving later entries of the run back, so that no tombstones are needed. */
  #vacate(row: number): void {
    const slots = this.#slots
    const mask = slots.length - 1
    let gap = this.#hashAt(row) & mask
    while (slots[gap] !== row + 1) gap = (gap + 1) & mask
    for (let at = (gap + 1) & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const other = (slots[at] ?? 0) - 1
      const home = this.#hashAt(other) & mask
      if (((at - home) & mask) < ((at - gap) & mask)) continue
      slots[gap] = slots[at] ?? 0
      gap = at
    }
    slots[gap] = 0
  }

  /** By half: rows are the bulk of all memory, and doubling would waste half of it. */
  #grow(): void {
    const length = Math.ceil(this.#nextA.length * 1.5)
    this.#ends = grown(this.#ends, length * 2)
    this.#nextA = grown(this.#nextA, length)
    this.#previousA = grown(this.#previousA, length)
    this.#nextB = grown(this.#nextB, length)
    this.#previousB = grown(this.#previousB, length)
    if (this.#slots.length >= length * 1.4) return
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let row = 0; row < this.#used; row++) if (this.a(row) >= 0) this.#occupy(row)
  }
}

function hashOf(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(length)
  next.set(array)
  return next
}

function linked(
  heads: Int32Array<ArrayBuffer>,
  next: Int32Array,
  previous: Int32Array,
  end: number,
  row: number,
): Int32Array<ArrayBuffer> {
  let all = heads
  if (end >= heads.length) {
    all = grown(heads, Math.max(FIRST_EDGES, Math.ceil((end + 1) * 1.5)))
    all.fill(NONE, heads.length)
  }
  const first = all[end] ?? NONE
  next[row] = first
  previous[row] = NONE
  if (first >= 0) previous[first] = row
  all[end] = row
  return all
}

function unlink(
  heads: Int32Array,
  next: Int32Array,
  previous: Int32Array,
  end: number,
  row: number,
): void {
  const [before, after] = [previous[row] ?? NONE, next[row] ?? NONE]
  if (before >= 0) next[before] = after
  else heads[end] = after
  if (after >= 0) previous[after] = before
}
