// One message: a bubble at the side of who said it, a private note marked as one, files, and how far it has come.

import { type ReactNode, useState } from 'react'
import { Ask } from '../../../ui/ask.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { memo } from '../../../ui/spoken.ts'
import { clockTime, exactTime, isoTime } from '../../../ui/times.ts'
import { type Marks, reachOf, type Said } from '../model/log.ts'
import type { Unsent } from '../model/outbox.ts'
import { texts } from '../model/texts.ts'
import type { ConversationSession } from '../store/conversation-session.ts'
import { FileList } from './file-list.tsx'
import { PlainText } from './plain-text.tsx'

type RowProps = {
  readonly entry: Said
  /** Of its author, as people read it. */
  readonly name: string
  readonly isDesk: boolean
  readonly isNext: boolean
  readonly visitorMarks: Marks | undefined
  readonly mayDelete: boolean
  readonly onDelete: (serial: string) => Promise<void>
}

export const SaidRow = memo(function SaidRow(props: RowProps): ReactNode {
  const { entry, name, isDesk, isNext } = props
  if (entry.kind === 'note') return <Note {...props} />
  const side = isDesk ? 'own' : 'msg'
  return (
    <article className={isNext ? `${side} cont` : side} aria-label={texts.saidBy(name)}>
      {isDesk || isNext ? null : <Avatar id={entry.author} name={name} />}
      {isNext ? null : (
        <div className="head">
          <b>
            <bdi>{name}</bdi>
          </b>
          <Stamp atMs={entry.atMs} />
        </div>
      )}
      <div className="bub" dir="auto">
        <Body entry={entry} />
      </div>
      <Under {...props} />
    </article>
  )
})

function Body({ entry }: { readonly entry: Said }): ReactNode {
  if (entry.isGone) return <span className="gone">{texts.gone}</span>
  return (
    <>
      {entry.text === '' ? null : <PlainText text={entry.text} />}
      {entry.files.length === 0 ? null : <FileList files={entry.files} />}
    </>
  )
}

/** How far one's side's words have come, and the way to take them back. */
function Under(props: RowProps): ReactNode {
  const { entry, isDesk, visitorMarks } = props
  if (entry.isGone) return null
  return (
    <>
      {isDesk ? (
        <div className="under xs">
          <Reach reach={reachOf(entry.serial, visitorMarks)} />
        </div>
      ) : null}
      {props.mayDelete ? <DeleteButton {...props} /> : null}
    </>
  )
}

const REACHED = { sent: 'check', delivered: 'check-check', read: 'check-check' } as const

function Reach(props: { readonly reach: 'sent' | 'delivered' | 'read' }): ReactNode {
  const { reach } = props
  return (
    <span className="reach" data-reach={reach}>
      <Icon name={REACHED[reach]} size="s" />
      {texts.reach[reach]}
    </span>
  )
}

function DeleteButton({ entry, name, onDelete }: RowProps): ReactNode {
  const [isAsking, setAsking] = useState(false)
  const say = useSay()
  return (
    <span className="tools">
      <IconButton
        icon="trash"
        label={texts.remove.open(name)}
        className="dangerous"
        onClick={() => setAsking(true)}
      />
      {isAsking ? (
        <Ask
          title={texts.remove.title}
          consequence={texts.remove.text}
          quoted={entry.text}
          confirm={texts.remove.confirm}
          onConfirm={() =>
            void onDelete(entry.serial).catch((cause: unknown) =>
              say({ tone: 'bad', title: texts.notDone, text: refusalOf(cause) }),
            )
          }
          onClose={() => setAsking(false)}
        />
      ) : null}
    </span>
  )
}

function Note(props: RowProps): ReactNode {
  const { entry } = props
  return (
    <article className="note" aria-label={texts.noteBy(entry.name)}>
      <div className="note-head xs">
        <Icon name="lock" size="s" />
        <b>{texts.note}</b>
        <span className="grow" />
        <span className="dim">
          <bdi>{entry.name}</bdi>, <Stamp atMs={entry.atMs} />
        </span>
        {props.mayDelete && !entry.isGone ? <DeleteButton {...props} /> : null}
      </div>
      <div dir="auto">
        <Body entry={entry} />
      </div>
    </article>
  )
}

export function Stamp({ atMs }: { readonly atMs: number }): ReactNode {
  return (
    <time className="stamp" dateTime={isoTime(atMs)} title={exactTime(atMs)}>
      {clockTime(atMs)}
    </time>
  )
}

/** What is on its way, or did not arrive. */
export function UnsentRow(props: {
  readonly item: Unsent
  readonly session: ConversationSession
}): ReactNode {
  const { item, session } = props
  const isFailed = item.state === 'failed'
  const className = item.kind === 'note' ? 'note unsent' : 'own unsent'
  return (
    <article className={className}>
      <div className={isFailed ? 'bub failed' : 'bub'} dir="auto">
        <PlainText text={item.text || item.files.map(({ name }) => name).join(', ')} />
      </div>
      {isFailed ? (
        <div className="failure sm" role="alert">
          <span>{item.why}</span>
          <span className="row">
            <Button size="small" onClick={() => session.retry(item.id)}>
              {texts.retry}
            </Button>
            <Button size="small" look="quiet" onClick={() => session.discard(item.id)}>
              {texts.discard}
            </Button>
          </span>
        </div>
      ) : (
        <span className="under xs pending">{texts.sending}</span>
      )}
    </article>
  )
}
