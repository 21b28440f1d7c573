// From text to a plain tree that knows where each value stands. The one file that knows the YAML library.
// INVARIANT: work stays proportional to the text, whatever the text: depth, nodes and repetition are bounded here.

import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser } from 'yaml'
import { quote } from '../quote.ts'
import { Problems } from './problems.ts'

export type Scalar = string | number | boolean | null
export type ValueTree = {
  readonly kind: 'value'
  readonly at: number
  readonly value: Scalar
  /** Where a text begins that stands in the document letter by letter; absent if it is written otherwise. */
  readonly inside?: number
}
export type ListTree = {
  readonly kind: 'list'
  readonly at: number
  readonly items: readonly Tree[]
}
export type Field = { readonly key: string; readonly at: number; readonly value: Tree }
export type MapTree = {
  readonly kind: 'map'
  readonly at: number
  readonly fields: readonly Field[]
}
/** `at` is the offset in the text. */
export type Tree = ValueTree | ListTree | MapTree

const MOST_BYTES = 1_048_576
const MOST_NODES = 50_000
/** Words, brackets, spaces and line ends: the parser's work, some microseconds each. */
const MOST_LEXEMES = 100_000
/** Levels the parser may hold open; each level of the document takes up to two. */
const MOST_DEPTH = 100

const TOO_MANY_PARTS = [
  'the document has too many parts',
  'keep facts out of the policy document, and use fewer aliases',
] as const

const TOO_DEEP = ['the document is nested too deeply', 'flatten it'] as const

type Tokens = ReturnType<Parser['next']> extends Generator<infer T> ? T[] : never

/** Reads YAML, of which JSON is a part, into a tree; the tree is undefined if there is none to look at further. */
export function readTree(text: string): { tree: Tree | undefined; problems: Problems } {
  const lines = new LineCounter()
  const problems = new Problems((offset) => lines.linePos(offset))
  const tokens = tokenize(text, lines, problems)
  return { tree: tokens && composeTree(tokens, text, problems), problems }
}

/** UTF-8 bytes, counted without an encoder: the core has none. */
function byteLength(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

function tokenize(text: string, lines: LineCounter, problems: Problems): Tokens | undefined {
  lines.addNewLine(0)
  if (text.length > MOST_BYTES || byteLength(text) > MOST_BYTES) {
    problems.add(
      0,
      '',
      'the document is larger than 1 MiB',
      'keep facts out of the policy document',
    )
    return undefined
  }
  const parser = new Parser(lines.addNewLine)
  const tokens: Tokens = []
  let lexemes = 0
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    lexemes += 1
    if (parser.stack.length <= MOST_DEPTH && lexemes <= MOST_LEXEMES) continue
    const [excess, remedy] = lexemes > MOST_LEXEMES ? TOO_MANY_PARTS : TOO_DEEP
    problems.add(parser.offset, '', excess, remedy)
    return undefined
  }
  tokens.push(...parser.end())
  return tokens
}

function composeTree(tokens: Tokens, text: string, problems: Problems): Tree | undefined {
  // Keys are compared by our own walk: the library compares each with each.
  const composer = new Composer({ schema: 'core', uniqueKeys: false, prettyErrors: false })
  const [document, more] = [...composer.compose(tokens, true)]
  if (!document) return undefined
  for (const error of [...document.errors, ...document.warnings]) {
    const message = error.message.charAt(0).toLowerCase() + error.message.slice(1)
    problems.add(
      Math.max(0, error.pos[0]),
      '',
      `not valid YAML: ${message.replaceAll('\n', ' ')}`,
      'check indentation, quotes and brackets here',
    )
  }
  if (more) {
    problems.add(more.range[0], '', 'a second document begins here', 'give one document')
  }
  if (document.errors.length > 0) return undefined
  if (document.contents === null) {
    problems.add(0, '', 'the document is empty', 'start with `version: 1`')
    return undefined
  }
  return new Walk(text, problems).read(document.contents, 0, '')
}

