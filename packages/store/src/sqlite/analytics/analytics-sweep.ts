// Counts who was active in many short spans at once: each day is read once, and its people are held against every span in it.

import type { Slot } from '../../analytics.ts'
import type { Database } from '../driver.ts'
import { bitsOf, dayOf } from './analytics-put.ts'
import { SLOTS_A_DAY } from './analytics-tables.ts'

/** Numbers of 48 bits are looked at in halves, as that is what bit operations take. */
const HALF = 2 ** 24

type Bits = readonly [number, number, number, number]
type Row = { readonly person: number; readonly am: number; readonly pm: number }

/**
 * @param bounds rising; each span goes from one to the next and is no longer than a day
 * @param isWanted which spans are counted, by their index
 * @returns for each span that is wanted how many different people were active in it
 */
export function sweep(
  db: Database,
  bounds: readonly Slot[],
  isWanted: (index: number) => boolean,
  filter: string,
): ReadonlyMap<number, number> {
  const read = db.prepare(`SELECT person, am, pm FROM active WHERE day = ? ${filter}`)
  const counts = new Map<number, number>()
  /** The last span each person was counted in: one that goes over midnight is met twice. */
  const countedIn = new Map<number, number>()
  const spans = bounds.slice(0, -1).flatMap((_, index) => (isWanted(index) ? index : []))
  for (const index of spans) counts.set(index, 0)
  const days = new Set(
    spans.flatMap((index) => [dayOf(bounds[index] ?? 0), dayOf((bounds[index + 1] ?? 1) - 1)]),
  )
  for (const day of [...days].sort((a, b) => a - b)) {
    const masks = spans.flatMap((index) => {
      const mask = maskIn(day, bounds[index] ?? 0, bounds[index + 1] ?? 0)
      return mask === undefined ? [] : { index, mask }
    })
    for (const { person, am, pm } of read.all(day) as Row[]) {
      const bits = halves(am, pm)
      for (const { index, mask } of masks) {
        if (!meets(bits, mask) || (countedIn.get(person) ?? -1) >= index) continue
        countedIn.set(person, index)
        counts.set(index, (counts.get(index) ?? 0) + 1)
      }
    }
  }
  return counts
}

/** Undefined: the span is not in the day. */
function maskIn(day: number, from: Slot, to: Slot): Bits | undefined {
  const first = Math.max(from, day * SLOTS_A_DAY)
  const end = Math.min(to, (day + 1) * SLOTS_A_DAY)
  if (first >= end) return undefined
  let [am, pm] = [0, 0]
  for (let slot = first; slot < end; slot += 1) {
    const [more, later] = bitsOf(slot)
    am += more
    pm += later
  }
  return halves(am, pm)
}

function halves(am: number, pm: number): Bits {
  return [am % HALF, Math.floor(am / HALF), pm % HALF, Math.floor(pm / HALF)]
}

function meets(bits: Bits, mask: Bits): boolean {
  return (
    ((bits[0] & mask[0]) | (bits[1] & mask[1]) | (bits[2] & mask[2]) | (bits[3] & mask[3])) !== 0
  )
}
