import { type PointerEvent, type ReactNode, useRef } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { texts } from '../model/texts.ts'
import {
  type Column,
  type Looks,
  MAX_WIDTH,
  MIN_WIDTH,
  nextSort,
  widthOf,
  withWidth,
} from './columns.ts'
import type { Cell } from './grid-keys.ts'
import type { TableProps } from './table-props.ts'

const STEP_PX = 16

export function TableHead<Row>(
  props: Pick<TableProps<Row>, 'sort' | 'onSort' | 'selection' | 'menu' | 'list' | 'rowKey'> & {
    readonly columns: readonly Column<Row>[]
    readonly looks: Looks
    readonly onLooks: (looks: Looks) => void
    readonly at: Cell
  },
): ReactNode {
  const { columns, selection, at } = props
  const first = selection === undefined ? 0 : 1
  const stop = (column: number) => (at.row === -1 && at.column === column ? 0 : -1)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are what is focused
    // biome-ignore lint/a11y/useSemanticElements: laid out by hand
    <div role="row" aria-rowindex={1} className="tr head" data-row={-1}>
      {selection === undefined ? null : (
        // biome-ignore lint/a11y/useSemanticElements: laid out by hand
        <div role="columnheader" className="td pick" data-column={0} tabIndex={-1}>
          <PickAll {...props} selection={selection} tabIndex={stop(0)} />
        </div>
      )}
      {columns.map((column, place) => (
        <HeadCell
          key={column.key}
          {...props}
          column={column}
          place={first + place}
          tabIndex={stop(first + place)}
          isLast={place === 0}
        />
      ))}
      {props.menu === undefined ? null : (
        // biome-ignore lint/a11y/useSemanticElements: laid out by hand
        <div
          role="columnheader"
          className="td acts"
          data-column={first + columns.length}
          tabIndex={stop(first + columns.length)}
        >
          <span className="vh">{texts.more}</span>
        </div>
      )}
    </div>
  )
}

function HeadCell<Row>(
  props: Pick<TableProps<Row>, 'sort' | 'onSort'> & {
    readonly column: Column<Row>
    readonly place: number
    readonly tabIndex: number
    /** It takes what is left, so that nobody sets its width. */
    readonly isLast: boolean
    readonly looks: Looks
    readonly onLooks: (looks: Looks) => void
  },
): ReactNode {
  const { column, sort, onSort, tabIndex } = props
  const canSort = column.isSortable === true && onSort !== undefined
  const order = sort?.key === column.key ? (sort.down ? 'descending' : 'ascending') : undefined
  return (
    // biome-ignore lint/a11y/useSemanticElements: laid out by hand
    <div
      role="columnheader"
      aria-sort={order ?? (canSort ? 'none' : undefined)}
      className={column.align === 'end' ? 'td end' : 'td'}
      data-column={props.place}
      tabIndex={canSort ? -1 : tabIndex}
    >
      {canSort ? (
        <button
          type="button"
          className="sort"
          data-cell-focus=""
          tabIndex={tabIndex}
          onClick={() => onSort(nextSort(sort, column.key))}
        >
          {column.title}
          {order === undefined ? null : (
            <Icon name={order === 'ascending' ? 'arrow-up' : 'arrow-down'} size="s" />
          )}
        </button>
      ) : (
        column.title
      )}
      {props.isLast ? null : <Resize {...props} />}
    </div>
  )
}

/** The edge of a column: dragged, or moved by the arrow keys. */
function Resize<Row>(props: {
  readonly column: Column<Row>
  readonly looks: Looks
  readonly onLooks: (looks: Looks) => void
}): ReactNode {
  const { column, looks, onLooks } = props
  const start = useRef<{ readonly x: number; readonly width: number }>(undefined)
  const width = widthOf(column, looks)
  const onMove = (event: PointerEvent) => {
    if (start.current === undefined) return
    // It stands at the left edge: drawn to the left, the column grows.
    onLooks(withWidth(looks, column.key, start.current.width - (event.clientX - start.current.x)))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={texts.resizeColumn(column.title)}
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      tabIndex={-1}
      className="resize"
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onMove}
      onPointerUp={() => {
        start.current = undefined
      }}
      onDoubleClick={() => onLooks(withWidth(looks, column.key, column.width))}
      onKeyDown={(event) => {
        const by = { ArrowLeft: STEP_PX, ArrowRight: -STEP_PX }[event.key]
        if (by === undefined) return
        event.preventDefault()
        event.stopPropagation()
        onLooks(withWidth(looks, column.key, width + by))
      }}
    />
  )
}

function PickAll<Row>(
  props: Pick<TableProps<Row>, 'list' | 'rowKey'> & {
    readonly selection: NonNullable<TableProps<Row>['selection']>
    readonly tabIndex: number
  },
): ReactNode {
  const { list, rowKey, selection } = props
  const keys = list.items.map(rowKey)
  const isAll = keys.length > 0 && keys.every((key) => selection.keys.has(key))
  return (
    <input
      type="checkbox"
      data-cell-focus=""
      tabIndex={props.tabIndex}
      aria-label={texts.selectRow(texts.shown(keys.length))}
      checked={isAll}
      onChange={() => selection.onChange(new Set(isAll ? [] : keys))}
    />
  )
}
