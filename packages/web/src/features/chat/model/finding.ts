// What is typed to find something: filters read out of it, what matched marked in what was found, names by a few letters. Pure.

import type { SearchQuery } from '@sayso/client'

type Named = { readonly id: string; readonly name: string }
type Keyed = { readonly key: string; readonly title: string }

export const TRAITS = ['file', 'image', 'link', 'code'] as const
const FILTER = /(?:^|\s)(from|in|has|before|after):(?:"([^"]*)"|(\S*))/giu

const BOUNDS: Readonly<Record<string, 'before' | 'since'>> = { before: 'before', after: 'since' }

export type Typed = {
  readonly query: SearchQuery
  /** What was typed as a filter and is none: shown, not guessed. */
  readonly unknown: readonly string[]
}

/** Filters stand anywhere: `from:ada in:lobby has:link before:2027-01-31`; names with spaces in quotes. */
export function typedQuery(
  text: string,
  people: readonly Named[],
  channels: readonly Keyed[],
): Typed {
  const lists: Record<'from' | 'in' | 'has', string[]> = { from: [], in: [], has: [] }
  const unknown: string[] = []
  const days: Record<'before' | 'since', string | undefined> = {
    before: undefined,
    since: undefined,
  }
  for (const [, filter = '', quoted, plain] of text.matchAll(FILTER)) {
    const said = (quoted ?? plain ?? '').replace(/^[@#]/u, '')
    const name = filter.toLowerCase()
    if (said === '') continue
    const bound = BOUNDS[name]
    if (bound !== undefined) {
      days[bound] = dayStart(said) ?? days[bound]
      if (dayStart(said) === undefined) unknown.push(`${name}:${said}`)
      continue
    }
    const list = lists[name as keyof typeof lists]
    const found = valuesOf(name, said, people, channels)
    if (found.length === 0) unknown.push(`${name}:${said}`)
    list.push(...found)
  }
  const left = text.replaceAll(FILTER, ' ').replaceAll(/\s+/gu, ' ').trimStart()
  // A word is whole when a space was typed after it, not when a filter was.
  const q = /\s$/u.test(text) ? left : left.trimEnd()
  const some = (list: readonly string[]) => (list.length === 0 ? undefined : list)
  const { from, has, in: within } = lists
  const query = { q, from: some(from), in: some(within), has: some(has), ...days }
  return { query: withoutAbsent(query), unknown }
}

function valuesOf(
  filter: string,
  said: string,
  people: readonly Named[],
  channels: readonly Keyed[],
): readonly string[] {
  const wanted = said.toLowerCase()
  const isIt = (name: string) => name.toLowerCase() === wanted
  if (filter === 'has') return TRAITS.filter((trait) => trait === wanted || `${trait}s` === wanted)
  if (filter === 'in')
    return channels.filter(({ key, title }) => isIt(key) || isIt(title)).map(({ key }) => key)
  const exact = people.filter(({ id, name }) => id === said || isIt(name))
  const first = people.filter(({ name }) => isIt(name.split(' ')[0] ?? ''))
  return (exact.length > 0 ? exact : first).map(({ id }) => id)
}

function withoutAbsent(query: object): SearchQuery {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as unknown as SearchQuery
}

/** The start of a day in the reader's zone. */
function dayStart(said: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(said) ?? []
  if (year === undefined) return undefined
  const at = new Date(Number(year), Number(month) - 1, Number(day))
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** True if there is something to ask for. */
export function isAsking({ q, ...filters }: SearchQuery): boolean {
  return q.trim() !== '' || Object.keys(filters).length > 0
}

export type Part = { readonly text: string; readonly isMatch: boolean }

const LONGEST_EXCERPT = 220
const BEFORE_MATCH = 60

/** A piece of a text around the first match, with what matched in parts of their own. */
export function excerpt(text: string, q: string): readonly Part[] {
  const words = q
    .split(/[\s"]+/u)
    .filter((word) => word !== '')
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
  const line = text.replaceAll(/\s+/gu, ' ')
  if (words.length === 0) return [{ text: cut(line, 0), isMatch: false }]
  const pattern = new RegExp(`(${words.join('|')})`, 'giu')
  const at = line.search(pattern)
  const start = at > BEFORE_MATCH ? line.lastIndexOf(' ', at - BEFORE_MATCH / 2) + 1 : 0
  return cut(line, start)
    .split(pattern)
    .map((part, index) => ({ text: part, isMatch: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}

function cut(line: string, start: number): string {
  const piece = line.slice(start, start + LONGEST_EXCERPT)
  const end = start + LONGEST_EXCERPT < line.length ? '…' : ''
  return `${start > 0 ? '…' : ''}${piece}${end}`
}

/**
 * How well a name fits a few letters typed: the letters in their order, best at the beginnings of words and in a row.
 *
 * @returns undefined if it does not fit; higher is better
 */
export function fitOf(name: string, typed: string): number | undefined {
  const text = name.toLowerCase()
  let score = 0
  let at = -1
  for (const letter of typed.toLowerCase().replaceAll(/\s+/gu, '')) {
    const next = text.indexOf(letter, at + 1)
    if (next === -1) return undefined
    const isStart = next === 0 || !/[\p{L}\p{N}]/u.test(text[next - 1] ?? '')
    score += next === at + 1 ? 3 : isStart ? 2 : 0
    at = next
  }
  return score - text.length / 100
}
