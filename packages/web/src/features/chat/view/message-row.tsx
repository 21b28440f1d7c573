// A message: others' plain with avatar and name, one's own in a bubble on the other side.

import { type ReactNode, Suspense, use } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { lazy } from '../../../ui/late.ts'
import { Tag } from '../../../ui/tag.tsx'
import { MessageText } from '../markdown/message-text.tsx'
import { carriedIn } from '../model/carried.ts'
import { hasSums } from '../model/reactions.ts'
import { rootOf } from '../model/refs.ts'
import { texts } from '../model/texts.ts'
import type { Entry } from '../model/timeline.ts'
import type { Author } from '../store/use-conversation-people.ts'
import type { RowNews } from '../store/use-row-news.ts'
import {
  AuthorStatus,
  Going,
  MessageTools,
  PinMark,
  QuoteHead,
  ReactionChips,
  ThreadChip,
} from './around/row-parts.ts'
import { useMenuOpening } from './around/use-menu-opening.ts'
import { Carried } from './carried.tsx'
import type { MessageRowProps } from './props.ts'
import { Stamp } from './stamp.tsx'
import { WhoContext } from './who-context.ts'

const EditBox = lazy(() => import('./edit-box.tsx'))

/** Whether reactions stand under a message, or one has just been pressed. */
export function hasReactions({ summary }: Entry, news: RowNews | undefined): boolean {
  return hasSums(summary) || (news !== undefined && news.wishes.size > 0)
}

// A hundred rows are drawn at once and a dozen with each step of scrolling: what a row does not show has no component in it,
// and what it always shows none of its own.
export function MessageRow(props: MessageRowProps): ReactNode {
  const { row, editing, acts, news } = props
  const { entry, isOwn } = row
  const isEditing = editing === entry.serial
  const opening = useMenuOpening(entry.serial, acts)
  const removal = news?.removal
  const isThere = entry.body.kind !== 'deleted' && removal === undefined
  // Messages are reached by arrow keys, with one tab stop for all of them.
  return (
    <article
      className={classOf(row, props.hasTools)}
      data-row={row.key}
      tabIndex={props.isStop ? 0 : -1}
      {...(isEditing ? {} : opening)}
    >
      {isOwn ? ownHead(props) : otherHead(props)}
      {removal === undefined || entry.body.kind === 'deleted' ? (
        said(props, isEditing)
      ) : (
        <Suspense>
          <Going
            removal={removal}
            onUndo={() => acts.removals.undo(removal.channelKey, removal.serial)}
          />
        </Suspense>
      )}
      {isThere && news?.isPinned === true ? (
        <Suspense>
          <PinMark />
        </Suspense>
      ) : null}
      {isThere && hasReactions(entry, news) ? (
        <Suspense>
          <ReactionChips {...props} />
        </Suspense>
      ) : null}
      {news?.hasThread !== true || acts.isThread || rootOf(entry) !== undefined ? null : (
        <Suspense>
          <ThreadChip {...props} />
        </Suspense>
      )}
      {props.hasTools && !isEditing && isThere ? (
        <Suspense>
          <MessageTools {...props} />
        </Suspense>
      ) : null}
    </article>
  )
}

function said(props: MessageRowProps, isEditing: boolean): ReactNode {
  if (isEditing) {
    return (
      <Suspense fallback={<div className="editor" aria-busy="true" />}>
        <EditBox {...props} />
      </Suspense>
    )
  }
  const { extras } = props.row.entry
  return (
    <div className={props.row.isOwn ? 'bub' : 'body'}>
      {extras?.ref === undefined ? null : (
        <Suspense>
          <QuoteHead {...props} />
        </Suspense>
      )}
      {content(props)}
      {extras === undefined ? null : (
        <Carried extras={extras} onDropPreview={previewDropper(props)} />
      )}
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

function ownHead({ row, hasTools }: MessageRowProps): ReactNode {
  return (
    <>
      <span className="vh">{texts.you}: </span>
      {stamp(row, hasTools)}
    </>
  )
}

function otherHead(props: MessageRowProps): ReactNode {
  const { row, hasTools } = props
  const author = props.people.authorOf(row.entry.author)
  if (!row.isHead)
    return (
      <>
        <span className="vh">{author.name}: </span>
        {stamp(row, hasTools)}
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
            <AuthorStatus author={author.id} />
          </Suspense>
        )}
        {stamp(row, hasTools)}
      </div>
    </>
  )
}

/** The first of a group always says when; the others while one is at them. */
function stamp({ entry, isHead }: MessageRowProps['row'], isAt: boolean): ReactNode {
  return isHead || isAt ? <Stamp atMs={entry.atMs} aside={!isHead} isAt={isAt} /> : null
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

function content(props: MessageRowProps): ReactNode {
  const { body, isEdited, changedBy, extras } = props.row.entry
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
          extras={extras}
          people={props.people}
          me={props.me}
          end={isEdited ? <span className="ed"> {texts.edited}</span> : null}
        />
      )
  }
}
