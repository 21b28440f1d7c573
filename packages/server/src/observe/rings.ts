// The last two minutes of what changes from second to second, in arrays of fixed size.

/** One point a second, so many are kept. */
export const KEPT_POINTS = 120

export class Rings<N extends string> {
  readonly #names: readonly N[]
  readonly #values: Float64Array
  #count = 0

  constructor(names: readonly N[]) {
    this.#names = names
    this.#values = new Float64Array(names.length * KEPT_POINTS)
  }

  /** One point for each name; null: there is nothing to say of this second. */
  add(point: Readonly<Record<N, number | null>>): void {
    const at = this.#count % KEPT_POINTS
    for (const [index, name] of this.#names.entries())
      this.#values[index * KEPT_POINTS + at] = point[name] ?? Number.NaN
    this.#count += 1
  }

  /** Oldest first. */
  series(): Readonly<Record<N, readonly (number | null)[]>> {
    const first = Math.max(0, this.#count - KEPT_POINTS)
    const points = Array.from({ length: this.#count - first }, (_, at) => first + at)
    return this.#each((index) => points.map((point) => this.#at(index, point)))
  }

  /** The newest point. */
  last(): Readonly<Record<N, number | null>> {
    return this.#each((index) => (this.#count === 0 ? null : this.#at(index, this.#count - 1)))
  }

  /** What the last so many points of a name add up to. */
  sum(name: N, points: number): number {
    const index = this.#names.indexOf(name)
    let sum = 0
    for (let at = Math.max(0, this.#count - points); at < this.#count; at += 1)
      sum += this.#at(index, at) ?? 0
    return sum
  }

  #at(index: number, point: number): number | null {
    const value = this.#values[index * KEPT_POINTS + (point % KEPT_POINTS)] ?? Number.NaN
    return Number.isNaN(value) ? null : value
  }

  #each<T>(of: (index: number) => T): Readonly<Record<N, T>> {
    const pairs = this.#names.map((name, index) => [name, of(index)] as const)
    return Object.fromEntries(pairs) as Record<N, T>
  }
}
