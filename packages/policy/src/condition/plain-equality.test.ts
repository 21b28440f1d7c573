import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Attributes } from '../names.ts'
import { compileCondition, declarationsOf } from './compile-condition.ts'
import type { Outcome, Scope } from './condition.ts'

const open = { tenant: {}, types: {} }
const typed = { people: { attributes: { a: 'int' } }, tenant: {}, types: {} } as const

const value = fc.oneof(
  fc.constantFrom('x', 'y', '', 'é', '1'),
  fc.constantFrom(1, 1.5, true, false, null, ['x'], { x: 'x' }),
)
const attributes = fc.dictionary(
  fc.constantFrom('a', 'b', 'toString'),
  value,
) as fc.Arbitrary<Attributes>
const scope = fc
  .record({
    subject: attributes,
    resource: attributes,
    tenant: attributes,
    context: fc.option(attributes, { nil: undefined }),
  })
  .map((values): Scope => ({ ...values, lookup: () => undefined }))
const side = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('subject', 'resource', 'tenant', 'context', 'nobody'),
      fc.constantFrom('a', 'b', 'toString', '__proto__'),
    )
    .map(([root, name]) => `${root}.${name}`),
  fc.constantFrom('"x"', '"é"', '1', 'true', 'subject', 'subject.a.b'),
)

const said = (outcome: Outcome) => (typeof outcome === 'boolean' ? outcome : 'error')

test('[PO61] comparing two texts comes to what the library says of it', () => {
  fc.assert(
    fc.property(side, fc.constantFrom('==', '!='), side, scope, (one, operator, other, values) => {
      for (const document of [open, typed]) {
        const declarations = declarationsOf(document, 'desk')
        const ask = (text: string) => said(compileCondition(text, declarations).evaluate(values))
        const text = `${one} ${operator} ${other}`
        expect(ask(text)).toBe(ask(`true && (${text})`))
      }
    }),
    { numRuns: 3_000 },
  )
})
