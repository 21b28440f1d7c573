// Keys in the log: arrows go from message to message, Enter to what one can do with it, Escape back to writing.

import type { KeyboardEvent } from 'react'
import { shortcutOf } from '../../../ui/keys.ts'

export type LogMoves = {
  /** Brings the message so many further on into focus; `first` and `last` of all that is loaded. */
  readonly move: (from: string, to: number | 'first' | 'last') => void
  readonly toComposer: () => void
}

const STEPS: Readonly<Record<string, number | 'first' | 'last'>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  Home: 'first',
  End: 'last',
  previousByLetter: -1,
  nextByLetter: 1,
}

export function onLogKey(event: KeyboardEvent, moves: LogMoves): void {
  const target = event.target as HTMLElement
  if (target.closest('.editor, [popover], dialog') !== null) return
  const row = target.closest<HTMLElement>('[data-row]')
  if (event.key === 'Escape') {
    event.preventDefault()
    if (row !== null && target !== row) row.focus()
    else moves.toComposer()
    return
  }
  if (row === null || event.altKey || event.ctrlKey || event.metaKey) return
  const named = event.key.length > 1 ? event.key : (shortcutOf(event) ?? event.key)
  if (target === row && fromRow(named, row, moves)) event.preventDefault()
  const tool = target === row ? undefined : nextTool(event.key, target, row)
  if (tool === undefined) return
  event.preventDefault()
  tool.focus()
}

function fromRow(key: string, row: HTMLElement, moves: LogMoves): boolean {
  const tool = key === 'Enter' ? row.querySelector<HTMLElement>('button') : null
  tool?.focus()
  const step = STEPS[key]
  if (step !== undefined) moves.move(row.dataset.row ?? '', step)
  return tool !== null || step !== undefined
}

/** On a tool: arrows go along the tools. */
function nextTool(key: string, tool: HTMLElement, row: HTMLElement): HTMLElement | undefined {
  const tools = [...row.querySelectorAll<HTMLElement>('button')]
  const at = tools.indexOf(tool)
  if (key === 'ArrowRight') return tools[(at + 1) % tools.length]
  if (key === 'ArrowLeft') return tools.at(at - 1)
  return undefined
}

export function rowKey(target: EventTarget): string | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  return row?.dataset.row
}
