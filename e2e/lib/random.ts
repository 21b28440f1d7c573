// Seeded chance: the same seed gives the same run.

export type Random = { int(below: number): number }

/** mulberry32 */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return {
    int(below) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
    },
  }
}
