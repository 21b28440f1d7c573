// The versions there were, what each says otherwise, and putting one in force again.

import type { Manage } from '@sayso/client/manage'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { adminHref, kept, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import { useSecondPerson } from '../../store/second-person.ts'
import type { ItemOf } from '../../store/use-list.ts'
import { useList } from '../../store/use-list.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { CodeCell, TimeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { Named, NamedCell } from '../../table/named-cell.tsx'
import { SideSheet } from '../../view/page-head.tsx'
import { DiffView } from './diff-view.tsx'
import { lineDiff } from './model/line-diff.ts'
import { texts } from './texts.ts'
import { offOf, type PartProps, whenText } from './view.ts'

type Version = ItemOf<'listPolicyVersions'>

export function HistoryPart(props: PartProps): ReactNode {
  const { calls, address } = props
  const navigate = useNavigate()
  const list = useList(calls, 'listPolicyVersions', {})
  const open = address.rest[1]
  return (
    <div className="with-side" data-side={open === undefined ? 'shut' : 'open'}>
      <DataTable
        name="policy-versions"
        label={texts.parts.history}
        columns={columns(calls)}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ at }) => whenText(at)}
        openKey={open}
        onOpen={({ id }) => navigate(adminHref('policy', ['history', id], address.query))}
        empty={{ text: texts.history.empty }}
      />
      {open === undefined ? null : <VersionSheet key={open} {...props} id={open} />}
    </div>
  )
}

function columns(calls: Manage): readonly Column<Version>[] {
  return [
    { key: 'at', title: texts.history.when, width: 150, cell: ({ at }) => <TimeCell at={at} /> },
    {
      key: 'by',
      title: texts.history.who,
      width: 200,
      cell: ({ by }) => (by === undefined ? '–' : <NamedCell calls={calls} who={by} />),
    },
    { key: 'reason', title: texts.history.reason, width: 260, cell: ({ reason }) => reason ?? '–' },
    {
      key: 'version',
      title: texts.history.version,
      width: 110,
      cell: ({ version }) => <CodeCell>{version.slice(0, 8)}</CodeCell>,
    },
    {
      key: 'inForce',
      title: texts.history.inForce,
      width: 90,
      cell: ({ inForce }) => (inForce ? '✓' : ''),
    },
  ]
}

function VersionSheet(props: PartProps & { readonly id: string }): ReactNode {
  const { calls, id, address, state, draft } = props
  const navigate = useNavigate()
  const [isAsked, setAsked] = useState(false)
  const params = { id }
  const read = useRead(calls, 'readPolicyVersion', { params })
  const version = read.data
  const lines = useMemo(
    () => (version === undefined ? [] : lineDiff(state.inForce.text, version.text)),
    [state.inForce.text, version],
  )
  const closeHref = adminHref('policy', ['history'], { ...kept(address.query), ...address.query })
  const off = offOf(props)
  return (
    <SideSheet
      title={version === undefined ? texts.history.version : whenText(version.at)}
      closeHref={closeHref}
    >
      {version === undefined ? (
        <p className="sm dim">{read.state === 'failed' ? refusalOf(read.error) : ''}</p>
      ) : (
        <>
          <dl className="facts">
            <dt>{texts.history.who}</dt>
            <dd>{version.by === undefined ? '–' : <Named calls={calls} who={version.by} />}</dd>
            <dt>{texts.history.reason}</dt>
            <dd>{version.reason ?? '–'}</dd>
            <dt>{texts.history.version}</dt>
            <dd>
              <CodeCell>{version.version}</CodeCell>
            </dd>
          </dl>
          <h3 className="nav-h">{texts.history.diff}</h3>
          {version.text === state.inForce.text ? (
            <p className="sm dim">{texts.history.same}</p>
          ) : (
            <DiffView lines={lines} label={texts.history.diff} />
          )}
          {off !== undefined || version.inForce ? null : (
            <div className="row">
              <Button
                onClick={() => {
                  draft.write(version.text)
                  navigate(withQuery({ ...address, rest: ['matrix'] }, { review: '1' }))
                }}
              >
                {texts.history.take}
              </Button>
              <span className="grow" />
              <Button look="danger" onClick={() => setAsked(true)}>
                {texts.history.restore}
              </Button>
            </div>
          )}
        </>
      )}
      {isAsked && version !== undefined ? (
        <Restore {...props} onClose={() => setAsked(false)} />
      ) : null}
    </SideSheet>
  )
}

function Restore(
  props: PartProps & { readonly id: string; readonly onClose: () => void },
): ReactNode {
  const { calls, id } = props
  const [reason, setReason] = useState('')
  const write = useWrite(
    () => calls.call('restorePolicyVersion', { params: { id }, body: { reason } }),
    ['readPolicy', 'listPolicyVersions', 'readPolicyVersion'],
    () => texts.history.restored,
  )
  const second = useSecondPerson(calls, () => shared.askedSecond)
  const isForTwo = second.needs('apply-policy')
  const ask = () => second.ask.run({ wanted: { action: 'apply-policy', version: id }, reason })
  return (
    <FormDialog
      title={texts.history.restoreTitle}
      text={texts.history.restoreText}
      confirm={isForTwo ? shared.askSecond : texts.history.restore}
      isDanger
      off={reason.trim() === '' ? texts.review.needsReason : undefined}
      onConfirm={() => (isForTwo ? ask() : write.run(undefined))}
      onClose={props.onClose}
    >
      <TextField
        label={texts.review.reason}
        value={reason}
        onChange={setReason}
        isRequired
        maxLength={500}
      />
    </FormDialog>
  )
}
