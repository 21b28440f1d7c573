// What the owner's server says of the visitor: read-only, with when it was asked, and plainly where it could not be.

import { type ReactNode, useId } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { clockTime } from '../../../ui/times.ts'
import { texts } from '../model/texts.ts'
import type { VisitorDetails } from '../store/calls.ts'
import { ValueText } from './value-text.tsx'

export function OwnersData(props: {
  readonly details: VisitorDetails | undefined
  readonly again: () => void
}): ReactNode {
  const { details, again } = props
  const id = useId()
  const { context, signed, pushed, said, form } = details ?? {}
  // What was proved comes after what was only said: of two with one name the better one is shown.
  const all = { ...said, ...form, ...signed, ...pushed, ...context?.values }
  const isNothing = Object.keys(all).length === 0
  if (isNothing && (context === undefined || context.state === 'none')) return null
  const isFailed = context?.state === 'failed'
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{texts.context.owners}</h3>
      {isFailed ? (
        <p className="sm failed-fetch" role="status">
          <Icon name="circle-alert" size="s" />
          <span className="grow">{texts.context.failed(context.why)}</span>
          <Button size="small" look="quiet" onClick={again}>
            {texts.tryAgain}
          </Button>
        </p>
      ) : null}
      <dl className="facts">
        {Object.entries(all).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <ValueText value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {context?.fetchedAtMs === undefined ? null : (
        <p className="xs faint">
          {isFailed
            ? texts.context.staleAt(clockTime(context.fetchedAtMs))
            : texts.context.fetchedAt(clockTime(context.fetchedAtMs))}
        </p>
      )}
    </section>
  )
}
