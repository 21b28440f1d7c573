// How the desk did over some days: from what is kept of its conversations. Pure.

import type { ReportLine } from './report-lines.ts'

/** Of some durations; milliseconds. */
export type Times = { readonly mean: number; readonly median: number; readonly p90: number }

/** Null where nothing is to be counted. */
export type Figures = {
  readonly opened: number
  /** Taken by somebody. */
  readonly answered: number
  readonly closed: number
  /** Closed without anybody having taken them. */
  readonly missed: number
  /** Means; milliseconds: until somebody took it, and until it was closed. */
  readonly waitMs: number | null
  readonly resolutionMs: number | null
  /** From a visitor's opening to being taken. */
  readonly wait: Times | null
  /** From a visitor's opening to the first text or file of an operator. */
  readonly firstAnswer: Times | null
  /** From opening to the end. */
  readonly resolution: Times | null
  /** Mean, 1 to 5, and how many there are. */
  readonly rating: number | null
  readonly ratings: number
}

export type Part = Figures & { readonly id: string }

export type DeskReport = {
  readonly totals: Figures
  /** By day; `at` is when it begins. */
  readonly series: readonly (Figures & { readonly atMs: number })[]
  /** Of those they closed, or have now; most first, as the others. */
  readonly operators: readonly Part[]
  readonly teams: readonly Part[]
  readonly widgets: readonly Part[]
}

/**
 * Counts each conversation on the day it was opened.
 *
 * @param starts where the days begin, and after the last one where it ends; milliseconds
 */
export function reportOf(all: readonly ReportLine[], starts: readonly number[]): DeskReport {
  const [from = 0, to = 0] = [starts[0], starts.at(-1)]
  const meant = all.filter(({ openedAtMs }) => openedAtMs >= from && openedAtMs < to)
  const days = starts.slice(0, -1).map((): ReportLine[] => [])
  for (const each of meant) {
    const at = starts.findLastIndex((start) => start <= each.openedAtMs)
    days[at]?.push(each)
  }
  return {
    totals: figuresOf(meant),
    series: days.map((some, at) => ({ atMs: starts[at] ?? 0, ...figuresOf(some) })),
    operators: partsOf(meant, ({ closedBy, assignee }) => closedBy ?? assignee),
    teams: partsOf(meant, ({ team }) => team),
    widgets: partsOf(meant, ({ widget }) => widget),
  }
}

function partsOf(
  all: readonly ReportLine[],
  idOf: (line: ReportLine) => string | undefined,
): readonly Part[] {
  const parts = new Map<string, ReportLine[]>()
  for (const each of all) {
    const id = idOf(each)
    if (id === undefined) continue
    const part = parts.get(id)
    if (part === undefined) parts.set(id, [each])
    else part.push(each)
  }
  return [...parts]
    .map(([id, some]) => ({ id, ...figuresOf(some) }))
    .sort((a, b) => b.opened - a.opened || (a.id < b.id ? -1 : 1))
}

function figuresOf(all: readonly ReportLine[]): Figures {
  const taken = all.filter(({ claimedAtMs }) => claimedAtMs !== undefined)
  const closed = all.filter(({ closedAtMs }) => closedAtMs !== undefined)
  const asked = all.filter(({ isOpenedByVisitor }) => isOpenedByVisitor)
  const wait = timesOf(asked, ({ claimedAtMs }) => claimedAtMs)
  const resolution = timesOf(all, ({ closedAtMs }) => closedAtMs)
  const scores = all.flatMap(({ score }) => (score === undefined ? [] : [score]))
  return {
    opened: all.length,
    answered: taken.length,
    closed: closed.length,
    missed: closed.filter(({ claimedAtMs }) => claimedAtMs === undefined).length,
    waitMs: wait?.mean ?? null,
    resolutionMs: resolution?.mean ?? null,
    wait,
    firstAnswer: timesOf(asked, ({ answeredAtMs }) => answeredAtMs),
    resolution,
    rating: scores.length === 0 ? null : mean(scores),
    ratings: scores.length,
  }
}

/** Since opening, of those of which it is known. */
function timesOf(
  all: readonly ReportLine[],
  endOf: (line: ReportLine) => number | undefined,
): Times | null {
  const times = all
    .flatMap((line) => {
      const end = endOf(line)
      return end === undefined ? [] : [end - line.openedAtMs]
    })
    .sort((a, b) => a - b)
  if (times.length === 0) return null
  return { mean: mean(times), median: rank(times, 0.5), p90: rank(times, 0.9) }
}

/** The least value that so great a part of them does not exceed. */
function rank(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
