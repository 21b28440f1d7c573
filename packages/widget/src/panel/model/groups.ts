// How lines stand together: day lines, and one name and one time for what somebody says in a row. Pure.

import type { Line } from './timeline.ts'

/** What comes within it of the same person stands together; milliseconds. */
const TOGETHER_MS = 5 * 60_000

export type Row = {
  readonly line: Line
  /** The first of what somebody says in a row. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** The first of a day. */
  readonly isNewDay: boolean
}

export function rowsOf(lines: readonly Line[]): readonly Row[] {
  return lines.map((line, index) => {
    const before = lines[index - 1]
    const next = lines[index + 1]
    return {
      line,
      isFirst: before === undefined || !isTogether(before, line),
      isLast: next === undefined || !isTogether(line, next),
      isNewDay: before === undefined || dayOf(before.atMs) !== dayOf(line.atMs),
    }
  })
}

function isTogether(one: Line, next: Line): boolean {
  return (
    one.author === next.author &&
    one.kind !== 'event' &&
    next.kind !== 'event' &&
    next.atMs - one.atMs < TOGETHER_MS &&
    dayOf(one.atMs) === dayOf(next.atMs)
  )
}

const dayOf = (atMs: number) => new Date(atMs).toDateString()
