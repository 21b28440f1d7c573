// Times as people read them, in the reader's zone and language. Nothing here is ever spoken for a message.

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' })
const dayOfYear = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' })

/** `14:02` */
export function clockTime(atMs: number): string {
  return clock.format(atMs)
}

/** Date and time in full, for a hover. */
export function exactTime(atMs: number): string {
  return exact.format(atMs)
}

export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString()
}

/** The day asked for last: of ten thousand messages nearly all are of the same day as the one before. */
let lastDay = { fromMs: 0, toMs: 0, text: '' }

/** The reader's day as text that sorts and compares: `2026-11-21`. */
export function dayOf(atMs: number): string {
  if (atMs >= lastDay.fromMs && atMs < lastDay.toMs) return lastDay.text
  const date = new Date(atMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const text = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  lastDay = { fromMs: startOfDay(atMs), toMs: date.setHours(24, 0, 0, 0), text }
  return text
}

/** `Today, 21 November`, `Yesterday, …`, a weekday within the last week, else the date. */
export function dayTitle(atMs: number, nowMs: number): string {
  const days = Math.round((startOfDay(nowMs) - startOfDay(atMs)) / 86_400_000)
  const date = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear() ? day : dayOfYear
  if (days === 0) return `Today, ${date.format(atMs)}`
  if (days === 1) return `Yesterday, ${date.format(atMs)}`
  return days > 1 && days < 7 ? `${weekday.format(atMs)}, ${date.format(atMs)}` : date.format(atMs)
}

function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0)
}
