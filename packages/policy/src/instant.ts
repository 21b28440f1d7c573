// Instants of a document, ISO-8601 with a time zone, as milliseconds since 1970. Worked out by hand: the core has no clock.

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d)$/

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Reads `2026-03-01T09:00:00Z`; seconds may be left out, a zone may not. Undefined if it is no instant. */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number)
  const second = Number(match[6] ?? 0)
  const fraction = Number((match[7] ?? '').padEnd(3, '0'))
  const isReal =
    month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60
  const offset = offsetMs(match[8] ?? 'Z')
  if (!isReal || second >= 60 || offset === undefined) return undefined
  const ofDay = (hour * 60 + minute) * MINUTE_MS + second * 1_000 + fraction
  return daysSince1970(year, month, day) * DAY_MS + ofDay - offset
}

function offsetMs(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Days from 1970-01-01, counted in years that begin in March so that leap days come last. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
