// Conditions of Permit's sets, read from their nested JSON into expressions of the policy's own language.
// A leaf about something that is not there does not match, whatever the operator; one that compares what cannot be
// compared is an error, so that nothing built on it matches either, `not` included.

import { invalid } from '../trouble.ts'

/** A condition with what the policy says outside expressions kept apart: roles on the tenant. */
export type Condition =
  | { readonly kind: 'cel'; readonly text: string }
  /** Holders of any of these. */
  | { readonly kind: 'roles'; readonly roles: readonly string[] }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }

type Json = unknown
type Value = { readonly text: string; readonly guard: readonly string[] }

const LOGIC: Readonly<Record<string, 'all' | 'any' | 'not'>> = {
  allOf: 'all',
  and: 'all',
  anyOf: 'any',
  or: 'any',
  not: 'not',
}

/** Levels of nested JSON. */
const DEEPEST = 12

/** @throws {PermitTrouble} `INVALID_INPUT`, naming what cannot be read */
export function readConditions(conditions: Json): Condition {
  return new Reader().read(conditions, undefined, 0)
}

/** What a name inside a match stands for. */
type Element = { readonly text: string }

class Reader {
  #names = 0

  /** @param element the thing matched, if names are those of its fields */
  read(node: Json, element: Element | undefined, depth: number): Condition {
    if (depth > DEEPEST) throw invalid(`conditions are nested more than ${DEEPEST} levels deep`)
    if (Array.isArray(node)) return all(node.map((part) => this.read(part, element, depth + 1)))
    const parts = entriesOf(node).map(([name, value]): Condition => {
      const logic = Object.hasOwn(LOGIC, name) ? LOGIC[name] : undefined
      if (logic) return joined(logic, value, (part) => this.read(part, element, depth + 1))
      if (element && Object.hasOwn(OPERATORS, name)) {
        return this.#leaf({ text: element.text, guard: [] }, name, value, depth)
      }
      if (isRoles(name, element)) return rolesIn(value)
      return this.#attribute(pathOf(name, element), value, depth + 1)
    })
    return all(parts)
  }

  /** What is said of one attribute: operators, or logic over operators. */
  #attribute(path: Value, node: Json, depth: number): Condition {
    if (depth > DEEPEST) throw invalid(`conditions are nested more than ${DEEPEST} levels deep`)
    const parts = entriesOf(node).map(([name, value]): Condition => {
      const logic = Object.hasOwn(LOGIC, name) ? LOGIC[name] : undefined
      if (logic) return joined(logic, value, (part) => this.#attribute(path, part, depth + 1))
      return this.#leaf(path, name, value, depth)
    })
    return all(parts)
  }

  #leaf(left: Value, name: string, right: Json, depth: number): Condition {
    const match = MATCHES[name]
    if (match !== undefined) return this.#match(left, match, right, depth)
    const isRef = name.endsWith('-ref')
    const plain = isRef ? name.slice(0, -'-ref'.length) : name
    const operator = OPERATORS[plain] ?? OPERATORS[plain.replaceAll('-', '_')]
    if (operator === undefined) {
      const known = [...Object.keys(OPERATORS), ...Object.keys(MATCHES)].join(', ')
      throw invalid(`\`${name}\` is not an operator; use one of ${known}`)
    }
    const value = isRef ? refValue(right) : rightValue(right)
    operator.check?.(right, isRef || isRefObject(right))
    const text = operator.write(`dyn(${left.text})`, value.text, right)
    return cel(guarded([...left.guard, ...value.guard], text))
  }

  #match(left: Value, kind: 'one' | 'exists' | 'all', right: Json, depth: number): Condition {
    const { fk_resource_type: type, ...rest } = Object.fromEntries(entriesOf(right))
    const inner = 'conditions' in rest && Object.keys(rest).length === 1 ? rest.conditions : rest
    const name = kind === 'one' ? left.text : `x${++this.#names}`
    const element = { text: type === undefined ? name : `lookup(${quoted(`${type}:`)}+${name})` }
    const body = textOf(this.read(inner, element, depth + 1))
    if (kind === 'one') return cel(guarded(left.guard, body))
    return cel(guarded(left.guard, `(dyn(${left.text})+[]).${kind}(${name},${body})`))
  }
}

