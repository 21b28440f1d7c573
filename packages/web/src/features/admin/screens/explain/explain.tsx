// Why can’t they? The question as a sentence with pickers, the verdict in words, the way to it with links, and what would flip
// it. What is asked stands in the address; a refusal is opened by its id.

import '../../styles/explain.css'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { rich } from '../../../../ui/rich.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import { peopleFinder, placeFinder } from '../../form/finders.tsx'
import { Picker } from '../../form/picker.tsx'
import { WhenPicker } from '../../form/when-picker.tsx'
import { adminHref, kept, withQuery } from '../../model/address.ts'
import { idOf, placeOf, roleNamed, typeOf } from '../../model/names.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useRead } from '../../store/use-read.ts'
import { Copy } from '../../table/cells.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { actionsOf } from './actions.ts'
import { AsItWas } from './as-it-was.tsx'
import { NearestChange } from './nearest-change.tsx'
import { linesOf, type Naming, sentenceOf } from './steps.ts'
import { texts } from './texts.ts'
import { PathLines, Verdict } from './verdict.tsx'

export function Explain(props: ScreenProps): ReactNode {
  const id = props.address.rest[0]
  return (
    <div className="page">
      <PageHead title={shared.screens.explain}>
        <Copy text={location.href} label={texts.copyLink} />
      </PageHead>
      <div className="page-scroll">
        {id === undefined ? <Asked {...props} /> : <OfRefusal {...props} id={id} />}
      </div>
    </div>
  )
}

type Question = {
  readonly who?: string
  readonly action?: string
  readonly on?: string
  readonly at?: string
}

function Asked(props: ScreenProps): ReactNode {
  const { who, action, on, at } = props.address.query
  const isWhole = who !== undefined && action !== undefined && on !== undefined
  const answer = useRead(
    props.calls,
    'explain',
    {
      body: {
        subject: who ?? '',
        action: action ?? '',
        resource: on ?? '',
        ...(at === undefined ? {} : { at }),
      },
    },
    { isOff: !isWhole },
  )
  const question = {
    ...(who && { who }),
    ...(action && { action }),
    ...(on && { on }),
    ...(at && { at }),
  }
  return (
    <>
      <Sentence
        {...props}
        question={question}
        allowed={isWhole ? answer.data?.allowed : undefined}
      />
      {!isWhole ? <p className="dim ask-first">{texts.ask}</p> : null}
      {answer.state === 'failed' ? (
        <p className="banner" role="alert">
          {refusalOf(answer.error)}
        </p>
      ) : null}
      {isWhole && answer.data !== undefined ? (
        <Answer {...props} told={answer.data} subject={who} action={action} on={on} />
      ) : null}
    </>
  )
}

/** What was refused, and what the answer would be now. */
function OfRefusal(props: ScreenProps & { readonly id: string }): ReactNode {
  const { calls, id } = props
  const { right } = useRights()
  const read = useRead(calls, 'readExplanation', { params: { id } })
  const { data } = read
  if (data === undefined)
    return (
      <p className="banner" role={read.state === 'failed' ? 'alert' : undefined}>
        {read.state === 'failed' ? refusalOf(read.error) : ''}
      </p>
    )
  const then = data.refused ?? data.allowed
  const subject = data.subject ?? ''
  if (then === undefined) return null
  const { action, on } = then
  const resource = data.resource ?? on
  const say = data.refused === undefined ? texts.allowedThen : texts.refusedThen
  const hasTurned = data.now.allowed !== (data.refused === undefined)
  return (
    <>
      <Sentence
        {...props}
        address={{ ...props.address, rest: [] }}
        question={{ who: subject, action, on: resource }}
        allowed={data.now.allowed}
      />
      <p className="sm dim">
        {say(action, on, timeText(then.atMs))} {hasTurned ? <b>{texts.turnedSince}</b> : null}{' '}
        {right('explain').kind === 'on' && subject !== '' ? (
          <Anchor
            href={questionHref(props, {
              who: subject,
              action,
              on: resource,
              at: new Date(then.atMs).toISOString(),
            })}
          >
            {texts.askThen}
          </Anchor>
        ) : null}
      </p>
      <Answer {...props} told={data.now} subject={subject} action={action} on={resource} />
    </>
  )
}

function questionHref({ address }: ScreenProps, question: Question): string {
  return adminHref('explain', [], { ...kept(address.query), ...question })
}

type Told = NonNullable<ReturnType<typeof useRead<'explain'>>['data']>

