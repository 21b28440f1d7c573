// The earliest of many instants, of which most are taken back before they come. Entries may be stale; who asks knows.

type Entry<T> = { readonly atMs: number; readonly of: T }

/** A binary heap that forgets stale entries when they reach the top, and all of them when they are most. */
export class DueHeap<T> {
  #entries: Entry<T>[] = []

  get size(): number {
    return this.#entries.length
  }

  push(atMs: number, of: T): void {
    const entries = this.#entries
    let at = entries.length
    const entry = { atMs, of }
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = entries[above]
      if (parent === undefined || parent.atMs <= atMs) break
      entries[at] = parent
      at = above
    }
    entries[at] = entry
  }

  /** The earliest entry that holds; entries before it that do not are dropped. */
  first(holds: (of: T, atMs: number) => boolean): number | undefined {
    for (;;) {
      const top = this.#entries[0]
      if (top === undefined) return undefined
      if (holds(top.of, top.atMs)) return top.atMs
      this.#dropFirst()
    }
  }

  /** Every entry up to and with an instant, in no order, stale ones too. */
  *until(atMs: number): Generator<T> {
    const places = [0]
    for (let at = places.pop(); at !== undefined; at = places.pop()) {
      const entry = this.#entries[at]
      if (entry === undefined || entry.atMs > atMs) continue
      yield entry.of
      places.push(2 * at + 1, 2 * at + 2)
    }
  }

  /** Drops every entry that does not hold. */
  sweep(holds: (of: T, atMs: number) => boolean): void {
    const kept = this.#entries.filter((entry) => holds(entry.of, entry.atMs))
    this.#entries = []
    for (const { atMs, of } of kept) this.push(atMs, of)
  }

  #dropFirst(): void {
    const entries = this.#entries
    const last = entries.pop()
    if (last === undefined || entries.length === 0) return
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const [a, b] = [entries[left], entries[left + 1]]
      const child = b !== undefined && a !== undefined && b.atMs < a.atMs ? left + 1 : left
      const below = entries[child]
      if (below === undefined || below.atMs >= last.atMs) break
      entries[at] = below
      at = child
    }
    entries[at] = last
  }
}
