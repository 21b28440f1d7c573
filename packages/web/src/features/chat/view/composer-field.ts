// A text field that grows with what is written in it, up to what the style sheet allows, and takes text at its caret.

import { type RefObject, useLayoutEffect } from 'react'
import type { Edit, Written } from '../model/editing.ts'

/** Where the browser does it by itself (`field-sizing` in the style sheet), nothing has to be measured at every key. */
const isNative = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content')

export function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what changes the height
  useLayoutEffect(() => grow(field.current), [field, text])
}

export function grow(element: HTMLTextAreaElement | null): void {
  if (element === null || isNative) return
  element.style.height = 'auto'
  element.style.height = `${element.scrollHeight}px`
}

export function writtenIn(field: HTMLTextAreaElement): Written {
  return { text: field.value, start: field.selectionStart, end: field.selectionEnd }
}

/** Puts text in place of what is selected, as if it were typed: it can be undone, and the field says that it changed. */
export function insertAtCaret(field: HTMLTextAreaElement | null, text: string): void {
  if (field === null) return
  field.focus()
  // Marked as outdated and without a successor: nothing else keeps what the browser remembers for undoing.
  if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

export function applyEdit(field: HTMLTextAreaElement, edit: Edit): void {
  field.focus()
  field.setSelectionRange(edit.from, edit.to)
  if (edit.from !== edit.to || edit.insert !== '') insertAtCaret(field, edit.insert)
  field.setSelectionRange(...edit.select)
}
