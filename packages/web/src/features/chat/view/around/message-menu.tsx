// The menu of a message: by right click, by keyboard, by a long press. It stays as it was opened; a right that goes turns
// its item off in place.

import './icons.ts'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { FloatingMenu, type MenuPlace } from '../../../../ui/floating-menu.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { type Act, isThere, offersOf } from '../../model/message-menu.ts'
import { QUICK_REACTIONS, reactionsOf } from '../../model/reactions.ts'
import { texts as chatTexts } from '../../model/texts.ts'
import { texts } from '../../model/texts-around.ts'
import { type Entry, findBySerial } from '../../model/timeline.ts'
import { usePersonal } from '../../store/use-personal.ts'
import { copyText } from '../clipboard.ts'
import type { MessageActs } from '../props.ts'
import { useWhyOf, type WhyOf } from '../use-why-of.ts'
import type { ActsNeeds } from './acts-needs.ts'
import { HistoryDialog } from './history-dialog.tsx'
import { ReactionList } from './reaction-list.tsx'
import { ReportDialog } from './report-dialog.tsx'
import { useWishes } from './use-around-state.ts'
import { useListed } from './use-listed.ts'

type MenuProps = ActsNeeds & {
  readonly acts: MessageActs
  readonly menu: {
    readonly serial: string
    readonly at: MenuPlace
    readonly act?: string | undefined
  }
  readonly onClose: () => void
}

/** What a choice may open in place of the menu. */
const DIALOGS = {
  'who-reacted': ReactionList,
  history: HistoryDialog,
  report: ReportDialog,
} as const
type DialogAct = keyof typeof DIALOGS

export function MessageMenu(props: MenuProps): ReactNode {
  const { state } = props
  const { serial } = props.menu
  // What was opened stays, also if the message is let go of meanwhile.
  const last = useRef<Entry>(undefined)
  const entry = findBySerial(state.timeline, serial) ?? props.find?.(serial) ?? last.current
  last.current = entry
  const [opened, setOpened] = useState<DialogAct>()
  const isEmpty = entry === undefined
  const { onClose } = props
  useEffect(() => {
    if (isEmpty) onClose()
  }, [isEmpty, onClose])
  if (entry === undefined) return null
  if (opened !== undefined) {
    const Dialog = DIALOGS[opened]
    return <Dialog {...props} entry={entry} onClose={() => closed(props, entry)} />
  }
  return <OpenMenu {...props} entry={entry} onDialog={setOpened} />
}

type OpenMenuProps = MenuProps & {
  readonly entry: Entry
  readonly onDialog: (act: DialogAct) => void
}

function OpenMenu(props: OpenMenuProps): ReactNode {
  const { entry, me } = props
  const wishes = useWishes(props.session, entry.serial)
  const reactions = reactionsOf(entry.summary, me.id, wishes)
  const author = props.people.authorOf(entry.author)
  const whyOf = useWhyOf()
  const groups = offersOf({
    entry,
    isOwn: entry.author === me.id,
    authorName: author.name,
    hasReactions: reactions.length > 0,
    isThread: props.acts.isThread,
    isPinned: usePinned(props),
    isSaved: usePersonal('saved').has(savedKey(props.channelKey, entry.serial)),
    mayUnread: !props.acts.isThread && serialBefore(props) !== undefined,
    control: props.control,
  }).map((offers) => ({
    items: offers.map(({ act, lost, ...item }) => ({
      key: act,
      ...item,
      ...whyOf(item.label, lost),
      onSelect: () => run(act, props),
    })),
  }))
  const wanted = props.menu.act
  const found = groups.flatMap(({ items }) => items).find(({ key }) => isWanted(key, wanted))
  const isDone = useAtOnce(wanted === 'react' ? picker(props, entry) : found, () =>
    closed(props, entry),
  )
  if (isDone) return null
  const own = new Set(reactions.flatMap(({ name, isOwn }) => (isOwn ? [name] : [])))
  return (
    <FloatingMenu
      label={texts.actionsOf(author.name)}
      at={props.menu.at}
      groups={[...quick(props, entry, own, whyOf), ...groups]}
      onClose={() => queueMicrotask(() => closed(props, entry))}
    />
  )
}

type Item = { readonly isOff: boolean; readonly onSelect: () => void }

/** Does what was asked for by its key, if it may be done. Otherwise the menu opens and says why. */
function useAtOnce(item: Item | undefined, close: () => void): boolean {
  const does = useRef(item?.isOff === false ? { item, close } : undefined).current
  useEffect(() => {
    does?.item.onSelect()
    // What opens something in its place closes it itself.
    does?.close()
  }, [does])
  return does !== undefined
}

