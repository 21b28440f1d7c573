// People are forgotten month by month, when the month is older than they are kept; how many there were stays.

import type { AnalyticsQuestion, Span } from '../../analytics.ts'
import type { Database } from '../driver.ts'
import { dayOf } from './analytics-put.ts'
import { readMeta, SLOTS_A_DAY, writeMeta } from './analytics-tables.ts'

const DAY_MS = 86_400_000
/** 1970-01-01 was a Thursday. */
const MONDAY = 4
const WEEK = 7

type By = Extract<AnalyticsQuestion, { kind: 'people' }>['by']

/** The first day whose people are still known. */
export function firstKnownDay(db: Database): number {
  return Number(readMeta(db, 'known from') ?? 0)
}

/** The total of the UTC day, week or month in which the middle of a span lies; undefined: there is none. */
export function totalOf(db: Database, by: By, { from, to }: Span): number | undefined {
  if (by === 'hour') return undefined
  const middle = dayOf(Math.floor((from + to) / 2))
  const day = by === 'day' ? middle : by === 'week' ? mondayOf(middle) : monthStart(middle)
  const row = db.prepare('SELECT people FROM totals WHERE span = ? AND day = ?').get(by, day)
  return (row as { people: number } | undefined)?.people
}

/**
 * Forgets who was active in months that are over for longer than that, with a week more, so that every week that begins in them
 * is still known when it is counted.
 *
 * @returns false if there was nothing to forget
 */
export function forgetPeople(db: Database, nowMs: number, days: number): boolean {
  const from = firstKnownDay(db)
  const until = monthStart(Math.floor(nowMs / DAY_MS) - days - WEEK)
  const first = firstActive(db)
  if (first === undefined || first >= until || until <= from) return false
  db.exec('BEGIN IMMEDIATE')
  try {
    for (let month = monthStart(Math.max(first, from)); month < until; month = nextMonth(month))
      keepTotals(db, month)
    db.prepare('DELETE FROM active WHERE day < ?').run(until)
    blendActs(db, until * SLOTS_A_DAY)
    blendAuthors(db, until)
    dropUnknown(db)
    writeMeta(db, 'known from', String(until))
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
  return true
}

function keepTotals(db: Database, month: number): void {
  const end = nextMonth(month)
  const put = db.prepare('INSERT OR REPLACE INTO totals VALUES (?, ?, ?)')
  const count = db.prepare(
    'SELECT count(DISTINCT person) AS n FROM active WHERE day >= ? AND day < ?',
  )
  const keep = (span: By, day: number, until: number) => {
    const { n } = count.get(day, until) as { n: number }
    if (n > 0) put.run(span, day, n)
  }
  for (let day = month; day < end; day += 1) {
    keep('day', day, day + 1)
    if (mondayOf(day) === day) keep('week', day, day + WEEK)
  }
  keep('month', month, end)
}

/** Acts of people who are forgotten are those of nobody, added up. */
function blendActs(db: Database, slot: number): void {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS blended (slot, act, place, count)')
  db.exec('DELETE FROM blended')
  db.prepare(
    'INSERT INTO blended SELECT slot, act, place, sum(count) FROM acts WHERE slot < ? GROUP BY slot, act, place',
  ).run(slot)
  db.prepare('DELETE FROM acts WHERE slot < ?').run(slot)
  db.exec('INSERT INTO acts SELECT slot, act, place, 0, count FROM blended; DELETE FROM blended')
}

/** How many wrote in a channel on a day is still known, up to five; who they are is not. */
function blendAuthors(db: Database, day: number): void {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS faceless (day, channel, person)')
  db.exec('DELETE FROM faceless')
  db.prepare(
    `INSERT INTO faceless
     SELECT day, channel, -row_number() OVER (PARTITION BY day, channel ORDER BY person)
     FROM authors WHERE day < ?`,
  ).run(day)
  db.prepare('DELETE FROM authors WHERE day < ?').run(day)
  db.exec('INSERT INTO authors SELECT * FROM faceless; DELETE FROM faceless')
}

/** The id of somebody nothing is known of any more goes as well. */
function dropUnknown(db: Database): void {
  db.exec(`DELETE FROM people WHERE id NOT IN (
    SELECT person FROM active UNION SELECT person FROM authors UNION SELECT by FROM acts
    UNION SELECT agent FROM desk)`)
}

function firstActive(db: Database): number | undefined {
  const { day } = db.prepare('SELECT min(day) AS day FROM active').get() as { day: number | null }
  return day ?? undefined
}

function mondayOf(day: number): number {
  return day - ((((day - MONDAY) % WEEK) + WEEK) % WEEK)
}

function monthStart(day: number): number {
  const date = new Date(day * DAY_MS)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS
}

function nextMonth(month: number): number {
  const date = new Date(month * DAY_MS)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY_MS
}
