// Every role given by name: who has what where, since when, until when, by whom and why. Given, extended and ended here.

import '../../styles/people.css'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { SelectField } from '../../../../ui/fields.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { Tag } from '../../../../ui/tag.tsx'
import { placeFinder, subjectFinder } from '../../form/finders.tsx'
import { Picker } from '../../form/picker.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { groupOf, idOf, isPerson, placeOf, type Role, roleNamed } from '../../model/names.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { type Right, useRights } from '../../store/rights.tsx'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { useRead } from '../../store/use-read.ts'
import { CodeCell, Copy, PersonCell, TimeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { PageHead, SideSheet } from '../../view/page-head.tsx'
import { GrantEnd } from './grant-cells.tsx'
import { EndDialog, ExtendDialog, GrantDialog } from './grant-dialog.tsx'
import { texts } from './texts.ts'

type Grant = ItemOf<'listGrants'>
type Act = { readonly kind: 'extend' | 'end'; readonly grant: Grant }

export function Grants(props: ScreenProps): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const { right } = useRights()
  const [act, setAct] = useState<Act>()
  const [isGiving, setGiving] = useState(false)
  const { subject, on, role, timed } = address.query
  const roles = useRead(calls, 'listRoles', {})
  const known = roles.data?.items ?? []
  const isTimed = timed === 'true' || timed === 'false' ? timed : undefined
  const list = useList(calls, 'listGrants', { query: { subject, on, role, timed: isTimed } })
  const openId = address.rest[0]
  const assign = right('assign-role')
  const titleIn = (grant: Grant) => roleNamed(known, grant.role, grant.on).title
  const isFiltered = [subject, on, role, timed].some((each) => each !== undefined)
  return (
    <div className="with-side" data-side={openId === undefined ? 'shut' : 'open'}>
      <div className="page">
        <PageHead title={shared.screens.grants}>
          {assign.kind === 'absent' ? null : (
            <Button icon="plus" busy={assign.kind === 'off'} onClick={() => setGiving(true)}>
              {texts.give}
            </Button>
          )}
        </PageHead>
        <DataTable
          name="grants"
          label={shared.screens.grants}
          columns={columns(props, known)}
          list={list}
          rowKey={({ grant }) => grant}
          rowName={({ grant }) => grant}
          openKey={openId}
          onOpen={({ grant }) => navigate(adminHref('grants', [grant], address.query))}
          menu={(row) => menuOf(row, assign, setAct, navigate)}
          empty={{ text: isFiltered ? texts.emptyFiltered : texts.empty }}
          tools={<Filters {...props} roles={known} />}
        />
      </div>
      {openId === undefined ? null : (
        <GrantSheet
          {...props}
          id={openId}
          roles={known}
          off={assign}
          onAct={setAct}
          closeHref={adminHref('grants', [], address.query)}
        />
      )}
      {act?.kind === 'extend' ? (
        <ExtendDialog
          {...props}
          grant={act.grant}
          title={texts.extendTitle(nameOf(act.grant), titleIn(act.grant), placeOf(act.grant.on))}
          onClose={() => setAct(undefined)}
        />
      ) : null}
      {act?.kind === 'end' ? (
        <EndDialog
          calls={calls}
          grant={act.grant}
          title={texts.endTitle(nameOf(act.grant), titleIn(act.grant), placeOf(act.grant.on))}
          onClose={() => setAct(undefined)}
        />
      ) : null}
      {isGiving ? <GrantDialog {...props} onClose={() => setGiving(false)} /> : null}
    </div>
  )
}

function Filters(props: ScreenProps & { readonly roles: readonly Role[] }): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const { subject, on, role, timed } = address.query
  const filter = (some: Record<string, string | undefined>) =>
    navigate(withQuery({ ...address, rest: [] }, some), { replace: true })
  const named = new Map(props.roles.map((each) => [each.role, each.title]))
  const isFiltered = [subject, on, role, timed].some((each) => each !== undefined)
  return (
    <>
      <Picker
        look="field"
        label={texts.person}
        name="subjects"
        shown={subject === undefined ? texts.anyone : idOf(subject)}
        find={subjectFinder(calls)}
        onPick={({ key }) => filter({ subject: key })}
      />
      <Picker
        look="field"
        label={texts.on}
        name="places"
        shown={on === undefined ? texts.anywhere : placeOf(on)}
        find={placeFinder(calls)}
        onPick={({ key }) => filter({ on: key })}
      />
      <SelectField
        label={texts.role}
        value={role ?? ''}
        options={[
          { key: '', label: texts.anyRole },
          ...[...named].map(([key, label]) => ({ key, label })),
        ]}
        onChange={(next) => filter({ role: next })}
      />
      <SelectField
        label={texts.timed}
        value={timed ?? ''}
        options={[
          { key: '', label: texts.allTimes },
          { key: 'true', label: texts.timedOnly },
          { key: 'false', label: texts.lasting },
        ]}
        onChange={(next) => filter({ timed: next })}
      />
      {isFiltered ? (
        <Button
          look="quiet"
          onClick={() =>
            filter({ subject: undefined, on: undefined, role: undefined, timed: undefined })
          }
        >
          {texts.clear}
        </Button>
      ) : null}
    </>
  )
}

