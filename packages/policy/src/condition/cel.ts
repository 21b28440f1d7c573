// The one door to the expression library: text in, a function that never throws out. Work per evaluation is bounded here,
// because what conditions read comes from strangers.

import { Environment, type TypeCheckResult } from '@marcbachmann/cel-js'
import { DISPLAY_ATTRIBUTES } from '../attributes.ts'
import { canonicalText } from '../canonical.ts'
import type { AttributeType, AttributeTypes } from '../document-types.ts'
import type { Attributes } from '../names.ts'
import { quote } from '../quote.ts'
import type { MessageChange, Outcome } from './condition.ts'
import { compilePattern } from './pattern.ts'
import { plainEquality } from './plain-equality.ts'
import {
  isNode,
  type Node,
  type Root,
  readSyntax,
  type Syntax,
  type SyntaxProblem,
} from './syntax.ts'
import { checkKey, isCompound, isIn, isSame } from './values.ts'

/** Levels of brackets, calls and dots. */
const MOST_DEPTH = 32
/** Characters; UTF-16 units. */
const MOST_TEXT = 1_000
/** Items walked, plus one for every `SLICE` characters matched and items searched. */
const MOST_STEPS = 10_000
const SLICE = 8
const MOST_LOOKUPS = 10

/** The values of the variables; absent ones err when read. */
export type Variables = {
  readonly subject: Attributes
  readonly resource: Attributes
  readonly tenant: Attributes
  readonly message?: MessageChange | undefined
  readonly context?: Attributes | undefined
}

/** Declared attributes by variable; an absent one is not declared. */
export type Declared = { readonly [R in Root]?: AttributeTypes | undefined }

export type Expression = {
  readonly syntax: Syntax
  /** Problems with declared types; empty if `syntax` has problems. */
  check(declared: Declared): readonly SyntaxProblem[]
  run(variables: Variables, lookup: (id: string) => Attributes | undefined): Outcome
}

/** One evaluation while it runs. */
type Run = {
  readonly lookup: (id: string) => Attributes | undefined
  found: Map<string, Attributes | undefined> | undefined
  steps: number
  /** Set once a limit is passed: nothing the expression does with the error afterwards counts. */
  excess: string | undefined
}

// INVARIANT: evaluation is synchronous, so at most one run is open at a time; nested ones put the outer one back.
const running: { current: Run | undefined } = { current: undefined }

const kept: { environment?: Environment } = {}

/** Everything undeclared. Made when first needed, for it takes a while. */
function ordinary(): Environment {
  kept.environment ??= open({})
  return kept.environment
}

/** Expressions read lately, by text: policies are read again and again with most of their conditions unchanged. */
const MOST_READ = 2_000
const known = new Map<string, Expression | readonly SyntaxProblem[]>()

/** Reads an expression; a list of problems if it is none. */
export function parseExpression(text: string): Expression | readonly SyntaxProblem[] {
  const read = known.get(text)
  if (read) return read
  if (known.size >= MOST_READ) known.clear()
  const fresh = readExpression(text)
  if (text.length <= MOST_TEXT) known.set(text, fresh)
  return fresh
}

function readExpression(text: string): Expression | readonly SyntaxProblem[] {
  if (text.length > MOST_TEXT) {
    const message = `the condition is longer than ${MOST_TEXT} characters`
    return [{ at: 0, message, remedy: 'split it into several rules' }]
  }
  try {
    const parsed = ordinary().parse(text)
    const syntax = readSyntax(parsed.ast)
    const checked = parsed.check()
    const problems = syntax.problems.length > 0 ? syntax.problems : problemsOf(checked)
    if (checked.valid) guard(parsed.ast as unknown as LiveNode)
    const plain = plainEquality(parsed.ast as unknown as Node)
    return {
      syntax: { ...syntax, problems },
      check: (declared) => (problems.length > 0 ? [] : checkTypes(text, declared)),
      run: (variables, lookup) => plain?.(variables) ?? run(() => parsed(variables), lookup),
    }
  } catch (error) {
    return [problemOf(error)]
  }
}

