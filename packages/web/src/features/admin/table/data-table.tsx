// A table of a list of the API: only what is in view is drawn, more is fetched as one scrolls. One tab stop; arrows move from
// cell to cell, Enter opens. Widths and hidden columns are the reader's, order and filters stand in the address.

import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { texts } from '../model/texts.ts'
import type { List } from '../store/use-list.ts'
import { type Column, shownOf, widthOf } from './columns.ts'
import { type Cell, moved } from './grid-keys.ts'
import { TableHead } from './table-head.tsx'
import type { TableProps } from './table-props.ts'
import { TableRow } from './table-row.tsx'
import { TableTools } from './table-tools.tsx'
import { useLooks } from './use-looks.ts'

const ROW_PX = 36
const AHEAD = 12

export function DataTable<Row>(props: TableProps<Row>): ReactNode {
  const { list, name, columns, label } = props
  const [looks, setLooks] = useLooks(name, columns)
  const shown = useMemo(() => shownOf(columns, looks), [columns, looks])
  const { rowKey, rowName, onOpen, openKey, menu, selection, isFresh } = props
  const ofRow = { rowKey, rowName, onOpen, openKey, menu, selection, isFresh }
  const region = useRef<HTMLDivElement>(null)
  const { items } = list
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => region.current,
    estimateSize: () => ROW_PX,
    overscan: AHEAD,
    scrollPaddingStart: ROW_PX,
  })
  const drawn = rows.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  const first = drawn[0]?.index ?? 0
  const { onRange } = props
  useEffect(() => onRange?.(first, last), [onRange, first, last])
  const { hasMore, more } = list
  useEffect(() => {
    if (hasMore && last >= items.length - AHEAD) more()
  }, [hasMore, last, items.length, more])
  const extra = (props.selection === undefined ? 0 : 1) + (props.menu === undefined ? 0 : 1)
  const size = { rows: items.length, columns: shown.length + extra }
  const focus = useCellFocus(region, size, (row) => rows.scrollToIndex(row))
  const template = templateOf(shown, (column) => widthOf(column, looks), props)
  return (
    <div className="table">
      <TableTools {...props} columns={columns} looks={looks} onLooks={setLooks} />
      {list.state === 'failed' ? <Failed list={list} /> : null}
      <div ref={region} className="table-region" data-state={list.state}>
        {/* biome-ignore lint/a11y/useSemanticElements: a table of which only a part is drawn is laid out by hand */}
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={hasMore ? -1 : items.length + 1}
          aria-colcount={size.columns}
          aria-busy={list.state === 'loading'}
          style={{ '--columns': template } as React.CSSProperties}
          onKeyDown={focus.onKey}
          onFocus={focus.onFocus}
        >
          <TableHead {...props} columns={shown} looks={looks} onLooks={setLooks} at={focus.at} />
          <div className="table-rows" role="presentation" style={{ height: rows.getTotalSize() }}>
            {drawn.map(({ index, start }) => {
              const row = items[index]
              if (row === undefined) return null
              return (
                <TableRow
                  key={rowKey(row)}
                  {...ofRow}
                  columns={shown}
                  row={row}
                  index={index}
                  top={start}
                  at={focus.at.row === index ? focus.at.column : undefined}
                />
              )
            })}
          </div>
        </div>
        {items.length === 0 && list.state === 'ready' ? (
          <div className="empty">
            <p className="dim">{props.empty.text}</p>
            {props.empty.action}
          </div>
        ) : null}
        {list.state === 'loading' ? <Bones /> : null}
      </div>
    </div>
  )
}

/** The first column takes what is left; one that is wide enough for its name, however narrow the window. */
function templateOf<Row>(
  shown: readonly Column<Row>[],
  width: (column: Column<Row>) => number,
  props: Pick<TableProps<Row>, 'selection' | 'menu'>,
): string {
  const [first, ...others] = shown
  return [
    ...(props.selection === undefined ? [] : ['44px']),
    ...(first === undefined ? [] : [`minmax(${width(first)}px, 1fr)`]),
    ...others.map((column) => `${width(column)}px`),
    ...(props.menu === undefined ? [] : ['48px']),
  ].join(' ')
}

function Failed<Row>({ list }: { readonly list: List<Row> }): ReactNode {
  return (
    <div className="banner" role="alert">
      <span className="grow">{refusalOf(list.error)}</span>
      <Button size="small" onClick={list.again}>
        {texts.tryAgain}
      </Button>
    </div>
  )
}

function Bones(): ReactNode {
  return (
    <div className="table-bones late" aria-hidden="true">
      {[64, 48, 72, 56].map((width) => (
        <span key={width} className="bone" style={{ width: `${width}%`, height: 14 }} />
      ))}
    </div>
  )
}

/** One cell is the tab stop. It is focused by where it stands, once it has been scrolled to and drawn. */
function useCellFocus(
  region: React.RefObject<HTMLDivElement | null>,
  size: { readonly rows: number; readonly columns: number },
  show: (row: number) => void,
) {
  const [at, setAt] = useState<Cell>({ row: -1, column: 0 })
  const wanted = useRef<Cell | undefined>(undefined)
  useEffect(() => {
    const cell = wanted.current
    if (cell === undefined) return
    const found = region.current?.querySelector<HTMLElement>(
      `[data-row="${cell.row}"] [data-column="${cell.column}"]`,
    )
    if (found == null) return
    wanted.current = undefined
    const inside = found.querySelector<HTMLElement>('[data-cell-focus], [aria-haspopup=menu]')
    ;(inside ?? found).focus({ preventScroll: cell.row >= 0 })
  })
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    // Also what floats over a cell has keys of its own.
    if (event.defaultPrevented) return
    const next = moved(event.key, at, size, event.ctrlKey || event.metaKey)
    if (next === undefined || event.altKey || isTyping(event.target)) return
    event.preventDefault()
    wanted.current = next
    if (next.row >= 0) show(next.row)
    setAt({ ...next })
  }
  const onFocus = (event: { readonly target: EventTarget }) => {
    const target = event.target as HTMLElement
    const column = target.closest<HTMLElement>('[data-column]')?.dataset.column
    const row = target.closest<HTMLElement>('[data-row]')?.dataset.row
    if (column === undefined || row === undefined) return
    if (Number(row) !== at.row || Number(column) !== at.column)
      setAt({ row: Number(row), column: Number(column) })
  }
  return { at: at.row >= size.rows ? { ...at, row: -1 } : at, onKey, onFocus }
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type !== 'checkbox'
}
