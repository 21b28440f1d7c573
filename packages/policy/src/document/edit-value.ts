// Edits of a document as a value: what the text must mean once it has been edited.

import { quote } from '../quote.ts'

/** Names of fields and positions in lists, from the top of the document. */
export type EditPath = readonly (string | number)[]

/** Puts a value at a place, or takes away what is there if the value is undefined. */
export type PolicyEdit = { readonly path: EditPath; readonly value: unknown }

/** The edit has no place in the document; nothing was changed. */
export class EditInvalid extends Error {
  readonly code = 'edit_invalid'
  readonly remedy = 'name a field of an object, or a position in a list up to its end'
  constructor(path: EditPath) {
    super(`${quote(pathText(path))} is no place in the document`)
  }
}

export function pathText(path: EditPath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join('')
}

/**
 * Applies an edit to a value and leaves the old one as it was. Objects on the way are made, lists are not.
 *
 * @throws {EditInvalid}
 */
export function applyEdit(value: unknown, edit: PolicyEdit): unknown {
  if (edit.path.length === 0) throw new EditInvalid(edit.path)
  return applyAt(value, edit, 0)
}

function applyAt(here: unknown, edit: PolicyEdit, depth: number): unknown {
  const step = edit.path[depth]
  if (step === undefined) return edit.value
  return typeof step === 'number'
    ? applyInList(here, step, edit, depth)
    : applyInObject(here ?? {}, step, edit, depth)
}

function isRemoval({ path, value }: PolicyEdit, depth: number): boolean {
  return value === undefined && depth === path.length - 1
}

function applyInList(here: unknown, step: number, edit: PolicyEdit, depth: number): unknown {
  const isGone = isRemoval(edit, depth)
  if (!Array.isArray(here) || !isPosition(step, here.length - (isGone ? 1 : 0))) {
    throw new EditInvalid(edit.path)
  }
  const changed = isGone ? [] : [applyAt(here[step], edit, depth + 1)]
  return [...here.slice(0, step), ...changed, ...here.slice(step + 1)]
}

function applyInObject(here: unknown, step: string, edit: PolicyEdit, depth: number): unknown {
  const fields = fieldsOf(here, edit.path)
  if (isRemoval(edit, depth)) return Object.fromEntries(fields.filter(([key]) => key !== step))
  const known = fields.find(([key]) => key === step)
  if (edit.value === undefined && !known) return here
  return withField(fields, step, applyAt(known?.[1], edit, depth + 1))
}

function isPosition(step: number, last: number): boolean {
  return Number.isInteger(step) && step >= 0 && step <= last
}

function fieldsOf(value: unknown, path: EditPath): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new EditInvalid(path)
  }
  return Object.entries(value)
}

function withField(fields: [string, unknown][], name: string, value: unknown): unknown {
  const isKnown = fields.some(([key]) => key === name)
  const kept = fields.map(([key, old]): [string, unknown] => [key, key === name ? value : old])
  return Object.fromEntries(isKnown ? kept : [...kept, [name, value]])
}
