// The audit log: who did what to whom and when, found by index, checked for gaps, taken along.

import '../../styles/audit.css'
import type { Manage } from '@sayso/client/manage'
import { type ReactNode, useId } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useList } from '../../store/use-list.ts'
import { CodeCell, TimeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { InstantFilter, TextFilter } from '../../table/filter.tsx'
import { ExportMenu } from '../../view/export-menu.tsx'
import { PageHead, Tabs } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { type AuditLine, AuditSheet, EffectWords, personIn } from './audit-sheet.tsx'
import { COMMANDS } from './commands.ts'
import { Readers } from './readers.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { texts } from './texts.ts'
import { VerifyMark } from './verify-mark.tsx'
import { Who } from './who.tsx'

const FILTERS = ['actor', 'command', 'person', 'resource', 'since', 'until'] as const

export function Audit(props: ScreenProps): ReactNode {
  const { address } = props
  const { may } = useRights()
  const isReaders = address.query.part === 'readers' && may('explain')
  const number = Number(address.rest[0])
  return isReaders ? (
    <div className="page">
      <PageHead title={shared.screens.audit} />
      <AuditTabs {...props} current="readers" />
      <Readers {...props} />
    </div>
  ) : (
    <Lines {...props} number={Number.isSafeInteger(number) && number > 0 ? number : undefined} />
  )
}

function AuditTabs({ address, current }: ScreenProps & { readonly current: string }): ReactNode {
  const { may } = useRights()
  const same = kept(address.query)
  const tabs = [
    { key: 'lines', title: texts.tabs.lines, href: adminHref('audit', [], same) },
    {
      key: 'readers',
      title: texts.tabs.readers,
      href: adminHref('audit', [], { ...same, part: 'readers' }),
    },
  ]
  if (!may('explain')) return null
  return <Tabs label={shared.screens.audit} current={current} tabs={tabs} />
}

function Lines(props: ScreenProps & { readonly number: number | undefined }): ReactNode {
  const { address, calls, number } = props
  const navigate = useNavigate()
  const { query: said } = address
  const query = Object.fromEntries(FILTERS.map((name) => [name, said[name]]))
  const list = useList(calls, 'listAudit', { query })
  const isFiltered = FILTERS.some((name) => said[name] !== undefined)
  return (
    <div className="with-side" data-side={number === undefined ? 'shut' : 'open'}>
      <div className="page">
        <PageHead
          title={shared.screens.audit}
          beside={<VerifyMark calls={calls} query={kept(said)} />}
        >
          <Export {...props} query={query} />
        </PageHead>
        <AuditTabs {...props} current="lines" />
        <DataTable
          name="audit"
          label={shared.screens.audit}
          columns={columns(calls)}
          list={list}
          rowKey={(line) => String(line.number)}
          rowName={(line) => `${line.command} ${line.target}`}
          openKey={number === undefined ? undefined : String(number)}
          onOpen={(line) => navigate(adminHref('audit', [String(line.number)], said))}
          empty={{
            text: isFiltered ? texts.emptyFiltered : texts.empty,
            action: isFiltered ? (
              <Button onClick={() => navigate(adminHref('audit', [], kept(said)))}>
                {shared.clearFilters}
              </Button>
            ) : undefined,
          }}
          tools={<Filters {...props} isFiltered={isFiltered} />}
        />
      </div>
      {number === undefined ? null : (
        <AuditSheet
          {...props}
          key={number}
          number={number}
          known={list.items.find((line) => line.number === number)}
        />
      )}
    </div>
  )
}

function Filters(props: ScreenProps & { readonly isFiltered: boolean }): ReactNode {
  const { address } = props
  const navigate = useNavigate()
  const commands = useId()
  return (
    <>
      <TextFilter address={address} name="actor" label={texts.actor} isCode />
      <TextFilter address={address} name="command" label={texts.filterCommand} list={commands} />
      <datalist id={commands}>
        {COMMANDS.map((command) => (
          <option key={command} value={command} />
        ))}
      </datalist>
      <TextFilter address={address} name="person" label={texts.person} isCode />
      <TextFilter address={address} name="resource" label={texts.filterResource} isCode />
      <InstantFilter address={address} name="since" label={shared.from} />
      <InstantFilter address={address} name="until" label={shared.until} />
      <SavedFilters address={address} names={FILTERS} />
      {props.isFiltered ? (
        <Button
          look="quiet"
          onClick={() =>
            navigate(
              withQuery(address, Object.fromEntries(FILTERS.map((name) => [name, undefined]))),
            )
          }
        >
          {shared.clearFilters}
        </Button>
      ) : null}
    </>
  )
}

function Export(
  props: ScreenProps & { readonly query: Readonly<Record<string, string | undefined>> },
): ReactNode {
  return (
    <ExportMenu
      hrefOf={(format) => props.calls.hrefOf('exportAudit', { query: { ...props.query, format } })}
    />
  )
}

function columns(calls: Manage): readonly Column<AuditLine>[] {
  return [
    { key: 'at', title: texts.at, width: 150, cell: (line) => <TimeCell at={line.atMs} /> },
    {
      key: 'actor',
      title: texts.actor,
      width: 180,
      cell: (line) => <Who calls={calls} of={line.actor} />,
    },
    {
      key: 'command',
      title: texts.command,
      width: 160,
      cell: (line) => <CodeCell>{line.command}</CodeCell>,
    },
    {
      key: 'target',
      title: texts.target,
      width: 280,
      cell: (line) => <CodeCell>{line.target}</CodeCell>,
    },
    {
      key: 'person',
      title: texts.person,
      width: 160,
      cell: (line) => {
        const person = personIn(line.target)
        return person === undefined ? (
          <span className="faint">–</span>
        ) : (
          <Who calls={calls} of={person} />
        )
      },
    },
    {
      key: 'effect',
      title: texts.effect,
      width: 160,
      cell: (line) =>
        line.effect === undefined ? (
          <span className="faint">–</span>
        ) : (
          <EffectWords of={line.effect} />
        ),
    },
    {
      key: 'reason',
      title: texts.reason,
      width: 200,
      cell: (line) => <span className="cut">{line.reason ?? ''}</span>,
    },
    {
      key: 'address',
      title: texts.address,
      width: 120,
      isExtra: true,
      cell: (line) => <span className="num">{line.address ?? ''}</span>,
    },
    {
      key: 'number',
      title: texts.number,
      width: 90,
      align: 'end',
      isExtra: true,
      cell: (line) => <span className="num">{line.number}</span>,
    },
  ]
}
