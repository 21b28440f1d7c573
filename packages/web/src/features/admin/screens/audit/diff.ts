// Before and after of a line as a list of what differs, by path. Pure.

export type Difference = {
  /** `dock:bridge@user:ann`, `attributes.title`. */
  readonly path: string
  /** Absent: it was not there, or is not there any more. */
  readonly before?: string
  readonly after?: string
}

const MOST = 200

/** Lists of words are compared as sets: what came, what went. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = []
  walk('', before, after, found)
  return found.slice(0, MOST)
}

function walk(path: string, before: unknown, after: unknown, found: Difference[]): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return
  const names = namesIn(before, after)
  if (names.length === 0) found.push({ path, ...said('before', before), ...said('after', after) })
  for (const name of names)
    walk(path === '' ? name : `${path}.${name}`, member(before, name), member(after, name), found)
}

/** The members to go on with, where both sides have some or are not there. */
function namesIn(before: unknown, after: unknown): readonly string[] {
  const sides = [before, after].filter((side) => !isNone(side))
  if (!sides.every(isObject)) return []
  return [...new Set(sides.flatMap((side) => Object.keys(side as object)))]
}

function member(of: unknown, name: string): unknown {
  return isObject(of) ? of[name] : undefined
}

function said(name: 'before' | 'after', value: unknown): Partial<Difference> {
  return isNone(value) ? {} : { [name]: textOf(value) }
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.length === 0 ? '–' : value.join(', ')
  return JSON.stringify(value, undefined, 1) ?? ''
}

function isNone(value: unknown): boolean {
  return value === null || value === undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
