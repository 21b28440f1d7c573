// What one can do with a message, in the order of the menu: dangerous things last. Rights decide; what was lost a moment
// ago stays in its place, off and with the reason. Pure.

import type { Control } from './controls.ts'
import { rootOf } from './refs.ts'
import { texts } from './texts-around.ts'
import { whoTexts } from './texts-who.ts'
import type { Entry } from './timeline.ts'

export type Act =
  | 'answer'
  | 'thread'
  | 'edit'
  | 'copy-text'
  | 'copy-link'
  | 'who-reacted'
  | 'save'
  | 'unread'
  | 'pin'
  | 'unpin'
  | 'history'
  | 'report'
  | 'delete'

export type Offer = {
  readonly act: Act
  readonly label: string
  readonly icon: string
  readonly detail?: string | undefined
  readonly isOff: boolean
  /** The action one may not do any more, for which it is off. */
  readonly lost?: string
  readonly isDanger?: true
}

export type MenuSubject = {
  readonly entry: Entry
  readonly isOwn: boolean
  readonly authorName: string
  readonly hasReactions: boolean
  /** In the pane of a thread. */
  readonly isThread: boolean
  readonly isPinned: boolean
  readonly isSaved: boolean
  /** The mark of what one has read can be set back to before it. */
  readonly mayUnread?: boolean
  readonly control: (action: string) => Control
}

const ON: Control = { kind: 'on' }

/** Groups of what is offered; empty ones are left out. */
export function offersOf(subject: MenuSubject): readonly (readonly Offer[])[] {
  const groups = [answers(subject), copies(subject), more(subject), removals(subject)]
  return groups
    .map((group) => group.filter((offer) => offer !== undefined))
    .filter((group) => group.length > 0)
}

/** One's own by either right; others' only by the one for any message. */
function removalAction({ isOwn, control }: MenuSubject): string {
  const [own, any] = ['message-delete-own', 'message-delete-any'] as const
  const isByOwn = isOwn && (control(own).kind === 'on' || control(any).kind === 'absent')
  return isByOwn ? own : any
}

/** True for a message that is there to be answered, copied, deleted. */
export function isThere({ body }: Entry): boolean {
  return body.kind === 'text' || body.kind === 'code'
}

function answers(subject: MenuSubject): (Offer | undefined)[] {
  return [
    subject.isThread
      ? undefined
      : offer(subject, 'publish', {
          act: 'answer',
          label: texts.reply,
          icon: 'reply',
          detail: texts.replyDetail,
        }),
    subject.isThread || rootOf(subject.entry) !== undefined
      ? undefined
      : offer(subject, 'publish', {
          act: 'thread',
          label: texts.openThread,
          icon: 'message-square-text',
          detail: texts.openThreadDetail,
        }),
    subject.isOwn && subject.entry.body.kind !== 'code'
      ? offer(subject, 'message-update-own', {
          act: 'edit',
          label: texts.edit,
          icon: 'pencil',
        })
      : undefined,
  ]
}

function copies(subject: MenuSubject): (Offer | undefined)[] {
  return [
    offer(subject, undefined, { act: 'copy-text', label: texts.copyText, icon: 'copy' }),
    offer(subject, undefined, { act: 'copy-link', label: texts.copyLink, icon: 'link' }),
    subject.hasReactions
      ? offer(subject, undefined, { act: 'who-reacted', label: texts.whoReacted, icon: 'smile' })
      : undefined,
    offer(subject, undefined, {
      act: 'save',
      label: subject.isSaved ? texts.unsave : texts.save,
      icon: subject.isSaved ? 'bookmark-x' : 'bookmark',
      detail: subject.isSaved ? undefined : texts.saveDetail,
    }),
    subject.mayUnread === true
      ? offer(subject, undefined, {
          act: 'unread',
          label: whoTexts.markUnread,
          icon: 'circle-dot',
          detail: whoTexts.markUnreadDetail,
        })
      : undefined,
  ]
}

function more(subject: MenuSubject): (Offer | undefined)[] {
  const { isOwn, isPinned, entry } = subject
  const history = isOwn ? undefined : 'message-history'
  return [
    offer(subject, 'pin', {
      act: isPinned ? 'unpin' : 'pin',
      label: isPinned ? texts.unpin : texts.pin,
      icon: isPinned ? 'pin-off' : 'pin',
      detail: isPinned ? undefined : texts.pinDetail,
    }),
    entry.isEdited
      ? offer(subject, history, { act: 'history', label: texts.history, icon: 'history' })
      : undefined,
    isOwn
      ? undefined
      : offer(subject, 'report', {
          act: 'report',
          label: texts.report,
          icon: 'flag',
          detail: texts.reportDetail,
        }),
  ]
}

function removals(subject: MenuSubject): (Offer | undefined)[] {
  const { isOwn, authorName } = subject
  return [
    offer(subject, removalAction(subject), {
      act: 'delete',
      label: texts.remove,
      icon: 'trash',
      detail: isOwn ? texts.removeDetail : texts.removeOther(authorName),
      isDanger: true,
    }),
  ]
}

/** @param action what it takes; absent: nothing */
function offer(
  { entry, control: controlOf }: MenuSubject,
  action: string | undefined,
  what: Omit<Offer, 'isOff' | 'lost'>,
): Offer | undefined {
  const control = action === undefined ? ON : controlOf(action)
  if (control.kind === 'absent') return undefined
  if (!isThere(entry) && what.act !== 'copy-link')
    return { ...what, isOff: true, detail: texts.goneMeanwhile }
  if (control.kind === 'on') return { ...what, isOff: false }
  const lost = action === undefined ? {} : { lost: action }
  return { ...what, isOff: true, detail: control.reason, ...lost }
}
