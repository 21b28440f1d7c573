// An answer of the past: of which policy it is, how it is now, and where to look for what has happened since.

import type { ReactNode } from 'react'
import { Anchor } from '../../../../ui/navigation.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import { adminHref, kept } from '../../model/address.ts'
import type { AdminAddress } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { texts } from './texts.ts'

export function AsItWas(props: {
  readonly address: AdminAddress
  readonly subject: string
  readonly allowed: boolean
  readonly past: {
    readonly atMs: number
    readonly policy: string
    readonly sinceMs: number
    readonly allowedNow: boolean
  }
  readonly nowHref: string
}): ReactNode {
  const { address, subject, past } = props
  const { right } = useRights()
  const stays = kept(address.query)
  const since = new Date(past.atMs).toISOString()
  return (
    <div className="opt stack">
      <p className="sm">{texts.was(instantText(past.atMs), past.policy.slice(0, 8))}</p>
      <p className="xs dim">{texts.wasSince(instantText(past.sinceMs))}</p>
      <p className="sm">
        {past.allowedNow ? texts.nowAllowed : texts.nowRefused}{' '}
        {past.allowedNow === props.allowed ? null : <b>{texts.turnedSince}</b>}
      </p>
      <p className="stack sm">
        <Anchor href={props.nowHref}>{texts.askNow}</Anchor>
        {right('read-audit').kind === 'on' ? (
          <Anchor href={adminHref('audit', [], { ...stays, person: subject, since })}>
            {texts.changesSince}
          </Anchor>
        ) : null}
        {right('read-policy').kind === 'on' ? (
          <Anchor href={adminHref('policy', ['history'], stays)}>{texts.policySince}</Anchor>
        ) : null}
      </p>
    </div>
  )
}

function instantText(atMs: number): string {
  const format = { dateStyle: 'medium', timeStyle: 'medium' } as const
  return new Intl.DateTimeFormat(spokenLanguage(), format).format(atMs)
}
