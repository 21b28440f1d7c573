// The reference for conditions: another library, by other people, with none of our limits.

import { type CelInput, CelScalar, celEnv, celFunc, mapType, parse, plan } from '@bufbuild/cel'
import { strings } from '@bufbuild/cel/ext'
import type { Attributes } from '../src/names.ts'

export type Verdict = true | false | 'error'

/** What the other library says; a value that is neither true nor false is an error here too. */
export function oracle(
  text: string,
  variables: Readonly<Record<string, unknown>>,
  lookup: (id: string) => Attributes | undefined,
): Verdict {
  const env = celEnv({
    funcs: [
      ...strings,
      celFunc('lookup', [CelScalar.STRING], mapType(CelScalar.STRING, CelScalar.DYN), (id) => {
        const found = lookup(id)
        if (!found) throw new Error('nothing there')
        return input(found) as never
      }),
    ],
  })
  try {
    const given = Object.entries(variables).filter(([, value]) => value !== undefined)
    const bindings = given.map(([name, value]) => [name, input(value)])
    const result = plan(env, parse(text))(Object.fromEntries(bindings))
    return typeof result === 'boolean' ? result : 'error'
  } catch {
    return 'error'
  }
}

/** JSON as the library takes it; numbers are doubles, bigints whole numbers. */
function input(value: unknown): CelInput {
  if (Array.isArray(value)) return value.map(input)
  if (typeof value !== 'object' || value === null) return value as CelInput
  return new Map(Object.entries(value).map(([key, part]) => [key, input(part)]))
}
