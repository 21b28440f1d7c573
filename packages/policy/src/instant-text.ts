// Milliseconds since 1970 as ISO-8601 text: the way back of `instant.ts`, worked out by hand for the same reason.

const DAY_MS = 86_400_000

/** `2026-03-01T09:00:00Z`, with milliseconds only where there are any. The year has four digits. */
export function instantText(atMs: number): string {
  const day = Math.floor(atMs / DAY_MS)
  const ofDay = atMs - day * DAY_MS
  const parts = [3_600_000, 60_000, 1_000].map((unit, index) =>
    two(Math.floor(ofDay / unit) % (index === 0 ? 24 : 60)),
  )
  const fraction = ofDay % 1_000
  const rest = fraction === 0 ? '' : `.${String(fraction).padStart(3, '0')}`
  return `${dateText(day)}T${parts.join(':')}${rest}Z`
}

/** Counted in years that begin in March, so that leap days come last. */
function dateText(daysSince1970: number): string {
  const days = daysSince1970 + 719_468
  const era = Math.floor(days / 146_097)
  const ofEra = days - era * 146_097
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  )
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const shifted = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const shown = year + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(shown).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
