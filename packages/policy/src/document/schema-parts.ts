// The words that the schema of a document is written with.

import { NAME_PATTERN } from '../tuple.ts'

/** The part of JSON Schema 2020-12 that is used here, and all that `shape.ts` understands. */
export type Schema = {
  readonly $schema?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: string | number
  readonly enum?: readonly string[]
  /** Told apart by `type` alone. */
  readonly anyOf?: readonly Schema[]
  readonly pattern?: string
  readonly maxLength?: number
  readonly minItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly uniqueItems?: boolean
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly propertyNames?: Schema
  readonly additionalProperties?: boolean | Schema
  /** For editors; `rules-meaning.ts` checks the same and says more. */
  readonly oneOf?: readonly Pick<Schema, 'required'>[]
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>
}

export const NAME = 'use 1–64 letters, digits, `-` and `_`, a letter or digit first'

export const name = (title: string): Schema => ({
  title,
  description: NAME,
  type: 'string',
  pattern: NAME_PATTERN.source,
})

export const text = (title: string): Schema => ({
  title,
  description: 'write a text of at most 256 characters',
  type: 'string',
  maxLength: 256,
})

export const listOf = (title: string, items: Schema, more?: Schema): Schema => ({
  title,
  description: 'write a list, each entry once',
  type: 'array',
  uniqueItems: true,
  items,
  ...more,
})

export const mapOf = (title: string, keys: Schema, values: Schema): Schema => ({
  title,
  description: 'write names with what they stand for below them, or `{}` for none',
  type: 'object',
  propertyNames: keys,
  additionalProperties: values,
})

export const record = (
  title: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema => ({
  title,
  description: `write an object with ${list(Object.keys(properties))}`,
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
})

function list(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ')
}

export const ref = (definition: string): Schema => ({ $ref: `#/$defs/${definition}` })

export const flag = (title: string): Schema => ({
  title,
  description: 'write `true` or `false`',
  type: 'boolean',
})

export const oneOf = (title: string, words: readonly string[]): Schema => ({
  title,
  description: `write one of ${list(words)}`,
  type: 'string',
  enum: words,
})
