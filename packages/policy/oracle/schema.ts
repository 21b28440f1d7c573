// Does the data of a message fit the document's schema of its name? Written from the words of the document alone.

import type { MessageState } from '../src/condition/condition.ts'
import type { FieldRules, FieldSchema, MessageSchema } from '../src/document-types.ts'
import { own } from './state.ts'

export function fits(
  messages: Readonly<Record<string, MessageSchema>>,
  message: MessageState | null | undefined,
): boolean {
  if (!message) return false
  const schema = own(messages, message.name) ?? own(messages, '*')
  const { data } = message
  if (!schema || typeof data !== 'object' || data === null || Array.isArray(data)) return false
  const given = data as Readonly<Record<string, unknown>>
  return (
    Object.keys(given).every((name) => own(schema.fields, name) !== undefined) &&
    Object.entries(schema.fields).every(([name, field]) => isFitting(rulesOf(field), given, name))
  )
}

const rulesOf = (field: FieldSchema): FieldRules =>
  typeof field === 'string' ? { type: field } : field

function isFitting(rules: FieldRules, data: Readonly<Record<string, unknown>>, name: string) {
  if (!Object.hasOwn(data, name)) return rules.optional === true
  const value = data[name]
  if (!isOfType(rules.type, value)) return false
  if (rules.one_of && !rules.one_of.some((one) => one === value)) return false
  const isLong =
    typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : 0
  if (rules.max_length !== undefined && isLong > rules.max_length) return false
  const { items } = rules
  return items === undefined || !Array.isArray(value) || value.every((one) => isOfType(items, one))
}

function isOfType(type: FieldRules['type'], value: unknown): boolean {
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
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'any':
      return true
  }
}
