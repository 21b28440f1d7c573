// How high the rows of the log are: measured where they were once drawn, estimated elsewhere; and from that, which rows
// a part of the log shows. Pure.

import type { Row } from './rows.ts'

/** Heights and tops are pixels from the top of the first row. */
export type Heights = {
  setRows(rows: readonly Row[]): void
  /** Takes the true height of a row. Returns whether it is news. */
  measured(key: string, px: number): boolean
  /** Where the row of an index begins; that of the number of rows is where the last one ends. */
  topOf(index: number): number
  /** The row at a distance from the top; the first or last one beyond the ends. */
  indexAt(px: number): number
}

/** From `first` up to, not including, `last`. */
export type Range = { readonly first: number; readonly last: number }

/** Letters of a line of text, about: only the scroll bar depends on it. */
const LINE_CHARS = 84
const LINE_PX = 22
const HEAD_PX = 34
const NEXT_PX = 4
const OTHER_PX = 38

export function heightsOf(): Heights {
  return new MeasuredHeights()
}

class MeasuredHeights implements Heights {
  readonly #known = new Map<string, number>()
  #rows: readonly Row[] = []
  #heights = new Float64Array(0)
  #tops = new Float64Array(1)
  /** Tops up to this index are right. */
  #summed = 0

  setRows(rows: readonly Row[]): void {
    if (rows === this.#rows) return
    this.#rows = rows
    if (this.#known.size > 2 * rows.length + 1_000) this.#forget()
    this.#heights = Float64Array.from(rows, (row) => this.#known.get(row.key) ?? estimate(row))
    this.#tops = new Float64Array(rows.length + 1)
    this.#summed = 0
  }

  measured(key: string, px: number): boolean {
    if (this.#known.get(key) === px) return false
    this.#known.set(key, px)
    const index = this.#rows.findIndex((row) => row.key === key)
    if (index < 0) return false
    this.#heights[index] = px
    this.#summed = Math.min(this.#summed, index)
    return true
  }

  topOf(index: number): number {
    const end = Math.max(0, Math.min(index, this.#rows.length))
    for (; this.#summed < end; this.#summed += 1) {
      const top = this.#tops[this.#summed] ?? 0
      this.#tops[this.#summed + 1] = top + (this.#heights[this.#summed] ?? 0)
    }
    return this.#tops[end] ?? 0
  }

  indexAt(px: number): number {
    this.topOf(this.#rows.length)
    let low = 0
    let high = Math.max(0, this.#rows.length - 1)
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#tops[middle] ?? 0) <= px) low = middle
      else high = middle - 1
    }
    return low
  }

  #forget(): void {
    const keys = new Set(this.#rows.map((row) => row.key))
    for (const key of [...this.#known.keys()]) if (!keys.has(key)) this.#known.delete(key)
  }
}

function estimate(row: Row): number {
  if (row.kind === 'unsent') return textPx(row.item.text) + HEAD_PX
  if (row.kind !== 'message') return OTHER_PX
  const { body } = row.entry
  const text = body.kind === 'deleted' ? '' : body.text
  return textPx(text) + (row.isHead ? HEAD_PX : NEXT_PX)
}

function textPx(text: string): number {
  return LINE_PX * Math.max(1, Math.ceil(text.length / LINE_CHARS))
}

/**
 * The rows to draw so that everything from `top` to `bottom` is seen, with `spare` pixels on both sides, but never more
 * than `most` rows unless the view itself has more.
 */
export function rangeOf(
  heights: Heights,
  count: number,
  view: { readonly top: number; readonly bottom: number },
  spare: number,
  most: number,
): Range {
  if (count === 0) return { first: 0, last: 0 }
  let first = heights.indexAt(view.top)
  let last = heights.indexAt(view.bottom) + 1
  const isWanted = {
    above: () => first > 0 && heights.topOf(first) > view.top - spare,
    below: () => last < count && heights.topOf(last) < view.bottom + spare,
  }
  while (last - first < most && (isWanted.above() || isWanted.below())) {
    if (isWanted.above()) first -= 1
    if (last - first < most && isWanted.below()) last += 1
  }
  return { first, last }
}

/** A part of the log from top to bottom: rows that are drawn, and the room of those that are not. */
export type Piece =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'room'; readonly key: string; readonly px: number }

/** The rows of a range and those of `pinned` besides, each in its place. Rooms keep their names while rows come and go. */
export function piecesOfLog(
  heights: Heights,
  rows: readonly Row[],
  range: Range,
  pinned: readonly number[],
): readonly Piece[] {
  const apart = pinned.filter((index) => index < range.first || index >= range.last)
  const runs = [
    ...apart.map((index) => ({ first: index, last: index + 1, name: rows[index]?.key ?? '' })),
    { ...range, name: 'view' },
  ].sort((one, other) => one.first - other.first)
  const pieces: Piece[] = []
  let at = 0
  const room = (to: number, name: string) => {
    const px = heights.topOf(to) - heights.topOf(at)
    if (px > 0) pieces.push({ kind: 'room', key: `room ${name}`, px })
  }
  for (const run of runs) {
    room(run.first, run.name)
    for (let index = run.first; index < run.last; index += 1) pieces.push({ kind: 'row', index })
    at = run.last
  }
  room(rows.length, 'end')
  return pieces
}
