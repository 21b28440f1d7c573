// A line the server wrote: who was given which role by whom. The new role carries the marker while it is news.

import type { ServerLine } from '@sayso/client'
import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { rich } from '../../../ui/rich.tsx'
import { clockTime, exactTime, isoTime } from '../../../ui/times.ts'
import { grammar } from '../model/grammar.ts'
import type { Row } from '../model/rows.ts'
import { texts } from '../model/texts.ts'
import type { Body } from '../model/timeline.ts'

export function SystemLine(props: {
  readonly row: Extract<Row, { kind: 'line' }>
  /** Address of a message. */
  readonly hrefOf: (serial: string) => string
}): ReactNode {
  const { entry, isFresh } = props.row
  if (entry.body.kind !== 'line') return null
  const { line } = entry.body
  return (
    <div className="sys" data-row={props.row.key}>
      <span className="glyph" data-tone={line.roles[0]?.tone ?? ''}>
        <span>
          <Icon name={glyphOf(line)} fallback="shield" size="s" />
        </span>
      </span>
      <p className="grow">
        <Sentence body={entry.body} isFresh={isFresh} hrefOf={props.hrefOf} />{' '}
        <time className="stamp" dateTime={isoTime(entry.atMs)} title={exactTime(entry.atMs)}>
          {clockTime(entry.atMs)}
        </time>
      </p>
    </div>
  )
}

function glyphOf(line: ServerLine): string | undefined {
  if (line.event === 'restrained') return line.restraint?.glyph ?? 'ban'
  if (line.event.startsWith('message_')) return 'pin'
  if (line.command === 'promote') return 'shield-check'
  return line.command === 'demote' ? 'shield-minus' : line.roles[0]?.glyph
}

function Sentence(props: {
  readonly body: Extract<Body, { kind: 'line' }>
  readonly isFresh: boolean
  readonly hrefOf: (serial: string) => string
}): ReactNode {
  const { line, text } = props.body
  const pinned = line.event === 'message_pinned' || line.event === 'message_unpinned'
  if (pinned) {
    const said = line.event === 'message_pinned' ? texts.line.pinned : texts.line.unpinned
    const message = <Anchor href={props.hrefOf(line.message ?? '')}>{texts.line.aMessage}</Anchor>
    return rich(said, { who: named(line.subject.name), message })
  }
  const role = line.restraint ?? line.roles[0]
  // An event of a later version: its English sentence is the best there is.
  if (!KNOWN.includes(line.event)) return text
  const word = role && <b className={props.isFresh ? 'hl' : ''}>{grammar.roleWord(role)}</b>
  const by = line.by && named(line.by.name)
  const why = line.reason === undefined || line.reason === '' ? '' : texts.line.because(line.reason)
  return rich(`${sentenceOf(line)}${why}`, { who: named(line.subject.name), role: word, by })
}

/** Written in whichever direction, it leaves the sentence around it as it is. */
function named(name: string): ReactNode {
  return (
    <b>
      <bdi>{name}</bdi>
    </b>
  )
}

const KNOWN: readonly string[] = ['roles_changed', 'restrained', 'released']

function sentenceOf(line: ServerLine): string {
  const said = texts.line
  if (line.event === 'restrained') return said.restrained(line.by !== undefined)
  if (line.event === 'released') return said.released
  if (line.command === 'join-channel') return said.joined
  if (line.command === 'leave-channel') return said.left
  const role = line.roles[0]
  const hasBy = line.by !== undefined
  if (role === undefined) return said.noRole(hasBy)
  return line.command === 'demote' ? said.again(role, hasBy) : said.made(role, hasBy)
}