/** A condition of the right types gives a boolean, or something that only turns out to be one. */
function problemsOf(checked: TypeCheckResult): readonly SyntaxProblem[] {
  const { valid, type = 'nothing', error } = checked
  if (!valid) return [problemOf(error)]
  if (type === 'bool' || type === 'dyn') return []
  const remedy = 'compare it with something, as in `resource.colour == "red"`'
  return [{ at: 0, message: `the condition gives ${quote(type)}, not true or false`, remedy }]
}

/** What every variable has besides its attributes. */
const FIXED = {
  subject: { id: 'string', anonymous: 'bool' },
  resource: { id: 'string', type: 'string', key: 'string' },
  tenant: { id: 'string', key: 'string' },
} as const

const CEL_TYPES: Readonly<Record<AttributeType, string>> = {
  string: 'string',
  bool: 'bool',
  int: 'int',
  double: 'double',
  list: 'list',
  map: 'map',
  any: 'dyn',
}

function open(declared: Declared): Environment {
  const made = new Environment({
    homogeneousAggregateLiterals: false,
    limits: { maxDepth: MOST_DEPTH },
  })
  for (const root of ['subject', 'resource', 'tenant'] as const) {
    const types = declared[root]
    if (types) made.registerVariable({ name: root, schema: schemaOf(root, types) })
    else made.registerVariable(root, 'map')
  }
  return (
    made
      .registerVariable('message', 'map')
      .registerVariable('context', 'map')
      .registerFunction('lookup(string): map', (id: string) => look(id))
      // The library has the other direction only.
      .registerOperator('double == int', (left: number, right: bigint) => isSame(left, right))
  )
}

function schemaOf(root: Root, types: AttributeTypes): Record<string, string> {
  const declared = Object.entries(types).map(([name, type]) => [name, CEL_TYPES[type]])
  const shown = DISPLAY_ATTRIBUTES.map((name) => [name, 'dyn'])
  return { ...Object.fromEntries([...shown, ...declared]), ...FIXED[root] }
}

const environments = new Map<string, Environment>()
const MOST_ENVIRONMENTS = 200

function checkTypes(text: string, declared: Declared): readonly SyntaxProblem[] {
  const key = canonicalText(declared)
  const made = environments.get(key) ?? open(declared)
  if (environments.size >= MOST_ENVIRONMENTS) environments.clear()
  environments.set(key, made)
  return problemsOf(made.check(text))
}

function run(evaluate: () => unknown, lookup: Run['lookup']): Outcome {
  const outer = running.current
  const mine: Run = { lookup, found: undefined, steps: 0, excess: undefined }
  running.current = mine
  try {
    const value = evaluate()
    if (mine.excess !== undefined) return { error: mine.excess }
    if (value === true || value === false) return value
    return { error: 'the condition gives neither true nor false' }
  } catch (error) {
    return { error: mine.excess ?? wordsOf(error) }
  } finally {
    running.current = outer
  }
}

/** Ends the run for good, whatever the expression makes of the error. */
function exceed(mine: Run, words: string): never {
  mine.excess = words
  throw new Error(words)
}

function charge(steps: number): void {
  const mine = running.current
  if (!mine) return
  mine.steps += steps
  if (mine.steps > MOST_STEPS) exceed(mine, 'the condition takes too many steps')
}

function look(id: string): Attributes {
  const mine = running.current
  if (!mine) throw new Error('nothing is being decided')
  mine.found ??= new Map()
  if (!mine.found.has(id)) {
    if (mine.found.size === MOST_LOOKUPS) {
      exceed(mine, `the condition looks up more than ${MOST_LOOKUPS} things`)
    }
    mine.found.set(id, mine.lookup(id))
  }
  const found = mine.found.get(id)
  if (!found) throw new Error(`there is no ${quote(id)}`)
  return found
}

