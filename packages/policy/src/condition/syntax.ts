// Reads a parsed expression without running it: which words it uses, what it reads, how deep its look-ups nest.
// It allows the part of the language that both our library and the reference library decide alike, and no more.

import { quote } from '../quote.ts'
import type { Reads } from './condition.ts'
import { compilePattern } from './pattern.ts'

/** A node as the parser gives it; `args` differ by `op`. */
export type Node = {
  readonly op: string
  readonly args: unknown
  readonly start: number
  readonly end: number
}

/** Something the expression may not say; `at` counts UTF-16 units from its beginning. */
export type SyntaxProblem = {
  readonly at: number
  readonly message: string
  readonly remedy: string
}

export type Syntax = {
  readonly reads: Reads
  /** Each attribute read by name, with its place, for the check against declared ones. */
  readonly attributes: readonly { root: Root; name: string; at: number }[]
  readonly problems: readonly SyntaxProblem[]
}

export type Root = 'subject' | 'resource' | 'tenant'

const ROOTS: readonly string[] = ['subject', 'resource', 'tenant', 'message', 'context']
const FUNCTIONS = ['size', 'has', 'string', 'int', 'double', 'dyn', 'lookup']
const METHODS = [
  'size',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'lowerAscii',
  'upperAscii',
]
/** Methods that walk a list or the keys of a map, with a name of their own for each item. */
const WALKS = ['all', 'exists', 'exists_one', 'map', 'filter']
const MESSAGE = ['before', 'after']
const MESSAGE_FIELDS = ['name', 'data', 'clientId', 'headers', 'serial']
const DEEPEST_LOOKUP = 5

/** Names that stand for something, each with how deep the look-ups behind it nest. */
type Names = ReadonlyMap<string, number>

export function readSyntax(tree: Node): Syntax {
  const reader = new Reader()
  reader.read(tree, new Map())
  return reader.result()
}

