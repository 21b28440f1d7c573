// Edits a YAML text in place, touching only the lines that change, so that comments and order stay. Best effort: whoever
// calls checks what the result means, for a text can be written in more ways than are worth telling apart here.

import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { EditPath, PolicyEdit } from './edit-value.ts'
import { flowText, itemText, pairText } from './write-yaml.ts'

type Collection = YAMLMap | YAMLSeq

/** The text with the edit made in it; undefined if this way of writing is not known here. */
export function spliceYaml(text: string, { path, value }: PolicyEdit): string | undefined {
  const document = parseDocument(text, { uniqueKeys: false })
  let node: unknown = document.contents
  for (const [depth, step] of path.entries()) {
    if (!isMap(node) && !isSeq(node)) return undefined
    const next = childOf(node, step)
    const isLast = depth === path.length - 1
    if (next === undefined) {
      if (value === undefined) return text
      return insert(text, node, step, nest(path.slice(depth + 1), value))
    }
    if (isLast && value === undefined) return remove(text, node, step)
    if (isLast) return replace(text, node, step, next, value)
    node = next
  }
  return undefined
}

/** The same through the library, which writes the whole text anew; aliases become copies of what they stand for. */
export function rewriteYaml(text: string, { path, value }: PolicyEdit): string {
  const document = parseDocument(text, { uniqueKeys: false })
  visit(document, {
    Alias: (_, alias) => {
      const copy = alias.resolve(document)?.clone() as Node & { anchor?: string }
      delete copy.anchor
      return copy
    },
  })
  if (value === undefined) document.deleteIn(path)
  else document.setIn(path, document.createNode(value))
  return document.toString({ lineWidth: 0 })
}

function childOf(node: Collection, step: string | number): unknown {
  if (isSeq(node)) return typeof step === 'number' ? node.items[step] : undefined
  return pairOf(node, step)?.value ?? undefined
}

function pairOf(node: YAMLMap, step: string | number): Pair | undefined {
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
}

function nest(path: EditPath, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value)
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  const { range } = (node ?? {}) as { range?: readonly number[] | null }
  const [start, end] = range ?? []
  return start === undefined || end === undefined ? undefined : [start, end]
}

/** Where the content of a node ends; blocks of the parser reach into the empty lines after it. */
function endOf(text: string, node: unknown): number | undefined {
  const range = rangeOf(node)
  if (!range) return undefined
  return range[0] + text.slice(range[0], range[1]).trimEnd().length
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

/** The end of the line, a comment on it included. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function splice(text: string, start: number, end: number, put: string): string {
  return text.slice(0, start) + put + text.slice(end)
}

function insert(
  text: string,
  node: Collection,
  step: string | number,
  value: unknown,
): string | undefined {
  const end = endOf(text, node)
  if (end === undefined) return undefined
  const last: unknown = node.items.at(-1)
  if (node.flow || last === undefined) return insertInFlow(text, node, end, step, value)
  const first: unknown = node.items[0]
  const start = rangeOf(isSeq(node) ? node : (first as Pair).key)?.[0]
  if (start === undefined) return undefined
  const indent = text.slice(lineStart(text, start), start)
  // Behind a dash, or a key on the same line: the column counts, not what stands before.
  const column = ' '.repeat(indent.length)
  const put = isSeq(node) ? itemText(value, column) : pairText(String(step), value, column)
  const at = lineEnd(text, end)
  return splice(text, at, at, `\n${column}${put}`)
}

function insertInFlow(
  text: string,
  node: Collection,
  end: number,
  step: string | number,
  value: unknown,
): string {
  const put = isSeq(node) ? flowText(value) : flowText({ [step]: value }).slice(2, -2)
  const body = text.slice(0, end - 1).trimEnd()
  const gap = text.slice(body.length, end - 1)
  const isEmpty = node.items.length === 0
  const padding = isMap(node) ? ' ' : ''
  const before = isEmpty ? padding : body.endsWith(',') ? ' ' : ', '
  return `${body}${before}${put}${isEmpty ? padding : gap}${text.slice(end - 1)}`
}

function remove(text: string, node: Collection, step: string | number): string | undefined {
  const item: unknown = isSeq(node) ? node.items[Number(step)] : pairOf(node, step)
  const [head, tail] = isMap(node) ? [(item as Pair).key, (item as Pair).value] : [item, item]
  const start = rangeOf(head)?.[0]
  const end = endOf(text, tail) ?? endOf(text, head)
  const whole = rangeOf(node)
  if (start === undefined || end === undefined || !whole) return undefined
  if (node.items.length === 1) return empty(text, node)
  if (node.flow) return removeFromFlow(text, start, end)
  // The first pair behind a dash shares its line with the dash.
  const from = lineStart(text, start)
  const lead = text.slice(from, start)
  if (lead.trim() !== '' && !(isSeq(node) && lead.trim() === '-')) return undefined
  return splice(text, from, lineEnd(text, end) + 1, '')
}

function removeFromFlow(text: string, start: number, end: number): string {
  const after = /^\s*,[ \t]*/.exec(text.slice(end))
  if (after) return splice(text, start, end + after[0].length, '')
  const before = /,\s*$/.exec(text.slice(0, start))
  return splice(text, start - (before?.[0].length ?? 0), end, '')
}

/** A collection that lost its last part. */
function empty(text: string, node: Collection): string | undefined {
  const put = isSeq(node) ? '[]' : '{}'
  const start = rangeOf(node)?.[0]
  const end = endOf(text, node)
  if (start === undefined || end === undefined) return undefined
  return splice(text, afterColon(text, start), end, node.flow ? put : ` ${put}`)
}

/** Back over the line break between a key and the block below it. */
function afterColon(text: string, start: number): number {
  const head = text.slice(0, start)
  return /[:-]\s*\n\s*$/.test(head) ? head.trimEnd().length : start
}

function replace(
  text: string,
  parent: Collection,
  step: string | number,
  node: unknown,
  value: unknown,
): string | undefined {
  const start = rangeOf(node)?.[0]
  const end = endOf(text, node)
  if (start === undefined || end === undefined || start === end) return undefined
  const isBlock = (isMap(node) || isSeq(node)) && !node.flow
  if (!isBlock) return splice(text, start, end, flowText(value))
  const isNested = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if (!isNested || isSeq(parent)) {
    return splice(text, afterColon(text, start), end, ` ${flowText(value)}`)
  }
  const keyStart = rangeOf(pairOf(parent, step)?.key)?.[0]
  if (keyStart === undefined) return undefined
  const column = ' '.repeat(keyStart - lineStart(text, keyStart))
  return splice(text, keyStart, end, pairText(String(step), value, column))
}
