// Columns of a table, and what the reader has made of them: widths, and which are hidden. Kept on this device.

import type { ReactNode } from 'react'

export type Column<Row> = {
  readonly key: string
  readonly title: string
  /** Pixels it starts with. The first column takes what is left. */
  readonly width: number
  readonly align?: 'end'
  readonly cell: (row: Row) => ReactNode
  /** The server can sort by it. */
  readonly isSortable?: boolean
  /** Not shown until the reader wants it. */
  readonly isExtra?: boolean
}

export type Sort = { readonly key: string; readonly down: boolean }

/** `-name` is downwards. */
export function sortOf(text: string | undefined): Sort | undefined {
  if (text === undefined || text === '') return undefined
  return text.startsWith('-') ? { key: text.slice(1), down: true } : { key: text, down: false }
}

export function sortText(sort: Sort | undefined): string | undefined {
  return sort === undefined ? undefined : `${sort.down ? '-' : ''}${sort.key}`
}

/** Pressed again it turns round, and then back to the server's own order. */
export function nextSort(sort: Sort | undefined, key: string): Sort | undefined {
  if (sort?.key !== key) return { key, down: false }
  return sort.down ? undefined : { key, down: true }
}

export type Looks = {
  readonly widths: Readonly<Record<string, number>>
  readonly hidden: readonly string[]
}

export const MIN_WIDTH = 64
export const MAX_WIDTH = 720

export function widthOf<Row>(column: Column<Row>, looks: Looks): number {
  return looks.widths[column.key] ?? column.width
}

export function withWidth(looks: Looks, key: string, width: number): Looks {
  const within = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)))
  return { ...looks, widths: { ...looks.widths, [key]: within } }
}

export function toggled(looks: Looks, key: string): Looks {
  const isHidden = looks.hidden.includes(key)
  const hidden = isHidden ? looks.hidden.filter((one) => one !== key) : [...looks.hidden, key]
  return { ...looks, hidden }
}

export function shownOf<Row>(columns: readonly Column<Row>[], looks: Looks) {
  return columns.filter(({ key }, index) => index === 0 || !looks.hidden.includes(key))
}

/** What is kept, if it has the right shape; else as the table was made. */
export function readLooks(text: string | null, columns: readonly Column<never>[]): Looks {
  const made: Looks = {
    widths: {},
    hidden: columns.flatMap(({ key, isExtra }) => (isExtra === true ? [key] : [])),
  }
  if (text === null) return made
  try {
    const kept = JSON.parse(text) as { widths?: unknown; hidden?: unknown }
    const widths = Object.entries(kept.widths ?? {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= MIN_WIDTH,
    )
    const hidden = Array.isArray(kept.hidden)
      ? kept.hidden.filter((one) => typeof one === 'string')
      : made.hidden
    return { widths: Object.fromEntries(widths), hidden }
  } catch {
    return made
  }
}
