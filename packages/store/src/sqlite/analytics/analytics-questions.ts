// What is asked of the roll-ups.

import type {
  AnalyticsQuestion,
  ChannelCount,
  JoinCount,
  PeopleCount,
  Slot,
  SlotCount,
  Span,
} from '../../analytics.ts'
import type { Database, SqlValue } from '../driver.ts'
import type { Names } from './analytics-names.ts'
import { bitsOf, dayOf } from './analytics-put.ts'
import { createSums } from './analytics-sums.ts'
import { sweep } from './analytics-sweep.ts'
import { SLOTS_A_DAY } from './analytics-tables.ts'
import { firstKnownDay, totalOf } from './analytics-totals.ts'
import { createWanted } from './analytics-wanted.ts'

/** Answers about days that are over are remembered: nothing is added to them any more. */
const MOST_REMEMBERED = 5_000

export type Questions = ReturnType<typeof createQuestions>
type Of<K extends AnalyticsQuestion['kind']> = Extract<AnalyticsQuestion, { kind: K }>

export function createQuestions(db: Database, names: Names, people: Names) {
  const wanted = createWanted(db)
  const inChannels = (channels: readonly string[] | undefined) =>
    wanted.only(
      channels?.flatMap((name) => names.find(name) ?? []),
      'channel',
    )
  const peopleIn = createPeopleIn(db)
  return {
    messages({ span, channels }: Of<'messages'>): readonly SlotCount[] {
      if (channels === undefined)
        return all(db, 'SELECT slot, count FROM messages_of_all WHERE slot >= ? AND slot < ?', span)
      const sql = `SELECT slot, sum(count) AS count FROM messages
                   WHERE slot >= ? AND slot < ? ${inChannels(channels)} GROUP BY slot`
      return all(db, sql, span)
    },
    channels({ span, channels }: Of<'channels'>): readonly ChannelCount[] {
      const rows = channelRows(db, span, inChannels(channels))
      return rows.map(({ channel, messages, authors }) => ({
        channel: names.nameOf(channel),
        messages,
        authors,
      }))
    },
    people({ bounds, by, people: some }: Of<'people'>): readonly PeopleCount[] {
      const filter = wanted.only(
        some?.flatMap((name) => people.find(name) ?? []),
        'person',
      )
      const known = firstKnownDay(db)
      if (by === 'hour') peopleIn.sweep(bounds, filter, known)
      const counts = bounds.slice(0, -1).map((from, index): PeopleCount => {
        const span = { from, to: bounds[index + 1] ?? from }
        if (dayOf(span.from) >= known) return { people: peopleIn.count(span, filter) }
        const total = some === undefined ? totalOf(db, by, span) : undefined
        return { people: total, isTotal: true }
      })
      peopleIn.sweptIsOver()
      return counts
    },
    ...createTellings(db, names),
    ...createSums(db, { names, people }, wanted),
    /** What was remembered may be another now: somebody was forgotten, or entries of the past came in. */
    changed: peopleIn.forget,
  }
}

/** What is kept with names is told row by row. */
function createTellings(db: Database, names: Names) {
  type Row = Readonly<Record<string, number>>
  const named = (row: Row, column: string) => names.nameOf(row[column] ?? 0)
  const counted = (row: Row) => ({ slot: row.slot ?? 0, count: row.count ?? 0 })
  const rows = (table: string, span: Span) =>
    all<Row>(db, `SELECT * FROM ${table} WHERE slot >= ? AND slot < ?`, span)
  return {
    joins: ({ span }: Of<'joins'>): readonly JoinCount[] =>
      rows('joins', span).map((row) => ({
        how: named(row, 'how'),
        on: named(row, 'place'),
        ...counted(row),
      })),
  }
}

function all<T>(db: Database, sql: string, { from, to }: Span): readonly T[] {
  return db.prepare(sql).all(from, to) as T[]
}

type ChannelRow = { readonly channel: number; readonly messages: number; readonly authors: number }

