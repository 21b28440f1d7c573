// Tenants: several owners side by side in one app, each with resources and people of its own.

import type { Manage, RequestOf } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { type Right, useRights } from '../../store/rights.tsx'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { useWrite } from '../../store/use-read.ts'
import { CodeCell } from '../../table/cells.tsx'
import { type Column, sortOf, sortText } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { sortedBy } from '../../table/sorted.ts'
import { PageHead } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { texts } from './texts.ts'

type Tenant = ItemOf<'listTenants'>
type Attributes = RequestOf<'putTenant'>['body']['attributes']
type Act = { readonly kind: 'put' | 'remove'; readonly tenant: Tenant | undefined }

export function TenantList(props: ScreenProps & { readonly tabs: ReactNode }): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const { right, may } = useRights()
  const managing = right('manage-app')
  const [act, setAct] = useState<Act>()
  const sort = sortOf(address.query.sort)
  const all = useList(calls, 'listTenants', { query: {} }, { isOff: !may('read-people') })
  const list = sortedBy(all, sort, { name: ({ title }) => title, id: ({ key }) => key })
  const lookAt = ({ key }: Tenant) =>
    navigate(adminHref('', [], { ...kept(address.query), tenant: `tenant:${key}` }))
  return (
    <div className="page">
      <PageHead title={shared.screens.apps}>
        {managing.kind === 'on' ? (
          <Button
            look="primary"
            icon="plus"
            onClick={() => setAct({ kind: 'put', tenant: undefined })}
          >
            {texts.createTenant}
          </Button>
        ) : null}
      </PageHead>
      {props.tabs}
      <DataTable
        name="tenants"
        label={texts.tabs.tenants}
        columns={columns()}
        list={list}
        rowKey={({ key }) => key}
        rowName={({ title }) => title}
        menu={(tenant) => menuOf(tenant, managing, { lookAt, act: setAct })}
        sort={sort}
        onSort={(next) => navigate(withQuery(address, { sort: sortText(next) }))}
        empty={{ text: texts.emptyTenants }}
      />
      {act === undefined ? null : act.kind === 'put' ? (
        <Put calls={calls} tenant={act.tenant} onClose={() => setAct(undefined)} />
      ) : (
        <Remove calls={calls} tenant={act.tenant} onClose={() => setAct(undefined)} />
      )}
    </div>
  )
}

type DialogProps = {
  readonly calls: Manage
  readonly tenant: Tenant | undefined
  readonly onClose: () => void
}

function Put({ calls, tenant, onClose }: DialogProps): ReactNode {
  const { title: before = '', ...others } = tenant?.attributes ?? {}
  const [key, setKey] = useState(tenant?.key ?? '')
  const [title, setTitle] = useState(typeof before === 'string' ? before : '')
  const [text, setText] = useState(JSON.stringify(others, undefined, 2))
  const said = attributesIn(text)
  const name = title.trim() === '' ? key : title.trim()
  const write = useWrite(
    () =>
      calls.call('putTenant', {
        params: { id: key.trim() },
        body: { attributes: withTitle(said ?? {}, title.trim()) },
      }),
    ['listTenants'],
    () => texts.saved(name),
  )
  return (
    <FormDialog
      title={tenant === undefined ? texts.createTenantTitle : texts.editTenantTitle(tenant.title)}
      {...(tenant === undefined ? { text: texts.createTenantText } : {})}
      confirm={tenant === undefined ? texts.createTenant : shared.save}
      off={said === undefined ? texts.attributesWrong : undefined}
      onConfirm={() => write.run(undefined)}
      onClose={onClose}
    >
      {tenant === undefined ? (
        <TextField
          label={texts.id}
          hint={texts.idHint}
          value={key}
          onChange={setKey}
          maxLength={64}
          isRequired
          isCode
        />
      ) : null}
      <TextField label={texts.tenantTitle} value={title} onChange={setTitle} maxLength={200} />
      <TextField
        label={texts.attributes}
        hint={texts.attributesHint}
        error={said === undefined ? texts.attributesWrong : undefined}
        rows={6}
        value={text}
        onChange={setText}
        isCode
      />
    </FormDialog>
  )
}

function withTitle(attributes: Attributes, title: string): Attributes {
  return title === ''
    ? attributes
    : { ...attributes, title: title as unknown as Attributes[string] }
}

function attributesIn(text: string): Attributes | undefined {
  try {
    const said: unknown = JSON.parse(text.trim() === '' ? '{}' : text)
    const isObject = typeof said === 'object' && said !== null && !Array.isArray(said)
    return isObject ? (said as Attributes) : undefined
  } catch {
    return undefined
  }
}

function Remove({ calls, tenant, onClose }: DialogProps): ReactNode {
  const { key = '', title = '' } = tenant ?? {}
  const write = useWrite(
    () => calls.call('removeTenant', { params: { id: key } }),
    ['listTenants', 'listResources'],
    () => texts.removed(title),
  )
  return (
    <FormDialog
      title={texts.removeTenantTitle(title)}
      text={texts.removeTenantText}
      confirm={texts.remove}
      isDanger
      typeName={key}
      onConfirm={() => write.run(undefined)}
      onClose={onClose}
    />
  )
}

function columns(): readonly Column<Tenant>[] {
  return [
    {
      key: 'name',
      title: texts.tenant,
      width: 240,
      isSortable: true,
      cell: ({ title, own }) => (
        <span className="row">
          <span className="strong cut">{title}</span>
          {own === true ? <span className="badge">{texts.own}</span> : null}
        </span>
      ),
    },
    {
      key: 'id',
      title: texts.id,
      width: 180,
      isSortable: true,
      cell: ({ key }) => <CodeCell>{key}</CodeCell>,
    },
    {
      key: 'attributes',
      title: texts.attributesOf,
      width: 320,
      cell: ({ attributes: { title: _title, ...rest } }) =>
        Object.keys(rest).length === 0 ? (
          <span className="faint">–</span>
        ) : (
          <CodeCell>{JSON.stringify(rest)}</CodeCell>
        ),
    },
  ]
}

function menuOf(
  tenant: Tenant,
  right: Right,
  on: { readonly lookAt: (tenant: Tenant) => void; readonly act: (act: Act) => void },
): readonly MenuGroup[] {
  const reason = right.kind === 'off' ? right.reason : shared.needs('manage-app')
  const off = right.kind === 'on' ? {} : { isOff: true, detail: reason }
  return [
    {
      items: [
        { key: 'open', label: texts.switch, icon: 'eye', onSelect: () => on.lookAt(tenant) },
        {
          key: 'put',
          label: texts.rename,
          icon: 'pencil',
          ...off,
          onSelect: () => on.act({ kind: 'put', tenant }),
        },
      ],
    },
    {
      items: [
        {
          key: 'remove',
          label: texts.remove,
          icon: 'trash',
          isDanger: true,
          ...(tenant.own === true ? { isOff: true, detail: texts.ownStays } : off),
          onSelect: () => on.act({ kind: 'remove', tenant }),
        },
      ],
    },
  ]
}
