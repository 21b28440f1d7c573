// What REST answers look like around their items: pages with links, the envelope for browsers, errors and batches.

import { wireItem } from './codec.ts'
import type { Format } from './format.ts'
import type { ErrorInfo, WireMessage } from './frame.ts'
import type { HistoryQuery } from './rest-query.ts'

/** Members of a link's query; absent ones are left out. */
export type LinkQuery = Readonly<Record<string, string | number | undefined>>

/** Where the pages of a list are. Each query is complete in itself: the client replaces the whole query with it. */
export type PageLinks = {
  readonly first: LinkQuery
  readonly current: LinkQuery
  /** Absent on the last page. */
  readonly next?: LinkQuery
}

/**
 * Writes the values of the `Link` headers of a page, in the one shape the stock client reads: `./word?query`, quoted rel,
 * no raw comma. Queries must not be empty, or the client overlooks the link.
 *
 * @param word last word of the path, for example `messages`; letters, digits and underscores
 */
export function linkHeader(word: string, links: PageLinks): readonly string[] {
  return (['first', 'current', 'next'] as const).flatMap((rel) => {
    const query = links[rel]
    return query === undefined ? [] : [`<./${word}?${encoded(query)}>; rel="${rel}"`]
  })
}

/** Writes the `Link` headers of one page of history; `next` is the cursor of the page after it, if there is one. */
export function historyLinks(word: string, query: HistoryQuery, next?: string): readonly string[] {
  const { cursor, fromSerial, ...bounds } = query
  const first = { ...bounds, from_serial: fromSerial }
  return linkHeader(word, {
    first,
    current: { ...first, cursor },
    ...(next !== undefined && { next: { ...first, cursor: next } }),
  })
}

function encoded(query: LinkQuery): string {
  return Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
}

/** A message outside a frame: nothing is inherited, so what the frame would have told must be in it. */
export type HistoryMessage = WireMessage &
  Required<Pick<WireMessage, 'id' | 'timestamp' | 'serial' | 'action'>>

/** Dresses a stored message for a REST answer in a format. */
export function historyItem(message: HistoryMessage, format: Format): HistoryMessage {
  return wireItem(message, format)
}

/** An answer as browsers ask for it with `envelope=`: sent as 200, they read status and headers from here. */
export type Envelope = {
  readonly statusCode: number
  readonly response: unknown
  readonly headers: Readonly<Record<string, string | readonly string[]>>
}

/** Puts an answer into its envelope; header names become lower case, as the client looks for `link`. */
export function envelope(
  statusCode: number,
  response: unknown,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): Envelope {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return { statusCode, response, headers: Object.fromEntries(lower) }
}

/** The body of a failed REST call. */
export function errorBody(error: ErrorInfo): { readonly error: ErrorInfo } {
  return { error }
}

/** The headers of a failed REST call; characters a header cannot carry become `?`. */
export function errorHeaders(error: ErrorInfo): Readonly<Record<string, string>> {
  return {
    'X-Ably-ErrorCode': String(error.code),
    'X-Ably-ErrorMessage': error.message.replace(/[^\x20-\x7e]/g, '?'),
  }
}

/** What became of a batch, one result per target. */
export type BatchResult<T> = {
  readonly successCount: number
  readonly failureCount: number
  readonly results: readonly T[]
}

/** Counts the results of a batch; one with an `error` failed. Callers before wire version 3 get `results` alone. */
export function batchResult<T extends object>(results: readonly T[]): BatchResult<T> {
  const failureCount = results.filter((result) => 'error' in result).length
  return { successCount: results.length - failureCount, failureCount, results }
}