function Answer(
  props: ScreenProps & {
    readonly told: Told
    readonly subject: string
    readonly action: string
    readonly on: string
  },
): ReactNode {
  const { told, subject, action, on, calls } = props
  const naming = useNaming(props, [idOf(subject)])
  const { right } = useRights()
  const id = props.address.rest[0]
  return (
    <div className="answer">
      <div className="reasoning">
        <Verdict told={told} message={sentenceOf(told, { subject, action, on }, naming)} />
        <h2 className="vh">{texts.path}</h2>
        <PathLines lines={linesOf(told, { subject, action }, naming)} />
        {(told.facts?.length ?? 0) === 0 ? null : (
          <details className="sm">
            <summary>{texts.facts}</summary>
            <ul>
              {told.facts?.map((fact) => (
                <li key={fact}>
                  <code>{fact}</code>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <aside className="near" aria-label={told.past === undefined ? texts.nearest : texts.wasTitle}>
        <h2 className="section-h">{told.past === undefined ? texts.nearest : texts.wasTitle}</h2>
        {told.past === undefined ? (
          <NearestChange
            calls={calls}
            api={props.api}
            told={told}
            naming={naming}
            action={action}
            subject={subject}
            tenant={props.tenant}
            on={on}
          />
        ) : (
          <AsItWas
            {...props}
            past={told.past}
            allowed={told.allowed}
            nowHref={questionHref(props, { who: subject, action, on })}
          />
        )}
        <p className="sm dim row wrap">
          {id === undefined ? null : (
            <>
              {texts.refusal} <code>{id}</code>
            </>
          )}
          {right('view-as').kind === 'on' && subject.startsWith('user:') ? (
            <Anchor href={adminHref('people', [idOf(subject), 'view'])}>{texts.tryAs}</Anchor>
          ) : null}
        </p>
      </aside>
    </div>
  )
}

/** Who it is about by name, roles by their titles. */
export function useNaming(props: Pick<ScreenProps, 'calls'>, ids: readonly string[]): Naming {
  const { calls } = props
  const roles = useRead(calls, 'listRoles', {})
  const names = useQuery({
    queryKey: ['names', ...ids],
    queryFn: async () => {
      const found = await Promise.all(
        ids.map((id) => calls.call('readPerson', { params: { id } }).catch(() => undefined)),
      )
      return new Map(found.flatMap((each) => (each === undefined ? [] : [[each.id, each.name]])))
    },
  })
  return {
    person: (id) => names.data?.get(id) ?? id,
    role: (role, on) => roleNamed(roles.data?.items, role, on).title,
    time: timeText,
  }
}

function timeText(at: number | string): string {
  const format = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(spokenLanguage(), format).format(new Date(at))
}

function Sentence(
  props: ScreenProps & { readonly question: Question; readonly allowed: boolean | undefined },
): ReactNode {
  const { calls, address, question } = props
  const navigate = useNavigate()
  const { who, action, on, at } = question
  const naming = useNaming(props, who === undefined ? [] : [idOf(who)])
  const roles = useRead(calls, 'listRoles', {})
  const change = (some: Question) =>
    navigate(withQuery({ ...address, rest: [], query: { ...address.query, ...question } }, some))
  const name = who === undefined ? texts.pickWho : naming.person(idOf(who))
  const words = props.allowed === undefined ? texts.can : props.allowed ? texts.whyCan : texts.why
  const look = who === undefined ? null : <Avatar id={idOf(who)} name={name} size="s" />
  return (
    <div className="question">
      {rich(words, {
        who: (
          <Picker
            label={texts.who}
            name="people"
            shown={
              <span className="row">
                {look}
                {name}
              </span>
            }
            find={peopleFinder(calls)}
            onPick={({ key }) => change({ who: `user:${key}` })}
          />
        ),
        action: (
          <Picker
            label={texts.action}
            name={`actions ${typeOf(on ?? 'channel:')}`}
            shown={action ?? texts.pickAction}
            find={async (q) => actionsOf(roles.data?.items ?? [], typeOf(on ?? 'channel:'), q)}
            onPick={({ key }) => change({ action: key })}
          />
        ),
        on: (
          <Picker
            label={texts.on}
            name="places"
            shown={
              <span className="row">
                {on !== undefined && typeOf(on) === 'channel' ? <Icon name="hash" /> : null}
                {on === undefined ? texts.pickOn : placeOf(on).replace(/^#/, '')}
              </span>
            }
            find={placeFinder(calls)}
            onPick={({ key }) => change({ on: key })}
          />
        ),
        at: (
          <WhenPicker
            label={texts.at}
            now={texts.now}
            at={at}
            shown={at === undefined ? texts.now : timeText(at)}
            onChange={(next) => change({ at: next } as Question)}
          />
        ),
      })}
    </div>
  )
}
