// The keys of the whole page, from the table. Loaded after the first screen, and with it what every other handler asks.

import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { choices } from '../../../ui/choices.ts'
import { type KeyLike, readKeysWith } from '../../../ui/keys.ts'
import { lazy } from '../../../ui/late.ts'
import { useNavigate } from '../../../ui/navigation.tsx'
import { areKeysFree, isInField } from '../../../ui/page-keys.ts'
import { type ChannelItem, channelHref } from '../model/channels.ts'
import { paneHref } from '../view/bottom-bar.tsx'
import type { ChatProps } from '../view/props.ts'
import { keepFocus } from './refuge.ts'
import { type ShortcutGroup, type ShortcutId, shortcutFor } from './shortcuts.ts'

const ShortcutsDialog = lazy(() =>
  import('./shortcut-list.tsx').then((own) => ({ default: own.ShortcutsDialog })),
)

readKeysWith((event) => {
  const target = 'target' in event ? (event.target as Element | null) : null
  return shortcutFor(event, groupsAt(target), choices())?.id
})

/** Where a key is pressed decides what it may mean. */
function groupsAt(target: Element | null): readonly ShortcutGroup[] {
  if (target?.closest('.composer, .editor') != null) return ['writing']
  const isOnMessage = target?.matches('article[data-row]') === true
  return isOnMessage ? ['onMessage', 'messages'] : ['messages']
}

type PageKeysProps = ChatProps & {
  /** As they stand in the list, known once the rights are. */
  readonly items: readonly ChannelItem[]
}

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function PageKeys(props: PageKeysProps): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const navigate = useNavigate()
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    const does: { readonly [id in ShortcutId]?: () => boolean } = {
      shortcuts: () => done(setOpen(true)),
      search: () => done(navigate(paneHref(latest.current.channelKey, 'search'))),
      mentions: () => done(navigate(paneHref(latest.current.channelKey, 'mentions'))),
      settings: () => done(navigate(`${location.pathname}?settings=all`)),
      write: () => focused(document.querySelector<HTMLElement>('#composer')),
      previousChannel: () => toChannel(-1, false),
      nextChannel: () => toChannel(1, false),
      previousUnread: () => toChannel(-1, true),
      nextUnread: () => toChannel(1, true),
      previousByLetter: toMessages,
      nextByLetter: toMessages,
    }
    const toChannel = (step: 1 | -1, isUnread: boolean): boolean => {
      const { items, channelKey } = latest.current
      const next = neighbour(items, channelKey, step, isUnread)
      return next !== undefined && done(navigate(channelHref(next.key)))
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const found = shortcutFor(event as KeyLike, ['anywhere', 'messages'], choices())
      // Asked last: the page is gone through for it, and most keys are letters.
      if (found === undefined || !areKeysFree()) return
      if (found.isSingle === true && isInField(event.target)) return
      if (does[found.id]?.() === true) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [navigate])
  useEffect(() => keepFocus(document), [])
  if (!isOpen) return null
  return (
    <Suspense>
      <ShortcutsDialog
        settingsHref={`${location.pathname}?settings=keyboard`}
        onClose={() => setOpen(false)}
      />
    </Suspense>
  )
}

function done(_work: unknown): true {
  return true
}

function focused(element: HTMLElement | null): boolean {
  element?.focus()
  return element !== null
}

/** From anywhere to the message one was at, or the last. */
function toMessages(): boolean {
  return focused(document.querySelector<HTMLElement>('.log [data-row][tabindex="0"]'))
}

/** The next channel in the order of the list, round at its ends; absent: there is no other. */
export function neighbour<T extends Pick<ChannelItem, 'key' | 'isLocked' | 'unread'>>(
  items: readonly T[],
  current: string | undefined,
  step: 1 | -1,
  isUnread: boolean,
): T | undefined {
  const open = items.filter((item) => !item.isLocked)
  const at = open.findIndex((item) => item.key === current)
  const from = at === -1 && step === -1 ? 0 : at
  return open
    .map((_, index) => open[(from + step * (index + 1) + open.length * 2) % open.length])
    .find((item) => item !== undefined && item.key !== current && (!isUnread || item.unread > 0))
}
