import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { hash, texts } from '../model/texts.ts'
import type { ComposerHandle } from './composer.tsx'
import { LogRow } from './log-row.tsx'
import { LogStart } from './log-start.tsx'
import type { LogProps } from './props.ts'
import { useAnnouncer } from './use-announcer.ts'
import { useScroll } from './use-scroll.ts'

export function Log(props: LogProps): ReactNode {
  const { rows, session, state, view } = props
  const scroll = useScroll(rows, {
    onNearTop: () => void session?.loadOlder(),
    onAtBottom: (isAtBottom) => session?.setAtBottom(isAtBottom),
  })
  const said = useAnnouncer(state, props.me.id, props.people.authorOf)
  const [active, setActive] = useState<string>()
  const [hovered, setHovered] = useState<string>()
  const focusable = rows.filter((row) => row.kind === 'message' || row.kind === 'unsent')
  const stop = focusable.some((row) => row.key === active) ? active : focusable.at(-1)?.key
  const content = useRef<HTMLDivElement>(null)
  return (
    <div className="log-frame">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves between rows; the rows are what is interactive */}
      <div
        ref={scroll.ref}
        className="log"
        onScroll={scroll.onScroll}
        onPointerOver={(event) => setHovered(rowKey(event.target))}
        onPointerLeave={() => setHovered(undefined)}
        onFocus={(event) => setActive(rowKey(event.target))}
        onKeyDown={(event) => {
          // Whoever goes by keyboard is at the focus, wherever the pointer was left.
          setHovered(undefined)
          onKey(event, content.current, props.composer.current)
        }}
      >
        <LogStart {...props} />
        <div
          ref={content}
          role="log"
          aria-live="off"
          aria-label={`Messages in ${hash(view.title)}`}
        >
          {rows.map((row) => (
            <LogRow
              key={row.key}
              row={row}
              isStop={row.key === stop}
              hasTools={row.key === (hovered ?? active)}
              {...props}
            />
          ))}
        </div>
      </div>
      <p className="vh" role="status">
        {said}
      </p>
      {scroll.isAtBottom ? null : (
        <button type="button" className="btn pill" onClick={scroll.toBottom}>
          <span className="down">
            <Icon name="arrow-up" size="s" />
          </span>
          {scroll.news > 0 ? texts.newMessages(scroll.news) : texts.toNewest}
        </button>
      )}
    </div>
  )
}

function rowKey(target: EventTarget): string | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  return row?.dataset.row
}

function onKey(
  event: KeyboardEvent,
  content: HTMLElement | null,
  composer: ComposerHandle | null,
): void {
  const target = event.target as HTMLElement
  if (target.closest('.editor, [popover], dialog') !== null) return
  const row = target.closest<HTMLElement>('[data-row]')
  if (event.key === 'Escape') {
    event.preventDefault()
    if (row !== null && target !== row) row.focus()
    else composer?.focus()
    return
  }
  if (row === null || content === null) return
  const next = target === row ? fromRow(event.key, row, content) : fromTool(event.key, target, row)
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

/** On a message: arrows go to the next one, Enter to what one can do with it. */
function fromRow(key: string, row: HTMLElement, content: HTMLElement): HTMLElement | undefined {
  if (key === 'Enter') return row.querySelector<HTMLElement>('button') ?? undefined
  const rows = [...content.querySelectorAll<HTMLElement>('[data-row][tabindex]')]
  const at = rows.indexOf(row)
  if (key === 'ArrowUp') return rows[Math.max(0, at - 1)]
  if (key === 'ArrowDown') return rows[Math.min(rows.length - 1, at + 1)]
  if (key === 'Home') return rows[0]
  return key === 'End' ? rows.at(-1) : undefined
}

/** On a tool: arrows go along the tools. */
function fromTool(key: string, tool: HTMLElement, row: HTMLElement): HTMLElement | undefined {
  const tools = [...row.querySelectorAll<HTMLElement>('button')]
  const at = tools.indexOf(tool)
  if (key === 'ArrowRight') return tools[(at + 1) % tools.length]
  if (key === 'ArrowLeft') return tools.at(at - 1)
  return undefined
}
