// The emoji as rows one moves through by arrow keys. Pure.

import { EMOJI_GROUPS, type Emoji, type EmojiTable } from './emoji-table.ts'

export const COLUMNS = 8

export type EmojiSection = {
  /** `recent`, `found`, or the place of a group in `EMOJI_GROUPS`. */
  readonly key: 'recent' | 'found' | number
  readonly rows: readonly (readonly Emoji[])[]
}

/** A cell: which row, counted through all sections, and which column. */
export type Cell = { readonly row: number; readonly column: number }

export const FIRST_CELL: Cell = { row: 0, column: 0 }

/** The id of a cell's element in the grid called `id`. */
export function cellId(id: string, { row, column }: Cell): string {
  return `${id}-${row}-${column}`
}

/** Everything: what was used last, then group by group. */
export function sectionsOf(table: EmojiTable, recent: readonly string[]): readonly EmojiSection[] {
  const used = recent.flatMap((char) => table.byChar.get(char) ?? [])
  const groups = EMOJI_GROUPS.map((_, group): EmojiSection => {
    const members = table.all.filter((emoji) => emoji.group === group)
    return { key: group, rows: rowsOf(members) }
  })
  return [{ key: 'recent', rows: rowsOf([...new Set(used)]) }, ...groups]
}

export function foundSection(found: readonly Emoji[]): readonly EmojiSection[] {
  return found.length === 0 ? [] : [{ key: 'found', rows: rowsOf(found) }]
}

export function emojiAt(sections: readonly EmojiSection[], cell: Cell): Emoji | undefined {
  return sections.flatMap((section) => section.rows)[cell.row]?.[cell.column]
}

/** The cell a key leads to; absent: the key is not for moving, or leads nowhere. */
export function moved(
  sections: readonly EmojiSection[],
  { row, column }: Cell,
  key: string,
): Cell | undefined {
  const rows = sections.flatMap((section) => section.rows)
  const lengthOf = (index: number) => rows[index]?.length ?? 0
  const at = (next: number, wanted: number): Cell | undefined =>
    lengthOf(next) === 0 ? undefined : { row: next, column: Math.min(wanted, lengthOf(next) - 1) }
  switch (key) {
    case 'ArrowDown':
      return at(row + 1, column)
    case 'ArrowUp':
      return at(row - 1, column)
    case 'ArrowRight':
      return column + 1 < lengthOf(row) ? { row, column: column + 1 } : at(row + 1, 0)
    case 'ArrowLeft':
      return column > 0 ? { row, column: column - 1 } : at(row - 1, COLUMNS)
    case 'PageDown':
      return at(Math.min(row + 5, rows.length - 1), column)
    case 'PageUp':
      return at(Math.max(row - 5, 0), column)
    default:
      return undefined
  }
}

function rowsOf(members: readonly Emoji[]): readonly (readonly Emoji[])[] {
  return Array.from({ length: Math.ceil(members.length / COLUMNS) }, (_, index) =>
    members.slice(index * COLUMNS, (index + 1) * COLUMNS),
  )
}
