// What the annotations of one message add up to: who has contributed what, by type and name. The type says how to count.

import type { NewAnnotation, Summary } from '@sayso/channel'

/** How annotations of a type are added up. Any other type is told and not added up. */
export type AnnotationMethod = 'total' | 'flag' | 'distinct' | 'unique' | 'multiple'

const TYPE = /^[^:]+:(total|flag|distinct|unique|multiple)\.v1$/

/** The method in a type such as `reaction:distinct.v1`; undefined if there is none. */
export function annotationMethod(type: string): AnnotationMethod | undefined {
  return TYPE.exec(type)?.[1] as AnnotationMethod | undefined
}

/** One client's part in one name of one type. No `name` or no client is the empty text. `count` 0: there is none. */
export type Contribution = {
  readonly type: string
  readonly name: string
  readonly client: string
  readonly count: number
}

/** The counts of one name, by client in the order in which they came. */
type Counts = Map<string, number>
type Names = Map<string, Counts>

/** The most a summary may say, as JSON; characters. Longer lists of clients are cut, and say so. */
const MAX_SUMMARY = 16_384
/** How many clients are listed per name, as far as they fit. */
const LISTED = [1_000, 200, 50, 10, 0] as const

/** The messages whose annotations are added up, in the order of their first one. */
export function summedSerials(
  annotations: readonly Pick<NewAnnotation, 'type' | 'messageSerial'>[],
): ReadonlySet<string> {
  return new Set(
    annotations
      .filter(({ type }) => annotationMethod(type) !== undefined)
      .map(({ messageSerial }) => messageSerial),
  )
}

export class Tally {
  readonly #types = new Map<string, Names>()

  /** Takes over a contribution as it was kept. */
  put({ type, name, client, count }: Contribution): void {
    const names = this.#types.get(type) ?? new Map<string, Counts>()
    const counts = names.get(name) ?? new Map<string, number>()
    if (count > 0) counts.set(client, count)
    else counts.delete(client)
    if (counts.size > 0) names.set(name, counts)
    else names.delete(name)
    if (names.size > 0) this.#types.set(type, names)
    else this.#types.delete(type)
  }

  /** Counts an annotation in and returns the contributions that changed. */
  apply(annotation: Omit<NewAnnotation, 'messageSerial'>): readonly Contribution[] {
    const method = annotationMethod(annotation.type)
    if (method === undefined) return []
    const changed = this.#changed(method, annotation)
    for (const contribution of changed) this.put(contribution)
    return changed
  }

  /** What it all adds up to; empty if nothing is left. Lists of clients are cut until it fits. */
  summary(): Summary {
    for (const listed of LISTED) {
      const whole = this.#summary(listed)
      if (JSON.stringify(whole).length <= MAX_SUMMARY) return whole
    }
    return this.#summary(0, mostNames(this.#types))
  }

  /** The entries that one client has a part in, listing that client alone. */
  summaryFor(client: string): Summary {
    const types = [...this.#types].flatMap(([type, names]) => {
      const own = new Map([...names].filter(([, counts]) => counts.has(client)))
      return own.size === 0 ? [] : [[type, summaryOf(type, own, () => [client], true)] as const]
    })
    return Object.fromEntries(types)
  }

  #summary(listed: number, mostOfNames = Number.POSITIVE_INFINITY): Summary {
    const types = [...this.#types].map(([type, names]) => {
      const shown = names.size <= mostOfNames ? names : mostCounted(names, mostOfNames)
      return [
        type,
        summaryOf(type, shown, (counts) => firstClients(counts, listed), false),
      ] as const
    })
    return Object.fromEntries(types)
  }

  #changed(
    method: AnnotationMethod,
    {
      action,
      type,
      name: named = '',
      count = 1,
      clientId: client = '',
    }: Omit<NewAnnotation, 'messageSerial'>,
  ): readonly Contribution[] {
    const isGiven = action === 'create'
    const name = method === 'total' || method === 'flag' ? '' : named
    const before = this.#types.get(type)?.get(name)?.get(client) ?? 0
    const after = { total: before + (isGiven ? 1 : -1), multiple: isGiven ? before + count : 0 }
    const sum = method === 'total' || method === 'multiple' ? after[method] : isGiven ? 1 : 0
    const others = method === 'unique' ? this.#otherNames(type, name, client) : []
    const kept = Math.min(Math.max(sum, 0), Number.MAX_SAFE_INTEGER)
    return [...others, ...(kept === before ? [] : [{ type, name, client, count: kept }])]
  }

  #otherNames(type: string, name: string, client: string): readonly Contribution[] {
    return [...(this.#types.get(type) ?? [])]
      .filter(([other, counts]) => other !== name && counts.has(client))
      .map(([other]) => ({ type, name: other, client, count: 0 }))
  }
}

function summaryOf(
  type: string,
  names: ReadonlyMap<string, Counts>,
  list: (counts: Counts) => readonly string[],
  isPart: boolean,
): unknown {
  const method = annotationMethod(type)
  const [only] = names.values()
  if (method === 'total') return { total: sumOf(only ?? new Map()) }
  const entry = (counts: Counts) => {
    const shown = list(counts)
    const identified = counts.size - (counts.has('') ? 1 : 0)
    const clipped = isPart || shown.length < identified
    if (method !== 'multiple') return { total: counts.size, clientIds: shown, clipped }
    return {
      total: sumOf(counts),
      clientIds: Object.fromEntries(shown.map((client) => [client, counts.get(client) ?? 0])),
      totalUnidentified: counts.get('') ?? 0,
      totalClientIds: identified,
      clipped,
    }
  }
  if (method === 'flag') return entry(only ?? new Map())
  return Object.fromEntries([...names].map(([name, counts]) => [name, entry(counts)]))
}

function sumOf(counts: Counts): number {
  let sum = 0
  for (const count of counts.values()) sum += count
  return Math.min(sum, Number.MAX_SAFE_INTEGER)
}

function firstClients(counts: Counts, most: number): readonly string[] {
  const listed: string[] = []
  for (const client of counts.keys()) {
    if (listed.length >= most) break
    if (client !== '') listed.push(client)
  }
  return listed
}

/** How many names of each type surely fit, at the length of the longest. */
function mostNames(types: ReadonlyMap<string, Names>): number {
  let longest = 1
  for (const names of types.values())
    for (const name of names.keys()) longest = Math.max(longest, JSON.stringify(name).length)
  return Math.max(1, Math.floor(MAX_SUMMARY / types.size / (longest + 120)))
}

function mostCounted(names: Names, most: number): Names {
  const byCount = [...names].sort(([, a], [, b]) => b.size - a.size)
  return new Map(byCount.slice(0, most))
}
