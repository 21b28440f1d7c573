// The focus inside the log: one tab stop for all messages, and never lost to the page when a row is drawn anew or goes.

import { type FocusEvent, useLayoutEffect, useRef } from 'react'
import type { Row } from '../model/rows.ts'
import { rowKey } from './log-keys.ts'
import type { LogWindow } from './log-window.ts'

export type LogFocus = {
  readonly onFocus: (event: FocusEvent) => void
  readonly onBlur: (event: FocusEvent) => void
  /** Focuses a drawn row. */
  readonly focus: (key: string) => boolean
}

export function useLogFocus(
  rows: readonly Row[],
  log: LogWindow,
  on: { readonly toRow: (key: string | undefined) => void; readonly toComposer: () => void },
): LogFocus {
  const held = useRef<string | undefined>(undefined)
  const focus = (key: string) => {
    const row = log.elementOf(key)?.querySelector<HTMLElement>('[data-row][tabindex]')
    row?.focus({ preventScroll: true })
    return row != null
  }
  // A row that was drawn anew or went away under the focus leaves it on the page's body: taken back at once.
  useLayoutEffect(() => {
    const key = held.current
    if (key === undefined || document.activeElement !== document.body) return
    if (focus(key)) return
    held.current = undefined
    const near = rows.findLast((row) => isReached(row) && log.elementOf(row.key) !== undefined)
    if (near === undefined || !focus(near.key)) on.toComposer()
  })
  return {
    focus,
    onFocus: (event) => {
      held.current = rowKey(event.target)
      on.toRow(held.current)
    },
    onBlur: (event) => {
      // A row on its way out of the page tells nothing; another window in front takes nothing away.
      if (document.hasFocus() && event.target.isConnected) held.current = undefined
    },
  }
}

/** Whether arrow keys come to a row. */
export function isReached(row: Row): boolean {
  return row.kind === 'message' || row.kind === 'unsent'
}
