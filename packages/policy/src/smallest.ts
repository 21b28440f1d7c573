// The first few of many names in order, without sorting them all: pages of long lists are cut with it.

/**
 * The `count` smallest texts greater than `after`, sorted by code unit, none twice.
 *
 * Looks at every name once and keeps `count` of them: linear for short pages of long lists.
 */
export function smallest<T extends string>(
  names: Iterable<T>,
  after: string | undefined,
  count: number,
): readonly T[] {
  if (count <= 0) return []
  const slack = Math.max(64, count)
  let kept: T[] = []
  let most: T | undefined
  for (const name of names) {
    if ((after !== undefined && name <= after) || (most !== undefined && name >= most)) continue
    kept.push(name)
    if (kept.length < count + slack) continue
    kept = firstOf(kept, count)
    most = kept.length === count ? kept.at(-1) : undefined
  }
  return firstOf(kept, count)
}

function firstOf<T extends string>(names: readonly T[], count: number): T[] {
  return [...new Set(names)].sort().slice(0, count)
}
