// What stands over a table: its filters, how much of it there is, and which columns are shown.

import type { ReactNode } from 'react'
import { Menu } from '../../../ui/menu.tsx'
import { usePhone } from '../../../ui/use-phone.ts'
import { texts } from '../model/texts.ts'
import { type Column, type Looks, toggled } from './columns.ts'
import type { TableProps } from './table-props.ts'

export function TableTools<Row>(
  props: Pick<TableProps<Row>, 'list' | 'tools' | 'total' | 'selection'> & {
    readonly columns: readonly Column<Row>[]
    readonly looks: Looks
    readonly onLooks: (looks: Looks) => void
  },
): ReactNode {
  const { columns, looks, onLooks, selection } = props
  const picked = selection?.keys.size ?? 0
  return (
    <div className="table-tools">
      <Tools isPicking={picked > 0}>{props.tools}</Tools>
      <span className="grow" />
      <span className="sm faint num" role="status">
        {picked > 0 ? texts.selected(picked) : <Count {...props} />}
      </span>
      <Menu
        icon="columns"
        label={texts.columns}
        groups={[
          {
            title: texts.columns,
            items: columns.slice(1).map(({ key, title }) => ({
              key,
              label: title,
              icon: looks.hidden.includes(key) ? 'eye-off' : 'eye',
              isChecked: !looks.hidden.includes(key),
              onSelect: () => onLooks(toggled(looks, key)),
            })),
          },
        ]}
      />
    </div>
  )
}

/** On a phone filters would fill the page before its first row: they are folded, unless there is something to do with rows. */
function Tools(props: { readonly isPicking: boolean; readonly children: ReactNode }): ReactNode {
  const isPhone = usePhone()
  if (!isPhone || props.isPicking || props.children === undefined) return props.children
  return (
    <details className="folded">
      <summary>{texts.filters}</summary>
      <div className="tools">{props.children}</div>
    </details>
  )
}

function Count<Row>(props: Pick<TableProps<Row>, 'list' | 'total'>): ReactNode {
  const { list, total } = props
  if (list.state === 'loading') return null
  const count = list.items.length
  if (total !== undefined && total > count) return texts.shownOf(count, total)
  return list.hasMore ? texts.moreBelow(count) : texts.shown(count)
}
