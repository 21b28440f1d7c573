// Attributes of a person as fields: what stands in a field, and what it means. Pure.

import type { AnswerOf } from '@sayso/client/manage'

export type Value = unknown
type Values = Readonly<Record<string, Value>>

/** As the policy declares it. */
export type Declared = AnswerOf<'listPersonFields'>['items'][number]

/** A text stands as it is; everything else, and a text that could be read as something else, as JSON. */
export function shownOf(value: Value): string {
  if (typeof value === 'string' && !isJson(value)) return value
  return JSON.stringify(value)
}

/** Undefined: begun as JSON, and none. */
export function readOf(text: string): { readonly value: Value } | undefined {
  const trimmed = text.trim()
  if (isJson(trimmed)) return { value: JSON.parse(trimmed) as Value }
  return /^["[{]/.test(trimmed) ? undefined : { value: text }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export type Field = {
  readonly name: string
  /** Empty, of a declared one: it is not said. */
  readonly text: string
  readonly declared?: Declared
}

/** The declared ones first, in their order and also those that are not said; the others by name. */
export function fieldsOf(attributes: Values, declared: readonly Declared[] = []): readonly Field[] {
  const named = new Set(declared.map(({ name }) => name))
  const others = Object.entries(attributes)
    .filter(([name]) => !named.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, text: shownOf(value) }))
  const first = declared.map((each): Field => {
    const value = attributes[each.name]
    const text = value === undefined ? '' : typeof value === 'string' ? value : shownOf(value)
    return { name: each.name, text, declared: each }
  })
  return [...first, ...others]
}

const FITS: Readonly<Record<Declared['type'], (value: Value) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  int: (value) => Number.isSafeInteger(value),
  double: (value) => typeof value === 'number',
  list: (value) => Array.isArray(value),
  map: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  any: () => true,
}

/** What a field says; undefined: nothing that can be taken. */
function sayingOf({ text, declared }: Field): { readonly value: Value } | undefined {
  if (declared?.type === 'string') return { value: text }
  const read = readOf(text)
  if (declared === undefined || read === undefined) return read
  return FITS[declared.type](read.value) ? read : undefined
}

/** A declared one that is empty is not there. */
function isSaid({ text, declared }: Field): boolean {
  return declared === undefined || text.trim() !== ''
}

export type FieldProblem = 'badName' | 'takenName' | 'badValue' | 'badType' | 'badChoice'

/** What is wrong with fields, by their place. */
export function problemsOf(fields: readonly Field[]): Readonly<Record<number, FieldProblem>> {
  const seen = new Set<string>()
  const problems: Record<number, FieldProblem> = {}
  fields.forEach((field, index) => {
    const { name } = field
    const wrong = seen.has(name) ? 'takenName' : problemOf(field)
    if (wrong !== undefined) problems[index] = wrong
    seen.add(name)
  })
  return problems
}

function problemOf(field: Field): FieldProblem | undefined {
  const { name, declared } = field
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)) return 'badName'
  if (!isSaid(field)) return undefined
  const read = sayingOf(field)
  if (read === undefined) return declared === undefined ? 'badValue' : 'badType'
  const choices = declared?.one_of
  return choices === undefined || choices.some((one) => one === read.value)
    ? undefined
    : 'badChoice'
}

/** Only what became different; `null` takes away. */
export function differenceOf(known: Values, fields: readonly Field[]): Values {
  const next = new Map(fields.filter(isSaid).map((field) => [field.name, sayingOf(field)?.value]))
  const changed = [...next].filter(
    ([name, value]) => JSON.stringify(known[name]) !== JSON.stringify(value),
  )
  const gone = Object.keys(known)
    .filter((name) => !next.has(name))
    .map((name) => [name, null] as const)
  return Object.fromEntries([...changed, ...gone])
}

/** What is known once a difference has been saved. */
export function appliedTo(known: Values, difference: Values): Values {
  const whole = { ...known, ...difference }
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null))
}
