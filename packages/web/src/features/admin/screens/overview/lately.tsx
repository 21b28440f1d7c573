// The newest refusals and changes, each leading to where it is looked into.

import type { Manage } from '@sayso/client/manage'
import type { ReactNode } from 'react'
import { Anchor } from '../../../../ui/navigation.tsx'
import { adminHref } from '../../model/address.ts'
import type { ScreenProps } from '../../props.ts'
import { useName } from '../../store/names.ts'
import { useRights } from '../../store/rights.tsx'
import { useRead } from '../../store/use-read.ts'
import { TimeCell } from '../../table/cells.tsx'
import { kept } from '../../view/rail.tsx'
import { texts } from './texts.ts'

const SHOWN = 6
/** Among the newest lines are those of who reads, this page among them; they change nothing. */
const LOOKED_THROUGH = 60
const REFRESH_MS = 5_000

export function Refused({ calls, address }: ScreenProps): ReactNode {
  const { may } = useRights()
  const isOff = !may('read-decisions')
  const query = { verdict: 'deny' as const, limit: SHOWN }
  const read = useRead(calls, 'listDecisions', { query }, { refreshMs: REFRESH_MS, isOff })
  if (isOff) return null
  const items = read.data?.items ?? []
  return (
    <List
      title={texts.refused}
      href={adminHref('decisions', [], { ...kept(address.query), verdict: 'deny' })}
      empty={texts.nothingRefused}
      isEmpty={read.state === 'ready' && items.length === 0}
    >
      {items.map((one) => (
        <Line
          key={one.id}
          href={adminHref('explain', [one.id], kept(address.query))}
          calls={calls}
          who={one.subject ?? one.actor}
          what={one.action}
          about={one.resource ?? one.on ?? ''}
          at={one.at}
        />
      ))}
    </List>
  )
}

export function Changed({ calls, address }: ScreenProps): ReactNode {
  const { may } = useRights()
  const isOff = !may('read-audit')
  const read = useRead(
    calls,
    'listAudit',
    { query: { limit: LOOKED_THROUGH } },
    { refreshMs: REFRESH_MS, isOff },
  )
  if (isOff) return null
  const items = (read.data?.items ?? [])
    .filter(({ command }) => !command.startsWith('read.'))
    .slice(0, SHOWN)
  return (
    <List
      title={texts.changed}
      href={adminHref('audit', [], kept(address.query))}
      empty={texts.nothingChanged}
      isEmpty={read.state === 'ready' && items.length === 0}
    >
      {items.map((one) => (
        <Line
          key={one.number}
          href={adminHref('audit', [String(one.number)], kept(address.query))}
          calls={calls}
          who={one.actor}
          what={one.command}
          about={one.target}
          at={one.atMs}
        />
      ))}
    </List>
  )
}

function List(props: {
  readonly title: string
  readonly href: string
  readonly empty: string
  readonly isEmpty: boolean
  readonly children: ReactNode
}): ReactNode {
  return (
    <section aria-label={props.title}>
      <header>
        <h2 className="label">{props.title}</h2>
        <Anchor className="sm" href={props.href}>
          {texts.seeAll}
        </Anchor>
      </header>
      {props.isEmpty ? <p className="sm dim">{props.empty}</p> : <ul>{props.children}</ul>}
    </section>
  )
}

function Line(props: {
  readonly calls: Manage
  readonly href: string
  readonly who: string
  readonly what: string
  readonly about: string
  readonly at: string | number
}): ReactNode {
  const who = useName(props.calls, props.who)
  const about = useName(props.calls, props.about)
  return (
    <li>
      <Anchor href={props.href}>
        <span className="cut">
          {who} · {props.what}
        </span>
        <span className="dim cut">{about}</span>
        <span className="faint xs">
          <TimeCell at={props.at} />
        </span>
      </Anchor>
    </li>
  )
}
