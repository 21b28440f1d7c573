// What opens where one pointed, or beside what one is at, without a button of its own: a menu, or anything else.

import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { focusFirst, MenuContent, type MenuContentProps } from './menu.tsx'
import { float } from './place.ts'

/** A point of the window, or an element to stand beside. */
export type MenuPlace =
  | { readonly x: number; readonly y: number }
  | { readonly beside: HTMLElement }

type FloatingProps = {
  readonly at: MenuPlace
  readonly className: string
  /** Of what is a dialog; a menu brings its own role. */
  readonly dialogLabel?: string
  readonly onClose: () => void
  readonly children: (popup: RefObject<HTMLDivElement | null>, close: () => void) => ReactNode
}

/**
 * Opens when it is drawn. `onClose` is called once, after Escape, a click elsewhere or `close`; focus is then the
 * caller's to give back.
 */
export function Floating(props: FloatingProps): ReactNode {
  const popup = useRef<HTMLDivElement>(null)
  const { at, dialogLabel } = props
  // Before the effects of what is inside: it may want the focus.
  useLayoutEffect(() => {
    const element = popup.current
    if (element === null) return
    const settle = () => put(element, at)
    element.showPopover()
    settle()
    // What is drawn later has its size only then.
    const observer = new ResizeObserver(settle)
    observer.observe(element)
    window.addEventListener('resize', settle)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', settle)
    }
  }, [at])
  return (
    <div
      ref={popup}
      popover="auto"
      className={props.className}
      {...(dialogLabel === undefined
        ? {}
        : { role: 'dialog', tabIndex: -1, 'aria-label': dialogLabel })}
      onToggle={(event) => {
        if (event.newState === 'closed') props.onClose()
      }}
    >
      {props.children(popup, () => popup.current?.hidePopover())}
    </div>
  )
}

/** A menu at a place; its first item has the focus. */
export function FloatingMenu(
  props: MenuContentProps & {
    readonly at: MenuPlace
    readonly onClose: () => void
  },
): ReactNode {
  return (
    <Floating at={props.at} className="popup menu" onClose={props.onClose}>
      {(popup, close) => (
        <>
          <MenuContent {...props} popup={popup} close={close} />
          <FocusFirst popup={popup} />
        </>
      )}
    </Floating>
  )
}

/** Behind the opening: effects of what is inside come before those of what is around it. */
function FocusFirst(props: { readonly popup: RefObject<HTMLDivElement | null> }): ReactNode {
  const { popup } = props
  useEffect(() => {
    const frame = requestAnimationFrame(() => focusFirst(popup.current))
    return () => cancelAnimationFrame(frame)
  }, [popup])
  return null
}

const GAP = 2

function put(element: HTMLElement, at: MenuPlace): void {
  if ('beside' in at) return float(at.beside, element, 'below')
  // Its left edge stands at the point, as menus of the platform do.
  const { width } = element.getBoundingClientRect()
  const anchor = new DOMRect(at.x, at.y, width, 0)
  float({ getBoundingClientRect: () => anchor }, element, 'below', GAP)
}
