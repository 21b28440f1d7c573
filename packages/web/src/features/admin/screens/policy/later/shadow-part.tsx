// What is tried in shadow: how much was asked, and each question the draft would have answered otherwise; live.

import type { AnswerOf, Manage } from '@sayso/client/manage'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '../../../../../ui/button.tsx'
import { FormDialog } from '../../../../../ui/form-dialog.tsx'
import { Anchor } from '../../../../../ui/navigation.tsx'
import { adminHref, kept } from '../../../model/address.ts'
import { leftOf } from '../../../model/lengths.ts'
import { useRights } from '../../../store/rights.tsx'
import { useServerTime } from '../../../store/server-time.ts'
import type { List } from '../../../store/use-list.ts'
import { useRead, useWrite } from '../../../store/use-read.ts'
import { CodeCell, TimeCell } from '../../../table/cells.tsx'
import type { Column } from '../../../table/columns.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { NamedCell } from '../../../table/named-cell.tsx'
import { actionTitle, type PartProps, whenText } from '../view.ts'
import { texts } from './texts.ts'

type Shadow = AnswerOf<'readShadow'>
type Difference = Shadow['differences'][number]

const REFRESH_MS = 2_000

export function ShadowPart(props: PartProps): ReactNode {
  const { calls } = props
  const mayRead = useRights().right('read-decisions').kind === 'on'
  const read = useRead(calls, 'readShadow', {}, { isOff: !mayRead, refreshMs: REFRESH_MS })
  const shadow = read.state === 'failed' ? undefined : read.data
  const list = useDifferences(shadow, read.again)
  if (shadow === undefined)
    return (
      <p className="empty dim" aria-busy={mayRead && read.state === 'loading'}>
        {mayRead ? (read.state === 'loading' ? '' : texts.noShadow) : texts.shadowOff}
      </p>
    )
  return (
    <div className="shadow-part">
      <Head {...props} shadow={shadow} />
      <DataTable
        name="policy-shadow"
        label={texts.parts.shadow}
        columns={columns(calls)}
        list={list}
        rowKey={keyOf}
        rowName={({ subject = texts.nobody, action, on }) => `${subject} ${action} ${on}`}
        empty={{ text: texts.noDifference }}
      />
      {shadow.others > 0 ? <p className="xs faint">{texts.others(shadow.others)}</p> : null}
    </div>
  )
}

const keyOf = ({ subject = '', action, on, allowed }: Difference) =>
  `${subject} ${action} ${on} ${allowed}`

function useDifferences(shadow: Shadow | undefined, again: () => void): List<Difference> {
  return useMemo(
    () => ({
      items: shadow?.differences ?? [],
      hasMore: false,
      more: () => undefined,
      state: 'ready',
      error: undefined,
      again,
    }),
    [shadow, again],
  )
}

function columns(calls: Manage): readonly Column<Difference>[] {
  return [
    {
      key: 'who',
      title: texts.who,
      width: 170,
      cell: ({ subject }) =>
        subject?.startsWith('user:') === true ? (
          <NamedCell calls={calls} who={subject} />
        ) : (
          <span className="dim">{texts.nobody}</span>
        ),
    },
    { key: 'action', title: texts.action, width: 120, cell: ({ action }) => actionTitle(action) },
    { key: 'on', title: texts.on, width: 160, cell: ({ on }) => <CodeCell>{on}</CodeCell> },
    { key: 'real', title: texts.real, width: 100, cell: ({ allowed }) => verdict(allowed) },
    { key: 'other', title: texts.other, width: 100, cell: ({ allowed }) => verdict(!allowed) },
    {
      key: 'rule',
      title: texts.rule,
      width: 200,
      cell: ({ shadowBy }) =>
        shadowBy === undefined ? (
          <span className="dim">{texts.neverGranted}</span>
        ) : (
          <span title={shadowBy}>
            <CodeCell>{shortly(shadowBy)}</CodeCell>
          </span>
        ),
    },
    {
      key: 'count',
      title: texts.count,
      width: 90,
      align: 'end',
      cell: ({ count }) => <span className="num">{count}</span>,
    },
    { key: 'last', title: texts.last, width: 140, cell: ({ lastAt }) => <TimeCell at={lastAt} /> },
  ]
}

/** Of a rule the name. */
function shortly(by: string): string {
  return by.replace(/^types\.[^.]+\.rules\.?/, '')
}

function verdict(isAllowed: boolean): ReactNode {
  return (
    <span className="verdict-word" data-allowed={isAllowed}>
      {isAllowed ? texts.allowed : texts.refused}
    </span>
  )
}

function Head(props: PartProps & { readonly shadow: Shadow }): ReactNode {
  const { shadow, calls, edits, address } = props
  const [isAsked, setAsked] = useState(false)
  const nowMs = useServerTime(props.api)
  const end = useWrite(
    () => calls.call('endShadow', {}),
    ['readShadow'],
    () => texts.endDone,
  )
  const review = adminHref('policy', ['matrix'], {
    ...kept(address.query),
    draft: shadow.draft,
    review: '1',
  })
  return (
    <div className="shadow-head">
      <div className="grow">
        <h2 className="strong">{texts.shadowOf(shadow.title)}</h2>
        <p className="sm dim">
          {shadow.isOn
            ? texts.running(leftOf(Date.parse(shadow.until) - nowMs))
            : texts.ended(whenText(shadow.until))}
          {shadow.share < 100 ? ` · ${texts.shares[String(shadow.share)] ?? ''}` : ''}
        </p>
      </div>
      <dl className="sums" aria-live="polite">
        <Sum count={shadow.asked} word={texts.asked} />
        <Sum count={shadow.differed} word={texts.differed} />
        {shadow.skipped > 0 ? (
          <Sum count={shadow.skipped} word={texts.skipped} hint={texts.skippedHint} />
        ) : null}
      </dl>
      <span className="acts">
        <Anchor className="btn" href={review}>
          {texts.review}
        </Anchor>
        {shadow.isOn && edits.kind === 'on' ? (
          <Button look="quiet" onClick={() => setAsked(true)}>
            {texts.end}
          </Button>
        ) : null}
      </span>
      {isAsked ? (
        <FormDialog
          title={texts.endTitle}
          text={texts.endText}
          confirm={texts.end}
          onConfirm={() => end.run(undefined)}
          onClose={() => setAsked(false)}
        />
      ) : null}
    </div>
  )
}

function Sum(props: {
  readonly count: number
  readonly word: string
  readonly hint?: string
}): ReactNode {
  return (
    <div title={props.hint}>
      <dt className="xs dim">{props.word}</dt>
      <dd className="num strong">{props.count}</dd>
    </div>
  )
}
