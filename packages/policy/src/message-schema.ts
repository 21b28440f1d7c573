// The declared form of messages: closed, so that what nobody thought of is refused.

import type { CompiledField, CompiledMessage } from './compiled.ts'
import type { MessageState } from './condition/condition.ts'
import type { FieldType } from './document-types.ts'
import type { AttributeValue } from './names.ts'
import { quote } from './quote.ts'

/** Where a message differs from its form: `message`, `name`, `data`, `data.colour`, `data.tags[2]`. */
export type MessageProblem = { readonly path: string; readonly message: string }

const TESTS: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  int: (value) => Number.isSafeInteger(value),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  list: (value) => Array.isArray(value),
  map: isObject,
  any: (value) => value !== undefined,
}

const NOUNS: Readonly<Record<FieldType, string>> = {
  string: 'a text',
  bool: 'true or false',
  int: 'a whole number',
  number: 'a number',
  list: 'a list',
  map: 'an object',
  any: 'a value',
}

/**
 * Finds the first thing that keeps a message from fitting the form of its name; undefined if it fits.
 *
 * @param message absent: there is none to look at, which fits nothing
 */
export function formProblem(
  forms: ReadonlyMap<string, CompiledMessage>,
  message: MessageState | null | undefined,
): MessageProblem | undefined {
  if (!message) return { path: 'message', message: 'there is no message to look at' }
  const form = forms.get(message.name) ?? forms.get('*')
  if (form) return checkMessage(form, message.data)
  return { path: 'name', message: `no message may be called ${quote(message.name)} here` }
}

/** Finds the first way in which data differs from its form; undefined if it fits. */
export function checkMessage(
  form: CompiledMessage,
  data: AttributeValue | undefined,
): MessageProblem | undefined {
  if (!isObject(data)) return { path: 'data', message: 'the message is not a JSON object' }
  for (const name of Object.keys(data)) {
    if (form.fields.has(name)) continue
    return { path: `data.${shown(name)}`, message: `${quote(name)} is not a field of this message` }
  }
  for (const [name, field] of form.fields) {
    const problem = checkField(field, `data.${shown(name)}`, ownValue(data, name))
    if (problem) return problem
  }
  return undefined
}

function checkField(
  field: CompiledField,
  path: string,
  value: unknown,
): MessageProblem | undefined {
  if (value === undefined) {
    return field.isOptional ? undefined : { path, message: 'the field is missing' }
  }
  if (!TESTS[field.type](value)) return { path, message: `this is not ${NOUNS[field.type]}` }
  if (field.oneOf && !field.oneOf.some((one) => one === value)) {
    const known = field.oneOf.slice(0, 12).map((one) => quote(String(one)))
    return { path, message: `this is none of ${known.join(', ')}` }
  }
  if (field.max_length !== undefined && lengthOf(value) > field.max_length) {
    return { path, message: `this is longer than ${field.max_length}` }
  }
  return Array.isArray(value) ? checkItems(field, path, value) : undefined
}

function checkItems(
  { items }: CompiledField,
  path: string,
  value: readonly unknown[],
): MessageProblem | undefined {
  if (items === undefined) return undefined
  const i = value.findIndex((item) => !TESTS[items](item))
  return i < 0 ? undefined : { path: `${path}[${i}]`, message: `this is not ${NOUNS[items]}` }
}

/** Characters of a text as people count them on a keyboard, code points; items of a list. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return [...value].length
  return Array.isArray(value) ? value.length : 0
}

function isObject(value: unknown): value is Readonly<Record<string, AttributeValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function ownValue(data: Readonly<Record<string, AttributeValue>>, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined
}

/** Names in paths may come from strangers. */
function shown(name: string): string {
  return quote(name).slice(1, -1)
}
