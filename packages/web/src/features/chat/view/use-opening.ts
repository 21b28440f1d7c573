// Where the log opens: at the message its address names, where one was when one comes back to it, at the first unread
// message, else at the newest.

import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { entryOfHistory } from '../../../ui/navigation.tsx'
import { openingOf, rowOfSerial, unreadRow } from '../model/opening.ts'
import type { Align, Place } from '../model/places.ts'
import type { Row } from '../model/rows.ts'
import { listTexts } from '../model/texts-list.ts'

import type { LogProps } from './props.ts'
import type { Scroll } from './use-scroll.ts'
import { useWhole } from './use-whole.ts'

export type Opening = {
  /** Not to be seen yet: what is held is not where one will be. */
  readonly isPlacing: boolean
  /** Serial of the message the address names, once it is shown. */
  readonly marked: string | undefined
}

/** Rows are drawn this long after they are known at the latest, with room for a slow device. */
const DRAWN_MS = 400

/** Where to go as soon as a row is there. */
type Target = (rows: readonly Row[]) => Place | undefined

export function useOpening(props: LogProps, scroll: Scroll): Opening {
  const { at, rows, session, state, readMark } = props
  const [marked, setMarked] = useState<string>()
  const target = useRef<Target | undefined>(undefined)
  const isReady = state.phase === 'open' && readMark.isKnown
  const where = () => {
    const { timeline, hasOlder } = state
    const kept = props.places.get(entryOfHistory())
    return openingOf({ kept, at, seenSerial: readMark.serial, timeline, hasOlder, rows })
  }
  // At the newest is where the list stands by itself: there is nothing to wait for.
  const [isPlacing, setPlacing] = useState(() => !isReady || where().kind !== 'newest')
  const aim = useEffectEvent(() => {
    const place = target.current?.(rows)
    if (place === undefined) return
    target.current = undefined
    setMarked(place.kind === 'aim' && place.align === 'center' ? at : undefined)
    setPlacing(false)
    scroll.window.goTo(place)
    scroll.redraw()
  })
  const open = useEffectEvent(async () => {
    const opening = where()
    if (opening.kind === 'kept') {
      const { serial, place } = opening.kept
      target.current = (now) => (isAmong(now, place) ? place : undefined)
      if (serial !== undefined) await session?.openAt(serial, true)
    } else if (opening.kind === 'at') {
      const { serial } = opening
      target.current = (now) => aimAt(rowOfSerial(now, serial), 'center')
      if ((await session?.openAt(serial)) === false) throw new Unknown()
    } else if (opening.kind === 'unread') {
      target.current = (now) => aimAt(unreadRow(now), 'after')
      if (opening.load !== undefined) await session?.openAt(opening.load, true)
    }
  })
  const giveUp = useEffectEvent((cause: unknown) => {
    setPlacing(false)
    if (target.current === undefined) return
    target.current = undefined
    if (at === undefined) void session?.openNewest()
    else props.notices.tell(cause instanceof Unknown ? listTexts.notHere : listTexts.notReached)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another place to open
  useEffect(() => {
    if (!isReady) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const done = () => {
      aim()
      if (target.current === undefined) return setPlacing(false)
      // The rows that come of it are drawn within a moment; if the one looked for is not among them, it is not shown here.
      timer = setTimeout(() => giveUp(new Unknown()), DRAWN_MS)
    }
    open().then(done, giveUp)
    return () => clearTimeout(timer)
  }, [isReady, at])
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are where the target may be
  useLayoutEffect(() => aim(), [rows, isReady])
  useKeptPlace(props, scroll)
  const isOver = state.phase === 'failed' || state.phase === 'denied'
  const isWhole = useWhole(isOver || (isReady && !isPlacing), session, props.acts)
  return { isPlacing: !isOver && (isPlacing || !isWhole), marked }
}

class Unknown extends Error {}

function aimAt(row: Row | undefined, align: Align): Place | undefined {
  return row === undefined ? undefined : { kind: 'aim', key: row.key, align }
}

function isAmong(rows: readonly Row[], place: Place): boolean {
  return place.kind !== 'bottom' && rows.some((row) => row.key === place.key)
}

/** Keeps the place of each step of the browser's history, for whoever goes back to it. */
function useKeptPlace(props: LogProps, scroll: Scroll): void {
  const { at, places, rows } = props
  const entry = entryOfHistory()
  const keep = useEffectEvent((step: string, named: string | undefined) => {
    const place = scroll.window.place()
    const row = place.kind === 'row' ? rows.find(({ key }) => key === place.key) : undefined
    const serial = row !== undefined && 'entry' in row ? row.entry.serial : undefined
    places.set(step, { at: named, place, serial })
  })
  useEffect(() => () => keep(entry, at), [entry, at])
}
