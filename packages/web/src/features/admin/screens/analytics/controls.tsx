// Span, steps, zone and comparison of a report; all of it stands in the address.

import type { ReactNode } from 'react'
import { CheckField, SelectField, TextField } from '../../../../ui/fields.tsx'
import { lastDays, type Report, stepFor } from './report.ts'
import { texts } from './texts.ts'

type Query = Readonly<Record<string, string | undefined>>

export type Choice = {
  readonly range: keyof typeof texts.ranges
  readonly from: string
  readonly to: string
  readonly by: Report['by']
  readonly zone: string
  readonly compare: boolean
}

const RANGES = ['1', '7', '30', '90', '365', 'own'] as const
const STEPS = ['hour', 'day', 'week', 'month'] as const
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What the address says, and what it leaves open. */
export function chosen(query: Query, nowMs: number): Choice {
  const zone = isZone(query.zone) ? query.zone : ownZone()
  const range = RANGES.find((one) => one === query.range) ?? '30'
  const last = lastDays(range === 'own' ? 30 : Number(range), nowMs, zone)
  const isOwn = range === 'own' && DAY.test(query.from ?? '') && DAY.test(query.to ?? '')
  const span = isOwn ? { from: query.from ?? '', to: query.to ?? '' } : last
  const by = STEPS.find((one) => one === query.by) ?? stepFor(span)
  return { range, ...span, by, zone, compare: query.compare === 'previous' }
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

function isZone(zone: string | undefined): zone is string {
  if (zone === undefined) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

export function Controls(props: {
  readonly choice: Choice
  readonly onChange: (some: Query) => void
}): ReactNode {
  const { choice, onChange } = props
  const zones = [...new Set([choice.zone, ownZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])]
  return (
    <div className="controls">
      <SelectField
        label={texts.range}
        value={choice.range}
        options={RANGES.map((key) => ({ key, label: texts.ranges[key] }))}
        onChange={(range) => onChange({ range, from: choice.from, to: choice.to, by: undefined })}
      />
      {choice.range === 'own' ? (
        <>
          <TextField
            label={texts.from}
            type="date"
            value={choice.from}
            onChange={(from) => onChange({ from })}
          />
          <TextField
            label={texts.to}
            type="date"
            value={choice.to}
            onChange={(to) => onChange({ to })}
          />
        </>
      ) : null}
      <SelectField
        label={texts.by}
        value={choice.by}
        options={STEPS.map((key) => ({ key, label: texts.steps[key] }))}
        onChange={(by) => onChange({ by })}
      />
      <SelectField
        label={texts.zone}
        value={choice.zone}
        options={zones.map((key) => ({ key, label: key.replaceAll('_', ' ') }))}
        onChange={(zone) => onChange({ zone })}
      />
      <CheckField
        label={texts.compare}
        isOn={choice.compare}
        onChange={(isOn) => onChange({ compare: isOn ? 'previous' : undefined })}
      />
    </div>
  )
}
