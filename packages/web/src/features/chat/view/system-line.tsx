// A line the server wrote: who was given which role by whom. The new role carries the marker while it is news.

import type { ServerLine } from '@sayso/client'
import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import type { Row } from '../model/rows.ts'
import { articleOf, roleWord } from '../model/texts.ts'
import type { Body } from '../model/timeline.ts'
import { clockTime, exactTime, isoTime } from '../model/times.ts'

export function SystemLine(props: { readonly row: Extract<Row, { kind: 'line' }> }): ReactNode {
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
        <Sentence body={entry.body} isFresh={isFresh} />{' '}
        <time className="stamp" dateTime={isoTime(entry.atMs)} title={exactTime(entry.atMs)}>
          {clockTime(entry.atMs)}
        </time>
      </p>
    </div>
  )
}

function glyphOf(line: ServerLine): string | undefined {
  if (line.command === 'promote') return 'shield-check'
  return line.command === 'demote' ? 'shield-minus' : line.roles[0]?.glyph
}

function Sentence(props: {
  readonly body: Extract<Body, { kind: 'line' }>
  readonly isFresh: boolean
}): ReactNode {
  const { line, text } = props.body
  const role = line.roles[0]
  // An event of a later version: its English sentence is the best there is.
  if (line.event !== 'roles_changed') return text
  const subject = <b>{line.subject.name}</b>
  const by = line.by === undefined ? null : <b>{line.by.name}</b>
  const reason = line.reason === undefined || line.reason === '' ? null : `: “${line.reason}”`
  if (role === undefined) {
    return (
      <>
        {subject} has no role here any more{by === null ? null : <>, changed by {by}</>}
        {reason}
      </>
    )
  }
  const word = <b className={props.isFresh ? 'hl' : ''}>{roleWord(role)}</b>
  if (line.command === 'demote') {
    return (
      <>
        {subject} is {articleOf(role)} {word} again{by === null ? null : <>, changed by {by}</>}
        {reason}
      </>
    )
  }
  return (
    <>
      {subject} was made {word}
      {by === null ? null : <> by {by}</>}
      {reason}
    </>
  )
}
