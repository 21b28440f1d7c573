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
  'waitMs',
  'firstAnswerMs',
  'resolutionMs',
  'rating',
] as const

export type Figure = (typeof FIGURES)[number]

export function figureText(figure: Figure, value: unknown): string {
  if (typeof value !== 'number') return '–'
  if (figure.endsWith('Ms')) return lengthOf(value)
  return value.toLocaleString(spokenLanguage(), { maximumFractionDigits: 1 })
}

/** Lengths are drawn in minutes. */
const MINUTE_MS = 60_000

/** Absent: there is nothing to draw. */
export function lineOf({ series }: DeskReport, figure: Figure): Line | undefined {
  if (series.length === 0) return undefined
  const scale = figure.endsWith('Ms') ? MINUTE_MS : 1
  return {
    at: series.map(({ at }) => Date.parse(String(at)) / 1_000),
    now: series.map((row) => {
      const value = row[figure]
      return typeof value === 'number' ? value / scale : null
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
