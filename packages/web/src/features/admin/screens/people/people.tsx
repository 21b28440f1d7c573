// The people of the place: found, looked into, changed many at once.

import '../../styles/people.css'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { useSay } from '../../../../ui/notices.tsx'
import { Tag } from '../../../../ui/tag.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { type Right, useRights } from '../../store/rights.tsx'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { useRead } from '../../store/use-read.ts'
import { CodeCell, PersonCell } from '../../table/cells.tsx'
import { type Column, sortOf, sortText } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { type Bulk, MOST_AT_ONCE } from './bulk.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { PersonPage } from './person-page.tsx'
import { texts } from './texts.ts'
import { ViewPage } from './view-page.tsx'

export type Person = ItemOf<'listPeople'>

export function People(props: ScreenProps): ReactNode {
  const [id, part] = props.address.rest
  if (id === undefined) return <AllPeople {...props} />
  return part === 'view' ? <ViewPage {...props} id={id} /> : <PersonPage {...props} id={id} />
}

function AllPeople(props: ScreenProps): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const { right } = useRights()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [bulk, setBulk] = useState<Bulk>()
  const [isInviting, setInviting] = useState(false)
  const { q, role, group, sort } = address.query
  const order = sort === '-name' ? sort : 'name'
  const list = useList(calls, 'listPeople', { query: { q, role, group, sort: order } })
  const names = useMemo(() => new Map(list.items.map(({ id, name }) => [id, name])), [list.items])
  const filter = (some: Record<string, string | undefined>) =>
    navigate(withQuery(address, some), { replace: true })
  const assign = right('assign-role')
  const say = useSay()
  const begin = (kind: Bulk['kind']) => {
    if (picked.size <= MOST_AT_ONCE) setBulk({ kind, people: [...picked] })
    else say({ tone: 'bad', title: texts.tooMany(MOST_AT_ONCE) })
  }
  return (
    <div className="page">
      <PageHead title={shared.screens.people}>
        {right('invite').kind === 'absent' ? null : (
          <Button
            icon="user-plus"
            busy={right('invite').kind === 'off'}
            onClick={() => setInviting(true)}
          >
            {texts.invite}
          </Button>
        )}
      </PageHead>
      <DataTable
        name="people"
        label={shared.screens.people}
        columns={columns()}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        onOpen={({ id }) => navigate(adminHref('people', [id]))}
        menu={(row) => menuOf(row, right('explain'), right('view-as'), navigate)}
        sort={sortOf(order)}
        onSort={(next) => filter({ sort: next?.down === true ? sortText(next) : undefined })}
        selection={assign.kind === 'absent' ? undefined : { keys: picked, onChange: setPicked }}
        empty={{ text: q || role || group ? texts.emptyFiltered : texts.empty }}
        tools={
          <>
            <TextField
              label={texts.find}
              type="search"
              value={q ?? ''}
              onChange={(value) => filter({ q: value })}
            />
            <Filters {...props} filter={filter} />
            {picked.size === 0 ? null : (
              <BulkActs off={assign} onBegin={begin} onClear={() => setPicked(new Set())} />
            )}
          </>
        }
      />
      {bulk === undefined ? null : (
        <BulkDialog
          {...props}
          bulk={bulk}
          nameOf={(id) => names.get(id) ?? id}
          onDone={() => setPicked(new Set())}
          onClose={() => setBulk(undefined)}
        />
      )}
      {isInviting ? <InviteDialog {...props} onClose={() => setInviting(false)} /> : null}
    </div>
  )
}

function Filters(
  props: ScreenProps & { readonly filter: (some: Record<string, string | undefined>) => void },
): ReactNode {
  const { calls, address, filter } = props
  const roles = useRead(calls, 'listRoles', {})
  const groups = useRead(calls, 'listGroups', { query: { limit: 1_000 } })
  // One role of each name: who has it anywhere is meant.
  const named = new Map((roles.data?.items ?? []).map((each) => [each.role, each.title]))
  return (
    <>
      <SelectField
        label={texts.role}
        value={address.query.role ?? ''}
        options={[
          { key: '', label: texts.anyRole },
          ...[...named].map(([key, label]) => ({ key, label })),
        ]}
        onChange={(role) => filter({ role })}
      />
      <SelectField
        label={texts.group}
        value={address.query.group ?? ''}
        options={[
          { key: '', label: texts.anyGroup },
          ...(groups.data?.items ?? []).map(({ key, title }) => ({ key, label: title })),
        ]}
        onChange={(group) => filter({ group })}
      />
    </>
  )
}

function BulkActs(props: {
  readonly off: Right
  readonly onBegin: (kind: Bulk['kind']) => void
  readonly onClear: () => void
}): ReactNode {
  const isOff = props.off.kind === 'off'
  return (
    <div className="bulk-acts">
      <Button busy={isOff} onClick={() => props.onBegin('give')}>
        {texts.bulkGive}
      </Button>
      <Button busy={isOff} onClick={() => props.onBegin('take')}>
        {texts.bulkTake}
      </Button>
      <Button busy={isOff} onClick={() => props.onBegin('group')}>
        {texts.bulkGroup}
      </Button>
      <Button look="quiet" onClick={props.onClear}>
        {shared.clearSelection}
      </Button>
      {props.off.kind === 'off' ? <p className="hint">{props.off.reason}</p> : null}
    </div>
  )
}

function columns(): readonly Column<Person>[] {
  return [
    {
      key: 'name',
      title: texts.name,
      width: 220,
      isSortable: true,
      cell: ({ id, name, picture }) => (
        <Anchor className="plain" href={adminHref('people', [id])}>
          <PersonCell id={id} name={name} picture={picture} />
        </Anchor>
      ),
    },
    { key: 'email', title: texts.email, width: 240, cell: ({ email }) => email ?? '–' },
    {
      key: 'roles',
      title: texts.roles,
      width: 260,
      cell: ({ roles }) =>
        roles.length === 0 ? (
          <span className="faint">–</span>
        ) : (
          <span className="row">
            {roles.map(({ role, title, glyph, tone }) => (
              <Tag key={role} title={title} glyph={glyph} tone={tone} />
            ))}
          </span>
        ),
    },
    {
      key: 'verified',
      title: texts.verified,
      width: 140,
      isExtra: true,
      cell: ({ attributes }) => (String(attributes.verified) === 'true' ? texts.yes : texts.no),
    },
    { key: 'id', title: texts.id, width: 240, cell: ({ id }) => <CodeCell>{id}</CodeCell> },
  ]
}

function menuOf(
  { id }: Person,
  explain: Right,
  view: Right,
  navigate: (href: string) => void,
): readonly MenuGroup[] {
  const item = (key: 'open' | 'explain' | 'tryAs' | 'connections', icon: string, href: string) => ({
    key,
    label: texts[key],
    icon,
    onSelect: () => navigate(href),
  })
  return [
    {
      items: [
        item('open', 'circle-user', adminHref('people', [id])),
        ...(explain.kind === 'on'
          ? [item('explain', 'circle-help', adminHref('explain', [], { who: `user:${id}` }))]
          : []),
        item('connections', 'radio', adminHref('connections', [], { person: id })),
        ...(view.kind === 'on' ? [item('tryAs', 'eye', adminHref('people', [id, 'view']))] : []),
      ],
    },
  ]
}
