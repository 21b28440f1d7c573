// Checks a tree against the schema and reports everything that differs. Whether names refer to something is `meaning.ts`.

import { quote } from '../quote.ts'
import type { Problems } from './problems.ts'
import { policySchema, type Schema } from './schema.ts'
import { type ListTree, type MapTree, type Tree, toValue, type ValueTree } from './tree.ts'

/** Reports where the tree is not what the schema says, with paths such as `types.channel.actions[0]`. */
export function checkShape(tree: Tree, problems: Problems, schema: Schema = policySchema): void {
  check(tree, schema, '', problems)
}

function resolve(schema: Schema): Schema {
  const definition = schema.$ref?.slice('#/$defs/'.length)
  return definition === undefined ? schema : (policySchema.$defs?.[definition] ?? schema)
}

function check(tree: Tree, reference: Schema, path: string, problems: Problems): void {
  const schema = alternative(tree, resolve(reference))
  if (!isOfType(tree, schema)) {
    const { title = 'value', description = '' } = schema
    problems.add(tree.at, path, `${describe(tree)} is not a valid ${title}`, description)
    return
  }
  if (tree.kind === 'map') checkMap(tree, schema, path, problems)
  if (tree.kind === 'list') checkList(tree, schema, path, problems)
  if (tree.kind === 'value') checkValue(tree, schema, path, problems)
}

/** The first of several that has the type of the tree; the whole, which then fits nothing, if none has. */
function alternative(tree: Tree, schema: Schema): Schema {
  return schema.anyOf?.map(resolve).find((one) => isOfType(tree, one)) ?? schema
}

function isOfType(tree: Tree, schema: Schema): boolean {
  if (schema.anyOf) return false
  if (schema.type === undefined) return tree.kind === 'value'
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type
  if (tree.kind === 'map') return types.includes('object')
  if (tree.kind === 'list') return types.includes('array')
  if (tree.value === null) return types.includes('null')
  if (types.includes('integer') && Number.isSafeInteger(tree.value)) return true
  return types.includes(typeof tree.value)
}

function describe(tree: Tree): string {
  if (tree.kind === 'map') return 'an object'
  if (tree.kind === 'list') return 'a list'
  return tree.value === null ? 'nothing' : quote(String(tree.value))
}

function checkMap(tree: MapTree, schema: Schema, path: string, problems: Problems): void {
  const { properties = {}, required = [], propertyNames, additionalProperties } = schema
  if (additionalProperties === true) return
  for (const { key, at, value } of tree.fields) {
    const below = path === '' ? key : `${path}.${key}`
    if (Object.hasOwn(properties, key)) {
      check(value, properties[key] ?? {}, below, problems)
    } else if (additionalProperties) {
      if (propertyNames) check({ kind: 'value', at, value: key }, propertyNames, below, problems)
      check(value, additionalProperties, below, problems)
    } else {
      const known = Object.keys(properties).map((word) => `\`${word}\``)
      problems.add(at, below, `${quote(key)} is not known here`, `use ${known.join(', ')}`)
    }
  }
  const missing = required.filter((key) => !tree.fields.some((field) => field.key === key))
  for (const key of missing) {
    problems.add(tree.at, path, `\`${key}\` is missing`, `add \`${key}\``)
  }
}

function checkList(tree: ListTree, schema: Schema, path: string, problems: Problems): void {
  const seen = new Set<string>()
  for (const [i, item] of tree.items.entries()) {
    const below = `${path}[${i}]`
    if (schema.items) check(item, schema.items, below, problems)
    const text = JSON.stringify(sorted(toValue(item)))
    if (schema.uniqueItems && seen.has(text)) {
      problems.add(item.at, below, `${quote(text)} is listed twice`, 'list it once')
    }
    seen.add(text)
  }
  if (schema.minItems !== undefined && tree.items.length < schema.minItems) {
    const { title = 'list', description = '' } = schema
    problems.add(tree.at, path, `the ${title} is empty`, description)
  }
}

/** Key order does not make two objects different. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
}

function checkValue(tree: ValueTree, schema: Schema, path: string, problems: Problems): void {
  const { value, at } = tree
  const isRight =
    (schema.const === undefined || value === schema.const) &&
    (typeof value !== 'number' || isRightNumber(value, schema)) &&
    (typeof value !== 'string' || isRightText(value, schema))
  if (isRight) return
  const { title = 'value', description = '' } = schema
  problems.add(at, path, `${describe(tree)} is not a valid ${title}`, description)
}

function isRightNumber(value: number, { minimum, maximum }: Schema): boolean {
  return (minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum)
}

function isRightText(text: string, schema: Schema): boolean {
  if (schema.enum && !schema.enum.includes(text)) return false
  // JSON Schema counts code points, and reads patterns with the `u` flag.
  if (schema.maxLength !== undefined && [...text].length > schema.maxLength) return false
  return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text)
}
