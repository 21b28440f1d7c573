// Keeps the place in the log: at the bottom if one was there, else exactly where one was reading.

import {
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { afterPaint } from '../../../ui/after-paint.ts'
import type { Heights, Piece } from '../model/heights.ts'
import type { Align } from '../model/places.ts'
import type { Row } from '../model/rows.ts'
import { LogWindow } from './log-window.ts'

export type Scroll = {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  readonly window: LogWindow
  readonly pieces: readonly Piece[]
  readonly isAtBottom: boolean
  readonly onScroll: () => void
  readonly toBottom: () => void
  /** After the place was set by hand. */
  readonly redraw: () => void
  /** Brings a row into view, drawn by the time this returns. */
  readonly show: (key: string, align: Align) => void
}

export type ScrollNeeds = {
  /** What an earlier visit has learnt of the rows. */
  readonly heights: Heights | undefined
  /** The list ends with the newest message there is. */
  readonly isLive: boolean
  /** Rows that stay drawn wherever one scrolls: the focus is in them, or a text. */
  readonly pinned: readonly (string | undefined)[]
  readonly onNearTop: () => void
  readonly onNearEnd: () => void
  /** `serial`: the first message in view. */
  readonly onPlace: (isAtBottom: boolean, serial: string | undefined) => void
}

/** With less than this loaded above or below what is in view, more is fetched. */
const FETCH_PX = 2_400
const MOST_RETRIES = 8

export function useScroll(rows: readonly Row[], needs: ScrollNeeds): Scroll {
  const ref = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const [window] = useState(() => new LogWindow(redraw, needs.heights))
  const [isAtBottom, setAtBottom] = useState(true)
  const retries = useRef(0)
  useOwnShown(rows, window)
  const pieces = window.pieces(rows, needs)
  const wasAtBottom = window.isAtBottom()
  const settle = useEffectEvent(() => {
    const first = window.firstInView()
    const serial = first !== undefined && 'entry' in first ? first.entry.serial : undefined
    needs.onPlace(window.isAtBottom(), serial)
    if (rows.length === 0) return
    const { above, below } = window.around()
    if (above < FETCH_PX) needs.onNearTop()
    if (below < FETCH_PX && !needs.isLive) needs.onNearEnd()
  })
  useLayoutEffect(() => {
    if (ref.current === null || content.current === null) return
    return window.attach(ref.current, content.current)
  }, [window])
  useWidening(rows.length > 0, window, redraw)
  // After every drawing: whatever was drawn, the place does not move.
  useLayoutEffect(() => {
    window.measure()
    window.restore()
    setAtBottom(window.isAtBottom())
    // Where one wanted to read may have turned out to be the end of the newest.
    if (window.isAtBottom() !== wasAtBottom) redraw()
    // Estimates were too far off: again, with what is known now.
    retries.current = window.missing() === 'now' ? retries.current + 1 : 0
    if (retries.current > 0 && retries.current < MOST_RETRIES) redraw()
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are what may bring the ends near
  useEffect(() => settle(), [rows, needs.isLive])
  const draw = () => {
    flushSync(redraw)
    settle()
  }
  return {
    ref,
    content,
    window,
    pieces,
    redraw,
    isAtBottom,
    onScroll: () => {
      if (!window.onScroll()) return
      const missing = window.missing()
      if (missing === 'now') flushSync(redraw)
      else if (missing === 'soon') redraw()
      setAtBottom(window.isAtBottom())
      settle()
    },
    toBottom: () => {
      window.goTo({ kind: 'bottom' })
      draw()
    },
    show: (key, align) => {
      window.goTo({ kind: 'aim', key, align })
      draw()
    },
  }
}

/** What lies beyond the view follows once the view itself is on screen. */
function useWidening(hasRows: boolean, window: LogWindow, redraw: () => void): void {
  useEffect(() => {
    if (!hasRows) return
    let stop: () => void
    const widen = () => {
      const isMore = window.widen()
      redraw()
      if (isMore) stop = afterPaint(widen)
    }
    stop = afterPaint(widen)
    return () => stop()
  }, [hasRows, window, redraw])
}

/** What one has just written is always shown, wherever one was reading. */
function useOwnShown(rows: readonly Row[], window: LogWindow): void {
  const own = rows.filter((row) => row.kind === 'unsent').length
  const before = useRef(own)
  if (own > before.current) window.goTo({ kind: 'bottom' })
  before.current = own
}
