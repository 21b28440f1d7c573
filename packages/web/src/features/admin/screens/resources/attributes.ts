// Attributes of a resource as a form: those the type declares each in a field, what else there is as JSON. Pure.

import type { AnswerOf } from '@sayso/client/manage'

export type Resource = AnswerOf<'readResource'>
export type Declared = Readonly<Record<string, string>>

/** What is to be done with which. */
export type ResourceAct =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit' | 'remove'; readonly resource: Resource }

/** What it is called. */
export function nameOf({ resource, attributes }: Resource): string {
  return typeof attributes.title === 'string' ? attributes.title : resource
}

/** Those every resource may have, and screens show. */
const USUAL: Declared = { title: 'string', about: 'string' }

export type AttributeForm = {
  readonly fields: Readonly<Record<string, string>>
  readonly listed: boolean
  readonly extra: string
}

/** Which have fields: those declared, or, if nothing is, the usual ones. */
export function shownOf(declared: Declared): Declared {
  const { listed: _, ...rest } = Object.keys(declared).length === 0 ? USUAL : declared
  return rest
}

export function formOf(attributes: Resource['attributes'], declared: Declared): AttributeForm {
  const shown = shownOf(declared)
  const fields = Object.fromEntries(
    Object.keys(shown).map((name) => [name, textOf(attributes[name], shown[name])]),
  )
  const others = Object.entries(attributes).filter(
    ([name]) => name !== 'listed' && !Object.hasOwn(shown, name),
  )
  const extra = others.length === 0 ? '' : JSON.stringify(Object.fromEntries(others), null, 2)
  return { fields, listed: isTrue(attributes.listed), extra }
}

/** What stands in an attribute may be anything. */
export function isTrue(value: unknown): boolean {
  return value === true
}

function textOf(value: unknown, type: string | undefined): string {
  if (value === undefined || value === null) return ''
  return type === 'string' ? String(value) : JSON.stringify(value)
}

export type Parsed =
  | { readonly isRead: true; readonly attributes: Record<string, never> }
  | { readonly isRead: false; readonly field: string }

/** What is to be written. An empty field is no attribute. */
export function attributesOf(form: AttributeForm, declared: Declared): Parsed {
  const shown = shownOf(declared)
  const written: Record<string, unknown> = {}
  for (const [name, text] of Object.entries(form.fields)) {
    if (text.trim() === '') continue
    if (shown[name] === 'string') written[name] = text.trim()
    else {
      const value = parsed(text)
      if (value === undefined) return { isRead: false, field: name }
      written[name] = value
    }
  }
  const extra = form.extra.trim() === '' ? {} : parsed(form.extra)
  if (typeof extra !== 'object' || extra === null || Array.isArray(extra))
    return { isRead: false, field: 'extra' }
  const attributes = { ...extra, ...written, ...(form.listed ? { listed: true } : {}) }
  return { isRead: true, attributes: attributes as Record<string, never> }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
