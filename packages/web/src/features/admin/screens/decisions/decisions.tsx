// The log of decisions: who was let do what, and who was not. Each line opens its explanation.

import type { Manage, RequestOf } from '@sayso/client/manage'
import type { ReactNode } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { SelectField } from '../../../../ui/fields.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { StateWord } from '../../form/state-word.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { CodeCell, TimeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { InstantFilter, TextFilter } from '../../table/filter.tsx'
import { ExportMenu } from '../../view/export-menu.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { Who } from '../audit/who.tsx'
import { texts } from './texts.ts'

type Decision = ItemOf<'listDecisions'>
type Query = NonNullable<RequestOf<'listDecisions'>['query']>

const FILTERS = [
  'subject',
  'actor',
  'action',
  'resource',
  'verdict',
  'door',
  'reason',
  'by',
  'policy',
  'of',
  'from',
  'to',
] as const
const VERDICTS = ['allow', 'deny'] as const
const DOORS = ['channel', 'api', 'permit', 'authzen', 'cli'] as const

export function Decisions(props: ScreenProps): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const { may } = useRights()
  const said = address.query
  // The server says so if a word in the address is none of its own.
  const { of, ...rest } = Object.fromEntries(FILTERS.map((name) => [name, said[name]]))
  const query = { ...rest, tenant: of ?? said.tenant } as Query
  const list = useList(calls, 'listDecisions', { query })
  const isFiltered = FILTERS.some((name) => said[name] !== undefined)
  const clear = () =>
    navigate(withQuery(address, Object.fromEntries(FILTERS.map((name) => [name, undefined]))))
  const open = ({ id }: Decision) => navigate(adminHref('explain', [id], kept(said)))
  return (
    <div className="page">
      <PageHead title={shared.screens.decisions}>
        <Export {...props} query={query} />
      </PageHead>
      <DataTable
        name="decisions"
        label={shared.screens.decisions}
        columns={columns(calls, (by) => withQuery(address, { by }))}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ action, on }) => `${action} ${on}`}
        {...(may('explain') ? { onOpen: open } : {})}
        empty={{
          text: isFiltered ? texts.emptyFiltered : texts.empty,
          action: isFiltered ? <Button onClick={clear}>{shared.clearFilters}</Button> : undefined,
        }}
        tools={
          <>
            <TextFilter address={address} name="subject" label={texts.subject} isCode />
            <TextFilter address={address} name="action" label={texts.action} isCode />
            <TextFilter address={address} name="resource" label={texts.resource} isCode />
            <Choice {...props} name="verdict" label={texts.verdict} words={VERDICTS} />
            <Choice {...props} name="door" label={texts.door} words={DOORS} />
            <TextFilter address={address} name="reason" label={texts.reason} isCode />
            <TextFilter address={address} name="by" label={texts.by} isCode />
            <TextFilter address={address} name="policy" label={texts.policy} isCode />
            {said.of === undefined ? null : (
              <TextFilter address={address} name="of" label={texts.tenant} isCode />
            )}
            <InstantFilter address={address} name="from" label={shared.from} />
            <InstantFilter address={address} name="to" label={shared.until} />
            {isFiltered ? (
              <Button look="quiet" onClick={clear}>
                {shared.clearFilters}
              </Button>
            ) : null}
          </>
        }
      />
    </div>
  )
}

function Choice(
  props: ScreenProps & {
    readonly name: 'verdict' | 'door'
    readonly label: string
    readonly words: readonly (keyof typeof texts.doors | keyof typeof texts.verdicts)[]
  },
): ReactNode {
  const { address, name, words } = props
  const navigate = useNavigate()
  const labels: Readonly<Record<string, string>> = { ...texts.verdicts, ...texts.doors }
  return (
    <SelectField
      label={props.label}
      value={address.query[name] ?? ''}
      options={[
        { key: '', label: texts.any },
        ...words.map((key) => ({ key, label: labels[key] ?? key })),
      ]}
      onChange={(key) =>
        navigate(withQuery(address, { [name]: key === '' ? undefined : key }), { replace: true })
      }
    />
  )
}

function Export(props: ScreenProps & { readonly query: Query }): ReactNode {
  const { limit: _limit, after: _after, ...query } = props.query
  return (
    <ExportMenu
      hrefOf={(format) => props.calls.hrefOf('exportDecisions', { query: { ...query, format } })}
    />
  )
}

function columns(calls: Manage, hrefBy: (by: string) => string): readonly Column<Decision>[] {
  const reasons: Readonly<Record<string, string>> = texts.reasons
  return [
    { key: 'at', title: texts.at, width: 150, cell: ({ at }) => <TimeCell at={at} /> },
    {
      key: 'verdict',
      title: texts.verdict,
      width: 120,
      cell: ({ verdict }) => (
        <StateWord tone={verdict === 'allow' ? 'good' : 'bad'}>{texts.verdicts[verdict]}</StateWord>
      ),
    },
    {
      key: 'subject',
      title: texts.subject,
      width: 180,
      cell: ({ subject, actor }) =>
        subject === 'anonymous:' ? (
          <span className="dim">{texts.visitor}</span>
        ) : (
          <Who calls={calls} of={subject ?? actor} />
        ),
    },
    {
      key: 'action',
      title: texts.action,
      width: 150,
      cell: ({ action }) => <CodeCell>{action}</CodeCell>,
    },
    {
      key: 'on',
      title: texts.on,
      width: 200,
      cell: ({ on, resource }) => <CodeCell>{resource ?? on}</CodeCell>,
    },
    {
      key: 'reason',
      title: texts.reason,
      width: 190,
      cell: ({ reason }) => <span className="cut">{reasons[reason] ?? reason}</span>,
    },
    {
      key: 'by',
      title: texts.by,
      width: 180,
      cell: ({ by }) =>
        by === undefined ? null : (
          <Anchor className="cut" href={hrefBy(by)}>
            {by}
          </Anchor>
        ),
    },
    { key: 'door', title: texts.door, width: 110, cell: ({ door }) => texts.doors[door] },
    {
      key: 'actor',
      title: texts.actor,
      width: 160,
      isExtra: true,
      cell: ({ actor }) => <Who calls={calls} of={actor} />,
    },
    {
      key: 'policy',
      title: texts.policy,
      width: 110,
      isExtra: true,
      cell: ({ policy }) => <CodeCell>{policy.slice(0, 8)}</CodeCell>,
    },
    {
      key: 'revision',
      title: texts.revision,
      width: 100,
      align: 'end',
      isExtra: true,
      cell: ({ revision }) => <span className="num">{revision}</span>,
    },
  ]
}
