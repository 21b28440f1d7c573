// Channels and everything else that rights are about: found, made, changed, removed with what follows from it.

import '../../styles/policy-draft.css'
import '../../styles/policy.css'
import type { PolicyDocument } from '@sayso/policy'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useList } from '../../store/use-list.ts'
import { useRead } from '../../store/use-read.ts'
import { CodeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { isTrue, nameOf, type Resource, type ResourceAct } from './attributes.ts'
import { RemoveDialog, ResourceDialog } from './resource-dialogs.tsx'
import { ResourceSheet } from './resource-sheet.tsx'
import { texts } from './texts.ts'

export function Resources(props: ScreenProps): ReactNode {
  const { address, calls, tenant } = props
  const navigate = useNavigate()
  const { right } = useRights()
  const [act, setAct] = useState<ResourceAct>()
  const { type, q } = address.query
  const query = { type, q, tenant: tenant.slice('tenant:'.length) }
  const list = useList(calls, 'listResources', { query })
  const policy = useRead(calls, 'readPolicy', {})
  const document = policy.data?.document as PolicyDocument | undefined
  const openId = address.rest[0]
  const manage = right('manage-app')
  const filter = (some: Record<string, string | undefined>) =>
    navigate(withQuery(address, some), { replace: true })
  const types = Object.keys(document?.types ?? {}).filter((key) => key !== 'tenant')
  return (
    <div className="with-side" data-side={openId === undefined ? 'shut' : 'open'}>
      <div className="page">
        <PageHead title={shared.screens.resources}>
          {manage.kind === 'on' ? (
            <Button icon="plus" onClick={() => setAct({ kind: 'add' })}>
              {texts.add}
            </Button>
          ) : null}
        </PageHead>
        <DataTable
          name="resources"
          label={shared.screens.resources}
          columns={columns()}
          list={list}
          rowKey={({ resource }) => resource}
          rowName={nameOf}
          openKey={openId}
          onOpen={({ resource }) => navigate(adminHref('resources', [resource], address.query))}
          menu={(row) => menuOf(row, manage, setAct)}
          empty={{ text: type || q ? texts.emptyFiltered : texts.empty }}
          tools={
            <>
              <SelectField
                label={texts.type}
                value={type ?? ''}
                options={[
                  { key: '', label: texts.allTypes },
                  ...types.map((key) => ({ key, label: document?.types[key]?.title ?? key })),
                ]}
                onChange={(key) => filter({ type: key })}
              />
              <TextField
                label={texts.filter}
                type="search"
                value={q ?? ''}
                onChange={(text) => filter({ q: text })}
              />
            </>
          }
        />
      </div>
      {openId === undefined ? null : (
        <ResourceSheet
          {...props}
          key={openId}
          id={openId}
          manage={manage}
          onAct={setAct}
          closeHref={adminHref('resources', [], address.query)}
        />
      )}
      <Acts
        {...props}
        document={document}
        types={types}
        act={act}
        onClose={() => setAct(undefined)}
      />
    </div>
  )
}

function Acts(
  props: ScreenProps & {
    readonly document: PolicyDocument | undefined
    readonly types: readonly string[]
    readonly act: ResourceAct | undefined
    readonly onClose: () => void
  },
): ReactNode {
  const { act, calls, document, types, address, onClose } = props
  const navigate = useNavigate()
  if (act === undefined || document === undefined) return null
  if (act.kind === 'remove') {
    return (
      <RemoveDialog
        calls={calls}
        resource={act.resource}
        onRemoved={() => navigate(adminHref('resources', [], address.query))}
        onClose={onClose}
      />
    )
  }
  return (
    <ResourceDialog
      calls={calls}
      document={document}
      types={types}
      resource={act.kind === 'edit' ? act.resource : undefined}
      onMade={(id) => navigate(adminHref('resources', [id], address.query))}
      onClose={onClose}
    />
  )
}

function columns(): readonly Column<Resource>[] {
  return [
    {
      key: 'title',
      title: texts.title,
      width: 220,
      cell: (row) => <span className="cut strong">{nameOf(row)}</span>,
    },
    {
      key: 'resource',
      title: texts.id,
      width: 240,
      cell: ({ resource }) => <CodeCell>{resource}</CodeCell>,
    },
    {
      key: 'listed',
      title: texts.listed,
      width: 80,
      cell: ({ attributes }) => (isTrue(attributes.listed) ? '✓' : ''),
    },
    {
      key: 'relations',
      title: texts.relations,
      width: 240,
      cell: ({ relations }) => (
        <span className="cut">
          {relations.map((one) => one.slice(one.indexOf('#') + 1)).join(', ') || '–'}
        </span>
      ),
    },
    {
      key: 'tenant',
      title: texts.tenant,
      width: 150,
      isExtra: true,
      cell: ({ tenant }) => <CodeCell>{tenant}</CodeCell>,
    },
  ]
}

function menuOf(
  resource: Resource,
  right: ReturnType<ReturnType<typeof useRights>['right']>,
  act: (act: ResourceAct) => void,
): readonly MenuGroup[] {
  const off =
    right.kind === 'on'
      ? {}
      : {
          isOff: true,
          detail: right.kind === 'off' ? right.reason : shared.needs('manage-app'),
        }
  const item = (kind: 'edit' | 'remove', icon: string) => ({
    key: kind,
    label: texts[kind],
    icon,
    isDanger: kind === 'remove',
    ...off,
    onSelect: () => act({ kind, resource }),
  })
  return [{ items: [item('edit', 'sliders-horizontal')] }, { items: [item('remove', 'trash')] }]
}