/** One key for a thing and its undoing. */
function isWanted(act: Act, wanted: string | undefined): boolean {
  return act === wanted || (act === 'unpin' && wanted === 'pin')
}

function picker(props: OpenMenuProps, { serial }: Entry): Item {
  const isOff = props.control('annotation-publish').kind !== 'on'
  return { isOff, onSelect: () => props.acts.openPicker(serial, props.menu.at) }
}

/** Whether the message is pinned, for those who may change that. */
function usePinned(props: OpenMenuProps): boolean {
  const { api, channelKey, entry, control } = props
  const mayPin = control('pin').kind === 'on'
  const { value } = useListed(
    async () => (mayPin ? (await api.pins(channelKey)).pins : []),
    `${entry.serial} ${mayPin}`,
  )
  return value?.some(({ message }) => message.serial === entry.serial) === true
}

function quick(
  props: MenuProps,
  entry: Entry,
  own: ReadonlySet<string>,
  whyOf: WhyOf,
): readonly MenuGroup[] {
  const control = props.control('annotation-publish')
  if (control.kind === 'absent' || !isThere(entry)) return []
  const items = QUICK_REACTIONS.map((name) => ({
    key: name,
    icon: name,
    label: own.has(name) ? texts.takeBack(name) : texts.reactWith(name),
    isChecked: own.has(name),
    isOff: control.kind === 'off',
    detail: control.kind === 'off' ? control.reason : undefined,
    onSelect: () => props.acts.react(entry.serial, name, !own.has(name)),
  }))
  const more = {
    key: 'more',
    icon: '+',
    label: texts.otherReaction,
    isOff: control.kind === 'off',
    // Once for all that stand beside each other.
    ...whyOf(texts.react, 'annotation-publish'),
    onSelect: () => props.acts.openPicker(entry.serial, props.menu.at),
  }
  return [{ title: texts.react, look: 'row', items: [...items, more] }]
}

function run(act: Act, props: OpenMenuProps): void {
  const { acts, entry, api, channelKey, notices } = props
  const { serial } = entry
  const told = (done: Promise<unknown>) =>
    void done.catch((cause: unknown) => notices.tell(chatTexts.notDone(cause)))
  const works: Readonly<Record<Act, () => void>> = {
    answer: () => acts.answer(entry.serial),
    thread: () => acts.openThread(serial),
    edit: () => props.onEdit(serial),
    'copy-text': () => void copyText(textOf(entry)),
    'copy-link': () => void copyText(new URL(acts.hrefOf(serial), location.href).href),
    'who-reacted': () => props.onDialog('who-reacted'),
    history: () => props.onDialog('history'),
    report: () => props.onDialog('report'),
    save: () => toggleSaved(props),
    unread: () => props.readMark?.setBack(serialBefore(props) ?? ''),
    pin: () => told(api.pin(channelKey, serial)),
    unpin: () => told(api.unpin(channelKey, serial)),
    delete: () => acts.remove(serial),
  }
  works[act]()
}

/** Below every serial there is. */
const FIRST = '0'

/** What stands before the message, if that is known. */
function serialBefore({ state, entry, readMark }: OpenMenuProps): string | undefined {
  const at = state.timeline.findIndex(({ serial }) => serial === entry.serial)
  if (readMark === undefined || at < 0) return undefined
  return state.timeline[at - 1]?.serial ?? (state.hasOlder ? undefined : FIRST)
}

function textOf({ body }: Entry): string {
  return body.kind === 'text' || body.kind === 'code' ? body.text : ''
}

function toggleSaved({ store, channelKey, entry }: OpenMenuProps): void {
  const { personal } = store
  const key = savedKey(channelKey, entry.serial)
  const isSaved = personal.get('saved', key) !== undefined
  personal.set('saved', key, isSaved ? undefined : { channel: channelKey, serial: entry.serial })
}

/** The key of a saved message: where it stands, and nothing of what it says. */
function savedKey(channelKey: string, serial: string): string {
  return `${channelKey}/${serial}`
}

/** Focus goes back to the message, unless what was chosen has taken it. */
function closed(props: MenuProps, entry: Entry): void {
  props.onClose()
  const { activeElement } = document
  if (activeElement !== null && activeElement !== document.body) return
  document.querySelector<HTMLElement>(`[data-row="${CSS.escape(entry.key)}"]`)?.focus()
}
