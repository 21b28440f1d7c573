// Messages in a pane: the rows of the log, with their menu, in a list that is short enough to be drawn whole.

import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useLanguage } from '../../../../ui/spoken.ts'
import type { Row } from '../../model/rows.ts'
import { useRowNews } from '../../store/use-row-news.ts'
import { rowKey } from '../log-keys.ts'
import { LogRow } from '../log-row.tsx'
import { MembersContext } from '../members-context.ts'
import type { RowProps } from '../props.ts'

export function PaneRows(
  props: Omit<RowProps, 'row' | 'news' | 'isStop' | 'hasTools'> & {
    readonly rows: readonly Row[]
    readonly label: string
    readonly onEscape: () => void
  },
): ReactNode {
  const [hovered, setHovered] = useState<string>()
  const [active, setActive] = useState<string>()
  const { rows } = props
  const newsOf = useRowNews(props.session, props.acts)
  const language = useLanguage()
  const stop = rows.some(({ key }) => key === active) ? active : rows.at(-1)?.key
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves between rows; the rows are what is interactive
    <div
      onPointerMove={(event) => setHovered(rowKey(event.target))}
      onPointerLeave={() => setHovered(undefined)}
      onFocus={(event) => setActive(rowKey(event.target))}
      onKeyDown={(event) => onKey(event, props.onEscape)}
    >
      <div role="log" aria-live="off" aria-label={props.label}>
        <MembersContext value={props.state.members}>
          {rows.map((row) => (
            <LogRow
              {...props}
              key={row.key}
              row={row}
              news={'entry' in row ? newsOf(row.entry.serial) : undefined}
              language={language}
              isStop={row.key === stop}
              hasTools={row.key === (hovered ?? active)}
            />
          ))}
        </MembersContext>
      </div>
    </div>
  )
}

function onKey(event: KeyboardEvent<HTMLElement>, onEscape: () => void): void {
  const target = event.target as HTMLElement
  if (target.closest('.editor, [popover], dialog') !== null) return
  const row = target.closest<HTMLElement>('[data-row]')
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row][tabindex]')]
  const at = row === null ? -1 : all.indexOf(row)
  if (event.key === 'Escape') {
    event.preventDefault()
    if (row !== null && target !== row) row.focus()
    else onEscape()
  } else if (target === row && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault()
    all[Math.max(0, Math.min(all.length - 1, at + (event.key === 'ArrowUp' ? -1 : 1)))]?.focus()
  }
}
