// A part that loses some of its controls while the focus is in it keeps the focus.

import { type RefObject, useLayoutEffect } from 'react'

/**
 * Whether the focus is within `frame` before it is drawn. If drawing takes away what has it, `rest` is focused instead;
 * it must not be hidden while this is true.
 */
export function useKeptFocus(
  frame: RefObject<HTMLElement | null>,
  rest: RefObject<HTMLElement | null>,
): boolean {
  const isHeld = frame.current?.contains(document.activeElement) === true
  useLayoutEffect(() => {
    if (isHeld && document.activeElement === document.body) rest.current?.focus()
  })
  return isHeld
}
