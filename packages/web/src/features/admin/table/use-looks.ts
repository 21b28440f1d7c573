import { useState } from 'react'
import { type Column, type Looks, readLooks } from './columns.ts'

/** How the reader wants a table to look; kept on this device by the name of the table. */
export function useLooks<Row>(
  table: string,
  columns: readonly Column<Row>[],
): readonly [Looks, (next: Looks) => void] {
  const key = `sayso.table.${table}`
  const [looks, setLooks] = useState(() => {
    try {
      return readLooks(localStorage.getItem(key), columns as readonly Column<never>[])
    } catch {
      return readLooks(null, columns as readonly Column<never>[])
    }
  })
  const change = (next: Looks) => {
    setLooks(next)
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // Storage is closed: it holds for as long as the page is open.
    }
  }
  return [looks, change]
}
