// Attributes of a person as fields: what stands in a field, and what it means. Pure.

export type Value = unknown

/** A text stands as it is; everything else, and a text that could be read as something else, as JSON. */
export function shownOf(value: Value): string {
  if (typeof value === 'string' && !isJson(value)) return value
  return JSON.stringify(value)
}

/** Undefined: begun as JSON, and none. */
export function readOf(text: string): { readonly value: Value } | undefined {
  const trimmed = text.trim()
  if (isJson(trimmed)) return { value: JSON.parse(trimmed) as Value }
  return /^["[{]/.test(trimmed) ? undefined : { value: text }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export type Field = { readonly name: string; readonly text: string }

export function fieldsOf(attributes: Readonly<Record<string, Value>>): readonly Field[] {
  return Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, text: shownOf(value) }))
}

export type FieldProblem = 'badName' | 'takenName' | 'badValue'

/** What is wrong with fields, by their place. */
export function problemsOf(fields: readonly Field[]): Readonly<Record<number, FieldProblem>> {
  const seen = new Set<string>()
  const problems: Record<number, FieldProblem> = {}
  fields.forEach(({ name, text }, index) => {
    if (!/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)) problems[index] = 'badName'
    else if (seen.has(name)) problems[index] = 'takenName'
    else if (readOf(text) === undefined) problems[index] = 'badValue'
    seen.add(name)
  })
  return problems
}

/** Only what became different; `null` takes away. */
export function differenceOf(
  known: Readonly<Record<string, Value>>,
  fields: readonly Field[],
): Readonly<Record<string, Value>> {
  const next = new Map(fields.map(({ name, text }) => [name, readOf(text)?.value]))
  const changed = [...next].filter(
    ([name, value]) => JSON.stringify(known[name]) !== JSON.stringify(value),
  )
  const gone = Object.keys(known)
    .filter((name) => !next.has(name))
    .map((name) => [name, null] as const)
  return Object.fromEntries([...changed, ...gone])
}

/** What is known once a difference has been saved. */
export function appliedTo(
  known: Readonly<Record<string, Value>>,
  difference: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const whole = { ...known, ...difference }
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null))
}
