// Roles in rows, actions in columns: only what is in view is drawn, the first column and the heads stay. One tab stop; arrows
// move, Enter steps through what a cell can be, A, F and N say it at once.

import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { usePhone } from '../../../../ui/use-phone.ts'
import { type Cell, moved } from '../../table/grid-keys.ts'
import { Glyph } from './matrix-glyph.tsx'
import { nextWish, type Wish } from './model/edits.ts'
import { type Chosen, groupOf, type Matrix, type MatrixRow, type RowKey } from './model/matrix.ts'
import { stateText } from './state-text.ts'
import { texts } from './texts.ts'
import { actionTitle } from './view.ts'

type Props = {
  readonly label: string
  readonly matrix: Matrix
  readonly rows: readonly MatrixRow[]
  readonly actions: readonly string[]
  /** What is said where nothing is shown. */
  readonly empty: string
  readonly chosen: Chosen | undefined
  readonly isChanged: (row: RowKey, action: string) => boolean
  readonly isNew: (row: RowKey) => boolean
  /** How many people hold a role; undefined: not known. */
  readonly held: (row: MatrixRow) => number | undefined
  readonly onChoose: (chosen: Chosen) => void
  readonly onWish: (at: Chosen, wish: Wish) => void
  readonly onRole: (row: MatrixRow) => void
}

const ROW = 54
const COLUMN = 68
const FIRST = 188
const FIRST_NARROW = 132
const HEAD = 84
const WISHES: Readonly<Record<string, Wish>> = {
  a: 'allow',
  f: 'forbid',
  n: 'none',
  Delete: 'none',
}

export function MatrixGrid(props: Props): ReactNode {
  const { rows, actions } = props
  const region = useRef<HTMLDivElement>(null)
  const first = usePhone() ? FIRST_NARROW : FIRST
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => region.current,
    estimateSize: () => ROW,
    overscan: 6,
    scrollPaddingStart: HEAD,
  })
  const across = useVirtualizer({
    horizontal: true,
    count: actions.length,
    getScrollElement: () => region.current,
    estimateSize: () => COLUMN,
    overscan: 5,
    paddingStart: first,
    scrollPaddingStart: first,
  })
  const focus = useFocus(props, region, (cell) => {
    down.scrollToIndex(cell.row)
    if (cell.column > 0) across.scrollToIndex(cell.column - 1)
  })
  const columns = across.getVirtualItems()
  const width = { width: across.getTotalSize(), '--first': `${first}px` } as CSSProperties
  return (
    <div ref={region} className="matrix">
      {/* biome-ignore lint/a11y/useSemanticElements: a table of which only a part is drawn is laid out by hand */}
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-colcount={actions.length + 1}
        style={width}
        onKeyDown={focus.onKey}
        onFocus={focus.onFocus}
      >
        <Head {...props} columns={columns} />
        <div className="matrix-rows" role="presentation" style={{ height: down.getTotalSize() }}>
          {down.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            return (
              <Row
                key={row.key}
                {...props}
                row={row}
                index={index}
                top={start}
                columns={columns}
                at={focus.at.row === index ? focus.at.column : undefined}
              />
            )
          })}
        </div>
      </div>
      {rows.length === 0 || actions.length === 0 ? (
        <p className="empty dim">{props.empty}</p>
      ) : null}
    </div>
  )
}

function Head(props: Props & { readonly columns: readonly VirtualItem[] }): ReactNode {
  const { actions } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are read, not entered
    <div className="matrix-head" role="row" aria-rowindex={1} style={{ height: HEAD }}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div className="corner" role="columnheader" aria-colindex={1}>
        {texts.role}
      </div>
      {props.columns.map(({ index, start }) => {
        const action = actions[index] ?? ''
        const group = groupOf(action)
        const isFirst = index === 0 || groupOf(actions[index - 1] ?? '') !== group
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={action}
            role="columnheader"
            className="column"
            data-first={isFirst || undefined}
            aria-colindex={index + 2}
            title={action}
            style={{ insetInlineStart: start, width: COLUMN }}
          >
            {isFirst ? <span className="kind">{texts.groups[group]}</span> : null}
            <span>{actionTitle(action)}</span>
          </div>
        )
      })}
    </div>
  )
}

