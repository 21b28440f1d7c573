// Times as a clock shows them, in the visitor's own zone and language.

export const clockText = (atMs: number, tag: string) =>
  new Intl.DateTimeFormat(tag, { timeStyle: 'short' }).format(atMs)

/** A day and a time, the day left out for today. */
export function whenText(atMs: number, tag: string): string {
  const isToday = new Date(atMs).toDateString() === new Date().toDateString()
  const day = isToday ? {} : ({ weekday: 'long' } as const)
  return new Intl.DateTimeFormat(tag, { ...day, hour: 'numeric', minute: '2-digit' }).format(atMs)
}

export function dayText(atMs: number, tag: string, words: { today: string; yesterday: string }) {
  const days = Math.round((startOfDay(Date.now()) - startOfDay(atMs)) / 86_400_000)
  if (days === 0) return words.today
  if (days === 1) return words.yesterday
  return new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' }).format(
    atMs,
  )
}

const startOfDay = (atMs: number) => new Date(atMs).setHours(0, 0, 0, 0)

export function sizeText(bytes: number, tag: string): string {
  const [value, unit] =
    bytes < 1_000_000 ? [bytes / 1_000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  return new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: unit as string,
    maximumFractionDigits: bytes < 10_000_000 ? 1 : 0,
  }).format(value as number)
}
