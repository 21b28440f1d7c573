// What is planned: what changes, by whom and why, how long until then; moved or taken back. What was not carried out stays.

import type { Api } from '@sayso/client'
import type { AnswerOf, Manage } from '@sayso/client/manage'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../../../../ui/button.tsx'
import { FormDialog } from '../../../../../ui/form-dialog.tsx'
import { Icon } from '../../../../../ui/icon.tsx'
import { refusalOf } from '../../../../../ui/refusal.ts'
import { leftOf } from '../../../model/lengths.ts'
import { useServerTime } from '../../../store/server-time.ts'
import { useRead, useWrite } from '../../../store/use-read.ts'
import { Named } from '../../../table/named-cell.tsx'
import { DiffView } from '../diff-view.tsx'
import { lineDiff } from '../model/line-diff.ts'
import { Sentence } from '../sentence.tsx'
import { type PartProps, whenText } from '../view.ts'
import { PlanDialog } from './plan-dialog.tsx'
import { texts } from './texts.ts'

export type Plan = AnswerOf<'listPlans'>['items'][number]
type Act = { readonly kind: 'move' | 'cancel'; readonly plan: Plan }

const REFRESH_MS = 5_000
/** What is old once a plan came into force or went. */
const OLD = ['listPlans', 'readPolicy', 'listPolicyVersions', 'listDrafts'] as const

export function PlannedPart(props: PartProps): ReactNode {
  const { calls, api, edits } = props
  const list = useRead(calls, 'listPlans', {}, { refreshMs: REFRESH_MS })
  const [act, setAct] = useState<Act>()
  const items = list.data?.items ?? []
  useGone(items)
  return (
    <div className="page-scroll later">
      {list.state === 'failed' ? (
        <p className="banner" role="alert">
          {refusalOf(list.error)}
        </p>
      ) : null}
      {items.length === 0 && list.state === 'ready' ? (
        <p className="empty dim">{texts.none}</p>
      ) : null}
      <ul className="plans" aria-label={texts.list}>
        {items.map((plan) => (
          <Row
            key={plan.id}
            {...props}
            plan={plan}
            canEdit={edits.kind === 'on'}
            onAct={setAct}
            onDue={list.again}
          />
        ))}
      </ul>
      {act === undefined ? null : (
        <ActDialog {...act} calls={calls} api={api} onClose={() => setAct(undefined)} />
      )}
    </div>
  )
}

/** What came into force has made other answers old. */
function useGone(items: readonly Plan[]): void {
  const client = useQueryClient()
  const known = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const ids = new Set(items.map(({ id }) => id))
    const isGone = [...known.current].some((id) => !ids.has(id))
    known.current = ids
    if (!isGone) return
    for (const operation of OLD) void client.invalidateQueries({ queryKey: [operation] })
  }, [client, items])
}

function Row(
  props: PartProps & {
    readonly plan: Plan
    readonly canEdit: boolean
    readonly onAct: (act: Act) => void
    readonly onDue: () => void
  },
): ReactNode {
  const { plan, calls, canEdit, onAct } = props
  const { title, at, by, reason, approvedBy, problem } = plan
  const [isOpen, setOpen] = useState(false)
  return (
    <li className="plan" data-state={problem === undefined ? 'waiting' : 'failed'}>
      <Icon name={problem === undefined ? 'calendar' : 'circle-alert'} />
      <div className="grow">
        <p>
          <b>{title}</b>{' '}
          {problem === undefined ? <Left api={props.api} at={at} onDue={props.onDue} /> : null}
        </p>
        {problem === undefined ? null : (
          <p className="note caution sm">{texts.problems[problem.code]}</p>
        )}
        <p className="sm dim">
          <time dateTime={at}>{whenText(at)}</time> ·{' '}
          <Said calls={calls} who={by} words={texts.by} />
          {approvedBy === undefined ? null : (
            <>
              {' · '}
              <Said calls={calls} who={approvedBy} words={texts.approvedBy} />
            </>
          )}
        </p>
        <p className="sm quote">{reason}</p>
        <details className="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="sm">{texts.open}</summary>
          {isOpen ? <Changes {...props} /> : null}
        </details>
      </div>
      {canEdit ? (
        <span className="acts">
          {problem === undefined ? (
            <Button onClick={() => onAct({ kind: 'move', plan })}>{texts.move}</Button>
          ) : null}
          <Button look="quiet" onClick={() => onAct({ kind: 'cancel', plan })}>
            {texts.cancel}
          </Button>
        </span>
      ) : null}
    </li>
  )
}

function Said(props: {
  readonly calls: Manage
  readonly who: string
  readonly words: (name: string) => string
}): ReactNode {
  const [before = '', after = ''] = props.words('\n').split('\n')
  return (
    <>
      {before}
      <Named calls={props.calls} who={props.who} />
      {after}
    </>
  )
}

/** Counts down by the server's time; when it is over, it is asked what became of it. */
function Left(props: {
  readonly api: Api
  readonly at: string
  readonly onDue: () => void
}): ReactNode {
  const { onDue } = props
  const leftMs = Date.parse(props.at) - useServerTime(props.api)
  const isDue = leftMs <= 0
  useEffect(() => {
    if (isDue) onDue()
  }, [isDue, onDue])
  return <span className="badge num">{isDue ? texts.due : texts.in(leftOf(leftMs))}</span>
}

/** In words, and as text. */
function Changes({ calls, plan, state }: PartProps & { readonly plan: Plan }): ReactNode {
  const read = useRead(calls, 'readPlan', { params: { id: plan.id } })
  const text = read.data?.text
  const body = { text: text ?? '' }
  const check = useRead(calls, 'checkPolicy', { body }, { isOff: text === undefined })
  const lines = useMemo(
    () => (text === undefined ? [] : lineDiff(state.inForce.text, text)),
    [state.inForce.text, text],
  )
  return (
    <div className="stack">
      <ul className="bullets sm">
        {check.data?.differences?.map(({ path, kind, sentence }) => (
          <li key={`${path.join('.')} ${kind} ${sentence}`}>
            <Sentence text={sentence} />
          </li>
        ))}
      </ul>
      <DiffView lines={lines} label={texts.differences} />
    </div>
  )
}

function ActDialog(
  props: Act & { readonly calls: Manage; readonly api: Api; readonly onClose: () => void },
): ReactNode {
  const { kind, plan, calls, onClose } = props
  const params = { id: plan.id }
  const move = useWrite(
    (at: string) => calls.call('movePlan', { params, body: { at } }),
    OLD,
    () => texts.moved,
  )
  const cancel = useWrite(
    () => calls.call('cancelPlan', { params, query: {} }),
    OLD,
    () => texts.cancelled,
  )
  if (kind === 'move')
    return (
      <PlanDialog
        api={props.api}
        title={texts.moveTitle(plan.title)}
        confirm={texts.moveConfirm}
        at={plan.at}
        onPlan={(at) => move.run(at)}
        onClose={onClose}
      />
    )
  return (
    <FormDialog
      title={texts.cancelTitle(plan.title)}
      text={texts.cancelText}
      confirm={texts.cancelConfirm}
      onConfirm={() => cancel.run(undefined)}
      onClose={onClose}
    />
  )
}
