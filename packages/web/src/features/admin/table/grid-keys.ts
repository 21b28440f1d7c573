// Moving through a table by keyboard: one tab stop, arrows from cell to cell. Pure.

export type Cell = { readonly row: number; readonly column: number }

const PAGE_ROWS = 10

/** Where a key leads, inside the table; undefined: it is not for the table. Row -1 is the head. */
export function moved(
  key: string,
  at: Cell,
  size: { readonly rows: number; readonly columns: number },
  isFar: boolean,
): Cell | undefined {
  const row = (to: number) => ({ ...at, row: Math.max(-1, Math.min(size.rows - 1, to)) })
  const column = (to: number) => ({ ...at, column: Math.max(0, Math.min(size.columns - 1, to)) })
  switch (key) {
    case 'ArrowDown':
      return row(at.row + 1)
    case 'ArrowUp':
      return row(at.row - 1)
    case 'ArrowRight':
      return column(at.column + 1)
    case 'ArrowLeft':
      return column(at.column - 1)
    case 'PageDown':
      return row(at.row + PAGE_ROWS)
    case 'PageUp':
      return row(Math.max(0, at.row - PAGE_ROWS))
    case 'Home':
      return isFar ? { row: 0, column: 0 } : column(0)
    case 'End':
      return isFar ? { row: size.rows - 1, column: size.columns - 1 } : column(size.columns - 1)
    default:
      return undefined
  }
}
