// What went by age: one line for each channel and sweep, and when the next is.

import type { AnswerOf } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useRead, useWrite } from '../../store/use-read.ts'
import { CodeCell, TimeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { texts } from './texts.ts'

type Sweep = AnswerOf<'readRetention'>['sweeps'][number]

export function SweepList(props: ScreenProps & { readonly tabs: ReactNode }): ReactNode {
  const { calls } = props
  const right = useRights().right('manage-retention')
  const [isAsking, setAsking] = useState(false)
  const read = useRead(calls, 'readRetention', {}, { refreshMs: 15_000 })
  const write = useWrite(
    () => calls.call('sweepNow', {}),
    ['readRetention'],
    () => texts.swept,
  )
  return (
    <div className="page">
      <PageHead title={shared.screens.retention} beside={whenText(read.data)}>
        {right.kind === 'on' ? (
          <Button icon="play" onClick={() => setAsking(true)}>
            {texts.sweep}
          </Button>
        ) : null}
      </PageHead>
      {props.tabs}
      <DataTable
        name="sweeps"
        label={texts.tabs.sweeps}
        columns={columns()}
        list={{
          items: read.data?.sweeps ?? [],
          hasMore: false,
          more: () => undefined,
          state: read.state,
          error: read.error,
          again: read.again,
        }}
        rowKey={({ atMs, on }) => `${atMs} ${on}`}
        rowName={({ on }) => on}
        empty={{ text: texts.noSweeps }}
      />
      {isAsking ? (
        <FormDialog
          title={texts.sweepTitle}
          text={texts.sweepText}
          confirm={texts.sweep}
          isDanger
          onConfirm={() => write.run(undefined)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  )
}

function whenText(data: AnswerOf<'readRetention'> | undefined): string {
  if (data === undefined) return ''
  if (data.isRunning) return texts.running
  const time = new Intl.DateTimeFormat(spokenLanguage(), { timeStyle: 'short' })
  return data.nextAtMs === undefined ? '' : texts.next(time.format(data.nextAtMs))
}

function columns(): readonly Column<Sweep>[] {
  const count = (key: 'messages' | 'files' | 'held', title: string): Column<Sweep> => ({
    key,
    title,
    width: 110,
    align: 'end',
    cell: (row) => <span className="num">{row[key].toLocaleString(spokenLanguage())}</span>,
  })
  return [
    { key: 'where', title: texts.where, width: 240, cell: ({ on }) => <CodeCell>{on}</CodeCell> },
    { key: 'at', title: texts.at, width: 160, cell: ({ atMs }) => <TimeCell at={atMs} /> },
    { key: 'kept', title: texts.kept, width: 120, cell: ({ days }) => texts.days(days) },
    count('messages', texts.messages),
    count('files', texts.files),
    count('held', texts.stayed),
  ]
}
