// A line of the server: what happened, by whom, and when.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { rich } from '../../../ui/rich.tsx'
import { memo } from '../../../ui/spoken.ts'
import { exactTime } from '../../../ui/times.ts'
import type { EventKind, Happened } from '../model/log.ts'
import type { Named } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import { isVisitorOf } from '../model/visitor-of.ts'
import { Stamp } from './said-row.tsx'

const GLYPHS: Readonly<Record<EventKind, string>> = {
  opened: 'door-open',
  claimed: 'hand',
  assigned: 'user-check',
  joined: 'user-plus',
  left: 'user-minus',
  transferred: 'user-check',
  released: 'undo',
  lost: 'user-x',
  snoozed: 'clock',
  woken: 'bell',
  closed: 'check',
  rated: 'star',
  closing: 'clock',
}

export const EventLine = memo(function EventLine(props: {
  readonly entry: Happened
  readonly visitor: Named
}) {
  const { entry, visitor } = props
  const { event, byId, to, note, reason, score, isByRule, dueMs } = entry
  const sentence = isByRule
    ? texts.closedByRule
    : to === undefined
      ? texts.events[event]
      : texts.eventsTo[event]
  const parts: Readonly<Record<string, ReactNode>> = {
    by: (
      <b>
        <bdi>
          {(event === 'rated' || isVisitorOf(byId, visitor.id) ? visitor.name : entry.by) ||
            texts.somebody}
        </bdi>
      </b>
    ),
    to: (
      <b>
        <bdi>{to}</bdi>
      </b>
    ),
    score,
    at: dueMs === undefined ? '' : exactTime(dueMs),
  }
  const more = note ?? reason
  return (
    <div className="sys">
      <span className="glyph">
        <span>
          <Icon name={GLYPHS[event]} size="s" />
        </span>
      </span>
      <p>
        {rich(sentence, parts)}
        {more === undefined || more === '' ? null : <span className="dim">: {more}</span>}{' '}
        <Stamp atMs={entry.atMs} />
      </p>
    </div>
  )
})
