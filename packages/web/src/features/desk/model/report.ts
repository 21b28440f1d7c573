// Figures of the desk, as they are drawn and read. Pure.

import { lengthOf } from '../../../ui/lengths.ts'
import type { Line } from '../../../ui/time-chart.tsx'
import { spokenLanguage } from '../../../ui/words.ts'
import type { DeskReport } from '../store/calls.ts'

export const FIGURES = [
  'opened',
  'answered',
  'closed',
  'missed',
  'wait',
  'firstAnswer',
  'resolution',
  'rating',
] as const

export type Figure = (typeof FIGURES)[number]

type Row = DeskReport['totals']
type Times = NonNullable<Row['wait']>

/** What stands for a figure: of times the median, which one long one does not move. */
export function figureText(row: Row, figure: Figure): string {
  const value = row[figure]
  if (value === null) return '–'
  if (typeof value === 'object') return lengthOf(value.median)
  return value.toLocaleString(spokenLanguage(), { maximumFractionDigits: 1 })
}

/** Mean and the ninth of ten, for what is a time and known. */
export function timesOf(row: Row, figure: Figure): Times | undefined {
  const value = row[figure]
  return typeof value === 'object' && value !== null ? value : undefined
}

/** Lengths are drawn in minutes. */
const MINUTE_MS = 60_000

/** Absent: there is nothing to draw. */
export function lineOf({ series }: DeskReport, figure: Figure): Line | undefined {
  if (series.length === 0) return undefined
  return {
    at: series.map(({ at }) => Date.parse(at) / 1_000),
    now: series.map((row) => {
      const value = row[figure]
      return typeof value === 'object' && value !== null ? value.median / MINUTE_MS : value
    }),
  }
}

const DAY_MS = 86_400_000

/** The last days up to today, by the days of a zone: `2026-11-01` and the day after the last. */
export function spanOf(
  days: number,
  nowMs: number,
  zone: string,
): { readonly from: string; readonly to: string } {
  const dayOf = (atMs: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(atMs)
  return { from: dayOf(nowMs - (days - 1) * DAY_MS), to: dayOf(nowMs + DAY_MS) }
}