function Row(
  props: Props & {
    readonly row: MatrixRow
    readonly index: number
    readonly top: number
    readonly columns: readonly VirtualItem[]
    readonly at: number | undefined
  },
): ReactNode {
  const { row, index, actions } = props
  const held = props.held(row)
  const where = row.isTenant ? texts.onTenant : row.key
  const about = held === undefined ? where : `${where} · ${texts.held(held)}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are entered
    <div
      className="matrix-row"
      role="row"
      aria-rowindex={index + 2}
      style={{ height: ROW, transform: `translateY(${props.top}px)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's */}
      <div
        role="rowheader"
        aria-colindex={1}
        className="role"
        data-at={`${index}:0`}
        data-tone={row.tone ?? ''}
        data-new={props.isNew(row.key) || undefined}
        tabIndex={props.at === 0 ? 0 : -1}
        onClick={() => props.onRole(row)}
      >
        <Icon name={row.glyph} fallback="circle" />
        <span className="cut" title={`${row.title} · ${about}`}>
          <b>{row.title}</b>
          <br />
          <span className="xs faint">{about}</span>
        </span>
      </div>
      {props.columns.map(({ index: column, start }) => (
        <MatrixCellView
          key={actions[column]}
          {...props}
          action={actions[column] ?? ''}
          column={column}
          left={start}
          isFirst={
            column === 0 || groupOf(actions[column - 1] ?? '') !== groupOf(actions[column] ?? '')
          }
        />
      ))}
    </div>
  )
}

function MatrixCellView(
  props: Props & {
    readonly row: MatrixRow
    readonly index: number
    readonly action: string
    readonly column: number
    readonly left: number
    readonly isFirst: boolean
    readonly at: number | undefined
  },
): ReactNode {
  const { row, action, column, matrix, chosen } = props
  const cell = matrix.cell(row.key, action)
  const isChanged = props.isChanged(row.key, action)
  const isChosen = chosen?.row === row.key && chosen.action === action
  const words = `${row.title}, ${actionTitle(action)}: ${stateText(cell, matrix)}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
    <div
      role="gridcell"
      className="mx"
      aria-colindex={column + 2}
      aria-selected={isChosen}
      aria-label={isChanged ? `${words}, ${texts.changed}` : words}
      data-at={`${props.index}:${column + 1}`}
      data-kind={cell.kind}
      data-first={props.isFirst || undefined}
      tabIndex={props.at === column + 1 ? 0 : -1}
      style={{ insetInlineStart: props.left, width: COLUMN }}
      onClick={() => {
        if (isChosen) props.onWish({ row: row.key, action }, nextWish(cell.kind))
        else props.onChoose({ row: row.key, action })
      }}
    >
      <span
        className="face"
        data-changed={isChanged || undefined}
        data-if={cell.isConditional || undefined}
      >
        <Glyph kind={cell.kind} />
      </span>
    </div>
  )
}

function useFocus(
  props: Props,
  region: { readonly current: HTMLDivElement | null },
  show: (cell: Cell) => void,
) {
  const { rows, actions, matrix } = props
  const [at, setAt] = useState<Cell>({ row: 0, column: 1 })
  const isMoving = useRef(false)
  useEffect(() => {
    if (!isMoving.current) return
    isMoving.current = false
    const frame = requestAnimationFrame(() => {
      const cell = region.current?.querySelector<HTMLElement>(`[data-at="${at.row}:${at.column}"]`)
      cell?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [at, region])
  const onMove = (event: KeyboardEvent): boolean => {
    const size = { rows: rows.length, columns: actions.length + 1 }
    const next = moved(event.key, at, size, event.ctrlKey)
    if (next === undefined) return false
    isMoving.current = true
    const cell = { ...next, row: Math.max(0, next.row) }
    setAt(cell)
    show(cell)
    return true
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return
    const row = rows[at.row]
    if (onMove(event) || (row !== undefined && onAct(event, row))) event.preventDefault()
  }
  const onAct = (event: KeyboardEvent, row: MatrixRow): boolean => {
    if (event.ctrlKey) return false
    const isEnter = event.key === 'Enter' || event.key === ' '
    const action = actions[at.column - 1]
    if (action === undefined) {
      if (isEnter) props.onRole(row)
      return isEnter
    }
    const wish = isEnter ? nextWish(matrix.cell(row.key, action).kind) : WISHES[event.key]
    if (wish === undefined) return false
    props.onWish({ row: row.key, action }, wish)
    return true
  }
  const onFocus = (event: { readonly target: EventTarget }) => {
    if (!(event.target instanceof HTMLElement)) return
    const [row, column] = (event.target.dataset.at ?? '').split(':').map(Number)
    if (row === undefined || column === undefined || Number.isNaN(column)) return
    if (row !== at.row || column !== at.column) setAt({ row, column })
    const [role, action] = [rows[row], actions[column - 1]]
    // By keyboard the cell one is at is the one that is looked at.
    const isByKey = event.target.matches(':focus-visible')
    if (isByKey && role !== undefined && action !== undefined)
      props.onChoose({ row: role.key, action })
  }
  return { at, onKey, onFocus }
}
