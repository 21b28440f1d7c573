// The part of the log that is drawn, and the place one reads at. Rows stand in normal flow between rooms as high as
// what is not drawn, so that what one reads is where the browser puts it; the place is held by the row it belongs to.

import {
  type Heights,
  heightsOf,
  type Piece,
  piecesOfLog,
  type Range,
  rangeOf,
} from '../model/heights.ts'
import { movedPlace, type Place } from '../model/places.ts'
import type { Row } from '../model/rows.ts'

export type Reading = {
  /** The list ends with the newest message there is. */
  readonly isLive: boolean
  readonly pinned: readonly (string | undefined)[]
}

/** Closer than this counts as being at the bottom. */
const BOTTOM_PX = 48
/** Drawn above and below the view. */
const SPARE_PX = 700
/** Closer than this to the end of what is drawn, more is drawn. */
const LOW_PX = 480
const MOST_ROWS = 140
/** Drawn more after each paint, until there is enough to spare. */
const STEP_PX = 350
const EDGE_PX = 8
/** How high the view was when it was last seen: a guess for the next one, before it stands. */
let lastViewPx = 800

export class LogWindow {
  readonly heights: Heights
  readonly #slots = new Map<string, HTMLElement>()
  /** Drawn and not yet measured. */
  readonly #fresh = new Set<string>()
  readonly #sizes = new ResizeObserver((entries) => this.#onSizes(entries))
  readonly #redraw: () => void
  #scroller: HTMLElement | undefined
  #content: HTMLElement | undefined
  #rows: readonly Row[] = []
  #reading: Reading = { isLive: true, pinned: [] }
  #range: Range = { first: 0, last: 0 }
  #place: Place = { kind: 'bottom' }
  /** What was last written to the scroller: a scroll event that only reports it says nothing new. */
  #writtenPx = -1

  /** How high the view is: read when it changes, as reading it while drawing would lay out the page. */
  #viewPx = lastViewPx
  /** Drawn above and below the view by now. */
  #sparePx = 0

  /**
   * @param redraw draws the log again, from a task of its own
   * @param heights as an earlier visit has learnt them
   */
  constructor(redraw: () => void, heights = heightsOf()) {
    this.#redraw = redraw
    this.heights = heights
  }

  /** What is in view is drawn first, and a little more after each paint. False once that is enough. */
  widen(): boolean {
    // Whoever has scrolled meanwhile reads where that has led, whether or not it was told of yet.
    this.onScroll()
    this.#sparePx = Math.min(SPARE_PX, this.#sparePx + STEP_PX)
    return this.#sparePx < SPARE_PX
  }

  /** Begins to watch the elements; the result ends it. */
  attach(scroller: HTMLElement, content: HTMLElement): () => void {
    this.#scroller = scroller
    this.#content = content
    this.#learnView(scroller)
    this.#sizes.observe(scroller)
    for (const child of scroller.children) if (child !== content) this.#sizes.observe(child)
    return () => this.#sizes.disconnect()
  }

  /** Called by each drawn row with its element, and with none when it goes. */
  slot(key: string, element: HTMLElement | null): void {
    const before = this.#slots.get(key)
    if (before !== undefined) this.#sizes.unobserve(before)
    if (element === null) this.#slots.delete(key)
    else {
      this.#slots.set(key, element)
      this.#fresh.add(key)
      this.#sizes.observe(element)
    }
  }

  place(): Place {
    return this.#place
  }

  isAtBottom(): boolean {
    return this.#place.kind === 'bottom'
  }

  goTo(place: Place): void {
    this.#place = place
  }

  elementOf(key: string): HTMLElement | undefined {
    return this.#slots.get(key)
  }

