// What the annotations of one message add up to: who has contributed what, by type and name. The type says how to count.

import type { NewAnnotation, Summary } from '@sayso/channel'

/** How annotations of a type are added up. Any other type is told and not added up. */
export type AnnotationMethod = 'total' | 'flag' | 'distinct' | 'unique' | 'multiple'

const TYPE = /^[^:]+:(total|flag|distinct|unique|multiple)\.v1$/

/** The method in a type such as `reaction:distinct.v1`; undefined if there is none. */
export function annotationMethod(type: string): AnnotationMethod | undefined {
  return TYPE.exec(type)?.[1] as AnnotationMethod | undefined
}

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

/** One client's part in one name of one type. No `name` or no client is the empty text. `count` 0: there is none. */
export type Contribution = {
  readonly type: string
  readonly name: string
  readonly client: string
  readonly count: number
}

/** The counts of one name, by client in the order in which they came, and their sum. */
type Counts = { readonly of: Map<string, number>; sum: number }
type Names = Map<string, Counts>

/** Types that are counted on one message, and names over all of them; later ones are told and not added up. */
const MAX_TYPES = 50
const MAX_NAMES = 500
/** About the most a summary may say, as JSON; characters. Longer lists of clients are cut, and say so. */
const MAX_SUMMARY = 16_384
/** How many clients are listed per name, as far as they fit. */
const LISTED = [1_000, 200, 50, 10, 0] as const
/** About what an entry says besides its name and its clients; characters. */
const ENTRY = 120

export class Tally {
  readonly #types = new Map<string, Names>()
  #names = 0

  /** Takes over a contribution as it was kept. */
  put({ type, name, client, count }: Contribution): void {
    const names = this.#types.get(type) ?? new Map<string, Counts>()
    const counts = names.get(name) ?? { of: new Map<string, number>(), sum: 0 }
    counts.sum += count - (counts.of.get(client) ?? 0)
    if (count > 0) counts.of.set(client, count)
    else counts.of.delete(client)
    this.#names -= names.size
    if (counts.of.size > 0) names.set(name, counts)
    else names.delete(name)
    this.#names += names.size
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

  /** What it all adds up to; empty if nothing is left. Lists of clients are cut until it fits, then names. */
  summary(): Summary {
    const listed = LISTED.find((most) => this.#fits(most)) ?? 0
    const mostOfNames = this.#fits(listed) ? MAX_NAMES : this.#mostNames()
    const types = [...this.#types].map(([type, names]) => {
      const shown = names.size <= mostOfNames ? names : mostCounted(names, mostOfNames)
      return [
        type,
        summaryOf(type, shown, (counts) => firstClients(counts, listed), false),
      ] as const
    })
    return Object.fromEntries(types)
  }

  /** The entries that one client has a part in, listing that client alone. */
  summaryFor(client: string): Summary {
    const types = [...this.#types].flatMap(([type, names]) => {
      const own = new Map([...names].filter(([, counts]) => counts.of.has(client)))
      return own.size === 0 ? [] : [[type, summaryOf(type, own, () => [client], true)] as const]
    })
    return Object.fromEntries(types)
  }

  #changed(
    method: AnnotationMethod,
    annotation: Omit<NewAnnotation, 'messageSerial'>,
  ): readonly Contribution[] {
    const { action, type, name: named = '', count = 1, clientId: client = '' } = annotation
    const isGiven = action === 'create'
    const name = method === 'total' || method === 'flag' ? '' : named
    const before = this.#types.get(type)?.get(name)?.of.get(client) ?? 0
    const after = { total: before + (isGiven ? 1 : -1), multiple: isGiven ? before + count : 0 }
    const sum = method === 'total' || method === 'multiple' ? after[method] : isGiven ? 1 : 0
    const others = method === 'unique' ? this.#otherNames(type, name, client) : []
    const kept = Math.min(Math.max(sum, 0), Number.MAX_SAFE_INTEGER)
    if (kept === before || !this.#hasRoom(type, name)) return others
    return [...others, { type, name, client, count: kept }]
  }

  /** INVARIANT: what one message costs is bounded, whatever people call their reactions. */
  #hasRoom(type: string, name: string): boolean {
    const names = this.#types.get(type)
    if (names?.has(name) === true) return true
    return this.#names < MAX_NAMES && (names !== undefined || this.#types.size < MAX_TYPES)
  }

  #otherNames(type: string, name: string, client: string): readonly Contribution[] {
    return [...(this.#types.get(type) ?? [])]
      .filter(([other, counts]) => other !== name && counts.of.has(client))
      .map(([other]) => ({ type, name: other, client, count: 0 }))
  }

  /** Whether a summary with so many clients per name fits; looks no further than it may be long. */
  #fits(listed: number): boolean {
    let length = 0
    for (const [type, names] of this.#types) {
      length += type.length
      for (const [name, counts] of names) {
        length += ENTRY + name.length
        for (const client of firstClients(counts, listed, MAX_SUMMARY - length))
          length += client.length + 8
        if (length > MAX_SUMMARY) return false
      }
    }
    return true
  }

  /** How many names of each type surely fit, at the length of the longest. */
  #mostNames(): number {
    let longest = 1
    for (const names of this.#types.values())
      for (const name of names.keys()) longest = Math.max(longest, name.length)
    return Math.max(1, Math.floor(MAX_SUMMARY / this.#types.size / (longest + ENTRY)))
  }
}

function summaryOf(
  type: string,
  names: ReadonlyMap<string, Counts>,
  list: (counts: Counts) => readonly string[],
  isPart: boolean,
): unknown {
  const method = annotationMethod(type)
  const entry = (counts: Counts) => {
    const total = Math.min(counts.sum, Number.MAX_SAFE_INTEGER)
    if (method === 'total') return { total }
    const shown = list(counts)
    const identified = counts.of.size - (counts.of.has('') ? 1 : 0)
    const clipped = isPart || shown.length < identified
    if (method !== 'multiple') return { total, clientIds: shown, clipped }
    return {
      total,
      clientIds: Object.fromEntries(shown.map((client) => [client, counts.of.get(client) ?? 0])),
      totalUnidentified: counts.of.get('') ?? 0,
      totalClientIds: identified,
      clipped,
    }
  }
  const entries = [...names].map(([name, counts]) => [name, entry(counts)] as const)
  return method === 'total' || method === 'flag' ? entries[0]?.[1] : Object.fromEntries(entries)
}

/** @param room characters; no more clients are looked at than fill it */
function firstClients(
  counts: Counts,
  most: number,
  room = Number.POSITIVE_INFINITY,
): readonly string[] {
  const listed: string[] = []
  let length = 0
  for (const client of counts.of.keys()) {
    if (listed.length >= most || length > room) break
    if (client === '') continue
    listed.push(client)
    length += client.length
  }
  return listed
}

function mostCounted(names: Names, most: number): Names {
  const byCount = [...names].sort(([, a], [, b]) => b.sum - a.sum)
  return new Map(byCount.slice(0, most))
}
