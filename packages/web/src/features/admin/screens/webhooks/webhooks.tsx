// Webhooks: who is told of what happens, how it goes, what was delivered.

import '../../styles/setup.css'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useRead } from '../../store/use-read.ts'
import { TimeCell } from '../../table/cells.tsx'
import { type Column, sortOf, sortText } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { listOf, sortedBy } from '../../table/sorted.ts'
import { PageHead } from '../../view/page-head.tsx'
import { texts } from './texts.ts'
import { type WebhookAct, WebhookDialog } from './webhook-dialogs.tsx'
import { WebhookSheet } from './webhook-sheet.tsx'
import { type Webhook, WebhookState } from './webhook-state.tsx'

const REFRESH_MS = 5_000

export function Webhooks(props: ScreenProps): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const isManaging = useRights().may('manage-webhooks')
  const [act, setAct] = useState<WebhookAct>()
  const sort = sortOf(address.query.sort)
  const read = useRead(calls, 'listWebhooks', {}, { refreshMs: REFRESH_MS })
  const all = listOf<Webhook>(read)
  const list = sortedBy(all, sort, { url: ({ url }) => url, made: ({ createdAt }) => createdAt })
  const openId = address.rest[0]
  const open = all.items.find(({ id }) => id === openId)
  return (
    <div className="with-side" data-side={openId === undefined ? 'shut' : 'open'}>
      <div className="page">
        <PageHead title={shared.screens.webhooks}>
          {isManaging ? (
            <Button look="primary" icon="plus" onClick={() => setAct({ kind: 'create' })}>
              {texts.create}
            </Button>
          ) : null}
        </PageHead>
        <DataTable
          name="webhooks"
          label={shared.screens.webhooks}
          columns={columns()}
          list={list}
          rowKey={({ id }) => id}
          rowName={({ url }) => url}
          openKey={openId}
          onOpen={({ id }) => navigate(adminHref('webhooks', [id], address.query))}
          menu={(one) => menuOf(one, setAct)}
          sort={sort}
          onSort={(next) => navigate(withQuery(address, { sort: sortText(next) }))}
          empty={{ text: texts.empty }}
        />
      </div>
      {openId === undefined ? null : (
        <WebhookSheet {...props} key={openId} id={openId} known={open} onAct={setAct} />
      )}
      {act === undefined ? null : (
        <WebhookDialog act={act} onAct={setAct} calls={calls} onClose={() => setAct(undefined)} />
      )}
    </div>
  )
}

function columns(): readonly Column<Webhook>[] {
  return [
    {
      key: 'url',
      title: texts.url,
      width: 280,
      isSortable: true,
      cell: ({ url }) => <code className="cut">{url}</code>,
    },
    {
      key: 'events',
      title: texts.events,
      width: 280,
      cell: ({ events }) => (
        <span className="cut">{events.map((event) => texts.eventWords[event]).join(', ')}</span>
      ),
    },
    { key: 'state', title: texts.state, width: 240, cell: (one) => <WebhookState of={one} /> },
    {
      key: 'about',
      title: texts.about,
      width: 180,
      cell: ({ about }) => <span className="cut">{about}</span>,
    },
    {
      key: 'made',
      title: texts.made,
      width: 150,
      isSortable: true,
      cell: ({ createdAt }) => <TimeCell at={createdAt} />,
    },
  ]
}

function menuOf(of: Webhook, act: (act: WebhookAct) => void): readonly MenuGroup[] {
  const item = (kind: 'edit' | 'replay' | 'remove', icon: string, isDanger = false) => ({
    key: kind,
    label: texts[kind],
    icon,
    isDanger,
    onSelect: () => act({ kind, of }),
  })
  return [
    { items: [item('edit', 'pencil'), item('replay', 'history')] },
    { items: [item('remove', 'trash', true)] },
  ]
}
