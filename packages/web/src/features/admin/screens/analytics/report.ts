// Reports as charts and tables draw them. Pure.

import type { AnswerOf } from '@sayso/client/manage'
import type { Line } from '../../../../ui/time-chart.tsx'

export type Report = AnswerOf<'readReport'>
export type ReportKey = Report['report']
export type Row = Report['rows'][number]

export const REPORTS: readonly ReportKey[] = [
  'active-people',
  'messages',
  'messages-by-channel',
  'busiest-hours',
  'denials',
  'moderation',
  'joins',
  'desk',
]

/** The member of a row that is drawn over time, or along a bar. */
export const FIGURES: Readonly<Record<ReportKey, string>> = {
  'active-people': 'people',
  messages: 'messages',
  'messages-by-channel': 'messages',
  'busiest-hours': 'messages',
  denials: 'denials',
  moderation: 'acts',
  joins: 'joins',
  desk: 'answerMs',
}

/** Columns of the table behind the chart. */
export const COLUMNS: Readonly<Record<ReportKey, readonly string[]>> = {
  'active-people': ['at', 'people'],
  messages: ['at', 'messages'],
  'messages-by-channel': ['channel', 'messages', 'authors'],
  'busiest-hours': ['weekday', 'hour', 'messages'],
  denials: ['action', 'rule', 'reason', 'tenant', 'denials'],
  moderation: ['act', 'on', 'by', 'acts'],
  joins: ['at', 'people', 'joins'],
  desk: [
    ...['at', 'opened', 'answered', 'missed', 'answerMs', 'answerP90Ms', 'waitMs'],
    ...['resolutionMs', 'rating'],
  ],
}

/** Of a report whose rows are not by time: the figures of its line. */
export function seriesColumns(report: Report): readonly string[] {
  return ['at', FIGURES[report.report]]
}

const MINUTE_MS = 60_000

/** A length of time, which is drawn in minutes. */
export function isLength(column: string): boolean {
  return column.endsWith('Ms')
}

/** What is drawn over time; absent for reports that are not. */
export function lineOf(report: Report): Line | undefined {
  const steps = report.series ?? report.rows
  if (steps.length === 0 || typeof steps[0]?.at !== 'string') return undefined
  const figure = FIGURES[report.report]
  const before = report.series === undefined ? report.previous : report.previousSeries
  return {
    at: steps.map(({ at }) => Date.parse(String(at)) / 1_000),
    now: steps.map((row) => numberIn(row, figure)),
    ...(before === undefined
      ? {}
      : { before: steps.map((_, index) => numberIn(before[index] ?? {}, figure)) }),
  }
}

function numberIn(row: Row, name: string): number | null {
  const value = row[name]
  if (typeof value !== 'number') return null
  return isLength(name) ? Math.round((10 * value) / MINUTE_MS) / 10 : value
}

/** Sum of what is drawn, where a sum says something: different people of two days may be the same. */
export function totalOf(report: Report, rows: readonly Row[] = report.series ?? report.rows) {
  if (report.report === 'active-people' || report.report === 'desk') return undefined
  return rows.reduce((sum, row) => sum + (numberIn(row, FIGURES[report.report]) ?? 0), 0)
}

/** Messages of each hour of the week: seven rows of twenty-four. */
export function weekOf(report: Report): readonly (readonly number[])[] {
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  for (const { weekday, hour, messages } of report.rows) {
    const day = week[Number(weekday) - 1]
    if (day !== undefined) day[Number(hour)] = Number(messages)
  }
  return week
}

export type Span = { readonly from: string; readonly to: string }

const DAY_MS = 86_400_000

/** The last so many whole days, today among them, as days of the zone. */
export function lastDays(days: number, nowMs: number, zone: string): Span {
  return { from: dayIn(nowMs - (days - 1) * DAY_MS, zone), to: dayIn(nowMs + DAY_MS, zone) }
}

/** `YYYY-MM-DD` */
export function dayIn(atMs: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(atMs)
}

/** Steps that fit a span: neither a handful nor thousands. */
export function stepFor({ from, to }: Span): 'hour' | 'day' | 'week' {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
  if (days <= 2) return 'hour'
  return days <= 120 ? 'day' : 'week'
}