const MATCHES: Readonly<Record<string, 'one' | 'exists' | 'all'>> = {
  object_match: 'one',
  any_match: 'exists',
  all_match: 'all',
}

type Operator = {
  readonly check?: (right: Json, isRef: boolean) => void
  readonly write: (left: string, right: string, value: Json) => string
}

const order = (sign: string): Operator => ({
  check: (right, isRef) =>
    requireThat(isRef || typeof right === 'number' || typeof right === 'string', 'a number'),
  write: (left, right) => `${left}${sign}${right}`,
})
const list = (write: Operator['write']): Operator => ({
  check: (right, isRef) => requireThat(isRef || Array.isArray(right), 'a list'),
  write,
})

/** `+[]` lets only lists through: objects have keys, and a text has parts, but neither is meant. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  equals: { write: (left, right) => `${left}==${right}` },
  'not-equals': { write: (left, right) => `${left}!=${right}` },
  'less-than': order('<'),
  'greater-than': order('>'),
  'less-than-equals': order('<='),
  'greater-than-equals': order('>='),
  contains: {
    check: (right, isRef) => requireThat(isRef || typeof right === 'string', 'a text'),
    write: (left, right) => `${left}.contains(${right})`,
  },
  in: list((left, right) => `${left} in (${right}+[])`),
  between: {
    check: (right, isRef) => {
      requireThat(!isRef && Array.isArray(right) && right.length === 2, 'a list of two')
    },
    write: (left, _, value) => {
      const [from, to] = (value as readonly Json[]).map(literal)
      return `${left}>=${from}&&${left}<=${to}`
    },
  },
  array_contains: { write: (left, right) => `${right} in (${left}+[])` },
  array_subset: list((left, right) => `(${left}+[]).all(y,y in (${right}+[]))`),
  array_superset: list((left, right) => `(${right}+[]).all(y,y in (${left}+[]))`),
  array_intersect: list((left, right) => `(${left}+[]).exists(y,y in (${right}+[]))`),
}

function requireThat(isSo: boolean, what: string): void {
  if (!isSo) throw invalid(`the right side of a condition must be ${what}`)
}

const ROOTS: Readonly<Record<string, string>> = {
  user: 'subject',
  subject: 'subject',
  resource: 'resource',
  tenant: 'tenant',
  context: 'context',
  environment: 'context',
}

/** What is always there, by another name than here. */
const FIXED: Readonly<Record<string, string>> = {
  'subject.key': 'subject.id',
  'subject.id': 'subject.id',
  'resource.type': 'resource.type',
  'resource.key': 'resource.key',
  'resource.tenant': 'tenant.key',
  'tenant.key': 'tenant.key',
}

function isRoles(name: string, element: Element | undefined): boolean {
  return element === undefined && (name === 'user.roles' || name === 'subject.roles')
}

/** Roles are no attributes here: a rule names those it is for. */
function rolesIn(node: Json): Condition {
  const parts = entriesOf(node).map(([name, value]): Condition => {
    const logic = Object.hasOwn(LOGIC, name) ? LOGIC[name] : undefined
    if (logic) return joined(logic, value, rolesIn)
    if (name === 'array_contains' && typeof value === 'string') {
      return { kind: 'roles', roles: [value] }
    }
    if (name === 'array_intersect' && isTexts(value)) return { kind: 'roles', roles: value }
    throw invalid('`user.roles` can be asked with `array_contains` and `array_intersect` only')
  })
  return all(parts)
}

