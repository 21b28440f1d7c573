// Who is connected now: device, channels, rights. Asked again every second while it is looked at.

import type { RequestOf } from '@sayso/client/manage'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { IconButton } from '../../../../ui/button.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { Tag } from '../../../../ui/tag.tsx'
import { adminHref } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useLiveConnections } from '../../store/use-live-list.ts'
import { CodeCell, PersonCell, TimeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { TextFilter } from '../../table/filter.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { spokenAgent } from './agent.ts'
import { type ConnectionAct, ConnectionDialog } from './connection-dialogs.tsx'
import { ConnectionSheet } from './connection-sheet.tsx'
import { type Connection, nameOf } from './model.ts'
import { texts } from './texts.ts'
import { useFresh } from './use-fresh.ts'

type Query = NonNullable<RequestOf<'listConnections'>['query']>

export function Connections(props: ScreenProps): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const { right } = useRights()
  const [act, setAct] = useState<ConnectionAct>()
  const [showsAddresses, setShowsAddresses] = useState(false)
  const { person, channel, key, agent } = address.query
  const { list, onRange } = useLiveConnections(calls, { person, channel, key, agent } as Query)
  const isFresh = useFresh(list.items)
  const openId = address.rest[0]
  // What rows are drawn with stays the same while they do, so that a row is drawn when something of it is new.
  const shown = useMemo(() => columns(showsAddresses), [showsAddresses])
  const { query } = address
  const onOpen = useCallback(
    ({ id }: Connection) => navigate(adminHref('connections', [id], query)),
    [navigate, query],
  )
  const manages = useSame(right('manage-connections'))
  const menu = useCallback((row: Connection) => menuOf(row, manages, setAct), [manages])
  const open = list.items.find(({ id }) => id === openId)
  return (
    <div className="with-side" data-side={openId === undefined ? 'shut' : 'open'}>
      <div className="page">
        <PageHead title={shared.screens.connections}>
          <IconButton
            icon={showsAddresses ? 'eye-off' : 'eye'}
            label={showsAddresses ? texts.hideAddresses : texts.showAddresses}
            onClick={() => setShowsAddresses(!showsAddresses)}
          />
        </PageHead>
        <DataTable
          name="connections"
          label={shared.screens.connections}
          columns={shown}
          list={list}
          rowKey={({ id }) => id}
          rowName={nameOf}
          openKey={openId}
          onOpen={onOpen}
          menu={menu}
          onRange={onRange}
          isFresh={isFresh}
          empty={{ text: person || channel || key || agent ? texts.emptyFiltered : texts.empty }}
          tools={
            <>
              <TextFilter address={address} name="person" label={texts.filterPerson} />
              <TextFilter address={address} name="channel" label={texts.filterChannel} />
              <TextFilter address={address} name="key" label={texts.filterKey} />
              <TextFilter address={address} name="agent" label={texts.filterAgent} />
            </>
          }
        />
      </div>
      {openId === undefined ? null : (
        <ConnectionSheet
          {...props}
          id={openId}
          known={open}
          closeHref={adminHref('connections', [], { ...address.query, ...kept(address.query) })}
        />
      )}
      {act === undefined ? null : (
        <ConnectionDialog {...act} calls={calls} onClose={() => setAct(undefined)} />
      )}
    </div>
  )
}

/** The value of before, as long as it says the same. */
function useSame<V>(value: V): V {
  const word = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it says, not which one it is
  return useMemo(() => value, [word])
}

function columns(showsAddresses: boolean): readonly Column<Connection>[] {
  return [
    {
      key: 'person',
      title: texts.person,
      width: 200,
      cell: (one) => <PersonCell id={one.clientId ?? one.id} name={nameOf(one)} />,
    },
    {
      key: 'client',
      title: texts.client,
      width: 180,
      cell: ({ agent }) => <span className="cut">{spokenAgent(agent)}</span>,
    },
    {
      key: 'address',
      title: texts.address,
      width: 132,
      cell: ({ address }) => (
        <span className="num">
          {address === undefined ? '–' : showsAddresses ? address : masked(address)}
        </span>
      ),
    },
    {
      key: 'channels',
      title: texts.channels,
      width: 200,
      cell: ({ channels }) => (
        <span className="cut">{channels.map(({ channel }) => channel).join(', ') || '–'}</span>
      ),
    },
    {
      key: 'role',
      title: texts.role,
      width: 130,
      cell: ({ channels }) => <RoleThere of={channels.find(({ role }) => role !== undefined)} />,
    },
    {
      key: 'lag',
      title: texts.lag,
      width: 90,
      align: 'end',
      cell: ({ lagMs }) => (
        <span className="num" title={texts.lagHint}>
          {lagMs === undefined ? '–' : texts.ms(lagMs)}
        </span>
      ),
    },
    { key: 'since', title: texts.since, width: 132, cell: (one) => <TimeCell at={one.openedAt} /> },
    {
      key: 'state',
      title: texts.state,
      width: 180,
      cell: ({ state }) => <span className="cut">{texts.states[state]}</span>,
    },
    {
      key: 'key',
      title: texts.key,
      width: 140,
      isExtra: true,
      cell: ({ key }) => <CodeCell>{key}</CodeCell>,
    },
    {
      key: 'revision',
      title: texts.revision,
      width: 100,
      align: 'end',
      cell: ({ revision }) => <span className="num">{revision}</span>,
    },
    {
      key: 'queued',
      title: texts.queued,
      width: 90,
      align: 'end',
      cell: ({ queuedBytes }) => <span className="num">{queuedBytes} B</span>,
    },
  ]
}

function RoleThere({ of }: { readonly of: Connection['channels'][number] | undefined }): ReactNode {
  const { role } = of ?? {}
  return role === undefined ? (
    <span className="faint">–</span>
  ) : (
    <Tag title={role.title} glyph={role.glyph} tone={role.tone} />
  )
}

/** Enough to see that two are alike, not enough to find somebody. */
function masked(address: string): string {
  const parts = address.split('.')
  if (parts.length === 4) return `${parts[0]}.${parts[1]}.•.•`
  return `${address.split(':').slice(0, 2).join(':')}:•`
}

function menuOf(
  row: Connection,
  right: ReturnType<ReturnType<typeof useRights>['right']>,
  act: (act: ConnectionAct) => void,
): readonly MenuGroup[] {
  const off =
    right.kind === 'on'
      ? {}
      : {
          isOff: true,
          detail: right.kind === 'off' ? right.reason : shared.needs('manage-connections'),
        }
  const item = (kind: ConnectionAct['kind'], icon: string, isDanger: boolean) => ({
    key: kind,
    label: texts[kind],
    icon,
    isDanger,
    ...off,
    onSelect: () => act({ kind, connection: row }),
  })
  const noMute =
    row.subject === undefined
      ? texts.nobodyToMute
      : row.channels.some(({ resource }) => resource !== undefined)
        ? undefined
        : texts.nowhereToMute
  const mute = {
    ...item('mute', 'message-square-off', false),
    ...(noMute === undefined ? {} : { isOff: true, detail: noMute }),
  }
  return [
    { items: [item('say', 'message-circle', false), item('narrow', 'ban', false), mute] },
    { items: [item('drop', 'unplug', true)] },
  ]
}
