// Whether a message has the form that the document declares for its name.

import type { CompiledField, CompiledMessage } from './compiled.ts'
import type { MessageState } from './condition/condition.ts'
import type { ScalarType } from './document-types.ts'
import type { Attributes, AttributeValue } from './names.ts'
import { quote } from './quote.ts'

/** What is wrong with a message, and where: `name`, `data`, `data.<field>`, `data.<field>[2]`. */
export type FormProblem = { readonly path: string; readonly message: string }

/**
 * The first thing that keeps a message from fitting; undefined if it fits.
 *
 * @param message absent: there is none to look at, which fits nothing
 */
export function formProblem(
  forms: ReadonlyMap<string, CompiledMessage>,
  message: MessageState | null | undefined,
): FormProblem | undefined {
  if (!message) return { path: 'message', message: 'there is no message to look at' }
  const form = forms.get(message.name) ?? forms.get('*')
  if (!form) {
    return { path: 'name', message: `no message may be called ${quote(message.name)} here` }
  }
  const { data } = message
  if (!isMap(data)) return { path: 'data', message: 'the data must be a JSON object' }
  const unknown = Object.keys(data).find((name) => !form.fields.has(name))
  if (unknown !== undefined) {
    return { path: `data.${unknown}`, message: `${quote(unknown)} is no field of this message` }
  }
  for (const [name, field] of form.fields) {
    const problem = fieldProblem(`data.${name}`, field, ownOf(data, name))
    if (problem) return problem
  }
  return undefined
}

function fieldProblem(
  path: string,
  field: CompiledField,
  value: AttributeValue | undefined,
): FormProblem | undefined {
  const problem = (message: string): FormProblem => ({ path, message })
  if (value === undefined) return field.isOptional ? undefined : problem('it is missing')
  if (!isOfType(value, field.type)) return problem(`it must be ${WORDS[field.type]}`)
  if (field.oneOf && !field.oneOf.some((one) => one === value)) {
    return problem('it is none of the values that are allowed')
  }
  if (field.max_length !== undefined && lengthOf(value) > field.max_length) {
    return problem(`it must not be longer than ${field.max_length}`)
  }
  return Array.isArray(value) ? itemProblem(path, field.items, value) : undefined
}

function itemProblem(
  path: string,
  items: ScalarType | undefined,
  list: readonly AttributeValue[],
): FormProblem | undefined {
  if (items === undefined) return undefined
  const wrong = list.findIndex((item) => !isOfType(item, items))
  return wrong < 0
    ? undefined
    : { path: `${path}[${wrong}]`, message: `it must be ${WORDS[items]}` }
}

const WORDS: Readonly<Record<CompiledField['type'], string>> = {
  string: 'text',
  bool: 'true or false',
  int: 'a whole number',
  number: 'a number',
  list: 'a list',
  map: 'an object',
  any: 'a value',
}

function isOfType(value: AttributeValue, type: CompiledField['type']): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string'
    case 'bool':
      return typeof value === 'boolean'
    case 'int':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number'
    case 'list':
      return Array.isArray(value)
    case 'map':
      return isMap(value)
    case 'any':
      return true
  }
}

function isMap(value: AttributeValue): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Own fields only: a message must not be looked at through what all objects inherit. */
function ownOf(data: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(data, name) ? data[name] : undefined
}

/** Characters as people count them more or less, not as they are stored. */
function lengthOf(value: AttributeValue): number {
  if (typeof value === 'string') return [...value].length
  return Array.isArray(value) ? value.length : 0
}
