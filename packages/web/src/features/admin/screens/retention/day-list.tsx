// How long each type of channels keeps its messages, and channels that say otherwise.

import type { AnswerOf } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { adminHref } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useRead } from '../../store/use-read.ts'
import { CodeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { type Channel, DaysDialog } from './days-dialog.tsx'
import { texts } from './texts.ts'

type Row = {
  readonly key: string
  readonly title: string
  readonly days: number
  readonly isType: boolean
  readonly isDesk: boolean
}

export function DayList(props: ScreenProps & { readonly tabs: ReactNode }): ReactNode {
  const { calls } = props
  const navigate = useNavigate()
  const right = useRights().right('manage-retention')
  const [act, setAct] = useState<{ readonly channel?: Channel }>()
  const read = useRead(calls, 'readRetention', {})
  const toPolicy = () => navigate(adminHref('policy', [], {}))
  const change = ({ key, title, days }: Row) =>
    setAct({ channel: { key, title, ...(days > 0 && { days }) } })
  return (
    <div className="page">
      <PageHead title={shared.screens.retention} beside={texts.about}>
        {right.kind === 'on' ? (
          <Button look="primary" icon="plus" onClick={() => setAct({})}>
            {texts.set}
          </Button>
        ) : null}
      </PageHead>
      {props.tabs}
      <DataTable
        name="retention"
        label={texts.tabs.days}
        columns={columns()}
        list={{
          items: read.data === undefined ? [] : rowsOf(read.data),
          hasMore: false,
          more: () => undefined,
          state: read.state,
          error: read.error,
          again: read.again,
        }}
        rowKey={({ key }) => key}
        rowName={({ title }) => title}
        onOpen={(row) => (row.isType ? toPolicy() : change(row))}
        menu={(row) => menuOf(row, toPolicy, change)}
        empty={{ text: texts.forGood }}
      />
      {act === undefined ? null : (
        <DaysDialog {...props} {...act} onClose={() => setAct(undefined)} />
      )}
    </div>
  )
}

function rowsOf({ types, channels }: AnswerOf<'readRetention'>): readonly Row[] {
  return [
    ...types.map(({ type, title, days = 0, isDesk }) => ({
      key: type,
      title: texts.everyOf(title),
      days,
      isType: true,
      isDesk,
    })),
    ...channels.map(({ resource, title, days }) => ({
      key: resource,
      title,
      days,
      isType: false,
      isDesk: false,
    })),
  ]
}

function columns(): readonly Column<Row>[] {
  return [
    {
      key: 'what',
      title: texts.what,
      width: 240,
      cell: ({ title, isType }) => (
        <span className={isType ? 'strong cut' : 'cut'}>{isType ? title : `# ${title}`}</span>
      ),
    },
    {
      key: 'kept',
      title: texts.kept,
      width: 200,
      cell: ({ days, isDesk }) => lengthText(days, isDesk),
    },
    {
      key: 'source',
      title: texts.source,
      width: 160,
      cell: ({ isType }) => (isType ? texts.byPolicy : texts.byChannel),
    },
    {
      key: 'id',
      title: texts.channel,
      width: 180,
      isExtra: true,
      cell: ({ key }) => <CodeCell>{key}</CodeCell>,
    },
  ]
}

function lengthText(days: number, isDesk: boolean): string {
  if (days === 0) return texts.forGood
  return isDesk ? texts.afterClose(texts.days(days)) : texts.days(days)
}

function menuOf(row: Row, toPolicy: () => void, change: (row: Row) => void): readonly MenuGroup[] {
  const item = row.isType
    ? { key: 'policy', label: texts.inPolicy, icon: 'external-link', onSelect: toPolicy }
    : { key: 'change', label: texts.change, icon: 'pencil', onSelect: () => change(row) }
  return [{ items: [item] }]
}
