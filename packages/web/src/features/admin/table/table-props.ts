// What a table is given.

import type { ReactNode } from 'react'
import type { MenuGroup } from '../../../ui/menu.tsx'
import type { List } from '../store/use-list.ts'
import type { Column, Sort } from './columns.ts'

export type TableProps<Row> = {
  /** Names the table: how it looks is kept by it. */
  readonly name: string
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly list: List<Row>
  readonly rowKey: (row: Row) => string
  /** What the row is called, for whoever hears it. */
  readonly rowName: (row: Row) => string
  readonly onOpen?: ((row: Row) => void) | undefined
  /** Which row is open beside the table. */
  readonly openKey?: string | undefined
  readonly menu?: ((row: Row) => readonly MenuGroup[]) | undefined
  readonly sort?: Sort | undefined
  readonly onSort?: ((sort: Sort | undefined) => void) | undefined
  readonly selection?: Selection | undefined
  /** Told which rows are in view. */
  readonly onRange?: ((first: number, last: number) => void) | undefined
  /** Marks rows that have just changed. */
  readonly isFresh?: ((row: Row) => boolean) | undefined
  readonly total?: number | undefined
  readonly empty: { readonly text: string; readonly action?: ReactNode }
  /** Filters and what can be done with the selection. */
  readonly tools?: ReactNode
}

export type Selection = {
  readonly keys: ReadonlySet<string>
  readonly onChange: (keys: ReadonlySet<string>) => void
}
