// One line of the conversation.

import { Component } from 'preact'
import type { Row } from '../model/groups.ts'
import type { Line } from '../model/timeline.ts'
import { Avatar } from './avatar.tsx'
import { FileLink } from './file-link.tsx'
import { Icon } from './icons.tsx'
import { Linked } from './linked.tsx'
import { type Say, usePanel, useSay } from './use.ts'
import { clockText, dayText } from './when.ts'

type RowProps = {
  readonly row: Row
  readonly isOwn: boolean
  readonly mark: 'sent' | 'delivered' | 'read' | undefined
  readonly tag: string
}

/** Drawn again only where something of it is different. */
export class LogRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { row, mark, tag } = this.props
    return (
      row.line !== next.row.line ||
      row.isFirst !== next.row.isFirst ||
      row.isLast !== next.row.isLast ||
      mark !== next.mark ||
      tag !== next.tag
    )
  }

  override render() {
    return <DrawnRow {...this.props} />
  }
}

function DrawnRow({ row, isOwn, mark, tag }: RowProps) {
  const say = useSay()
  const { line, isFirst, isLast, isNewDay } = row
  const words = { today: say('today'), yesterday: say('yesterday') }
  return (
    <>
      {isNewDay && <p class="day">{dayText(line.atMs, tag, words)}</p>}
      {line.kind === 'event' ? (
        <EventLine line={line} tag={tag} />
      ) : (
        <article class={isOwn ? 'own' : 'their'} data-first={isFirst}>
          {!isOwn && (isFirst ? <Avatar name={line.name} isSmall /> : <span />)}
          <div class="said">
            <span class="unseen">{isOwn ? say('you') : line.name}: </span>
            <Bubble line={line} />
            {(isLast || line.sending !== undefined) && <Stamp line={line} mark={mark} tag={tag} />}
          </div>
        </article>
      )}
    </>
  )
}

function Bubble({ line }: { readonly line: Line }) {
  const say = useSay()
  if (line.isDeleted) return <p class="bubble gone">{say('deleted')}</p>
  return (
    <>
      {line.files.map((file) => (
        <FileLink key={file.id} file={file} isThere={line.serial !== undefined} />
      ))}
      {line.text !== '' && (
        <p class="bubble" dir="auto">
          <Linked text={line.text} />
        </p>
      )}
    </>
  )
}

function Stamp({ line, mark, tag }: Pick<RowProps, 'mark' | 'tag'> & { readonly line: Line }) {
  const { panel } = usePanel()
  const say = useSay()
  if (line.sending === 'failed') {
    return (
      <p class="stamp failed" role="alert">
        <Icon name="warn" />
        <span class="grow">{say('notSent', { reason: line.reason ?? '' })}</span>
        <button type="button" onClick={() => panel.retry(line.id)}>
          {say('retry')}
        </button>
        <button type="button" onClick={() => panel.discard(line.id)}>
          {say('discard')}
        </button>
      </p>
    )
  }
  const parts = [
    line.sending === 'waiting' ? say('sending') : clockText(line.atMs, tag),
    ...(mark === undefined ? [] : [say(mark)]),
  ]
  return <p class="stamp">{parts.join(', ')}</p>
}

function EventLine({ line, tag }: { readonly line: Line; readonly tag: string }) {
  const say = useSay()
  const text = eventText(line, say)
  if (text === undefined) return null
  return (
    <p class="event">
      {text} <span class="stamp">{clockText(line.atMs, tag)}</span>
    </p>
  )
}

function eventText({ event }: Line, say: Say): string | undefined {
  const by = event?.by?.name ?? ''
  const to = event?.to?.name ?? ''
  switch (event?.kind) {
    case 'claimed':
    case 'joined':
    case 'left':
      return by === '' ? undefined : say(event.kind, { by })
    case 'transferred':
      return to === '' ? undefined : say('transferred', { to })
    case 'closed':
      return by === '' ? say('closedPlain') : say('closed', { by })
    default:
      return undefined
  }
}
