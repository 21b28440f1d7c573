// What is different between two policies, part by part: the paths for programs, the sentences for people.

import { canonicalText } from './canonical.ts'
import { differenceText } from './difference-text.ts'
import type { PolicyDocument } from './document-types.ts'

/** Names of fields and positions in lists, from the top of the document. */
export type DifferencePath = readonly (string | number)[]

export type PolicyDifference = {
  /** Positions are those of the later document, of the earlier one for what was removed. */
  readonly path: DifferencePath
  readonly kind: 'added' | 'removed' | 'changed'
  /** Absent if `added`. */
  readonly before?: unknown
  /** Absent if `removed`. */
  readonly after?: unknown
  /** In English, without a stop: ``role `chair` of `team` can now `kick` ``. */
  readonly sentence: string
}

type Found = Omit<PolicyDifference, 'sentence'>

/**
 * Lists what differs, in the order of the later document. None: the same policy, written differently perhaps.
 *
 * Lists of names are compared as sets. A rule is the same rule if it has the same id; without one, if it says the same.
 */
export function diffPolicies(
  before: PolicyDocument,
  after: PolicyDocument,
): readonly PolicyDifference[] {
  return differ([], before, after).map((found) => ({ ...found, sentence: differenceText(found) }))
}

function differ(path: DifferencePath, before: unknown, after: unknown): readonly Found[] {
  if (canonicalText(before) === canonicalText(after)) return []
  if (isObject(before) && isObject(after)) return differObjects(path, before, after)
  if (Array.isArray(before) && Array.isArray(after)) return differLists(path, before, after)
  if (before === undefined) return added(path, after)
  if (after === undefined) return removed(path, before)
  return [{ path, kind: 'changed', before, after }]
}

/** A new object or list is told by its parts where the parts are what people think in. */
const SPELLED_OUT = new Set([
  'can',
  'extends',
  'from',
  'rules',
  'relations',
  'attributes',
  'messages',
])

function isSpelledOut(path: DifferencePath, value: unknown): boolean {
  const last = path.at(-1)
  const isTop = path.length === 1 || (path.length === 2 && path[0] === 'settings')
  if (Array.isArray(value)) return typeof last === 'string'
  return isObject(value) && (isTop || (typeof last === 'string' && SPELLED_OUT.has(last)))
}

function added(path: DifferencePath, after: unknown): readonly Found[] {
  if (!isSpelledOut(path, after)) return [{ path, kind: 'added', after }]
  return differ(path, Array.isArray(after) ? [] : {}, after)
}

function removed(path: DifferencePath, before: unknown): readonly Found[] {
  if (!isSpelledOut(path, before)) return [{ path, kind: 'removed', before }]
  return differ(path, before, Array.isArray(before) ? [] : {})
}

function differObjects(
  path: DifferencePath,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly Found[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])]
  return names.flatMap((name) => differ([...path, name], ownOf(before, name), ownOf(after, name)))
}

function ownOf(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function differLists(
  path: DifferencePath,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly Found[] {
  const old = new Map(before.map((item, i) => [identityOf(item), { item, i }]))
  const now = new Map(after.map((item, i) => [identityOf(item), { item, i }]))
  const gone = [...old].filter(([identity]) => !now.has(identity))
  const found = [
    ...gone.map(
      ([, { item, i }]): Found => ({ path: [...path, i], kind: 'removed', before: item }),
    ),
    ...[...now].flatMap(([identity, { item, i }]): Found[] => {
      const known = old.get(identity)
      if (!known) return [{ path: [...path, i], kind: 'added', after: item }]
      if (canonicalText(known.item) === canonicalText(item)) return []
      return [{ path: [...path, i], kind: 'changed', before: known.item, after: item }]
    }),
  ]
  return found.length > 0 || isSet(path) ? found : [{ path, kind: 'changed', before, after }]
}

/** Lists whose order says nothing. */
function isSet(path: DifferencePath): boolean {
  return typeof path.at(-1) === 'string' && path.at(-1) !== 'actions'
}

/** Rules are known by their ids, all else by what it says. */
function identityOf(item: unknown): string {
  const id = isObject(item) ? ownOf(item, 'id') : undefined
  return typeof id === 'string' ? `id:${id}` : canonicalText(item)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
