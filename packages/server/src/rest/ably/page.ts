// One page of a list that lives in memory: ordered by key, so that a page goes on where the last one ended.

import type { Message } from '@sayso/channel'
import { type LinkQuery, linkHeader } from '@sayso/protocol'

type Asked = {
  readonly limit: number
  readonly cursor?: string | undefined
  /** What every link must repeat, as the client replaces the whole query with it. */
  readonly filter: LinkQuery
}

/** @param word last word of the path */
export function page<T extends { readonly key: string }>(
  word: string,
  all: readonly T[],
  { limit, cursor, filter }: Asked,
): { readonly items: readonly T[]; readonly links: readonly string[] } {
  const sorted = [...all].sort((a, b) => (a.key < b.key ? -1 : 1))
  const rest = cursor === undefined ? sorted : sorted.filter(({ key }) => key > cursor)
  const items = rest.slice(0, limit)
  const last = rest.length > limit ? items.at(-1)?.key : undefined
  const first = { ...filter, limit }
  const current = { ...first, cursor }
  const next = last === undefined ? {} : { next: { ...first, cursor: last } }
  return { items, links: linkHeader(word, { first, current, ...next }) }
}

/** The page of a message's versions, oldest first: a version is known by its serial, the first by the message's. */
export function versionsPage(
  all: readonly Message[],
  asked: Pick<Asked, 'limit' | 'cursor'>,
): { readonly items: readonly Message[]; readonly links: readonly string[] } {
  const keyed = all.map((message) => ({ key: message.version?.serial ?? message.serial, message }))
  const { items, links } = page('versions', keyed, { ...asked, filter: {} })
  return { items: items.map(({ message }) => message), links }
}
