// Conditions as the second library sees them. Plans are kept by text; what they answer never is.

import {
  CelScalar,
  celEnv,
  celFunc,
  isCelError,
  isCelMap,
  mapType,
  parse,
  plan,
} from '@bufbuild/cel'

export type Values = Readonly<Record<string, unknown>>
/** What an expression may read; `lookup` gives what is known of a person or resource. */
export type Variables = {
  readonly [name: string]: Values | undefined
}
export type Lookup = (id: string) => Values | undefined

const MOST_LOOKUPS = 10

/** The look-up of the evaluation that runs; evaluations never nest. */
let seen: { readonly lookup: Lookup; readonly ids: Set<string> } | undefined

const env = celEnv({
  funcs: [
    celFunc('lookup', [CelScalar.STRING], mapType(CelScalar.STRING, CelScalar.DYN), (id) => {
      if (!seen) throw new Error('no evaluation runs')
      seen.ids.add(id)
      if (seen.ids.size > MOST_LOOKUPS) throw new Error('too many look-ups')
      const found = seen.lookup(id)
      if (!found) throw new Error(`nothing is known of ${id}`)
      return new Map(Object.entries(found)) as never
    }),
    celFunc('holds_field', [CelScalar.DYN, CelScalar.STRING], CelScalar.BOOL, (map, name) => {
      return isCelMap(map) && [...map.keys()].includes(name)
    }),
  ],
})

/**
 * `has` by a function of our own: the library takes fields that are null, and all fields of variables that are not given, for
 * missing ones. The former are there, and asking for the latter is an error.
 */
const written = (text: string) => text.replace(/\bhas\(([\w.]+)\.(\w+)\)/g, "holds_field($1, '$2')")

type Plan = (values: Record<string, never>) => unknown
const plans = new Map<string, Plan | 'broken'>()

function planOf(text: string): Plan | 'broken' {
  const known = plans.get(text)
  if (known) return known
  if (plans.size > 20_000) plans.clear()
  let made: Plan | 'broken' = 'broken'
  try {
    made = plan(env, parse(written(text))) as Plan
  } catch {
    // What does not parse never holds and never lets through.
  }
  plans.set(text, made)
  return made
}

/** Only the boolean `true` is true; whatever else is not `false` is an error. */
export function evaluate(text: string, variables: Variables, lookup: Lookup): boolean | 'error' {
  const run = planOf(text)
  if (run === 'broken') return 'error'
  const given = Object.entries(variables).filter(([, value]) => value !== undefined)
  seen = { lookup, ids: new Set() }
  try {
    const result = run(Object.fromEntries(given) as Record<string, never>)
    if (isCelError(result) || typeof result !== 'boolean') return 'error'
    return result
  } catch {
    return 'error'
  } finally {
    seen = undefined
  }
}
