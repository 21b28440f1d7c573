// Keys: what lets servers in. Listed with what they may do and how much they are used; made, changed, rotated, revoked.

import '../../styles/keys.css'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { StateWord } from '../../form/state-word.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { type Right, useRights } from '../../store/rights.tsx'
import { useList } from '../../store/use-list.ts'
import { useRead } from '../../store/use-read.ts'
import { CodeCell, TimeCell } from '../../table/cells.tsx'
import { type Column, sortOf, sortText } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { sortedBy } from '../../table/sorted.ts'
import { PageHead } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { type KeyAct, KeyDialog } from './key-dialogs.tsx'
import { KeyForm } from './key-form.tsx'
import { KeySheet, TONES } from './key-sheet.tsx'
import { KeyTabs } from './key-tabs.tsx'
import { isZeroTrust, type Key, stateOf } from './model.ts'
import { texts } from './texts.ts'
import { TokenInspector } from './token-inspector.tsx'

const REFRESH_MS = 10_000

export function Keys(props: ScreenProps): ReactNode {
  const { address } = props
  const { right } = useRights()
  const isManaging = right('manage-keys').kind === 'on'
  if (address.query.part === 'tokens') return <TokenInspector {...props} />
  if (address.query.new !== undefined && isManaging) return <KeyForm {...props} />
  if (address.query.edit !== undefined && isManaging) return <EditKey {...props} />
  return <KeyList {...props} />
}

function EditKey(props: ScreenProps): ReactNode {
  const id = props.address.rest[0] ?? ''
  const read = useRead(props.calls, 'readKey', { params: { id } })
  if (read.state === 'failed') return <KeyList {...props} />
  if (read.data === undefined) return <div className="late" aria-busy="true" />
  return <KeyForm {...props} known={read.data} key={id} />
}

function KeyList(props: ScreenProps): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const right = useRights().right('manage-keys')
  const [act, setAct] = useState<KeyAct>()
  const sort = sortOf(address.query.sort)
  const all = useList(calls, 'listKeys', { query: {} }, { refreshMs: REFRESH_MS })
  const list = sortedBy(all, sort, {
    name: ({ name }) => name,
    uses: ({ connections }) => connections,
    lastUse: ({ lastUsedAt }) => lastUsedAt ?? '',
    expires: ({ expiresAt }) => expiresAt ?? '~',
  })
  const openId = address.rest[0]
  const same = kept(address.query)
  const create = () => navigate(adminHref('keys', [], { ...same, new: '1' }))
  return (
    <div className="with-side" data-side={openId === undefined ? 'shut' : 'open'}>
      <div className="page">
        <PageHead title={shared.screens.keys}>
          {right.kind === 'on' ? (
            <Button look="primary" icon="plus" onClick={create}>
              {texts.create}
            </Button>
          ) : null}
        </PageHead>
        <KeyTabs address={address} current="keys" />
        <DataTable
          name="keys"
          label={shared.screens.keys}
          columns={columns()}
          list={list}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          openKey={openId}
          onOpen={({ id }) => navigate(adminHref('keys', [id], address.query))}
          menu={(row) => menuOf(row, right, setAct, (href) => navigate(href), same)}
          sort={sort}
          onSort={(next) => navigate(withQuery(address, { sort: sortText(next) }))}
          empty={{ text: texts.empty }}
        />
      </div>
      {openId === undefined ? null : (
        <KeySheet
          {...props}
          id={openId}
          known={all.items.find(({ id }) => id === openId)}
          right={right}
          onAct={setAct}
          key={openId}
        />
      )}
      {act === undefined ? null : (
        <KeyDialog kind={act.kind} of={act.of} calls={calls} onClose={() => setAct(undefined)} />
      )}
    </div>
  )
}

function columns(): readonly Column<Key>[] {
  return [
    {
      key: 'name',
      title: texts.name,
      width: 200,
      isSortable: true,
      cell: ({ name }) => <span className="strong cut">{name}</span>,
    },
    {
      key: 'scopes',
      title: texts.scopes,
      width: 240,
      cell: (key) => <span className="cut dim">{scopesOf(key)}</span>,
    },
    {
      key: 'state',
      title: texts.state,
      width: 180,
      cell: (key) => {
        const state = stateOf(key, Date.now())
        return <StateWord tone={TONES[state]}>{texts.states[state]}</StateWord>
      },
    },
    {
      key: 'uses',
      title: texts.uses,
      width: 110,
      align: 'end',
      isSortable: true,
      cell: ({ connections }) => <span className="num">{connections}</span>,
    },
    {
      key: 'lastUse',
      title: texts.lastUse,
      width: 140,
      isSortable: true,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === undefined ? (
          <span className="faint">{texts.notUsed}</span>
        ) : (
          <TimeCell at={lastUsedAt} />
        ),
    },
    {
      key: 'expires',
      title: texts.expires,
      width: 140,
      isSortable: true,
      cell: ({ expiresAt }) =>
        expiresAt === undefined ? (
          <span className="faint">{texts.never}</span>
        ) : (
          <TimeCell at={expiresAt} />
        ),
    },
    {
      key: 'id',
      title: texts.id,
      width: 180,
      cell: ({ keyName }) => <CodeCell>{keyName}</CodeCell>,
    },
  ]
}

/** In a few words: what it may, where. */
function scopesOf(key: Key): string {
  const patterns = Object.keys(key.capability)
  const first = key.permissions ?? Object.values(key.capability)[0] ?? []
  const [one] = patterns
  const where = patterns.length === 1 ? one : texts.patterns(patterns.length)
  return [
    ...(key.scopes.includes('admin') ? [texts.isAdmin] : []),
    ...(isZeroTrust(key) ? [texts.zeroTrust] : []),
    ...(patterns.length === 0 ? [] : [`${first.join(', ')} · ${where}`]),
  ].join(' · ')
}

function menuOf(
  row: Key,
  right: Right,
  act: (act: KeyAct) => void,
  go: (href: string) => void,
  same: Readonly<Record<string, string | undefined>>,
): readonly MenuGroup[] {
  const off =
    right.kind === 'on'
      ? {}
      : { isOff: true, detail: right.kind === 'off' ? right.reason : shared.needs('manage-keys') }
  return [
    {
      items: [
        {
          key: 'edit',
          label: texts.edit,
          icon: 'pencil',
          ...off,
          onSelect: () => go(adminHref('keys', [row.id], { ...same, edit: '1' })),
        },
        {
          key: 'rotate',
          label: texts.rotate,
          icon: 'rotate-cw',
          ...off,
          onSelect: () => act({ kind: 'rotate', of: row }),
        },
      ],
    },
    {
      items: [
        {
          key: 'revoke',
          label: texts.revoke,
          icon: 'ban',
          isDanger: true,
          ...off,
          onSelect: () => act({ kind: 'revoke', of: row }),
        },
      ],
    },
  ]
}
