// Lengths of time as people write them: `30m`, `1h`, `1h30m`, `2d`. Pure.

const UNITS_MS: Readonly<Record<string, number>> = {
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  std: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
}

/** Longer ones are no while. */
const LONGEST_MS = 366 * 86_400_000

/** Milliseconds of the first word of a text, and what stands after it; absent: it is no length of time. */
export function spanIn(text: string): { readonly ms: number; readonly rest: string } | undefined {
  const [word = '', ...others] = text.trim().split(/\s+/)
  if (!/^(?:\d{1,4}(?:min|std|m|h|d|w))+$/i.test(word)) return undefined
  let ms = 0
  for (const [, count, unit] of word.matchAll(/(\d+)([a-z]+)/gi))
    ms += Number(count) * (UNITS_MS[(unit ?? '').toLowerCase()] ?? 0)
  return ms > 0 && ms <= LONGEST_MS ? { ms, rest: others.join(' ') } : undefined
}
