// From the text of a `when` to a condition, and what is wrong with one that cannot be used.

import { DISPLAY_ATTRIBUTES } from '../attributes.ts'
import type { AttributeTypes } from '../document-types.ts'
import type { Attributes } from '../names.ts'
import { quote } from '../quote.ts'
import { type Declared, parseExpression } from './cel.ts'
import type { Condition, Reads, Scope } from './condition.ts'
import { foundValue } from './scope.ts'
import type { SyntaxProblem } from './syntax.ts'

export type { SyntaxProblem } from './syntax.ts'

const FIXED: Readonly<Record<keyof Declared, readonly string[]>> = {
  subject: ['id', 'anonymous'],
  resource: ['id', 'type', 'key'],
  tenant: ['id', 'key'],
}

/** What a document declares, as the conditions of one resource type see it. */
export type Declarations = {
  readonly variables: Declared
  /** The attributes of what `lookup` finds. */
  of(id: string): AttributeTypes | undefined
}

type Declaring = { readonly attributes?: AttributeTypes }
/** The part of a document that declares attributes. */
export type DeclaringDocument = {
  readonly people?: Declaring
  readonly tenant: Declaring
  readonly types: Readonly<Record<string, Declaring>>
}

/** The declarations of a document for conditions on resources of `type`. */
export function declarationsOf(document: DeclaringDocument, type: string): Declarations {
  const { people, tenant, types } = document
  const ofType = (name: string) =>
    name === 'tenant'
      ? tenant.attributes
      : Object.hasOwn(types, name)
        ? types[name]?.attributes
        : undefined
  return {
    variables: {
      subject: people?.attributes,
      resource: ofType(type),
      tenant: tenant.attributes,
    },
    of: (id) => {
      const kind = id.slice(0, id.indexOf(':'))
      return kind === 'user' ? people?.attributes : ofType(kind)
    },
  }
}

const NOTHING: Reads = {
  subject: [],
  resource: [],
  tenant: [],
  lookup: false,
  message: false,
  context: false,
}

/** Makes a condition of a text; one that cannot be used errs whenever it is asked. */
export function compileCondition(text: string, declarations: Declarations): Condition {
  const expression = parseExpression(text)
  if (!('syntax' in expression)) return broken(text, expression)
  const { syntax } = expression
  if (syntax.problems.length > 0) return broken(text, syntax.problems)
  const { reads } = syntax
  const { variables } = declarations
  const whole = {
    subject: wholeNumbers(variables.subject, reads.subject),
    resource: wholeNumbers(variables.resource, reads.resource),
    tenant: wholeNumbers(variables.tenant, reads.tenant),
  }
  const hasInts = Object.values(whole).some((names) => names.length > 0)
  const typed = (scope: Scope) => ({
    subject: withInts(scope.subject, whole.subject),
    resource: withInts(scope.resource, whole.resource),
    tenant: withInts(scope.tenant, whole.tenant),
    message: scope.message,
    context: scope.context,
  })
  return {
    text,
    isStable: !(reads.message || reads.context),
    reads,
    evaluate: (scope: Scope) =>
      expression.run(hasInts ? typed(scope) : scope, (id) => {
        const found = scope.lookup(id)
        return found && withInts(foundValue(id, found), wholeNumbers(declarations.of(id), ['*']))
      }),
  }
}

function broken(text: string, [problem]: readonly SyntaxProblem[]): Condition {
  const error = problem?.message ?? 'not a valid condition'
  return { text, isStable: true, reads: NOTHING, evaluate: () => ({ error }) }
}

/** The declared whole numbers among the attributes a condition reads. */
function wholeNumbers(
  types: AttributeTypes | undefined,
  read: readonly string[],
): readonly string[] {
  return Object.entries(types ?? {})
    .filter(([name, type]) => type === 'int' && (read.includes('*') || read.includes(name)))
    .map(([name]) => name)
}

/** CEL tells whole numbers from others; JSON does not, so what is declared `int` becomes one here. */
function withInts(values: Attributes, names: readonly string[]): Attributes {
  if (names.length === 0) return values
  const ints = names
    .filter((name) => Object.hasOwn(values, name) && Number.isSafeInteger(values[name]))
    .map((name) => [name, BigInt(values[name] as number)])
  return { ...values, ...Object.fromEntries(ints) }
}

/** Everything that is wrong with the text of a condition; `isStable`: it must not read `message` or `context`. */
export function checkCondition(
  text: string,
  declarations: Declarations,
  isStable: boolean,
): readonly SyntaxProblem[] {
  const expression = parseExpression(text)
  if (!('syntax' in expression)) return expression
  const { syntax } = expression
  const { reads } = syntax
  const problems = [...syntax.problems, ...undeclared(syntax.attributes, declarations)]
  if (isStable && (reads.message || reads.context)) {
    const word = reads.message ? 'message' : 'context'
    const remedy = 'use `subject`, `resource`, `tenant` and `lookup`, or write a rule instead'
    problems.push({ at: 0, message: `\`${word}\` is not known when roles are derived`, remedy })
  }
  return problems.length > 0 ? problems : expression.check(declarations.variables)
}

function undeclared(
  attributes: readonly { root: keyof Declared; name: string; at: number }[],
  { variables }: Declarations,
): SyntaxProblem[] {
  return attributes.flatMap(({ root, name, at }) => {
    const types = variables[root]
    if (!types || FIXED[root].includes(name) || DISPLAY_ATTRIBUTES.includes(name)) return []
    if (Object.hasOwn(types, name)) return []
    const known = [...FIXED[root], ...Object.keys(types)].slice(0, 12).map((word) => `\`${word}\``)
    return [
      {
        at,
        message: `${quote(name)} is not a declared attribute of \`${root}\``,
        remedy: `use ${known.join(', ')}, or declare it`,
      },
    ]
  })
}
