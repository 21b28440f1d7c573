// Conversations with the same visitor before this one.

import { type ReactNode, useId } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { dayTitle } from '../../../ui/times.ts'
import { type DeskAddress, deskHref } from '../model/address.ts'
import { closeReasonOf } from '../model/close-reason.ts'
import { activityOf } from '../model/inbox.ts'
import type { Conversation } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'

export function EarlierList(props: {
  readonly items: readonly Conversation[]
  readonly address: DeskAddress
}): ReactNode {
  const id = useId()
  const { items, address } = props
  if (items.length === 0) return null
  const now = Date.now()
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{texts.context.earlier}</h3>
      <ul className="earlier">
        {items.map((one) => (
          <li key={one.key}>
            <Anchor href={deskHref('inbox', one.key, address.query)}>
              <span className="cut sm">{one.last?.text || texts.nothingSaid}</span>
              <span className="xs faint">
                {texts.context.was(dayTitle(activityOf(one), now), texts.states[one.state])}
                {one.closeReason === undefined ? null : ` · ${closeReasonOf(one)}`}
              </span>
              {one.summary === undefined ? null : (
                <span className="xs dim" dir="auto">
                  {one.summary}
                </span>
              )}
            </Anchor>
            {one.rating === undefined ? null : (
              <span className="xs num rating">
                <Icon name="star" size="s" />
                {one.rating.score}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
