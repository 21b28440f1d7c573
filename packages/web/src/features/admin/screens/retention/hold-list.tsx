// Legal holds: on what, why, who answers for each and until when; made, extended, ended.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useList } from '../../store/use-list.ts'
import { TimeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { EndHold, ExtendHold, type Hold, MakeHold } from './hold-dialogs.tsx'
import { texts } from './texts.ts'

type Act = { readonly kind: 'make' } | { readonly kind: 'extend' | 'end'; readonly hold: Hold }

export function HoldList(props: ScreenProps & { readonly tabs: ReactNode }): ReactNode {
  const { calls } = props
  const right = useRights().right('manage-holds')
  const [act, setAct] = useState<Act>()
  const list = useList(calls, 'listHolds', {})
  const close = () => setAct(undefined)
  const off = right.kind === 'off' ? { isOff: true, detail: right.reason } : {}
  return (
    <div className="page">
      <PageHead title={shared.screens.retention} beside={texts.about}>
        {right.kind === 'on' ? (
          <Button look="primary" icon="plus" onClick={() => setAct({ kind: 'make' })}>
            {texts.hold}
          </Button>
        ) : null}
      </PageHead>
      {props.tabs}
      <DataTable
        name="holds"
        label={texts.tabs.holds}
        columns={columns()}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ title }) => title}
        menu={(hold) => menuOf(hold, off, setAct)}
        empty={{ text: texts.noHolds }}
      />
      {act?.kind === 'make' ? <MakeHold {...props} onClose={close} /> : null}
      {act?.kind === 'extend' ? <ExtendHold {...props} hold={act.hold} onClose={close} /> : null}
      {act?.kind === 'end' ? <EndHold {...props} hold={act.hold} onClose={close} /> : null}
    </div>
  )
}

function columns(): readonly Column<Hold>[] {
  return [
    {
      key: 'on',
      title: texts.on,
      width: 220,
      cell: ({ title, on }) => (
        <span className="cut" title={on}>
          {title}
        </span>
      ),
    },
    {
      key: 'why',
      title: texts.why,
      width: 240,
      cell: ({ reason }) => <span className="cut">{reason}</span>,
    },
    { key: 'owner', title: texts.owner, width: 160, cell: ({ owner }) => owner.name },
    { key: 'from', title: texts.from, width: 150, cell: ({ fromMs }) => <TimeCell at={fromMs} /> },
    {
      key: 'until',
      title: texts.until,
      width: 170,
      cell: ({ untilMs }) =>
        untilMs === undefined ? (
          <span className="dim">{texts.openEnd}</span>
        ) : (
          <TimeCell at={untilMs} />
        ),
    },
  ]
}

function menuOf(hold: Hold, off: object, act: (act: Act) => void): readonly MenuGroup[] {
  const extend = () => act({ kind: 'extend', hold })
  const end = () => act({ kind: 'end', hold })
  return [
    {
      items: [{ key: 'extend', label: texts.extend, icon: 'calendar', onSelect: extend, ...off }],
    },
    {
      items: [
        { key: 'end', label: texts.end, icon: 'trash', isDanger: true, onSelect: end, ...off },
      ],
    },
  ]
}
