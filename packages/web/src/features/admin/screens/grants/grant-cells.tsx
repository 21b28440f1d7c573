// When a grant ends, counted down by the server's time; and until it starts.

import type { Api } from '@sayso/client'
import type { ReactNode } from 'react'
import { spokenLanguage } from '../../../../ui/words.ts'
import { leftOf } from '../../model/lengths.ts'
import { useServerTime } from '../../store/server-time.ts'
import { texts } from './texts.ts'

type Timed = { readonly expires_at?: string; readonly not_before?: string }

export function GrantEnd(props: { readonly api: Api; readonly grant: Timed }): ReactNode {
  const { expires_at: ends, not_before: starts } = props.grant
  if (ends === undefined && starts === undefined)
    return <span className="faint">{texts.forGood}</span>
  return <Countdown api={props.api} ends={ends} starts={starts} />
}

function Countdown(props: {
  readonly api: Api
  readonly ends: string | undefined
  readonly starts: string | undefined
}): ReactNode {
  const { ends, starts } = props
  const nowMs = useServerTime(props.api)
  if (starts !== undefined && new Date(starts).getTime() > nowMs)
    return <time dateTime={starts}>{texts.waits(timeText(starts))}</time>
  if (ends === undefined) return <span className="faint">{texts.forGood}</span>
  const leftMs = new Date(ends).getTime() - nowMs
  return (
    <time dateTime={ends} title={timeText(ends)} className="num">
      {leftMs <= 0 ? texts.over : texts.left(leftOf(leftMs))}
    </time>
  )
}

function timeText(at: string): string {
  const format = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(spokenLanguage(), format).format(new Date(at))
}
