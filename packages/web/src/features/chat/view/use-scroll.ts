// Keeps the place in the log: at the bottom if one was there, else exactly where one was reading.

import {
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Row } from '../model/rows.ts'

export type Scroll = {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly isAtBottom: boolean
  /** Messages of others that came below while reading further up. */
  readonly news: number
  readonly onScroll: () => void
  readonly toBottom: () => void
}

/** Closer than this counts as being at the bottom. */
const BOTTOM_PX = 48
/** Closer to the top than this, older messages are fetched. */
const TOP_PX = 600

type Place =
  | { readonly kind: 'bottom' }
  | { readonly kind: 'row'; readonly key: string; readonly offset: number }

export function useScroll(
  rows: readonly Row[],
  on: { readonly onNearTop: () => void; readonly onAtBottom: (isAtBottom: boolean) => void },
): Scroll {
  const ref = useRef<HTMLDivElement>(null)
  const place = useRef<Place>({ kind: 'bottom' })
  const [isAtBottom, setAtBottom] = useState(true)
  const lastSeen = useRef<string | undefined>(undefined)
  const onNearTop = useEffectEvent(on.onNearTop)
  const onAtBottom = useEffectEvent(on.onAtBottom)
  const ownUnsent = rows.filter((row) => row.kind === 'unsent').length
  const unsentBefore = useRef(ownUnsent)

  const restore = useCallback(() => {
    if (ref.current !== null) restored(ref.current, place.current)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are what moves the place
  useLayoutEffect(() => {
    // What one has just written is always shown, wherever one was reading.
    if (ownUnsent > unsentBefore.current) place.current = { kind: 'bottom' }
    unsentBefore.current = ownUnsent
    restore()
    if (place.current.kind === 'bottom') lastSeen.current = rows.at(-1)?.key
  }, [rows, restore])
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const observer = new ResizeObserver(restore)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [restore])
  useEffect(() => onAtBottom(isAtBottom), [isAtBottom])
  useEffect(() => {
    if (rows.length > 0 && ref.current !== null && ref.current.scrollTop < TOP_PX) onNearTop()
  }, [rows])

  const onScroll = () => {
    const element = ref.current
    if (element === null) return
    place.current = placeOf(element)
    setAtBottom(place.current.kind === 'bottom')
    if (place.current.kind === 'bottom') lastSeen.current = rows.at(-1)?.key
    if (element.scrollTop < TOP_PX) on.onNearTop()
  }
  const toBottom = () => {
    place.current = { kind: 'bottom' }
    restore()
    setAtBottom(true)
  }
  return {
    ref,
    isAtBottom,
    news: isAtBottom ? 0 : newsAfter(rows, lastSeen.current),
    onScroll,
    toBottom,
  }
}

function placeOf(element: HTMLElement): Place {
  const below = element.scrollHeight - element.clientHeight - element.scrollTop
  if (below <= BOTTOM_PX) return { kind: 'bottom' }
  const top = element.getBoundingClientRect().top
  for (const row of element.querySelectorAll<HTMLElement>('[data-row]')) {
    const box = row.getBoundingClientRect()
    if (box.bottom > top) return { kind: 'row', key: row.dataset.row ?? '', offset: box.top - top }
  }
  return { kind: 'bottom' }
}

function restored(element: HTMLElement, place: Place): void {
  if (place.kind === 'bottom') {
    element.scrollTop = element.scrollHeight
    return
  }
  const row = element.querySelector<HTMLElement>(`[data-row="${CSS.escape(place.key)}"]`)
  if (row === null) return
  const offset = row.getBoundingClientRect().top - element.getBoundingClientRect().top
  if (Math.abs(offset - place.offset) > 0.5) element.scrollTop += offset - place.offset
}

function newsAfter(rows: readonly Row[], lastSeen: string | undefined): number {
  const at = rows.findLastIndex((row) => row.key === lastSeen)
  return rows.slice(at + 1).filter((row) => row.kind === 'message' && !row.isOwn).length
}
