// A message: others' plain with avatar and name, one's own in a bubble on the other side.

import type { ReactNode } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { piecesOf } from '../model/pieces.ts'
import { texts } from '../model/texts.ts'
import type { Entry } from '../model/timeline.ts'
import { clockTime, exactTime, isoTime } from '../model/times.ts'
import { Carried } from './carried.tsx'
import { EditBox } from './edit-box.tsx'
import { MessageTools } from './message-tools.tsx'
import type { MessageRowProps } from './props.ts'

export function MessageRow(props: MessageRowProps): ReactNode {
  const { row, editing } = props
  const { entry, isOwn } = row
  const isEditing = editing === entry.serial
  const tools = props.hasTools && !isEditing && entry.body.kind !== 'deleted'
  // Messages are reached by arrow keys, with one tab stop for all of them.
  return (
    <article className={classOf(row)} data-row={row.key} tabIndex={props.isStop ? 0 : -1}>
      {isOwn ? <OwnHead {...props} /> : <OtherHead {...props} />}
      {isEditing ? (
        <EditBox {...props} />
      ) : (
        <div className={isOwn ? 'bub' : 'body'}>
          <Content {...props} entry={entry} />
          <Carried extras={entry.extras} />
        </div>
      )}
      {tools ? <MessageTools {...props} /> : null}
    </article>
  )
}

function classOf(row: MessageRowProps['row']): string {
  return `${row.isOwn ? 'own' : 'msg'}${row.isHead ? '' : ' cont'}`
}

function Stamp(props: { readonly atMs: number }): ReactNode {
  return (
    <time className="stamp" dateTime={isoTime(props.atMs)} title={exactTime(props.atMs)}>
      {clockTime(props.atMs)}
    </time>
  )
}

function OwnHead(props: MessageRowProps): ReactNode {
  return (
    <>
      <span className="vh">You: </span>
      {props.row.isHead ? <Stamp atMs={props.row.entry.atMs} /> : null}
    </>
  )
}

function OtherHead(props: MessageRowProps): ReactNode {
  const author = props.people.authorOf(props.row.entry.author)
  if (!props.row.isHead) return <span className="vh">{author.name}: </span>
  return (
    <>
      <Avatar id={author.id} name={author.name} picture={author.picture} glyph={author.glyph} />
      <div className="head">
        <b className="cut">{author.name}</b>
        {author.role === undefined ? null : (
          <Tag title={author.role.title} glyph={author.role.glyph} tone={author.role.tone} byName />
        )}
        <Stamp atMs={props.row.entry.atMs} />
      </div>
    </>
  )
}

function Content(props: MessageRowProps & { readonly entry: Entry }): ReactNode {
  const { body, isEdited, changedBy } = props.entry
  switch (body.kind) {
    case 'deleted': {
      const name = changedBy === undefined ? undefined : props.people.authorOf(changedBy).name
      return (
        <span className="gone sm">
          <Icon name="trash" size="s" />
          {texts.deletedBy(changedBy === props.me.id ? texts.byYou : name)}
        </span>
      )
    }
    case 'code':
      return <code className="code">{body.text}</code>
    case 'line':
      return null
    case 'text':
      return (
        <p dir="auto" className="said">
          {piecesOf(body.text).map((piece, index) =>
            piece.href === undefined ? (
              piece.text
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other identity
              <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
                {piece.text}
              </a>
            ),
          )}
          {isEdited ? <span className="ed"> {texts.edited}</span> : null}
        </p>
      )
  }
}
