// What was said, both sides as bubbles. Older messages come as one scrolls up, and nothing that is read moves; new ones are
// followed only by whoever is at the end.

import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { dayOf, dayTitle } from '../../../ui/times.ts'
import { rowsOf } from '../model/log.ts'
import { texts } from '../model/texts.ts'
import type { SessionState } from '../store/conversation-session.ts'
import { EventLine } from './event-line.tsx'
import { SaidRow, UnsentRow } from './said-row.tsx'
import type { SheetProps } from './sheet-props.ts'

/** So near to the end counts as being there; pixels. */
const NEAR_PX = 48
const OLDER_PX = 400

type LogProps = SheetProps & { readonly state: SessionState }

export function Log(props: LogProps): ReactNode {
  const { conversation, session, state } = props
  const { log, outbox, hasOlder, isLoading, phase, marks } = state
  const visitor = conversation.visitor.id
  const rows = useMemo(() => rowsOf(log, visitor, dayOf), [log, visitor])
  const scroll = useKeptPlace(log, outbox.length, () => {
    if (hasOlder && !isLoading) void session.loadOlder()
  })
  const now = Date.now()
  return (
    <div className="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <div ref={scroll.region} className="desk-log" onScroll={scroll.onScroll} tabIndex={0}>
        <div className="log-begin">
          {hasOlder ? (
            <Button
              size="small"
              look="quiet"
              busy={isLoading}
              onClick={() => void session.loadOlder()}
            >
              {texts.older}
            </Button>
          ) : phase === 'open' ? (
            <p className="sm dim">{texts.begins}</p>
          ) : null}
        </div>
        <div role="log" aria-live="off" aria-label={texts.logOf(conversation.visitor.name)}>
          {rows.map((row) => {
            if (row.kind === 'day')
              return (
                <div key={row.key} className="day">
                  <span>{dayTitle(row.atMs, now)}</span>
                </div>
              )
            if (row.kind === 'event')
              return <EventLine key={row.key} entry={row.entry} visitor={conversation.visitor} />
            return (
              <SaidRow
                key={row.key}
                entry={row.entry}
                name={row.isDesk ? row.entry.name : conversation.visitor.name}
                isDesk={row.isDesk}
                isNext={row.isNext}
                visitorMarks={row.isDesk ? (marks.get('visitor') ?? marks.get(visitor)) : undefined}
                mayDelete={props.controls.may('message-delete-any')}
                onDelete={(serial) => session.remove(serial)}
              />
            )
          })}
          {outbox.map((one) => (
            <UnsentRow key={one.id} item={one} session={session} />
          ))}
        </div>
        {phase === 'failed' ? (
          <div className="log-begin" role="alert">
            <p className="sm">{texts.logFailed}</p>
            <Button size="small" onClick={() => session.reopen()}>
              {texts.tryAgain}
            </Button>
          </div>
        ) : null}
      </div>
      {scroll.ahead > 0 ? (
        <button type="button" className="btn small newest" onClick={scroll.toEnd}>
          {texts.newBelow(scroll.ahead)}
        </button>
      ) : null}
    </div>
  )
}

/** Keeps the place one reads at while messages come above and below. */
function useKeptPlace(log: SessionState['log'], unsent: number, more: () => void) {
  const region = useRef<HTMLDivElement>(null)
  const place = useRef({ isAtEnd: true, fromEnd: 0, first: '', last: '' })
  const [ahead, setAhead] = useState(0)
  const first = log[0]?.serial ?? ''
  const last = log.at(-1)?.serial ?? ''
  useLayoutEffect(() => {
    const element = region.current
    const was = place.current
    if (element === null) return
    const isOlder = was.first !== '' && first < was.first
    if (was.isAtEnd) element.scrollTop = element.scrollHeight
    else if (isOlder) element.scrollTop = element.scrollHeight - was.fromEnd
    if (!was.isAtEnd && last > was.last && was.last !== '') {
      const fresh = log.filter(({ serial }) => serial > was.last).length
      setAhead((count) => count + fresh)
    }
    place.current = { ...was, first, last, fromEnd: element.scrollHeight - element.scrollTop }
  }, [log, first, last])
  // What one writes oneself is always seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each that is written
  useLayoutEffect(() => {
    if (unsent > 0) toEnd()
  }, [unsent])
  useEffect(() => {
    const element = region.current
    if (element === null) return
    // Pictures and the composer change what is in view.
    const observer = new ResizeObserver(() => {
      if (place.current.isAtEnd) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])
  const toEnd = () => {
    const element = region.current
    if (element !== null) element.scrollTop = element.scrollHeight
    place.current = { ...place.current, isAtEnd: true }
    setAhead(0)
  }
  const onScroll = () => {
    const element = region.current
    if (element === null) return
    const fromEnd = element.scrollHeight - element.scrollTop
    const isAtEnd = fromEnd - element.clientHeight < NEAR_PX
    place.current = { ...place.current, isAtEnd, fromEnd }
    if (isAtEnd && ahead > 0) setAhead(0)
    if (element.scrollTop < OLDER_PX) more()
  }
  return { region, onScroll, ahead, toEnd }
}
