// The answer in words, and the way to it as a line of steps.

import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import type { Line } from './steps.ts'
import { texts } from './texts.ts'

export function Verdict(props: {
  readonly message: string
  readonly told: {
    readonly allowed: boolean
    readonly verdict?: keyof typeof texts.verdicts
    readonly conditional?: true
    readonly flipsAtMs?: number
  }
}): ReactNode {
  const { allowed, verdict, conditional, flipsAtMs } = props.told
  const title = texts.verdicts[verdict ?? (allowed ? 'granted' : 'never_granted')]
  const format = { dateStyle: 'medium', timeStyle: 'short' } as const
  const more = [
    conditional === true ? texts.conditional : '',
    flipsAtMs === undefined
      ? ''
      : texts.flips(new Intl.DateTimeFormat(spokenLanguage(), format).format(flipsAtMs)),
  ].filter((each) => each !== '')
  return (
    <section className="verdict" data-allowed={allowed} role="status">
      <span className="g">
        <Icon name={allowed ? 'check' : 'ban'} />
      </span>
      <div>
        <h2>{title}</h2>
        <p className="sm dim">{[props.message, ...more].join(' ')}</p>
      </div>
    </section>
  )
}

const GLYPHS = { start: 'circle-user', yes: 'check', no: 'ban', plain: 'corner-left-down' } as const

export function PathLines({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  return (
    <ol className="path">
      {lines.map((line) => (
        <li key={line.key} data-look={line.look}>
          <span className="nd">
            <Icon name={GLYPHS[line.look]} size="s" />
          </span>
          <div>
            <p>
              {line.look === 'start' && line.link !== undefined ? (
                <Anchor href={line.link.href}>{line.title}</Anchor>
              ) : (
                line.title
              )}
            </p>
            {line.text === '' ? null : <p className="xs dim">{line.text}</p>}
          </div>
          {line.look === 'start' || line.link === undefined ? null : (
            <Anchor className="sm" href={line.link.href}>
              {line.link.label}
            </Anchor>
          )}
        </li>
      ))}
    </ol>
  )
}