class Reader {
  readonly #read: Record<Root, Set<string>> = {
    subject: new Set(),
    resource: new Set(),
    tenant: new Set(),
  }
  readonly #attributes: { root: Root; name: string; at: number }[] = []
  readonly #problems: SyntaxProblem[] = []
  readonly #uses = { lookup: false, message: false, context: false }

  result(): Syntax {
    const names = (root: Root) => {
      const read = this.#read[root]
      return read.has('*') ? ['*'] : [...read].sort()
    }
    return {
      reads: {
        subject: names('subject'),
        resource: names('resource'),
        tenant: names('tenant'),
        ...this.#uses,
      },
      attributes: this.#attributes,
      problems: this.#problems,
    }
  }

  /** @returns how many look-ups stand inside each other to get this value */
  read(node: Node, names: Names): number {
    switch (node.op) {
      case 'value':
        return this.#literal(node)
      case 'id':
        return this.#name(node, names)
      case '.':
        return this.#field(node, names)
      case '[]':
        return this.#index(node, names)
      case 'call':
        return this.#call(node, names)
      case 'rcall':
        return this.#method(node, names)
      case 'map':
        return this.#object(node, names)
      default:
        return this.#all(node.args, names)
    }
  }

  #all(args: unknown, names: Names): number {
    if (Array.isArray(args)) return Math.max(0, ...args.map((part) => this.#all(part, names)))
    return isNode(args) ? this.read(args, names) : 0
  }

  #literal(node: Node): number {
    if (typeof node.args === 'object' && node.args !== null) {
      this.#report(
        node,
        'bytes and unsigned numbers are not known here',
        'write a text or a number',
      )
    }
    return 0
  }

  #name(node: Node, names: Names): number {
    const name = String(node.args)
    const depth = names.get(name)
    if (depth !== undefined) return depth
    if (isRoot(name)) this.#read[name].add('*')
    else if (name === 'message' || name === 'context') this.#uses[name] = true
    else this.#unknown(node, name, 'variable', ROOTS)
    return 0
  }

  #field(node: Node, names: Names): number {
    const [owner, field] = node.args as [Node, string]
    const root = rootName(owner, names)
    if (root === undefined) {
      const isState = owner.op === '.' && rootName((owner.args as [Node])[0], names) === 'message'
      if (isState && !MESSAGE_FIELDS.includes(field)) {
        this.#unknown(node, field, 'part of a message', MESSAGE_FIELDS)
      }
      return this.read(owner, names)
    }
    if (root === 'message' && !MESSAGE.includes(field)) {
      this.#unknown(node, field, 'part of `message`', MESSAGE)
    }
    return this.#part(root, field, node)
  }

  #index(node: Node, names: Names): number {
    const [owner, index] = node.args as [Node, Node]
    const root = rootName(owner, names)
    if (root !== undefined && index.op === 'value' && typeof index.args === 'string') {
      return this.#part(root, index.args, node)
    }
    return this.#all(node.args, names)
  }

  #part(root: string, name: string, node: Node): number {
    if (isRoot(root)) {
      this.#read[root].add(name)
      this.#attributes.push({ root, name, at: node.start })
    } else if (root === 'message' || root === 'context') {
      this.#uses[root] = true
    }
    return 0
  }

  #object(node: Node, names: Names): number {
    for (const [key] of node.args as readonly (readonly [Node, Node])[]) {
      if (key.op === 'value' && typeof key.args === 'string') continue
      this.#report(key, 'the key is no plain text', 'write the key itself in quotes')
    }
    return this.#all(node.args, names)
  }

  #call(node: Node, names: Names): number {
    const [name, args] = node.args as [string, readonly Node[]]
    if (!FUNCTIONS.includes(name)) {
      this.#unknown(node, `${name}()`, 'function', [...FUNCTIONS, ...METHODS])
    }
    const depth = this.#all(args, names)
    if (name !== 'lookup') return depth
    this.#uses.lookup = true
    if (depth === DEEPEST_LOOKUP) {
      const message = `more than ${DEEPEST_LOOKUP} look-ups stand inside each other`
      this.#report(node, message, 'keep what the rule needs closer by')
    }
    return depth + 1
  }

  #method(node: Node, names: Names): number {
    const [name, owner, args] = node.args as [string, Node, readonly Node[]]
    const depth = this.read(owner, names)
    if (WALKS.includes(name)) {
      const [variable, ...body] = args
      const inside = new Map(names)
      if (variable?.op === 'id') inside.set(String(variable.args), depth)
      return Math.max(depth, this.#all(body, inside))
    }
    if (!METHODS.includes(name)) this.#unknown(node, `${name}()`, 'method', [...METHODS, ...WALKS])
    if (name === 'matches') this.#pattern(args[0] ?? node)
    return Math.max(depth, this.#all(args, names))
  }

  #pattern(node: Node): void {
    if (node.op !== 'value' || typeof node.args !== 'string') {
      this.#report(node, 'the pattern is no plain text', 'write the pattern itself in quotes')
    } else if (!compilePattern(node.args)) {
      const remedy = 'use RE2 syntax: no look-around, no back-references'
      this.#report(node, `${quote(node.args)} is not a valid pattern`, remedy)
    }
  }

  #unknown(node: Node, word: string, noun: string, known: readonly string[]): void {
    const remedy = `use ${known.map((name) => `\`${name}\``).join(', ')}`
    this.#report(node, `${quote(word)} is not a ${noun} here`, remedy)
  }

  #report(node: Node, message: string, remedy: string): void {
    this.#problems.push({ at: node.start, message, remedy })
  }
}

/** `subject` and the like, unless a name inside the expression hides it. */
function rootName(node: Node, names: Names): string | undefined {
  if (node.op !== 'id' || names.has(String(node.args))) return undefined
  const name = String(node.args)
  return ROOTS.includes(name) ? name : undefined
}

function isRoot(name: string): name is Root {
  return name === 'subject' || name === 'resource' || name === 'tenant'
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}
