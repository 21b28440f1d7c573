// Attributes against what the policy declares of them, for the commands that write them.

import type {
  AttributeType,
  AttributeTypes,
  PersonFieldDocument,
  PolicyDocument,
} from './document-types.ts'
import type { Attributes, AttributeValue } from './names.ts'
import { quote } from './quote.ts'

/**
 * What screens show of any person or resource, how commands treat a channel, and what a person's own screens are given;
 * allowed declared or not.
 */
export const DISPLAY_ATTRIBUTES: readonly string[] = [
  'title',
  'about',
  'glyph',
  'order',
  'listed',
  'previews',
  'join',
  'archived',
  'readOnly',
  'paceSeconds',
  'people',
  'email',
  'name',
  'first_name',
  'last_name',
  'picture',
  'verified',
  'clientData',
]

/** Set by the system itself; an attribute of that name would never be seen. */
export const RESERVED_ATTRIBUTES: readonly string[] = ['id', 'anonymous', 'type', 'key']

/** Levels of lists and objects in one attribute. */
const DEEPEST = 8

export type AttributeProblem = {
  readonly name: string
  readonly message: string
  readonly remedy: string
}

const TESTS: Readonly<Record<AttributeType, (value: AttributeValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  int: (value) => Number.isSafeInteger(value),
  double: (value) => typeof value === 'number',
  list: (value) => Array.isArray(value),
  map: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  any: () => true,
}

export function isAttributeType(word: string | undefined): word is AttributeType {
  return word !== undefined && Object.hasOwn(TESTS, word)
}

export function isOfType(type: AttributeType, value: AttributeValue): boolean {
  return TESTS[type](value)
}

/** Says which attributes of a person do not fit what is declared of people; none if all do. */
export function checkPersonAttributes(
  people: PolicyDocument['people'],
  attributes: Attributes,
): readonly AttributeProblem[] {
  const { attributes: types, fields = {} } = people ?? {}
  const wrong = checkAttributes(types, attributes)
  const named = new Set(wrong.map(({ name }) => name))
  const others = Object.entries(attributes).flatMap(([name, value]): AttributeProblem[] => {
    const { one_of } = fieldNamed(fields, name) ?? {}
    if (named.has(name) || one_of === undefined || one_of.some((one) => one === value)) return []
    const values = one_of.slice(0, 12).map((one) => quote(String(one)))
    const message = `${quote(name)} is ${quote(JSON.stringify(value))}, which is none of its values`
    return [{ name, message, remedy: `use ${values.join(', ')}` }]
  })
  return [...wrong, ...others]
}

/** The attributes of people that only an API key may set, among some names. */
export function setByKeys(
  people: PolicyDocument['people'],
  names: readonly string[],
): readonly string[] {
  return names.filter((name) => fieldNamed(people?.fields ?? {}, name)?.set_by === 'keys')
}

function fieldNamed(
  fields: Readonly<Record<string, PersonFieldDocument>>,
  name: string,
): PersonFieldDocument | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/**
 * Says which attributes do not fit; none if all do.
 *
 * @param types what is declared; undefined if nothing is, which allows any
 */
export function checkAttributes(
  types: AttributeTypes | undefined,
  attributes: Attributes,
): readonly AttributeProblem[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    const problem = problemOf(types, name, value)
    return problem ? [{ name, ...problem }] : []
  })
}

function problemOf(
  types: AttributeTypes | undefined,
  name: string,
  value: AttributeValue,
): Omit<AttributeProblem, 'name'> | undefined {
  if (RESERVED_ATTRIBUTES.includes(name)) {
    return { message: `${quote(name)} is set by the system`, remedy: 'use another name' }
  }
  if (!isShallow(value, DEEPEST)) {
    const message = `${quote(name)} is nested more than ${DEEPEST} levels deep`
    return { message, remedy: 'flatten it' }
  }
  if (!types) return undefined
  const type = Object.hasOwn(types, name) ? types[name] : undefined
  if (type !== undefined) {
    if (TESTS[type](value)) return undefined
    const message = `${quote(name)} is ${quote(JSON.stringify(value))}, not ${nounOf(type)}`
    return { message, remedy: `give ${nounOf(type)}` }
  }
  if (DISPLAY_ATTRIBUTES.includes(name)) return undefined
  const known = Object.keys(types)
    .slice(0, 12)
    .map((word) => `\`${word}\``)
  return {
    message: `${quote(name)} is not a declared attribute`,
    remedy: known.length > 0 ? `use ${known.join(', ')}, or declare it` : 'declare it first',
  }
}

function isShallow(value: AttributeValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((part) => isShallow(part, levels - 1))
}

function nounOf(type: AttributeType): string {
  const nouns = {
    string: 'a text',
    bool: 'true or false',
    int: 'a whole number',
    double: 'a number',
    list: 'a list',
    map: 'an object',
    any: 'a value',
  }
  return nouns[type]
}
