// The app at a glance: what happens now, second by second, how its parts are, and what was refused and changed lately.

import '../../styles/overview.css'
import type { AnswerOf } from '@sayso/client/manage'
import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import { adminHref } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useRead } from '../../store/use-read.ts'
import { PageHead } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { Changed, Refused } from './lately.tsx'
import { Spark } from './spark.tsx'
import { texts } from './texts.ts'

type Glance = AnswerOf<'readOverview'>

const REFRESH_MS = 1_000

export function Overview(props: ScreenProps): ReactNode {
  const { calls } = props
  const read = useRead(calls, 'readOverview', {}, { refreshMs: REFRESH_MS })
  return (
    <div className="page">
      <PageHead title={shared.screens.overview} />
      <div className="page-scroll overview">
        <Tiles {...props} glance={read.data} />
        <Health glance={read.data} />
        <Lacks {...props} lacks={read.data?.policyLacks ?? []} />
        <div className="lately">
          <Refused {...props} />
          <Changed {...props} />
        </div>
      </div>
    </div>
  )
}

const NO_SERIES: Glance['series'] = {
  connections: [],
  published: [],
  delivered: [],
  deliveryP99: [],
  revokeP99: [],
  denials: [],
}

function Tiles(props: ScreenProps & { readonly glance: Glance | undefined }): ReactNode {
  const { glance, address } = props
  // Room for the lines is there before they are: nothing moves when they come.
  const series = glance?.series ?? NO_SERIES
  const href = (screen: string, query = {}) =>
    adminHref(screen, [], { ...kept(address.query), ...query })
  return (
    <ul className="tiles">
      <Tile
        title={texts.connections}
        href={href('connections')}
        value={shown(glance?.connections)}
        about={glance === undefined ? '' : texts.attachments(glance.channels)}
        trend={series.connections}
      />
      <Tile
        title={texts.messages}
        href={href('analytics', { report: 'messages' })}
        value={shown(glance?.publishedPerSecond)}
        unit={texts.perSecond}
        about={glance === undefined ? '' : texts.delivered(shown(glance.deliveredPerSecond))}
        trend={series.published}
      />
      <Latency
        title={texts.delivery}
        href={href('connections')}
        of={glance?.deliveryMs}
        trend={series.deliveryP99}
      />
      <Latency
        title={texts.revoke}
        href={href('audit')}
        of={glance?.revokeMs}
        trend={series.revokeP99}
      />
      <Tile
        title={texts.refusals}
        href={href('decisions', { verdict: 'deny' })}
        value={shown(glance?.denialsPerMinute)}
        unit={texts.perMinute}
        about={texts.ofAMinute}
        trend={series.denials}
      />
      <Tile
        title={texts.queue}
        href={href('connections')}
        value={shown(glance?.queue.records)}
        unit={texts.records(glance?.queue.records ?? 0)}
        about={glance === undefined ? '' : texts.queueText(bytes(glance.queue.bytes))}
      />
    </ul>
  )
}

function Latency(props: {
  readonly title: string
  readonly href: string
  readonly of: Glance['deliveryMs'] | undefined
  readonly trend: readonly (number | null)[] | undefined
}): ReactNode {
  const { of } = props
  const isQuiet = of === undefined || of.p99 === null
  return (
    <Tile
      {...props}
      value={isQuiet ? texts.none : shown(of.p99)}
      unit={isQuiet ? undefined : texts.ms}
      about={isQuiet ? texts.quiet : texts.half(shown(of.p50))}
    />
  )
}

function Tile(props: {
  readonly title: string
  readonly href: string
  readonly value: string
  readonly unit?: string | undefined
  readonly about: string
  readonly trend?: readonly (number | null)[] | undefined
}): ReactNode {
  return (
    <li className="tile">
      <Anchor href={props.href}>
        <span className="xs dim">{props.title}</span>
        <span className="figure num">
          {props.value}
          {props.unit === undefined ? null : <small> {props.unit}</small>}
        </span>
        <span className="xs faint about">{props.about}</span>
        {props.trend === undefined ? null : (
          <Spark label={texts.trend(props.title)} values={props.trend} />
        )}
      </Anchor>
    </li>
  )
}

/** What an upgrade asks of the policy. */
function Lacks({ address, lacks }: ScreenProps & { readonly lacks: readonly string[] }): ReactNode {
  const { right } = useRights()
  if (lacks.length === 0) return null
  return (
    <p className="banner sm">
      <span className="grow">
        {texts.lacks(lacks.length)}: <code>{lacks.join(', ')}</code>
      </span>
      {right('read-policy').kind === 'on' ? (
        <Anchor href={adminHref('policy', ['matrix', 'tenant'], kept(address.query))}>
          {texts.lacksAdd}
        </Anchor>
      ) : null}
    </p>
  )
}

const STATE_ICONS = { ok: 'circle-check', late: 'timer', down: 'circle-alert' } as const

type Part = {
  readonly part: string
  readonly detail?: string | undefined
  /** Absent: not told yet. */
  readonly state?: keyof typeof STATE_ICONS
}

/** Mail is a part only where it is set up. */
const USUAL_PARTS: readonly Part[] = [
  'store',
  'feed',
  'policy',
  'webhooks',
  'decisions',
  'finder',
  'analytics',
].map((part) => ({ part }))

function Health(props: { readonly glance: Glance | undefined }): ReactNode {
  const parts: readonly Part[] = props.glance?.health ?? USUAL_PARTS
  return (
    <section className="health" aria-label={texts.health}>
      <h2 className="label">{texts.health}</h2>
      <ul>
        {parts.map(({ part, state, detail }) => (
          <li key={part} data-state={state}>
            <Icon name={state === undefined ? 'circle' : STATE_ICONS[state]} />
            <span className="strong">{texts.parts[part] ?? part}</span>
            <span className="dim">{saidOf(state, detail)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Of a part that is well nothing more is said. */
function saidOf(state: Part['state'], detail: string | undefined): string {
  if (state === undefined) return texts.none
  return state === 'ok' ? texts.states.ok : (detail ?? texts.states[state])
}

function shown(value: number | null | undefined): string {
  if (value === undefined || value === null) return texts.none
  const most = value < 10 ? 1 : 0
  return new Intl.NumberFormat(spokenLanguage(), { maximumFractionDigits: most }).format(value)
}

function bytes(value: number): string {
  const [unit, by] =
    value < 1_000 ? ['byte', 1] : value < 1_000_000 ? ['kilobyte', 1_000] : ['megabyte', 1_000_000]
  return new Intl.NumberFormat(spokenLanguage(), {
    style: 'unit',
    unit: String(unit),
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(value / Number(by))
}
