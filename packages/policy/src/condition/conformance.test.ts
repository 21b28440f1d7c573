// The published conformance cases of the language, as far as they lie in our subset and need no variables.

import { tests } from '@bufbuild/cel-spec/testdata/conformance.js'
import { expect, test } from 'vitest'
import type { SubjectId } from '../names.ts'
import { parseExpression } from './cel.ts'
import { compileCondition, declarationsOf } from './compile-condition.ts'
import { subjectValue } from './scope.ts'

type Suite = typeof tests
type Case = { name: string; text: string; expected: true | 'error' }

const SUITES = [
  'basic',
  'comparisons',
  'conversions',
  'fp_math',
  'integer_math',
  'lists',
  'logic',
  'macros',
  'parse',
  'plumbing',
  'string',
]

function casesOf(suite: Suite, path: string): Case[] {
  const here = (suite.tests ?? []).flatMap(({ original }): Case[] => {
    const { expr, value, evalError, ...rest } = original as Record<string, unknown>
    if (rest.bindings || rest.typeEnv || rest.container) return []
    const name = `${path}/${String(rest.name)}`
    if (evalError) return [{ name, text: `(${expr}) == null`, expected: 'error' }]
    const wanted = value === undefined ? 'true' : literal(value as Record<string, unknown>)
    return wanted === undefined ? [] : [{ name, text: `(${expr}) == ${wanted}`, expected: true }]
  })
  const below = (suite.suites ?? []).flatMap((one) => casesOf(one, `${path}/${one.name}`))
  return [...here, ...below]
}

function literal(value: Record<string, unknown>): string | undefined {
  const [[kind, content] = ['', undefined]] = Object.entries(value)
  switch (kind) {
    case 'boolValue':
    case 'int64Value':
      return String(content)
    case 'doubleValue':
      return typeof content === 'number' && Number.isFinite(content) ? asDouble(content) : undefined
    case 'stringValue':
      return JSON.stringify(content)
    case 'nullValue':
      return 'null'
    default:
      return undefined
  }
}

function asDouble(value: number): string {
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

function isOurs(text: string): boolean {
  // Typed messages of another format have no place here.
  if (/google|TestAllTypes/.test(text)) return false
  const expression = parseExpression(text)
  // What does not parse counts: it should, unless the case wants an error.
  return !('syntax' in expression) || !expression.syntax.problems.some(isOutside)
}

function isOutside({ message }: { message: string }): boolean {
  return /is not a (variable|function|method|part)|bytes and unsigned|no plain text/.test(message)
}

/** Where the library behind our door does not do as the language says. */
const KNOWN_GAPS: readonly string[] = [
  // Kinds that can never be equal, or that one word cannot join, are refused when written, instead of being answered.
  'comparisons/eq_literal/not_eq_list_length',
  'comparisons/eq_literal/eq_list_elem_mixed_types',
  // Whole numbers beyond what JSON can hold.
  'comparisons/lt_literal/not_lt_dyn_int_big_lossy_double',
  // A number begins with a digit.
  'comparisons/gt_literal/not_gt_double',
  'comparisons/gt_literal/not_gt_dyn_big_double_int',
  'comparisons/lte_literal/lte_dyn_big_double_int',
  'comparisons/gte_literal/gte_dyn_int_big_lossy_double',
  'logic/conditional/mixed_type',
  'logic/AND/short_circuit_type_left',
  'logic/AND/short_circuit_type_right',
  'logic/OR/short_circuit_type_left',
  'logic/OR/short_circuit_type_right',
  // Walking nothing, of which the kind is not known.
  'macros/exists/list_empty',
  'macros/all/list_empty',
  'macros/exists_one/list_empty',
  // 33 levels: over our limit.
  'parse/nest/parens',
]

test('[PO61] the language is as published, up to the known gaps', () => {
  const scope = {
    subject: subjectValue('user:x' as SubjectId, {}),
    resource: {},
    tenant: {},
    lookup: () => undefined,
  }
  const declarations = declarationsOf({ tenant: {}, types: {} }, '')
  const cases = (tests.suites ?? [])
    .filter(({ name }) => SUITES.includes(name))
    .flatMap((suite) => casesOf(suite, suite.name))
    .filter(({ text }) => isOurs(text))
  const different = cases.filter(({ text, expected }) => {
    const outcome = compileCondition(text, declarations).evaluate(scope)
    return (typeof outcome === 'boolean' ? outcome : 'error') !== expected
  })
  expect(cases.length).toBeGreaterThan(500)
  expect(different.map(({ name }) => name)).toEqual(KNOWN_GAPS)
})
