// Chance by seed: the same seed gives the same policies, facts and questions on every machine.

export type Random = {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  /** True with this probability. */
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  /** Up to `most` different ones, in the order given. */
  some<T>(from: readonly T[], most: number): T[]
}

/** mulberry32. */
export function seeded(seed: number): Random {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    chance: (share) => next() < share,
    pick<T>(from: readonly T[]) {
      if (from.length === 0) throw new Error('nothing to pick from')
      return from[below(from.length)] as T
    },
    some(from, most) {
      const share = Math.min(1, below(most + 1) / Math.max(1, from.length))
      return from.filter(() => next() < share).slice(0, most)
    },
  }
}
