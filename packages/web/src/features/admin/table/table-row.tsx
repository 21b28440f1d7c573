import { memo, type ReactNode } from 'react'
import { Menu } from '../../../ui/menu.tsx'
import { texts } from '../model/texts.ts'
import type { Column } from './columns.ts'
import type { TableProps } from './table-props.ts'

/** Drawn anew only if something of it is new: a table that scrolls draws the rows that come in. */
export const TableRow = memo(Drawn) as typeof Drawn

function Drawn<Row>(
  props: Pick<
    TableProps<Row>,
    'rowKey' | 'rowName' | 'onOpen' | 'openKey' | 'menu' | 'selection' | 'isFresh'
  > & {
    readonly columns: readonly Column<Row>[]
    readonly row: Row
    readonly index: number
    readonly top: number
    /** The column of the tab stop, if it is in this row. */
    readonly at: number | undefined
  },
): ReactNode {
  const { row, index, columns, selection, menu, onOpen, at } = props
  const key = props.rowKey(row)
  const first = selection === undefined ? 0 : 1
  const stop = (column: number) => (at === column ? 0 : -1)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are what is focused
    // biome-ignore lint/a11y/useSemanticElements: laid out by hand
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selection === undefined ? undefined : selection.keys.has(key)}
      className={props.isFresh?.(row) === true ? 'tr fresh' : 'tr'}
      data-row={index}
      data-open={props.openKey === key ? '' : undefined}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      {selection === undefined ? null : (
        // biome-ignore lint/a11y/useSemanticElements: laid out by hand
        <div role="gridcell" className="td pick" data-column={0} tabIndex={-1}>
          <input
            type="checkbox"
            data-cell-focus=""
            tabIndex={stop(0)}
            aria-label={texts.selectRow(props.rowName(row))}
            checked={selection.keys.has(key)}
            onChange={() => selection.onChange(flipped(selection.keys, key))}
          />
        </div>
      )}
      {columns.map((column, place) => (
        // biome-ignore lint/a11y/useSemanticElements: laid out by hand
        <div
          key={column.key}
          role="gridcell"
          className={column.align === 'end' ? 'td end' : 'td'}
          data-column={first + place}
          tabIndex={stop(first + place)}
          onClick={
            onOpen === undefined ? undefined : (event) => opened(event.target) && onOpen(row)
          }
          onKeyDown={(event) => {
            if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row)
          }}
        >
          {column.cell(row)}
        </div>
      ))}
      {menu === undefined ? null : (
        // biome-ignore lint/a11y/useSemanticElements: laid out by hand
        <div role="gridcell" className="td acts" data-column={first + columns.length} tabIndex={-1}>
          <Menu
            icon="ellipsis"
            label={texts.rowMenu(props.rowName(row))}
            groups={menu(row)}
            tabIndex={stop(first + columns.length)}
          />
        </div>
      )}
    </div>
  )
}

/** A press on something that does something by itself does not open the row. */
function opened(target: EventTarget): boolean {
  return !(target instanceof Element) || target.closest('a, button, input, [popover]') === null
}

function flipped(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return next
}
