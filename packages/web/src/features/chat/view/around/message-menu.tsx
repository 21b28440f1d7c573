// The menu of a message: by right click, by keyboard, by a long press. It stays as it was opened; a right that goes turns
// its item off in place.

import './icons.ts'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { FloatingMenu, type MenuPlace } from '../../../../ui/floating-menu.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { type Act, isThere, offersOf } from '../../model/message-menu.ts'
import { QUICK_REACTIONS, reactionsOf } from '../../model/reactions.ts'
import { texts } from '../../model/texts-around.ts'
import { type Entry, findBySerial } from '../../model/timeline.ts'
import { copyText } from '../clipboard.ts'
import type { MessageActs } from '../props.ts'
import { ReactionList } from './reaction-list.tsx'
import type { ActsNeeds } from './use-acts.tsx'
import { useWishes } from './use-around-state.ts'

type MenuProps = ActsNeeds & {
  readonly acts: MessageActs
  readonly menu: { readonly serial: string; readonly at: MenuPlace }
  readonly onClose: () => void
}

export function MessageMenu(props: MenuProps): ReactNode {
  const { state } = props
  const { serial, at } = props.menu
  // What was opened stays, also if the message is let go of meanwhile.
  const last = useRef<Entry>(undefined)
  const entry = findBySerial(state.timeline, serial) ?? last.current
  last.current = entry
  const [isListing, setListing] = useState(false)
  const wishes = useWishes(props.session, serial)
  const isEmpty = entry === undefined
  const { onClose } = props
  useEffect(() => {
    if (isEmpty) onClose()
  }, [isEmpty, onClose])
  if (entry === undefined) return null
  if (isListing) {
    return <ReactionList {...props} entry={entry} onClose={() => closed(props, entry)} />
  }
  const author = props.people.authorOf(entry.author)
  const reactions = reactionsOf(entry.summary, props.me.id, wishes)
  const groups = offersOf({
    entry,
    isOwn: entry.author === props.me.id,
    authorName: author.name,
    hasReactions: reactions.length > 0,
    control: props.control,
  }).map((offers) => ({
    items: offers.map(({ act, ...item }) => ({
      key: act,
      ...item,
      onSelect: () => (act === 'who-reacted' ? setListing(true) : run(act, entry, props)),
    })),
  }))
  const own = new Set(reactions.flatMap(({ name, isOwn }) => (isOwn ? [name] : [])))
  return (
    <FloatingMenu
      key={serial}
      label={texts.actionsOf(author.name)}
      at={at}
      groups={[...quick(props, entry, own), ...groups]}
      onClose={() => {
        // A choice may open something of its own first.
        if (!isListing) queueMicrotask(() => closed(props, entry))
      }}
    />
  )
}

function quick(props: MenuProps, entry: Entry, own: ReadonlySet<string>): readonly MenuGroup[] {
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
    icon: '＋',
    label: texts.otherReaction,
    isOff: control.kind === 'off',
    onSelect: () => props.acts.openPicker(entry.serial, props.menu.at),
  }
  return [{ title: texts.react, look: 'row', items: [...items, more] }]
}

function run(act: Act, entry: Entry, props: MenuProps): void {
  const { acts } = props
  const { serial, body } = entry
  switch (act) {
    case 'answer':
      return acts.answer(entry)
    case 'edit':
      return props.onEdit(serial)
    case 'copy-text':
      return void copyText(body.kind === 'text' || body.kind === 'code' ? body.text : '')
    case 'copy-link':
      return void copyText(new URL(acts.hrefOf(serial), location.href).href)
    case 'delete':
      return acts.remove(serial)
    default:
      return undefined
  }
}

/** Focus goes back to the message, unless what was chosen has taken it. */
function closed(props: MenuProps, entry: Entry): void {
  props.onClose()
  const { activeElement } = document
  if (activeElement !== null && activeElement !== document.body) return
  document.querySelector<HTMLElement>(`[data-row="${CSS.escape(entry.key)}"]`)?.focus()
}
