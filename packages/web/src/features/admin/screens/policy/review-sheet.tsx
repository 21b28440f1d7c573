// A draft looked over before it holds: what it changes in words and as text, for whom, whether the tests pass, and why.

import { type ReactNode, useMemo } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { placeOf } from '../../model/names.ts'
import { useRead } from '../../store/use-read.ts'
import { PersonCell } from '../../table/cells.tsx'
import { Named } from '../../table/named-cell.tsx'
import { SideSheet } from '../../view/page-head.tsx'
import { Decide } from './decide.tsx'
import { DiffView } from './diff-view.tsx'
import { lineDiff } from './model/line-diff.ts'
import { Sentence } from './sentence.tsx'
import { texts } from './texts.ts'
import type { PartProps, Trial } from './view.ts'

/** Places that are named. */
const MOST_PLACES = 10

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
          <Reading {...props} />
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
      {trial.live.typing > 0 ? (
        <p className="sm typing-now">{texts.review.typing(trial.live.typing)}</p>
      ) : null}
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

/** Places of which somebody begins to read the messages, or no longer does. */
function Reading({ trial }: Props): ReactNode {
  const places = trial?.byResource.filter(({ reading }) => reading !== undefined) ?? []
  if (places.length === 0) return null
  return (
    <section aria-label={texts.review.reading}>
      <h3 className="nav-h">{texts.review.reading}</h3>
      <ul className="changes">
        {places.slice(0, MOST_PLACES).map(({ resource, reading }) => (
          <li key={resource} className="sm">
            <span className="sign" aria-hidden="true">
              <Icon name={(reading?.gained ?? 0) > 0 ? 'plus' : 'minus'} size="s" />
            </span>
            <span>
              <b>{placeOf(resource)}</b>{' '}
              {[
                ...(reading && reading.gained > 0 ? [texts.review.begins(reading.gained)] : []),
                ...(reading && reading.lost > 0 ? [texts.review.ceases(reading.lost)] : []),
              ].join(texts.review.and)}
            </span>
          </li>
        ))}
      </ul>
      {places.length > MOST_PLACES ? (
        <p className="xs faint">{texts.review.moreReading(places.length - MOST_PLACES)}</p>
      ) : null}
    </section>
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
        {named.map(({ subject, name, channels, isTyping }) => (
          <li key={subject}>
            <PersonCell
              id={idOf(subject)}
              name={name}
              below={isTyping === true ? texts.review.isTyping : undefined}
            />
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
