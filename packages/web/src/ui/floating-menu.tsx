// A menu that opens where one pointed, or beside what one is at, without a button of its own.

import { type ReactNode, useEffect, useRef } from 'react'
import { focusFirst, MenuContent, type MenuContentProps } from './menu.tsx'
import { float } from './place.ts'

/** A point of the window, or an element to stand beside. */
export type MenuPlace =
  | { readonly x: number; readonly y: number }
  | { readonly beside: HTMLElement }

/**
 * Opens when it is drawn. `onClose` is called once, after Escape, a click elsewhere or a choice; focus is then the
 * caller's to give back.
 */
export function FloatingMenu(
  props: MenuContentProps & {
    readonly at: MenuPlace
    readonly onClose: () => void
  },
): ReactNode {
  const popup = useRef<HTMLDivElement>(null)
  const { at } = props
  useEffect(() => {
    const element = popup.current
    if (element === null) return
    const settle = () => put(element, at)
    element.showPopover()
    settle()
    focusFirst(element)
    window.addEventListener('resize', settle)
    return () => window.removeEventListener('resize', settle)
  }, [at])
  return (
    <div
      ref={popup}
      popover="auto"
      className="popup menu"
      onToggle={(event) => {
        if (event.newState === 'closed') props.onClose()
      }}
    >
      <MenuContent {...props} popup={popup} close={() => popup.current?.hidePopover()} />
    </div>
  )
}

const GAP = 2

function put(element: HTMLElement, at: MenuPlace): void {
  if ('beside' in at) return float(at.beside, element, 'below')
  // The menu's left edge stands at the point, as menus of the platform do.
  const { width } = element.getBoundingClientRect()
  const anchor = new DOMRect(at.x, at.y, width, 0)
  float({ getBoundingClientRect: () => anchor }, element, 'below', GAP)
}