/** Walks the library's nodes once, following aliases by itself so that repetition counts as size. */
class Walk {
  readonly #text: string
  readonly #problems: Problems
  readonly #anchors = new Map<string, unknown>()
  #nodes = 0

  constructor(text: string, problems: Problems) {
    this.#text = text
    this.#problems = problems
  }

  /** @param depth levels above, aliases followed included */
  read(node: unknown, at: number, path: string, depth = 0): Tree {
    const nothing: Tree = { kind: 'value', at, value: null }
    this.#nodes += 1
    if (this.#nodes > MOST_NODES || depth > MOST_DEPTH) {
      if (this.#nodes <= MOST_NODES + 1) {
        this.#problems.add(at, path, ...TOO_MANY_PARTS)
        this.#nodes = MOST_NODES + 1
      }
      return nothing
    }
    if (isAlias(node)) return this.#followed(node.source, at, path, depth)
    if (isScalar(node)) return this.#value(node, at, path)
    if (isSeq(node)) {
      if (node.anchor) this.#anchors.set(node.anchor, node)
      const items = node.items.map((item, i) =>
        this.read(item, startOf(item, at), `${path}[${i}]`, depth + 1),
      )
      return { kind: 'list', at, items }
    }
    if (!isMap(node)) return nothing
    if (node.anchor) this.#anchors.set(node.anchor, node)
    return { kind: 'map', at, fields: this.#fields(node.items, at, path, depth) }
  }

  #followed(anchor: string, at: number, path: string, depth: number): Tree {
    if (this.#anchors.has(anchor)) {
      return this.read(this.#anchors.get(anchor), at, path, depth + 1)
    }
    const message = `${quote(`*${anchor}`)} stands for nothing above it`
    this.#problems.add(at, path, message, 'put the text in quotes, or set the anchor before')
    return { kind: 'value', at, value: null }
  }

  #value(node: { value: unknown; anchor?: string }, at: number, path: string): ValueTree {
    if (node.anchor) this.#anchors.set(node.anchor, node)
    const { value } = node
    const isPlain =
      value === null ||
      typeof value === 'boolean' ||
      (typeof value === 'number' && Number.isFinite(value))
    if (typeof value === 'string') return { kind: 'value', at, value, ...this.#within(at, value) }
    if (isPlain) return { kind: 'value', at, value }
    this.#problems.add(
      at,
      path,
      'this is no plain value',
      'write a text, a finite number, true or false',
    )
    return { kind: 'value', at, value: null }
  }

  #within(at: number, value: string): { inside?: number } {
    const inside = /["']/.test(this.#text.charAt(at)) ? at + 1 : at
    return this.#text.startsWith(value, inside) ? { inside } : {}
  }

  #fields(
    pairs: readonly { key: unknown; value: unknown }[],
    at: number,
    path: string,
    depth: number,
  ): Field[] {
    const seen = new Set<string>()
    const fields: Field[] = []
    for (const pair of pairs) {
      const keyAt = startOf(pair.key, at)
      const key = isScalar(pair.key) ? String(pair.key.value) : undefined
      if (key === undefined) {
        this.#problems.add(keyAt, path, 'this key is no text', 'write a plain text as key')
        continue
      }
      const below = path === '' ? key : `${path}.${key}`
      if (seen.has(key)) {
        this.#problems.add(keyAt, below, `${quote(key)} is given twice`, 'give each key once')
        continue
      }
      seen.add(key)
      const value = this.read(pair.value, startOf(pair.value, keyAt), below, depth + 1)
      fields.push({ key, at: keyAt, value })
    }
    return fields
  }
}

function startOf(node: unknown, otherwise: number): number {
  const isNode = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)
  return (isNode ? node.range?.[0] : undefined) ?? otherwise
}

/** The value a tree stands for. Keys such as `__proto__` become plain own properties. */
export function toValue(tree: Tree): unknown {
  if (tree.kind === 'value') return tree.value
  if (tree.kind === 'list') return tree.items.map(toValue)
  return Object.fromEntries(tree.fields.map(({ key, value }) => [key, toValue(value)]))
}