/** Whole days by their sums, the rest by slots. */
function channelRows(db: Database, { from, to }: Span, filter: string): readonly ChannelRow[] {
  const [firstDay, endDay] = [Math.ceil(from / SLOTS_A_DAY), Math.floor(to / SLOTS_A_DAY)]
  const hasDays = firstDay < endDay
  const [headEnd, tailStart] = hasDays ? [firstDay * SLOTS_A_DAY, endDay * SLOTS_A_DAY] : [to, to]
  const sql = `
    SELECT parts.channel, sum(parts.messages) AS messages, coalesce(max(known.authors), 0) AS authors
    FROM (
      SELECT channel, sum(count) AS messages FROM messages WHERE slot >= ?1 AND slot < ?2 ${filter} GROUP BY channel
      UNION ALL
      SELECT channel, sum(count) FROM messages_by_day WHERE day >= ?3 AND day < ?4 ${filter} GROUP BY channel
      UNION ALL
      SELECT channel, sum(count) FROM messages WHERE slot >= ?5 AND slot < ?6 ${filter} GROUP BY channel
    ) AS parts
    LEFT JOIN (
      SELECT channel, count(DISTINCT person) AS authors FROM authors
      WHERE day >= ?3 AND day < ?4 GROUP BY channel
    ) AS known ON known.channel = parts.channel
    GROUP BY parts.channel ORDER BY messages DESC`
  const [days, end] = hasDays ? [firstDay, endDay] : [0, 0]
  return db.prepare(sql).all(from, headEnd, days, end, tailStart, to) as ChannelRow[]
}

/** Bits of a day from one slot to another, not included, as they stand in the two numbers. */
function maskOf(fromSlot: number, toSlot: number): readonly [bigint, bigint] {
  let [am, pm] = [0n, 0n]
  for (let slot = fromSlot; slot < toSlot; slot += 1) {
    const [more, later] = bitsOf(slot)
    am |= BigInt(more)
    pm |= BigInt(later)
  }
  return [am, pm]
}

function createPeopleIn(db: Database) {
  const remembered = new Map<string, number>()
  const today = () =>
    (db.prepare('SELECT coalesce(max(day), 0) AS day FROM active').get() as { day: number }).day
  const number = (sql: string, values: readonly SqlValue[]) =>
    (db.prepare(sql).get(...values) as { n: number }).n

  const counted = ({ from, to }: Span, filter: string): number => {
    const [first, last] = [dayOf(from), dayOf(to - 1)]
    const [am, pm] = maskOf(from, Math.min(to, (first + 1) * SLOTS_A_DAY))
    const touched = '((am & ?) <> 0 OR (pm & ?) <> 0)'
    const isWhole = from === first * SLOTS_A_DAY && to === (last + 1) * SLOTS_A_DAY
    if (isWhole && first === last)
      return number(`SELECT count(*) AS n FROM active WHERE day = ? ${filter}`, [first])
    if (isWhole)
      return number(
        `SELECT count(DISTINCT person) AS n FROM active WHERE day >= ? AND day <= ? ${filter}`,
        [first, last],
      )
    if (first === last)
      return number(`SELECT count(*) AS n FROM active WHERE day = ? AND ${touched} ${filter}`, [
        first,
        am,
        pm,
      ])
    const [lastAm, lastPm] = maskOf(last * SLOTS_A_DAY, to)
    return number(
      `SELECT count(DISTINCT person) AS n FROM active
       WHERE day >= ? AND day <= ? ${filter}
       AND (day > ? OR ${touched}) AND (day < ? OR ${touched})`,
      [first, last, first, am, pm, last, lastAm, lastPm],
    )
  }

  const nameOf = ({ from, to }: Span, filter: string) => `${from}-${to} ${filter}`
  let swept: ReadonlyMap<string, number> = new Map()
  return {
    /** Counts what is not known yet of many spans at once, for the calls of `count` that follow. */
    sweep(bounds: readonly Slot[], filter: string, known: number): void {
      const spans = bounds.map((from, index) => ({ from, to: bounds[index + 1] ?? from }))
      const names = spans.map((span) => nameOf(span, filter))
      const isWanted = (index: number) =>
        dayOf(bounds[index] ?? 0) >= known && (filter !== '' || !remembered.has(names[index] ?? ''))
      const counts = sweep(db, bounds, isWanted, filter)
      swept = new Map([...counts].map(([index, count]) => [names[index] ?? '', count]))
    },
    count(span: Span, filter: string): number {
      const name = nameOf(span, filter)
      const found = swept.get(name)
      if (found !== undefined && (filter !== '' || dayOf(span.to - 1) >= today())) return found
      if (filter !== '' || dayOf(span.to - 1) >= today()) return counted(span, filter)
      const known = remembered.get(name) ?? found ?? counted(span, filter)
      if (remembered.size >= MOST_REMEMBERED) remembered.clear()
      remembered.set(name, known)
      return known
    },
    /** What was swept counts for one question. */
    sweptIsOver(): void {
      swept = new Map()
    },
    forget: () => remembered.clear(),
  }
}
