// Declared attributes of people as edits of the policy document. Pure.

import type { AttributeType, PersonFieldDocument, PolicyDocument } from '@sayso/policy'
import type { PolicyEdit } from '@sayso/policy/editing'

export const TYPES = ['string', 'bool', 'int', 'double', 'list', 'map', 'any'] as const

export type FieldForm = {
  readonly name: string
  readonly type: AttributeType
  readonly title: string
  readonly about: string
  /** One a line. */
  readonly values: string
  readonly setBy: 'people' | 'keys'
}

export function formOf(people: PolicyDocument['people'], name: string | undefined): FieldForm {
  const {
    title = '',
    about = '',
    one_of = [],
    set_by = 'people',
  } = (name === undefined ? undefined : people?.fields?.[name]) ?? {}
  const type = (name === undefined ? undefined : people?.attributes?.[name]) ?? 'string'
  return { name: name ?? '', type, title, about, values: one_of.join('\n'), setBy: set_by }
}

type Choice = string | number | boolean

/** The values of a form; the first line that is none of the type is told. */
export function choicesIn({
  type,
  values,
}: Pick<FieldForm, 'type' | 'values'>):
  | { readonly isRead: true; readonly choices: readonly Choice[] }
  | { readonly isRead: false; readonly line: string } {
  const lines = [...new Set(values.split('\n').map((line) => line.trim()))].filter(Boolean)
  const choices: Choice[] = []
  for (const line of lines) {
    const choice = choiceOf(type, line)
    if (choice === undefined) return { isRead: false, line }
    choices.push(choice)
  }
  return { isRead: true, choices }
}

function choiceOf(type: AttributeType, line: string): Choice | undefined {
  switch (type) {
    case 'string':
    case 'any':
      return line
    case 'bool':
      return line === 'true' || line === 'false' ? line === 'true' : undefined
    case 'int':
      return Number.isSafeInteger(Number(line)) ? Number(line) : undefined
    case 'double':
      return Number.isFinite(Number(line)) ? Number(line) : undefined
    default:
      return undefined
  }
}

/** Only what is said otherwise, so that the rest keeps its comments. */
export function fieldEdits(
  people: PolicyDocument['people'],
  form: FieldForm,
  choices: readonly Choice[],
): readonly PolicyEdit[] {
  const { name, type } = form
  const field: PersonFieldDocument = {
    ...(form.title.trim() !== '' && { title: form.title.trim() }),
    ...(form.about.trim() !== '' && { about: form.about.trim() }),
    ...(choices.length > 0 && { one_of: choices }),
    ...(form.setBy === 'keys' && { set_by: 'keys' as const }),
  }
  const isPlain = Object.keys(field).length === 0
  if (people === undefined)
    return [
      {
        path: ['people'],
        value: { attributes: { [name]: type }, ...(isPlain ? {} : { fields: { [name]: field } }) },
      },
    ]
  const known = people.fields?.[name]
  const typed =
    people.attributes?.[name] === type
      ? []
      : [within(people.attributes, ['people', 'attributes'], name, type)]
  if (JSON.stringify(known ?? {}) === JSON.stringify(field)) return typed
  if (isPlain) return [...typed, ...withoutField(people, name)]
  return [...typed, within(people.fields, ['people', 'fields'], name, field)]
}

/** Takes an attribute out; the last one takes its list along, as an empty one would refuse every attribute. */
export function removalEdits(
  people: PolicyDocument['people'],
  name: string,
): readonly PolicyEdit[] {
  const left = Object.keys(people?.attributes ?? {}).filter((one) => one !== name)
  if (left.length === 0) return [{ path: ['people'], value: undefined }]
  return [...withoutField(people, name), { path: ['people', 'attributes', name], value: undefined }]
}

function withoutField(people: PolicyDocument['people'], name: string): readonly PolicyEdit[] {
  const fields = Object.keys(people?.fields ?? {})
  if (!fields.includes(name)) return []
  const path = fields.length === 1 ? ['people', 'fields'] : ['people', 'fields', name]
  return [{ path, value: undefined }]
}

function within(
  there: object | undefined,
  path: readonly string[],
  name: string,
  value: unknown,
): PolicyEdit {
  return (
    there === undefined ? { path, value: { [name]: value } } : { path: [...path, name], value }
  ) as PolicyEdit
}