  /** What to draw of the rows as they are now. Asked while drawing; the place itself is not moved. */
  pieces(rows: readonly Row[], reading: Reading): readonly Piece[] {
    if (rows !== this.#rows) this.#place = movedPlace(this.#place, this.#rows, rows, this.heights)
    this.#rows = rows
    this.#reading = reading
    this.heights.setRows(rows)
    this.#place = possible(this.#place, rows, reading)
    this.#range = rangeOf(this.heights, rows.length, this.#view(), this.#sparePx, MOST_ROWS)
    const pinned = reading.pinned
      .map((key) => (key === undefined ? -1 : rows.findIndex((row) => row.key === key)))
      .filter((index) => index >= 0)
    return piecesOfLog(this.heights, rows, this.#range, [...new Set(pinned)])
  }

  /** After drawing: learns how high the new rows are. */
  measure(): void {
    for (const key of this.#fresh) {
      const slot = this.#slots.get(key)
      if (slot !== undefined) this.heights.measured(key, slot.getBoundingClientRect().height)
    }
    this.#fresh.clear()
  }

  /** After drawing, and after anything changed its size: puts the place back to where it was on screen. */
  restore(): void {
    const scroller = this.#scroller
    if (scroller === undefined || this.#rows.length === 0) return
    const isNew = this.#place.kind === 'aim'
    if (this.#place.kind === 'aim') this.#place = this.#aimed(this.#place)
    const place = this.#place
    if (place.kind === 'bottom') return this.#write(scroller.scrollHeight)
    const slot = place.kind === 'row' ? this.#slots.get(place.key) : undefined
    if (slot === undefined || place.kind !== 'row') return
    const delta = this.#edgeOf(slot, place.edge) - place.offset
    if (Math.abs(delta) > 0.5) this.#write(scroller.scrollTop + delta)
    if (isNew && this.#isAtEnd(scroller)) this.#place = { kind: 'bottom' }
  }

  /** Whether rows must be drawn for what is in view: `now` if there is nothing there, `soon` if it is near. */
  missing(): 'now' | 'soon' | undefined {
    const { first, last } = this.#range
    const { top, bottom } = this.#viewNow()
    const above = first === 0 ? Number.POSITIVE_INFINITY : top - this.heights.topOf(first)
    const below =
      last >= this.#rows.length ? Number.POSITIVE_INFINITY : this.heights.topOf(last) - bottom
    const least = Math.min(above, below)
    // While more is drawn after each paint anyway, only a hole is in a hurry.
    const lowPx = this.#sparePx < SPARE_PX ? 0 : LOW_PX
    return least < 0 ? 'now' : least < lowPx ? 'soon' : undefined
  }

  /** Whoever reads has scrolled. Returns false if it was only the echo of a place put back. */
  onScroll(): boolean {
    const scroller = this.#scroller
    if (scroller === undefined || Math.abs(scroller.scrollTop - this.#writtenPx) < 1) return false
    this.#writtenPx = -1
    this.#place = this.#placeNow(scroller)
    return true
  }

  /** Pixels that are loaded above and below what is in view. */
  around(): { readonly above: number; readonly below: number } {
    const { top, bottom } = this.#viewNow()
    return { above: top, below: this.heights.topOf(this.#rows.length) - bottom }
  }

  /** The first row in view: what one reads. */
  firstInView(): Row | undefined {
    return this.#rows[this.heights.indexAt(Math.max(0, this.#viewNow().top))]
  }

  #onSizes(entries: readonly ResizeObserverEntry[]): void {
    for (const { target } of entries) {
      if (target === this.#scroller) this.#learnView(target)
      const key = (target as HTMLElement).dataset.slot
      if (key !== undefined) this.heights.measured(key, target.getBoundingClientRect().height)
    }
    this.restore()
    if (this.missing() !== undefined) requestAnimationFrame(this.#redraw)
  }

  #learnView(scroller: Element): void {
    this.#viewPx = scroller.clientHeight
    if (this.#viewPx > 0) lastViewPx = this.#viewPx
  }

  /** Where the view is in the heights, by the place. */
  #view(): { readonly top: number; readonly bottom: number } {
    const px = this.#viewPx
    const total = this.heights.topOf(this.#rows.length)
    const place = this.#place
    const index =
      place.kind === 'bottom' ? -1 : this.#rows.findIndex((row) => row.key === place.key)
    if (place.kind === 'bottom' || index < 0) return { top: total - px, bottom: total }
    const edge = place.kind === 'row' && place.edge === 'bottom' ? index + 1 : index
    const offset = place.kind === 'row' ? place.offset : px / 2
    const top = this.heights.topOf(edge) - offset
    return { top, bottom: top + px }
  }

  /** Where the view is in the heights, by the scroller. */
  #viewNow(): { readonly top: number; readonly bottom: number } {
    const scroller = this.#scroller
    const content = this.#content
    if (scroller === undefined || content === undefined) return { top: 0, bottom: 0 }
    const top = scroller.getBoundingClientRect().top - content.getBoundingClientRect().top
    return { top, bottom: top + scroller.clientHeight }
  }

  #placeNow(scroller: HTMLElement): Place {
    if (this.#isAtEnd(scroller)) return { kind: 'bottom' }
    return this.#drawnPlace() ?? this.#reckonedPlace()
  }

  #isAtEnd(scroller: HTMLElement): boolean {
    const below = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop
    return below <= BOTTOM_PX && this.#reading.isLive
  }

  /** The first drawn row that begins in view; else the one that fills the view, by its end. */
  #drawnPlace(): Place | undefined {
    const scroller = this.#scroller?.getBoundingClientRect()
    if (scroller === undefined) return undefined
    const firm = firstSaid(this.#rows)
    let before: Place | undefined
    for (let index = this.#firstSeen(scroller.top); index < this.#range.last; index += 1) {
      const row = this.#rows[index]
      const slot = row === undefined ? undefined : this.#slots.get(row.key)
      if (row === undefined || slot === undefined) continue
      const edges = slot.getBoundingClientRect()
      const top = edges.top - scroller.top
      const bottom = edges.bottom - scroller.top
      if (bottom <= 0) continue
      if (top >= scroller.height) break
      // The first of all loses its head when older ones come; lines between days move with them.
      const isFirm = index > firm && row.kind !== 'day' && row.kind !== 'unread'
      if (top >= 0 && isFirm) return { kind: 'row', key: row.key, edge: 'top', offset: top }
      before = { kind: 'row', key: row.key, edge: 'bottom', offset: bottom }
    }
    return before
  }

  /** The first drawn row that is not wholly above the view: of a hundred that are drawn a few are looked at. */
  #firstSeen(viewTop: number): number {
    let low = this.#range.first
    let high = this.#range.last
    while (low < high) {
      const middle = (low + high) >>> 1
      const slot = this.#slots.get(this.#rows[middle]?.key ?? '')
      if (slot === undefined) return this.#range.first
      if (slot.getBoundingClientRect().bottom <= viewTop) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Scrolled past everything that is drawn. */
  #reckonedPlace(): Place {
    const { top } = this.#viewNow()
    const index = this.heights.indexAt(Math.max(0, top))
    const row = this.#rows[index]
    if (row === undefined) return { kind: 'bottom' }
    return { kind: 'row', key: row.key, edge: 'top', offset: this.heights.topOf(index) - top }
  }

  #aimed(aim: Extract<Place, { kind: 'aim' }>): Place {
    const slot = this.#slots.get(aim.key)
    const index = this.#rows.findIndex((row) => row.key === aim.key)
    if (slot === undefined || index < 0) return aim
    const px = this.#scroller?.clientHeight ?? 0
    const { height } = slot.getBoundingClientRect()
    const top = this.#edgeOf(slot, 'top')
    const at = (offset: number): Place => ({ kind: 'row', key: aim.key, edge: 'top', offset })
    if (aim.align === 'center') return at(Math.max(EDGE_PX, (px - height) / 2))
    if (aim.align === 'near') {
      const lowest = Math.max(EDGE_PX, px - height - EDGE_PX)
      return at(Math.min(Math.max(top, EDGE_PX), lowest))
    }
    const above =
      this.#slots.get(this.#rows[index - 1]?.key ?? '')?.getBoundingClientRect().height ?? 0
    return at(Math.min(above, px / 2))
  }

  #edgeOf(slot: HTMLElement, edge: 'top' | 'bottom'): number {
    return slot.getBoundingClientRect()[edge] - (this.#scroller?.getBoundingClientRect().top ?? 0)
  }

  #write(px: number): void {
    if (this.#scroller === undefined) return
    this.#scroller.scrollTop = px
    this.#writtenPx = this.#scroller.scrollTop
  }
}

function firstSaid(rows: readonly Row[]): number {
  return rows.findIndex((row) => row.kind !== 'day')
}

/** A place that can be: among these rows, and at the bottom only if that is the newest there is. */
function possible(place: Place, rows: readonly Row[], reading: Reading): Place {
  const isThere = place.kind !== 'bottom' && rows.some((row) => row.key === place.key)
  if (isThere || (place.kind === 'bottom' && reading.isLive)) return place
  const last = rows.at(-1)
  if (reading.isLive || last === undefined) return { kind: 'bottom' }
  return { kind: 'aim', key: last.key, align: 'near' }
}
