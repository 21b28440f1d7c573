// One line, looked into: before and after, what it did to rights, its place in the chain, and what else there is about it.

import type { ReactNode } from 'react'
import { Anchor } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { adminHref } from '../../model/address.ts'
import type { ScreenProps } from '../../props.ts'
import { useName } from '../../store/names.ts'
import { useRights } from '../../store/rights.tsx'
import type { ItemOf } from '../../store/use-list.ts'
import { useRead } from '../../store/use-read.ts'
import { CodeCell, Copy, TimeCell } from '../../table/cells.tsx'
import { SideSheet } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { type Difference, differences, textOf } from './diff.ts'
import { messageOf } from './message-link.ts'
import { texts } from './texts.ts'
import { Who } from './who.tsx'

export type AuditLine = ItemOf<'listAudit'>
type Flip = {
  readonly subject: string
  readonly resource: string
  readonly gained: readonly string[]
  readonly lost: readonly string[]
}

export function AuditSheet(
  props: ScreenProps & { readonly number: number; readonly known: AuditLine | undefined },
): ReactNode {
  const { number, known, calls, address } = props
  const read = useRead(
    calls,
    'listAudit',
    { query: { limit: 1, after: String(number + 1) } },
    { isOff: known !== undefined },
  )
  const line = known ?? read.data?.items.find((one) => one.number === number)
  const closeHref = adminHref('audit', [], address.query)
  return (
    <SideSheet title={line?.command ?? `${texts.number} ${number}`} closeHref={closeHref}>
      {line === undefined ? (
        <p className="sm dim">{read.state === 'failed' ? refusalOf(read.error) : ''}</p>
      ) : (
        <Line {...props} line={line} />
      )}
    </SideSheet>
  )
}

function Line(props: ScreenProps & { readonly line: AuditLine }): ReactNode {
  const { line, calls } = props
  return (
    <>
      <dl className="facts">
        <dt>{texts.at}</dt>
        <dd>
          <TimeCell at={line.atMs} />
        </dd>
        <dt>{texts.actor}</dt>
        <dd>
          <Who calls={calls} of={line.actor} />
        </dd>
        <dt>{texts.target}</dt>
        <dd>
          <code>{line.target}</code>
        </dd>
        {line.reason === undefined ? null : (
          <>
            <dt>{texts.reason}</dt>
            <dd>{line.reason}</dd>
          </>
        )}
        {line.address === undefined ? null : (
          <>
            <dt>{texts.address}</dt>
            <dd className="num">{line.address}</dd>
          </>
        )}
      </dl>
      {line.erased === undefined ? null : <p className="sm dim">{texts.erased}</p>}
      <Changes of={differences(line.before, line.after)} />
      <Effect {...props} />
      {line.details === undefined ? null : (
        <section>
          <h3 className="nav-h">{texts.details}</h3>
          <dl className="facts">
            {Object.entries(line.details).map(([name, value]) => (
              <Detail key={name} name={name} value={value} />
            ))}
          </dl>
        </section>
      )}
      <Ways {...props} />
      <section>
        <h3 className="nav-h">{texts.proof}</h3>
        <dl className="facts">
          <dt>{texts.number}</dt>
          <dd className="num">{line.number}</dd>
          <dt>{texts.revision}</dt>
          <dd className="num">{line.revision}</dd>
          <dt>{texts.hash}</dt>
          <dd className="row">
            <CodeCell>{`${line.hash.slice(0, 16)}…`}</CodeCell>
            <Copy text={line.hash} />
          </dd>
        </dl>
      </section>
    </>
  )
}

function Detail(props: { readonly name: string; readonly value: unknown }): ReactNode {
  return (
    <>
      <dt>{props.name}</dt>
      <dd className="pre">{textOf(props.value)}</dd>
    </>
  )
}

function Changes({ of }: { readonly of: readonly Difference[] }): ReactNode {
  return (
    <section>
      <h3 className="nav-h">{texts.changes}</h3>
      {of.length === 0 ? <p className="sm dim">{texts.noChanges}</p> : null}
      <ul className="diff">
        {of.map(({ path, before, after }) => (
          <li key={path}>
            {path === '' ? null : <code className="xs">{path}</code>}
            {before === undefined ? null : (
              <p className="minus">
                <span className="xs">{after === undefined ? texts.removed : texts.was}</span>
                <del>{shownAt(path, before)}</del>
              </p>
            )}
            {after === undefined ? null : (
              <p className="plus">
                <span className="xs">{before === undefined ? texts.added : texts.is}</span>
                <ins>{shownAt(path, after)}</ins>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Instants are read by people. */
function shownAt(path: string, text: string): ReactNode {
  return /AtMs$/.test(path) && /^\d+$/.test(text) ? <TimeCell at={Number(text)} /> : text
}

function Effect({ line, calls }: ScreenProps & { readonly line: AuditLine }): ReactNode {
  const { effect } = line
  if (effect === undefined) return null
  const flips = (effect.flips ?? []) as readonly Flip[]
  return (
    <section>
      <h3 className="nav-h">{texts.effect}</h3>
      <p className="sm">
        <EffectWords of={effect} />
      </p>
      <ul className="cards" aria-label={texts.flips}>
        {flips.map((flip) => (
          <li key={`${flip.subject} ${flip.resource}`} className="card">
            <p className="sm">
              <Who calls={calls} of={flip.subject} /> <code className="xs">{flip.resource}</code>
            </p>
            {flip.gained.length === 0 ? null : (
              <p className="xs gain">+ {flip.gained.join(', ')}</p>
            )}
            {flip.lost.length === 0 ? null : <p className="xs loss">− {flip.lost.join(', ')}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function EffectWords({ of }: { readonly of: NonNullable<AuditLine['effect']> }): ReactNode {
  if (of.gained + of.lost === 0) return <span className="faint">{texts.noEffect}</span>
  return (
    <span className="num effect">
      {of.isPartial === true ? <span className="dim">{texts.partial} </span> : null}
      {texts.people(of.people)}
      {of.gained === 0 ? null : <span className="gain"> {texts.gained(of.gained)}</span>}
      {of.lost === 0 ? null : <span className="loss"> {texts.lost(of.lost)}</span>}
    </span>
  )
}

/** What else there is: of the same message, place, person, actor. */
function Ways({ line, address, calls }: ScreenProps & { readonly line: AuditLine }): ReactNode {
  const { may } = useRights()
  const same = kept(address.query)
  const message = messageOf(line.target)
  const person = personIn(line.target)
  const name = useName(calls, person)
  return (
    <ul className="ways sm">
      {message === undefined || !may('explain') ? null : (
        <li>
          <Anchor href={adminHref('audit', [], { ...same, part: 'readers', link: line.target })}>
            {texts.readersOf}
          </Anchor>
        </li>
      )}
      {person === undefined ? null : (
        <li>
          <Anchor href={adminHref('audit', [], { ...same, person })}>
            {texts.samePerson} ({name})
          </Anchor>
        </li>
      )}
      <li>
        <Anchor href={adminHref('audit', [], { ...same, actor: line.actor })}>
          {texts.sameActor}
        </Anchor>
      </li>
    </ul>
  )
}

/** The person a target names. */
export function personIn(target: string): string | undefined {
  return /(?:^|[@ ])(user:[^ ]+)$/.exec(target)?.[1]
}