function nameOf({ subject, name }: Grant): string {
  return name ?? groupOf(subject) ?? idOf(subject)
}

function Who({ grant }: { readonly grant: Grant }): ReactNode {
  const { subject } = grant
  const group = groupOf(subject)
  const href = isPerson(subject)
    ? adminHref('people', [idOf(subject)])
    : adminHref('groups', group === undefined ? [] : [group])
  return (
    <Anchor className="plain" href={href}>
      <PersonCell id={idOf(subject)} name={nameOf(grant)} />
    </Anchor>
  )
}

function columns(props: ScreenProps, roles: readonly Role[]): readonly Column<Grant>[] {
  return [
    { key: 'who', title: texts.person, width: 200, cell: (grant) => <Who grant={grant} /> },
    {
      key: 'role',
      title: texts.role,
      width: 150,
      cell: ({ role, on }) => {
        const { title, glyph, tone } = roleNamed(roles, role, on)
        return <Tag title={title} glyph={glyph} tone={tone} />
      },
    },
    {
      key: 'on',
      title: texts.on,
      width: 180,
      cell: ({ on }) => <span className="cut">{placeOf(on)}</span>,
    },
    {
      key: 'ends',
      title: texts.ends,
      width: 150,
      cell: (grant) => <GrantEnd api={props.api} grant={grant} />,
    },
    {
      key: 'by',
      title: texts.by,
      width: 160,
      cell: ({ by, by_name: name }) => <span className="cut">{name ?? by ?? '–'}</span>,
    },
    {
      key: 'reason',
      title: texts.reason,
      width: 220,
      cell: ({ reason }) => <span className="cut">{reason ?? '–'}</span>,
    },
  ]
}

function menuOf(
  grant: Grant,
  assign: Right,
  act: (act: Act) => void,
  navigate: (href: string) => void,
): readonly MenuGroup[] {
  const off =
    assign.kind === 'on'
      ? {}
      : {
          isOff: true,
          detail: assign.kind === 'off' ? assign.reason : shared.needs('assign-role'),
        }
  const who = isPerson(grant.subject) ? { who: grant.subject, on: grant.on } : { on: grant.on }
  return [
    {
      items: [
        {
          key: 'open',
          label: texts.open,
          icon: 'timer',
          onSelect: () => navigate(adminHref('grants', [grant.grant])),
        },
        {
          key: 'extend',
          label: texts.extend,
          icon: 'calendar',
          ...off,
          onSelect: () => act({ kind: 'extend', grant }),
        },
        {
          key: 'explain',
          label: texts.explain,
          icon: 'circle-help',
          onSelect: () => navigate(adminHref('explain', [], who)),
        },
      ],
    },
    {
      items: [
        {
          key: 'end',
          label: texts.end,
          icon: 'user-minus',
          isDanger: true,
          ...off,
          onSelect: () => act({ kind: 'end', grant }),
        },
      ],
    },
  ]
}

function GrantSheet(
  props: ScreenProps & {
    readonly id: string
    readonly roles: readonly Role[]
    readonly off: Right
    readonly onAct: (act: Act) => void
    readonly closeHref: string
  },
): ReactNode {
  const { calls, id, off } = props
  const { right } = useRights()
  const read = useRead(calls, 'readGrant', { params: { grant: id } })
  const grant = read.data
  if (grant === undefined)
    return (
      <SideSheet title={texts.role} closeHref={props.closeHref}>
        <p className="sm dim">{read.state === 'failed' ? refusalOf(read.error) : ''}</p>
      </SideSheet>
    )
  const face = roleNamed(props.roles, grant.role, grant.on)
  return (
    <SideSheet title={`${face.title} · ${placeOf(grant.on)}`} closeHref={props.closeHref}>
      <Who grant={grant} />
      <dl className="facts">
        <dt>{texts.ends}</dt>
        <dd>
          <GrantEnd api={props.api} grant={grant} />
        </dd>
        {grant.not_before === undefined ? null : (
          <>
            <dt>{texts.starts}</dt>
            <dd>
              <TimeCell at={grant.not_before} />
            </dd>
          </>
        )}
        <dt>{texts.by}</dt>
        <dd>{grant.by_name ?? grant.by ?? '–'}</dd>
        <dt>{texts.reason}</dt>
        <dd>{grant.reason ?? '–'}</dd>
        <dt>{texts.text}</dt>
        <dd className="row">
          <CodeCell>{grant.grant}</CodeCell>
          <Copy text={grant.grant} />
        </dd>
      </dl>
      {right('read-audit').kind === 'on' ? (
        <p className="sm">
          <Anchor href={adminHref('audit', [], { target: grant.subject })}>{texts.audit}</Anchor>
        </p>
      ) : null}
      {off.kind === 'absent' ? null : (
        <p className="row wrap">
          <Button
            size="small"
            busy={off.kind === 'off'}
            onClick={() => props.onAct({ kind: 'extend', grant })}
          >
            {texts.extend}
          </Button>
          <span className="apart">
            <Button
              size="small"
              look="danger"
              busy={off.kind === 'off'}
              onClick={() => props.onAct({ kind: 'end', grant })}
            >
              {texts.end}
            </Button>
          </span>
        </p>
      )}
    </SideSheet>
  )
}
