// How the desk did over some days: from what is kept of its conversations. Pure.

import type { Conversation } from './conversation.ts'

/** Means are null where nothing is to be counted. */
export type Figures = {
  readonly opened: number
  /** Taken by somebody. */
  readonly answered: number
  readonly closed: number
  /** Closed without anybody having taken them. */
  readonly missed: number
  /** From opening to being taken. */
  readonly waitMs: number | null
  /** From opening to the end. */
  readonly resolutionMs: number | null
  /** 1 to 5. */
  readonly rating: number | null
}

export type DeskReport = {
  readonly totals: Figures
  /** By day; `at` is when it begins. */
  readonly series: readonly (Figures & { readonly atMs: number })[]
  /** Of those they closed, or have now; most first. */
  readonly operators: readonly (Figures & { readonly id: string })[]
}

/**
 * Counts each conversation on the day it was opened.
 *
 * @param starts where the days begin, and after the last one where it ends; milliseconds
 */
export function reportOf(all: readonly Conversation[], starts: readonly number[]): DeskReport {
  const [from = 0, to = 0] = [starts[0], starts.at(-1)]
  const meant = all.filter(({ openedAtMs }) => openedAtMs >= from && openedAtMs < to)
  const days = starts.slice(0, -1).map((): Conversation[] => [])
  for (const each of meant) {
    const at = starts.findLastIndex((start) => start <= each.openedAtMs)
    days[at]?.push(each)
  }
  const operators = new Map<string, Conversation[]>()
  for (const each of meant) {
    const who = each.closedBy ?? each.assignee
    if (who !== undefined) operators.set(who, [...(operators.get(who) ?? []), each])
  }
  return {
    totals: figuresOf(meant),
    series: days.map((some, at) => ({ atMs: starts[at] ?? 0, ...figuresOf(some) })),
    operators: [...operators]
      .map(([id, some]) => ({ id, ...figuresOf(some) }))
      .sort((a, b) => b.opened - a.opened || (a.id < b.id ? -1 : 1)),
  }
}

function figuresOf(all: readonly Conversation[]): Figures {
  const taken = all.filter(({ claimedAtMs }) => claimedAtMs !== undefined)
  const closed = all.filter(({ closedAtMs }) => closedAtMs !== undefined)
  return {
    opened: all.length,
    answered: taken.length,
    closed: closed.length,
    missed: closed.filter(({ claimedAtMs }) => claimedAtMs === undefined).length,
    waitMs: mean(taken.map(({ claimedAtMs = 0, openedAtMs }) => claimedAtMs - openedAtMs)),
    resolutionMs: mean(closed.map(({ closedAtMs = 0, openedAtMs }) => closedAtMs - openedAtMs)),
    rating: mean(all.flatMap(({ rating }) => (rating === undefined ? [] : [rating.score]))),
  }
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
