// What is known of the visitor, read-only: what the owner's server says, with when it was asked and plainly where it could not be;
// and apart from it what only they or the page they are on said.

import { type ReactNode, useId } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { clockTime } from '../../../ui/times.ts'
import { texts } from '../model/texts.ts'
import type { VisitorDetails } from '../store/calls.ts'
import { ValueText } from './value-text.tsx'

type KnownProps = {
  readonly details: VisitorDetails | undefined
  readonly again: () => void
}

type Values = NonNullable<VisitorDetails['pushed']>

export function OwnersData(props: KnownProps): ReactNode {
  const { context, signed, pushed, said, form } = props.details ?? {}
  const proved = { ...signed, ...pushed, ...context?.values }
  const own = { ...said, ...form }
  return (
    <>
      <Proved {...props} all={proved} />
      <Said all={own} />
    </>
  )
}

function Proved({ details, again, all }: KnownProps & { readonly all: Values }): ReactNode {
  const id = useId()
  const { context } = details ?? {}
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
      <Pairs all={all} />
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

function Said({ all }: { readonly all: Values }): ReactNode {
  const id = useId()
  if (Object.keys(all).length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{texts.context.own}</h3>
      <Pairs all={all} />
    </section>
  )
}

function Pairs({ all }: { readonly all: Values }): ReactNode {
  return (
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
  )
}
