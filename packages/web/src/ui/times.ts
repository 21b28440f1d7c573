// Times as people read them, in the reader's zone and language. Nothing here is ever spoken for a message.

import { partTexts } from './part-texts.ts'
import { spokenLanguage } from './words.ts'

const FORMATS = {
  clock: { hour: '2-digit', minute: '2-digit' },
  exact: { dateStyle: 'full', timeStyle: 'medium' },
  day: { day: 'numeric', month: 'long' },
  dayOfYear: { day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'long' },
  shortWeekday: { weekday: 'short' },
  shortDay: { day: 'numeric', month: 'short' },
  shortDayOfYear: { dateStyle: 'short' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>

type Format = keyof typeof FORMATS

/** Making a format costs a hundred times what using it does. */
const made = new Map<string, Intl.DateTimeFormat>()

function formatted(atMs: number, format: Format): string {
  return formatOf(format).format(atMs)
}

function formatOf(format: Format): Intl.DateTimeFormat {
  const locale = localeOf(globalThis.navigator?.languages ?? [])
  const key = `${locale} ${format}`
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, FORMATS[format])
  made.set(key, known)
  return known
}

/** Makes what a list needs while there is nothing else to do, each in a task of its own. */
export function prepareTimes(): void {
  setTimeout(() => {
    formatOf('clock')
    setTimeout(() => formatOf('day'))
  })
}

/** The reader's own variety of the language spoken (`en-GB`), so that hours and dates are written as they know them. */
function localeOf(tags: readonly string[]): string {
  const language = spokenLanguage()
  return tags.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language
}

/** `14:02` */
export function clockTime(atMs: number): string {
  return formatted(atMs, 'clock')
}

/** Date and time in full, for a hover. */
export function exactTime(atMs: number): string {
  return formatted(atMs, 'exact')
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
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  const date = formatted(atMs, isThisYear ? 'day' : 'dayOfYear')
  if (days === 0) return partTexts.today(date)
  if (days === 1) return partTexts.yesterday(date)
  return days > 1 && days < 7 ? `${formatted(atMs, 'weekday')}, ${date}` : date
}

/** Where there is little room: `14:02` today, `Thu` within the last week, else `21 Nov`, or a date with its year. */
export function shortTime(atMs: number, nowMs: number): string {
  const days = Math.round((startOfDay(nowMs) - startOfDay(atMs)) / 86_400_000)
  if (days <= 0) return clockTime(atMs)
  if (days < 7) return formatted(atMs, 'shortWeekday')
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  return formatted(atMs, isThisYear ? 'shortDay' : 'shortDayOfYear')
}

function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0)
}
