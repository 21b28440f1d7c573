// How the menu of a message opens: right click, Enter, the key for menus, a long press. Text that is marked and links
// keep the browser's own menu.

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useMemo, useRef } from 'react'
import { shortcutOf } from '../../../../ui/keys.ts'
import type { MessageActs } from '../props.ts'

/** What has a key of its own on a message. */
const ACTS = ['answer', 'thread', 'react', 'edit', 'save', 'pin', 'copy-link', 'delete'] as const
const LONG_PRESS_MS = 450
/** A finger that has moved further than this scrolls. */
const STEADY_PX = 10

export function useMenuOpening(serial: string, acts: MessageActs) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined)
  return useMemo(() => {
    const letGo = () => {
      clearTimeout(press.current?.timer)
      press.current = undefined
    }
    return {
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.target !== event.currentTarget) return
        const isMenuKey = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
        if (event.key === 'ArrowRight') return toFirst(event)
        const act = ACTS.find((one) => one === shortcutOf(event))
        if (event.key !== 'Enter' && !isMenuKey && act === undefined) return
        event.preventDefault()
        event.stopPropagation()
        acts.openMenu(serial, { beside: event.currentTarget }, act)
      },
      onContextMenu: (event: MouseEvent<HTMLElement>) => {
        if (isForBrowser(event.target as Element)) return
        event.preventDefault()
        letGo()
        acts.openMenu(serial, { x: event.clientX, y: event.clientY })
      },
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.pointerType !== 'touch' || isForBrowser(event.target as Element)) return
        const { clientX: x, clientY: y } = event
        const timer = setTimeout(() => {
          letGo()
          acts.openMenu(serial, { x, y })
        }, LONG_PRESS_MS)
        press.current = { x, y, timer }
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const { x = 0, y = 0 } = press.current ?? {}
        if (Math.hypot(event.clientX - x, event.clientY - y) > STEADY_PX) letGo()
      },
      onPointerUp: letGo,
      onPointerCancel: letGo,
    }
  }, [serial, acts])
}

/** From the message to what one can press in it. */
function toFirst(event: KeyboardEvent<HTMLElement>): void {
  const first = event.currentTarget.querySelector<HTMLElement>(
    'button.by, button.at, .chips button, .tools button',
  )
  if (first === null) return
  event.preventDefault()
  event.stopPropagation()
  first.focus()
}

function isForBrowser(target: Element): boolean {
  if (target.closest('a, textarea, input, .editor') !== null) return true
  const marked = getSelection()
  return marked !== null && !marked.isCollapsed && marked.containsNode(target, true)
}