type Evaluate = (evaluator: Evaluator, node: LiveNode, context: unknown) => unknown
type Evaluator = { run(node: LiveNode, context: unknown): unknown }
/** The library's node with the parts that say how it is evaluated. */
type LiveNode = Node & {
  readonly meta: { readonly alternate?: LiveNode; readonly evaluate: Evaluate }
  /** What operators do with both sides; there once types are checked. */
  readonly handle?: (left: unknown, right: unknown, node: LiveNode, evaluator: Evaluator) => unknown
  setMeta(key: 'evaluate', value: Evaluate): void
}

/**
 * Puts a price on what can repeat or take long, and answers by `values.ts` where the library would let JavaScript turn
 * one kind of value into another: as a key, as a member, as an equal.
 *
 * This wraps how checked nodes of the library are evaluated; the tests of the limits and of agreement with the other
 * library fail if a new version works otherwise.
 */
function guard(node: LiveNode): void {
  const { alternate } = node.meta
  if (alternate) return guard(alternate)
  if (node.op === 'comprehension') {
    const parts = node.args as { readonly iterable: LiveNode; readonly step: LiveNode }
    guard(parts.iterable)
    guardAll(parts.step.args)
    guardStep(parts.step)
    return
  }
  guardAll(node.args)
  if (node.op === 'rcall' && (node.args as [string])[0] === 'matches') guardMatch(node)
  const answer = OPERATORS[node.op]
  if (answer) guardOperator(node, answer)
}

function guardAll(args: unknown): void {
  if (Array.isArray(args)) for (const part of args) guardAll(part)
  else if (isNode(args)) guard(args as LiveNode)
}

function guardStep(node: LiveNode): void {
  const { evaluate } = node.meta
  node.setMeta('evaluate', (evaluator, self, context) => {
    charge(1)
    return evaluate(evaluator, self, context)
  })
}

function guardMatch(node: LiveNode): void {
  const [, owner, [pattern]] = node.args as [string, LiveNode, readonly LiveNode[]]
  const compiled = compilePattern(String(pattern?.args))
  node.setMeta('evaluate', (evaluator, _, context) => {
    const text = evaluator.run(owner, context)
    if (typeof text !== 'string' || !compiled) throw new Error('only a text can match a pattern')
    charge(text.length / SLICE)
    return compiled.test(text)
  })
}

/** An answer of ours, or undefined to leave it to the library. */
type Answer = (left: unknown, right: unknown) => boolean | undefined

const OPERATORS: Readonly<Record<string, Answer>> = {
  in: (left, right) => {
    charge(1 + (Array.isArray(right) ? right.length / SLICE : 0))
    return isIn(left, right)
  },
  '[]': (left, right) => {
    checkKey(left, right)
    return undefined
  },
  '==': (left, right) => (isCompound(left) && isCompound(right) ? isSame(left, right) : undefined),
  '!=': (left, right) => (isCompound(left) && isCompound(right) ? !isSame(left, right) : undefined),
}

function guardOperator(node: LiveNode, answer: Answer): void {
  const [left, right] = node.args as [LiveNode, LiveNode]
  node.setMeta('evaluate', (evaluator, self, context) => {
    const [one, two] = [evaluator.run(left, context), evaluator.run(right, context)]
    return answer(one, two) ?? self.handle?.(one, two, self, evaluator)
  })
}

type LibraryError = { code?: unknown; summary?: unknown; range?: { start?: unknown } }

function problemOf(error: unknown): SyntaxProblem {
  const { code, range } = error as LibraryError
  const at = typeof range?.start === 'number' ? range.start : 0
  const remedy =
    code === 'limit_exceeded' ? 'split it into several rules' : 'mend the CEL expression here'
  return { at, message: `not a valid condition: ${wordsOf(error)}`, remedy }
}

/** The library's words in ours; names in them may come from strangers. */
function wordsOf(error: unknown): string {
  const { code, summary } = error as LibraryError
  const words = typeof summary === 'string' ? summary : error instanceof Error ? error.message : ''
  const name = words.slice(words.indexOf(':') + 2)
  if (code === 'no_such_key') return `there is no ${quote(name)}`
  if (code === 'unknown_variable') return `${quote(name)} is not given`
  const line = (words.split('\n')[0] ?? '').slice(0, 160)
  return line.charAt(0).toLowerCase() + line.slice(1)
}
