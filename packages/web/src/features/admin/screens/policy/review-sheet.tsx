// A draft looked over before it holds: what it changes in words and as text, for whom, whether the tests pass, and why.

import { type ReactNode, useId, useMemo, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { CheckField, TextField } from '../../../../ui/fields.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { adminHref, kept, withQuery } from '../../model/address.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { PersonCell } from '../../table/cells.tsx'
import { Named } from '../../table/named-cell.tsx'
import { SideSheet } from '../../view/page-head.tsx'
import { DiffView } from './diff-view.tsx'
import { lineDiff } from './model/line-diff.ts'
import { Sentence } from './sentence.tsx'
import { texts } from './texts.ts'
import type { PartProps, Trial } from './view.ts'

type Props = PartProps & { readonly trial: Trial | undefined }

export function ReviewSheet(props: Props): ReactNode {
  const { address, state, checked } = props
  const isEmpty = state.text === state.inForce.text
  return (
    <SideSheet title={texts.review.title} closeHref={withQuery(address, { review: undefined })}>
      {isEmpty ? (
        <p className="dim sm">{texts.review.empty}</p>
      ) : (
        <>
          <Reach {...props} />
          <Behind {...props} />
          {checked?.ok === false ? <Problems {...props} /> : <Words {...props} />}
          <AsText {...props} />
          <Live {...props} />
          <Examples {...props} />
          <Decide {...props} />
        </>
      )}
    </SideSheet>
  )
}

function Reach({ trial }: Props): ReactNode {
  if (trial === undefined) return <p className="reach late" aria-busy="true" />
  return (
    <div>
      <p className="reach">
        <b className="num">{trial.live.people}</b>
        <span className="dim">{texts.review.notice(trial.live.people)}</span>
      </p>
      <p className="sm dim">
        {trial.people === 0
          ? texts.review.nobody
          : texts.review.people(trial.people, trial.resources)}
      </p>
    </div>
  )
}

function Behind({ calls, state }: Props): ReactNode {
  const id = state.id ?? ''
  const read = useRead(calls, 'compareDraft', { params: { id } }, { isOff: id === '' })
  if (read.data?.isBehind !== true) return null
  return <p className="note caution sm">{texts.review.behind}</p>
}

function Problems({ checked, address }: Props): ReactNode {
  return (
    <section aria-label={texts.review.problems}>
      <h3 className="nav-h">{texts.review.problems}</h3>
      <ul className="problems">
        {checked?.problems.map(({ line, column, message, remedy, path }) => (
          <li key={`${line}:${column}:${path}:${message}`} className="sm">
            <p>
              <Sentence text={message} />
            </p>
            <p className="xs dim">
              {texts.review.at(line, column)}: <Sentence text={remedy} />
            </p>
          </li>
        ))}
      </ul>
      <Anchor
        className="sm"
        href={adminHref('policy', ['text'], { ...address.query, review: undefined })}
      >
        {texts.mendText}
      </Anchor>
    </section>
  )
}

const SIGNS = { added: 'plus', removed: 'minus', changed: 'file-diff' } as const

function Words({ checked }: Props): ReactNode {
  return (
    <section aria-label={texts.review.words}>
      <h3 className="nav-h">{texts.review.words}</h3>
      <ul className="changes">
        {checked?.differences?.map(({ path, kind, sentence }) => (
          <li key={`${path.join('.')} ${kind} ${sentence}`} className="sm">
            <span className="sign" aria-hidden="true">
              <Icon name={SIGNS[kind]} size="s" />
            </span>
            <span>
              <Sentence text={sentence} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function AsText({ state }: Props): ReactNode {
  const lines = useMemo(
    () => lineDiff(state.inForce.text, state.text),
    [state.inForce.text, state.text],
  )
  return (
    <details className="fold">
      <summary className="sm">{texts.review.asText}</summary>
      <DiffView lines={lines} label={texts.review.asText} />
    </details>
  )
}

function Live({ trial }: Props): ReactNode {
  const named = trial?.live.named ?? []
  if (trial === undefined || named.length === 0) return null
  const more = trial.live.people - named.length
  return (
    <section aria-label={texts.review.live}>
      <h3 className="nav-h">{texts.review.live}</h3>
      <ul className="live-people">
        {named.map(({ subject, name, channels }) => (
          <li key={subject}>
            <PersonCell id={idOf(subject)} name={name} />
            <span className="xs faint cut">{channels.join(', ')}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="xs faint">{texts.review.moreLive(more)}</p> : null}
    </section>
  )
}

function Examples({ trial, calls }: Props): ReactNode {
  const samples = trial?.samples ?? []
  if (samples.length === 0) return null
  return (
    <details className="fold">
      <summary className="sm">{texts.review.examples}</summary>
      <ul className="samples">
        {samples.map(({ subject, resource, gained, lost }) => (
          <li key={`${subject} ${resource}`} className="sm">
            <b>
              {subject === 'anonymous:' ? (
                texts.review.everybody
              ) : (
                <Named calls={calls} who={subject} />
              )}
            </b>{' '}
            <span className="dim">{texts.review.on(resource)}</span>
            <br />
            {[
              ...(gained.length > 0 ? [texts.review.gains(gained.join(', '))] : []),
              ...(lost.length > 0 ? [texts.review.loses(lost.join(', '))] : []),
            ].join(texts.review.and)}
          </li>
        ))}
      </ul>
    </details>
  )
}

function idOf(subject: string): string {
  return subject.startsWith('user:') ? subject.slice('user:'.length) : subject
}

type Tests = ReturnType<typeof useTests>

function useTests({ calls, state, checked }: Props) {
  const isOff = checked?.ok !== true
  return useRead(calls, 'testPolicy', { body: { text: state.text } }, { isOff })
}

function Decide(props: Props): ReactNode {
  const { draft, state, checked, edits, address, trial } = props
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const [isTold, setTold] = useState(false)
  const [isBold, setBold] = useState(false)
  const [problem, setProblem] = useState('')
  const id = useId()
  const tests = useTests(props)
  const failed = (tests.data?.failed ?? 0) + (tests.data?.invalid ?? 0)
  const write = useWrite(
    (why: string) => draft.apply(why),
    ['readPolicy', 'listPolicyVersions', 'listDrafts', 'listRoles'],
    () => texts.review.applied,
  )
  const isWhole = checked?.ok === true && state.keeping === 'kept' && state.id !== undefined
  const isOff = edits.kind !== 'on' || !isWhole || (failed > 0 && !isBold)
  const apply = () => {
    setProblem('')
    if (reason.trim() === '') {
      setTold(true)
      document.getElementById(`${id}-reason`)?.focus()
      return
    }
    write.run(reason.trim()).then(
      () =>
        navigate(withQuery(address, { review: undefined, draft: undefined }), { replace: true }),
      (cause: unknown) => setProblem(refusalOf(cause)),
    )
  }
  return (
    <section className="decide">
      <TestsLine tests={tests} {...props} />
      {failed > 0 ? (
        <CheckField label={texts.review.needsTests} isOn={isBold} onChange={setBold} />
      ) : null}
      <TextField
        id={`${id}-reason`}
        label={texts.review.reason}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={500}
        isRequired
        error={isTold && reason.trim() === '' ? texts.review.needsReason : undefined}
      />
      <p className="problem sm" role="alert">
        {problem || (checked?.ok === false ? texts.review.needsWhole : '')}
      </p>
      <Button look="primary" size="large wide" busy={isOff || write.isBusy} onClick={apply}>
        {texts.review.apply(trial?.live.people ?? 0)}
      </Button>
      <p className="xs faint centred">{texts.review.undoable}</p>
    </section>
  )
}

function TestsLine({ tests, address }: Props & { readonly tests: Tests }): ReactNode {
  if (tests.data === undefined) return null
  const { passed, failed, invalid } = tests.data
  const isGood = failed === 0 && invalid === 0
  const all = passed + failed
  return (
    <p className="tests-line sm">
      <Icon name={isGood ? 'circle-check' : 'circle-alert'} />
      <span className="grow">
        {all === 0 && invalid === 0 ? texts.review.noTests : texts.review.tests(passed, all)}
        {invalid === 0 ? null : ` · ${texts.review.brokenTests(invalid)}`}
      </span>
      <Anchor href={adminHref('policy', ['tests'], { ...kept(address.query), review: '1' })}>
        {texts.review.see}
      </Anchor>
    </p>
  )
}