function isTexts(value: Json): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function pathOf(path: string, element: Element | undefined): Value {
  const names = path.split('.')
  if (names.some((name) => name === ''))
    throw invalid(`\`${path}\` is not the name of an attribute`)
  if (element) return walked(element.text, names)
  const [root = '', ...fields] = names
  const variable = Object.hasOwn(ROOTS, root) ? ROOTS[root] : undefined
  if (variable === undefined || fields.length === 0) {
    throw invalid(
      `\`${path}\` does not begin with \`user.\`, \`resource.\`, \`tenant.\` or \`context.\``,
    )
  }
  const fixed = FIXED[`${variable}.${fields.join('.')}`]
  if (fixed !== undefined) return { text: fixed, guard: [] }
  if (variable === 'subject' && (fields[0] === 'roles' || fields[0] === 'tenants')) {
    throw invalid(`\`${path}\` cannot be asked here; give the rule to a role instead`)
  }
  return walked(variable, fields)
}

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/
/** Of anything else than a plain path `has()` cannot be asked. */
const PATH = /^[A-Za-z_][A-Za-z0-9_.]*$/
const RESERVED = new Set(
  ['as', 'break', 'const', 'continue', 'else', 'false', 'for', 'function', 'if', 'import', 'in']
    .concat(['let', 'loop', 'package', 'namespace', 'null', 'return', 'true', 'var', 'void'])
    .concat(['while']),
)

/** The way into nested fields, each with the question whether it is there. */
function walked(start: string, names: readonly string[]): Value {
  let text = start
  const guard: string[] = []
  for (const name of names) {
    const isPlain = PLAIN.test(name) && !RESERVED.has(name) && PATH.test(text)
    guard.push(isPlain ? `has(${text}.${name})` : `${quoted(name)} in ${text}`)
    text = isPlain ? `${text}.${name}` : `${text}[${quoted(name)}]`
  }
  return { text, guard }
}

function isRefObject(value: Json): value is { readonly ref: string } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'ref' in value
}

function rightValue(value: Json): Value {
  return isRefObject(value) ? refValue(value.ref) : { text: literal(value), guard: [] }
}

function refValue(path: Json): Value {
  if (typeof path !== 'string') throw invalid('a `ref` names an attribute, such as `user.email`')
  const { text, guard } = pathOf(path, undefined)
  return { text: `dyn(${text})`, guard }
}

function literal(value: Json): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return numeral(value)
  if (typeof value === 'boolean' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`
  const fields = entriesOf(value).map(([name, part]) => `${quoted(name)}:${literal(part)}`)
  return `{${fields.join(',')}}`
}

function numeral(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  const text = String(value)
  return /[.e]/.test(text) ? text.replace('e+', 'e') : `${text}.0`
}

function quoted(text: string): string {
  return JSON.stringify(text)
}

function entriesOf(value: Json): [string, Json][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('conditions are nested objects, such as `{"user.age": {"greater-than": 30}}`')
  }
  return Object.entries(value)
}

function joined(
  logic: 'all' | 'any' | 'not',
  value: Json,
  read: (part: Json) => Condition,
): Condition {
  const parts = (Array.isArray(value) ? value : [value]).map(read)
  if (logic === 'not') return { kind: 'not', part: all(parts) }
  return logic === 'all' ? all(parts) : { kind: 'any', parts }
}

function cel(text: string): Condition {
  return { kind: 'cel', text }
}

function all(parts: readonly Condition[]): Condition {
  const [only] = parts
  return only && parts.length === 1 ? only : { kind: 'all', parts }
}

function guarded(guard: readonly string[], text: string): string {
  return [...new Set(guard), text].join('&&')
}

/** A condition without roles as one expression. @throws {PermitTrouble} if there are roles in it */
export function textOf(condition: Condition): string {
  switch (condition.kind) {
    case 'cel':
      return condition.text
    case 'roles':
      throw invalid('`user.roles` cannot be asked there')
    case 'not':
      return `!(${textOf(condition.part)})`
    case 'all':
    case 'any': {
      const isAll = condition.kind === 'all'
      if (condition.parts.length === 0) return String(isAll)
      const texts = condition.parts.map(textOf)
      return texts.length === 1
        ? (texts[0] ?? '')
        : texts.map((text) => `(${text})`).join(isAll ? '&&' : '||')
    }
  }
}
