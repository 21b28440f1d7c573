// Whether the chain of lines holds: the newest part when the screen is opened, all of it on demand.

import type { AnswerOf, Manage } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import { StateWord } from '../../form/state-word.tsx'
import { adminHref } from '../../model/address.ts'
import { useRead } from '../../store/use-read.ts'
import { texts } from './texts.ts'

type Verdict = AnswerOf<'verifyAudit'>

/** Lines checked at the opening of the screen: some tens of milliseconds. */
const NEWEST = 1_000

export function VerifyMark(props: {
  readonly calls: Manage
  readonly query: Readonly<Record<string, string | undefined>>
}): ReactNode {
  const { calls } = props
  const part = useRead(calls, 'verifyAudit', { query: { newest: NEWEST } })
  const [whole, setWhole] = useState<Verdict | 'busy' | 'failed'>()
  const check = async () => {
    setWhole('busy')
    try {
      setWhole(await calls.call('verifyAudit', { query: {} }))
    } catch {
      setWhole('failed')
    }
  }
  const isBusy = whole === 'busy' || (whole === undefined && part.state === 'loading')
  const verdict = typeof whole === 'object' ? whole : part.data
  return (
    <span className="verify" role="status">
      {isBusy ? (
        <span className="dim">{texts.verifying}</span>
      ) : whole === 'failed' || verdict === undefined ? (
        <StateWord tone="late">{texts.notVerified}</StateWord>
      ) : (
        <Said verdict={verdict} query={props.query} />
      )}
      <Button size="small" look="quiet" busy={whole === 'busy'} onClick={() => void check()}>
        {texts.verifyAll}
      </Button>
    </span>
  )
}

function Said(props: {
  readonly verdict: Verdict
  readonly query: Readonly<Record<string, string | undefined>>
}): ReactNode {
  const { intact, lines = 0, from, number = 0, problem } = props.verdict
  const count = new Intl.NumberFormat(spokenLanguage()).format(lines)
  if (intact)
    return (
      <StateWord tone="good">
        {from === undefined ? texts.verifiedAll(count) : texts.verified(count)}
      </StateWord>
    )
  const why = problem === undefined ? '' : `: ${texts.problems[problem]}`
  return (
    <>
      <StateWord tone="bad">{`${texts.broken(number)}${why}`}</StateWord>
      <Anchor href={adminHref('audit', [String(number)], props.query)}>{texts.seeBroken}</Anchor>
    </>
  )
}
