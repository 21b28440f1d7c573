// Who is seen as here: those who are, and for a while those who have just gone. A connection that breaks and comes back is
// not seen to flicker. Pure.

/** How long somebody who has gone is still seen as here; milliseconds. */
export const GRACE_MS = 10_000

/** What was said last by each person who is seen as here; `goneMs` if they have gone. */
export type Present = ReadonlyMap<
  string,
  { readonly values: readonly unknown[]; readonly goneMs?: number }
>

export const NOBODY: Present = new Map()

/** Takes over a reading of the presence set. */
export function presentAfter(
  before: Present,
  members: ReadonlyMap<string, readonly unknown[]>,
  nowMs: number,
): Present {
  const next = new Map<string, { values: readonly unknown[]; goneMs?: number }>()
  for (const [id, values] of members) next.set(id, { values })
  for (const [id, one] of before) {
    if (next.has(id)) continue
    const goneMs = one.goneMs ?? nowMs
    if (goneMs + GRACE_MS > nowMs) next.set(id, { values: one.values, goneMs })
  }
  return next
}

/** When the next of those who have gone is no longer seen; absent: nobody has. */
export function nextGoneMs(present: Present): number | undefined {
  const ends = [...present.values()].flatMap(({ goneMs }) =>
    goneMs === undefined ? [] : [goneMs + GRACE_MS],
  )
  return ends.length === 0 ? undefined : Math.min(...ends)
}

/** What is said of people in one place, and then anywhere: who says nothing anywhere is not among them. */
export function joined(
  here: ReadonlyMap<string, readonly unknown[]>,
  anywhere: ReadonlyMap<string, readonly unknown[]>,
): ReadonlyMap<string, readonly unknown[]> {
  const all = new Map(here)
  for (const [id, said] of anywhere)
    if (said.length > 0) all.set(id, [...(all.get(id) ?? []), ...said])
  return all
}
