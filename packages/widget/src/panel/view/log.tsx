// What was said. Only what is new is read out, once; who reads further up stays where they are.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { rowsOf } from '../model/groups.ts'
import { lastSerial } from '../model/timeline.ts'
import { Avatar } from './avatar.tsx'
import { Icon } from './icons.tsx'
import { LogRow } from './log-row.tsx'
import { usePanel, useSay } from './use.ts'

/** As near to the end as this counts as being there; pixels. */
const NEAR = 48

export function Log() {
  const { panel, state } = usePanel()
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const heightBefore = useRef(0)
  const [isAway, setAway] = useState(false)
  const { lines, hasEarlierLines, mine, theirs, spoken } = state
  const first = lines[0]?.serial
  // What comes above pushes down what one reads, so the view goes along; what comes below is followed from the end only.
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    element.scrollTop += element.scrollHeight - heightBefore.current
    heightBefore.current = element.scrollHeight
  }, [first])
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    if (isAtEnd.current) element.scrollTop = element.scrollHeight
    heightBefore.current = element.scrollHeight
  }, [lines, state.isOpen])
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const sizes = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight
    })
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [])
  const toEnd = () => {
    box.current?.scrollTo({ top: box.current.scrollHeight })
  }
  const rows = rowsOf(lines)
  const lastOwn = lines.findLast(({ author }) => mine.has(author))
  return (
    <div class="around">
      <div
        class="log"
        role="log"
        // What was said before is not news.
        aria-live={state.isFilled ? 'polite' : 'off'}
        aria-relevant="additions"
        aria-label={state.config.name}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
        tabIndex={0}
        ref={box}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR
          setAway(!isAtEnd.current)
          if (scrollTop < 80 && hasEarlierLines) void panel.earlierLines().catch(() => undefined)
        }}
      >
        {rows.length === 0 && (
          <div class="their">
            <Avatar name={state.config.name} picture={state.config.look.logo} isSmall />
            <p class="bubble">{say('hello')}</p>
          </div>
        )}
        {rows.map((row) => (
          <LogRow
            key={row.line.id}
            row={row}
            isOwn={mine.has(row.line.author)}
            mark={row.line === lastOwn ? markOf(row.line.serial, theirs) : undefined}
            tag={spoken.tag}
          />
        ))}
      </div>
      {isAway && (
        <button type="button" class="to-end" onClick={toEnd} data-last={lastSerial(lines)}>
          <Icon name="down" />
          <span class={state.unread > 0 ? '' : 'unseen'}>{say('newMessages')}</span>
        </button>
      )}
    </div>
  )
}

function markOf(
  serial: string | undefined,
  { delivered = '', read = '' }: { readonly delivered?: string; readonly read?: string },
): 'sent' | 'delivered' | 'read' | undefined {
  if (serial === undefined) return undefined
  if (serial <= read) return 'read'
  return serial <= delivered ? 'delivered' : 'sent'
}
