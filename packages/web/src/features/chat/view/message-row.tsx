// A message: others' plain with avatar and name, one's own in a bubble on the other side.

import { type ReactNode, Suspense, use } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { lazy } from '../../../ui/late.ts'
import { Tag } from '../../../ui/tag.tsx'
import { MessageText } from '../markdown/message-text.tsx'
import { carriedIn } from '../model/carried.ts'
import { rootOf } from '../model/refs.ts'
import { texts } from '../model/texts.ts'
import type { Entry } from '../model/timeline.ts'
import type { Author } from '../store/use-conversation-people.ts'
import {
  AuthorStatus,
  Going,
  MessageTools,
  PinMark,
  QuoteHead,
  ReactionChips,
  ThreadChip,
} from './around/row-parts.ts'
import { useRemoval } from './around/use-around-state.ts'
import { useMenuOpening } from './around/use-menu-opening.ts'
import { Carried } from './carried.tsx'
import type { MessageRowProps } from './props.ts'
import { Stamp } from './stamp.tsx'
import { WhoContext } from './who-context.ts'

const EditBox = lazy(() => import('./edit-box.tsx'))

export function MessageRow(props: MessageRowProps): ReactNode {
  const { row, editing, acts } = props
  const { entry, isOwn } = row
  const isEditing = editing === entry.serial
  const opening = useMenuOpening(entry.serial, acts)
  const removal = useRemoval(acts.removals, acts.channelKey, entry.serial)
  const isThere = entry.body.kind !== 'deleted' && removal === undefined
  const tools = props.hasTools && !isEditing && isThere
  // Messages are reached by arrow keys, with one tab stop for all of them.
  return (
    <article
      className={classOf(row, props.hasTools)}
      data-row={row.key}
      tabIndex={props.isStop ? 0 : -1}
      {...(isEditing ? {} : opening)}
    >
      {isOwn ? <OwnHead {...props} /> : <OtherHead {...props} />}
      {removal === undefined || entry.body.kind === 'deleted' ? (
        <Said {...props} isEditing={isEditing} />
      ) : (
        <Suspense>
          <Going
            removal={removal}
            onUndo={() => acts.removals.undo(removal.channelKey, removal.serial)}
          />
        </Suspense>
      )}
      {isThere ? (
        <Suspense>
          <PinMark {...props} />
        </Suspense>
      ) : null}
      {isThere && entry.summary !== undefined ? (
        <Suspense>
          <ReactionChips {...props} />
        </Suspense>
      ) : null}
      {acts.isThread || rootOf(entry) !== undefined ? null : (
        <Suspense>
          <ThreadChip {...props} />
        </Suspense>
      )}
      {tools ? (
        <Suspense>
          <MessageTools {...props} />
        </Suspense>
      ) : null}
    </article>
  )
}

function Said(props: MessageRowProps & { readonly isEditing: boolean }): ReactNode {
  if (props.isEditing) {
    return (
      <Suspense fallback={<div className="editor" aria-busy="true" />}>
        <EditBox {...props} />
      </Suspense>
    )
  }
  return (
    <div className={props.row.isOwn ? 'bub' : 'body'}>
      {props.row.entry.extras?.ref === undefined ? null : (
        <Suspense>
          <QuoteHead {...props} />
        </Suspense>
      )}
      <Content {...props} entry={props.row.entry} />
      <Carried extras={props.row.entry.extras} onDropPreview={previewDropper(props)} />
    </div>
  )
}

/** Takes the preview of a link off one's own message, while one may change it. */
function previewDropper(props: MessageRowProps): ((id: string) => void) | undefined {
  const { entry, isOwn } = props.row
  if (!isOwn || entry.extras?.previews === undefined) return undefined
  if (props.control('message-update-own').kind !== 'on') return undefined
  const { body, extras } = entry
  if (body.kind !== 'text') return undefined
  return (id) => {
    const left = carriedIn(extras)?.previews.filter((one) => one.id !== id) ?? []
    props.session
      ?.edit(entry.serial, body.text, { previews: left })
      .catch((cause: unknown) => props.notices.tell(texts.notDone(cause)))
  }
}

function classOf(row: MessageRowProps['row'], isAt: boolean): string {
  return `${row.isOwn ? 'own' : 'msg'}${row.isHead ? '' : ' cont'}${isAt ? ' at' : ''}`
}

function OwnHead(props: MessageRowProps): ReactNode {
  return (
    <>
      <span className="vh">{texts.you}: </span>
      <Stamp atMs={props.row.entry.atMs} aside={!props.row.isHead} isAt={props.hasTools} />
    </>
  )
}

function OtherHead(props: MessageRowProps): ReactNode {
  const author = props.people.authorOf(props.row.entry.author)
  const { atMs } = props.row.entry
  if (!props.row.isHead)
    return (
      <>
        <span className="vh">{author.name}: </span>
        <Stamp atMs={atMs} aside isAt={props.hasTools} />
      </>
    )
  return (
    <>
      <Avatar id={author.id} name={author.name} picture={author.picture} glyph={author.glyph} />
      <div className="head">
        <AuthorName author={author} />
        {author.role === undefined ? null : (
          <Tag title={author.role.title} glyph={author.role.glyph} tone={author.role.tone} byName />
        )}
        {author.id === '' ? null : (
          <Suspense>
            <AuthorStatus session={props.session} author={author.id} />
          </Suspense>
        )}
        <Stamp atMs={atMs} isAt={props.hasTools} />
      </div>
    </>
  )
}

/** Opens their card; not in the order of tabs, as the arrow keys lead to it. */
function AuthorName(props: { readonly author: Author }): ReactNode {
  const { id, name } = props.author
  const openCard = use(WhoContext)
  if (openCard === undefined || id === '') return <b className="cut">{name}</b>
  return (
    <button
      type="button"
      className="by cut"
      tabIndex={-1}
      aria-haspopup="dialog"
      onClick={(event) => openCard(id, event.currentTarget)}
    >
      {name}
    </button>
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
        <MessageText
          text={body.text}
          extras={props.entry.extras}
          people={props.people}
          me={props.me}
          end={isEdited ? <span className="ed"> {texts.edited}</span> : null}
        />
      )
  }
}
