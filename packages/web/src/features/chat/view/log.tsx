import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useLanguage } from '../../../ui/spoken.ts'
import { type Heights, heightsOf } from '../model/heights.ts'
import type { Row } from '../model/rows.ts'
import { listTexts } from '../model/texts-list.ts'
import type { ChannelSession } from '../store/channel-session.ts'
import { useRowNews } from '../store/use-row-news.ts'
import { NewestPill } from './around/row-parts.ts'
import { onLogKey, rowKey } from './log-keys.ts'
import { LogSlot } from './log-row.tsx'
import { LogStart } from './log-start.tsx'
import { MembersContext } from './members-context.ts'
import type { LogProps } from './props.ts'
import { useAnnouncer } from './use-announcer.ts'
import { isReached, useLogFocus } from './use-log-focus.ts'
import { useNews } from './use-news.ts'
import { useOpening } from './use-opening.ts'
import { type Scroll, useScroll } from './use-scroll.ts'

export function Log(props: LogProps): ReactNode {
  const { rows, session, state, view, composer } = props
  const said = useAnnouncer(state, props.me.id, props.people.authorOf)
  const [hovered, setHovered] = useState<string>()
  const [active, setActive] = useState<string>()
  const scroll = useScroll(rows, {
    heights: session && heightsIn(session),
    isLive: !state.hasNewer,
    pinned: [active, rowOfEdited(props)],
    onNearTop: () => void session?.loadOlder(),
    onNearEnd: () => void session?.loadNewer(),
    onPlace: (isAtBottom, serial) => session?.setReading(isAtBottom, serial),
  })
  const toComposer = () => composer.current?.focus()
  const focus = useLogFocus(rows, scroll.window, { toRow: setActive, toComposer })
  const opening = useOpening(props, scroll)
  const toNewest = useNewest(props, scroll)
  const news = useNews(props, isAtNewest(scroll) && !opening.isPlacing)
  const move = (from: string, to: number | 'first' | 'last') => {
    if (to === 'last') toNewest()
    const next = reachedFrom(rows, from, to)
    if (next === undefined) return
    scroll.show(next, 'near')
    focus.focus(next)
  }
  const stop = stopOf(rows, scroll, active)
  return (
    <div className="log-frame">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves between rows; the rows are what is interactive */}
      <div
        ref={scroll.ref}
        className={opening.isPlacing ? 'log placing' : 'log'}
        onScroll={scroll.onScroll}
        // Moved by hand: rows that scroll under a pointer at rest are not pointed at.
        onPointerMove={(event) => setHovered(rowKey(event.target))}
        onPointerLeave={() => setHovered(undefined)}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
        onKeyDown={(event) => {
          // Whoever goes by keyboard is at the focus, wherever the pointer was left.
          setHovered(undefined)
          onLogKey(event, { move, toComposer })
        }}
      >
        <div className="log-head">
          <LogStart {...props} isPlacing={opening.isPlacing} />
        </div>
        <div
          ref={scroll.content}
          role="log"
          aria-live="off"
          aria-label={listTexts.messagesIn(view.title)}
        >
          <LogRows
            {...props}
            scroll={scroll}
            stop={stop}
            pointed={hovered ?? active}
            marked={opening.marked}
          />
        </div>
      </div>
      <p className="vh" role="status">
        {said}
      </p>
      {scroll.isAtBottom || opening.isPlacing ? null : (
        <Suspense>
          <NewestPill news={news} onJump={toNewest} />
        </Suspense>
      )}
    </div>
  )
}

/** How high the rows of a channel are, for as long as it is open: coming back to it, nothing is guessed. */
const known = new WeakMap<ChannelSession, Heights>()

function heightsIn(session: ChannelSession): Heights {
  const heights = known.get(session) ?? heightsOf()
  known.set(session, heights)
  return heights
}

type LogRowsProps = LogProps & {
  readonly scroll: Scroll
  /** The one tab stop. */
  readonly stop: string | undefined
  /** The row one is at, by pointer or keys. */
  readonly pointed: string | undefined
  /** The message the address names. */
  readonly marked: string | undefined
}

function LogRows(props: LogRowsProps): ReactNode {
  const { scroll, stop, pointed, marked, rows } = props
  const newsOf = useRowNews(props.session, props.acts)
  const language = useLanguage()
  const pieces = scroll.pieces.map((piece) => {
    if (piece.kind === 'room')
      return <div key={piece.key} style={{ height: piece.px }} aria-hidden="true" />
    const row = rows[piece.index]
    if (row === undefined) return null
    const { key } = row
    const isMarked = 'entry' in row && row.entry.serial === marked
    return (
      <LogSlot
        {...props}
        key={key}
        row={row}
        news={'entry' in row ? newsOf(row.entry.serial) : undefined}
        language={language}
        isStop={key === stop}
        hasTools={key === pointed}
        log={scroll.window}
        isMarked={isMarked}
      />
    )
  })
  return <MembersContext value={props.state.members}>{pieces}</MembersContext>
}

/** The place may have been set since the last drawing: then the newest is not in view any more. */
function isAtNewest(scroll: Scroll): boolean {
  return scroll.isAtBottom && scroll.window.isAtBottom()
}

/** Goes to the newest message, also when it is not among those that are held. */
function useNewest(props: LogProps, scroll: Scroll): () => void {
  const { session, state, rows } = props
  const { hasNewer } = state
  const own = rows.filter((row) => row.kind === 'unsent').length
  const before = useRef(own)
  useEffect(() => {
    // What one has just written is seen at the end of the newest.
    if (own > before.current && hasNewer) void session?.openNewest()
    before.current = own
  }, [own, hasNewer, session])
  return () => {
    if (hasNewer) void session?.openNewest().then(scroll.toBottom)
    else scroll.toBottom()
  }
}

/** The one tab stop: the row one was at, else the last one that is drawn. */
function stopOf(
  rows: readonly Row[],
  scroll: Scroll,
  active: string | undefined,
): string | undefined {
  const drawn = scroll.pieces.flatMap((piece) => {
    const row = piece.kind === 'row' ? rows[piece.index] : undefined
    return row !== undefined && isReached(row) ? [row.key] : []
  })
  return active !== undefined && drawn.includes(active) ? active : drawn.at(-1)
}

function reachedFrom(
  rows: readonly Row[],
  from: string,
  to: number | 'first' | 'last',
): string | undefined {
  if (to === 'first') return rows.find(isReached)?.key
  if (to === 'last') return rows.findLast(isReached)?.key
  const at = rows.findIndex((row) => row.key === from)
  const row =
    to > 0
      ? rows.find((one, index) => index > at && isReached(one))
      : rows.findLast((one, index) => index < at && isReached(one))
  return row?.key
}

function rowOfEdited(props: LogProps): string | undefined {
  const { editing, rows } = props
  if (editing === undefined) return undefined
  return rows.find((row) => row.kind === 'message' && row.entry.serial === editing)?.key
}
