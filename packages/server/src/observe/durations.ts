// How long things took, in a fixed number of buckets: noting one is an addition, whatever there was before.

/** Shorter than this counts as this; milliseconds. */
const SHORTEST_MS = 0.01
/** Buckets for each doubling: an answer is at most 9 % above what was measured. */
const PER_DOUBLING = 8
/** From 0.01 ms to some 80 s; what takes longer stands in the last. */
const BUCKETS = 184
/** Stretches of time that are looked at together, and how many seconds each has: the last minute. */
const STRETCHES = 6
const STRETCH_SECONDS = 10

export type Quantiles = { readonly p50: number | null; readonly p99: number | null }

export class Durations {
  /** Of the second that runs. */
  readonly #now = new Uint32Array(BUCKETS)
  #nowCount = 0
  /** Of the last minute, in stretches. */
  readonly #stretches = Array.from({ length: STRETCHES }, () => new Uint32Array(BUCKETS))
  #seconds = 0
  /** Since the process began. */
  readonly #all = new Float64Array(BUCKETS)
  count = 0
  sumMs = 0

  note(ms: number): void {
    const bucket = ms <= SHORTEST_MS ? 0 : Math.floor(Math.log2(ms / SHORTEST_MS) * PER_DOUBLING)
    const at = bucket < BUCKETS ? bucket : BUCKETS - 1
    this.#now[at] = (this.#now[at] ?? 0) + 1
    this.#nowCount += 1
    this.sumMs += ms
  }

  /** Ends a second. @returns its 99th percentile, milliseconds; null if nothing was noted in it */
  tick(): number | null {
    this.#seconds += 1
    const stretch = this.#stretches[Math.floor(this.#seconds / STRETCH_SECONDS) % STRETCHES]
    if (this.#seconds % STRETCH_SECONDS === 0) stretch?.fill(0)
    if (this.#nowCount === 0 || stretch === undefined) return null
    const p99 = quantile(this.#now, this.#nowCount, 0.99)
    for (let at = 0; at < BUCKETS; at += 1) {
      const more = this.#now[at] ?? 0
      stretch[at] = (stretch[at] ?? 0) + more
      this.#all[at] = (this.#all[at] ?? 0) + more
    }
    this.count += this.#nowCount
    this.#now.fill(0)
    this.#nowCount = 0
    return p99
  }

  /** Of the last minute, as far as its seconds have ended; milliseconds. */
  lastMinute(): Quantiles {
    const sum = new Uint32Array(BUCKETS)
    let count = 0
    for (const stretch of this.#stretches) {
      for (let at = 0; at < BUCKETS; at += 1) {
        const more = stretch[at] ?? 0
        sum[at] = (sum[at] ?? 0) + more
        count += more
      }
    }
    if (count === 0) return { p50: null, p99: null }
    return { p50: quantile(sum, count, 0.5), p99: quantile(sum, count, 0.99) }
  }

  /** How many took at most so long since the process began, for each of these limits; milliseconds. */
  upTo(limitsMs: readonly number[]): readonly number[] {
    return limitsMs.map((limit) => {
      let count = 0
      for (let at = 0; at < BUCKETS && edgeOf(at) <= limit; at += 1) count += this.#all[at] ?? 0
      return count
    })
  }
}

/** The upper edge of a bucket; milliseconds. */
function edgeOf(bucket: number): number {
  return SHORTEST_MS * 2 ** ((bucket + 1) / PER_DOUBLING)
}

function quantile(buckets: Uint32Array, count: number, share: number): number {
  const wanted = Math.max(1, Math.ceil(count * share))
  let seen = 0
  let at = 0
  while (at < BUCKETS - 1) {
    seen += buckets[at] ?? 0
    if (seen >= wanted) break
    at += 1
  }
  return Math.round(edgeOf(at) * 1_000) / 1_000
}
