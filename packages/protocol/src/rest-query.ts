// Query strings of the REST routes that list things: page size, bounds and where to go on.

import { WireInvalid } from './errors.ts'

/** A query string already split and percent-decoded; of a repeated name the last value. */
export type Query = Readonly<Record<string, string | undefined>>

/** How a list is cut into pages. `cursor` is the server's own and opaque to clients. */
export type PageQuery = { readonly limit: number; readonly cursor?: string }

export type Direction = 'backwards' | 'forwards'

/** Which part of a channel's history is asked for. Bounds are inclusive; times in milliseconds. */
export type HistoryQuery = PageQuery & {
  readonly direction: Direction
  readonly start?: number
  readonly end?: number
  /** Only what is at or before this position of the channel. */
  readonly fromSerial?: string
}

export type PresenceQuery = PageQuery & {
  readonly clientId?: string
  readonly connectionId?: string
}

export type ChannelsQuery = PageQuery & {
  readonly prefix?: string
  /** `id`: names only. `value`: with status and occupancy. */
  readonly by: 'id' | 'value'
}

export const defaultLimit = 100
export const maxLimit = 1000

/**
 * Reads the query of a history route, messages and presence alike.
 *
 * @throws {WireInvalid} `bad_parameter` naming the one at fault
 */
export function parseHistoryQuery(query: Query): HistoryQuery {
  const start = time(query, 'start')
  const end = time(query, 'end')
  if (start !== undefined && end !== undefined && start > end)
    throw new WireInvalid('bad_parameter', '`start` is after `end`')
  const fromSerial = query.from_serial ?? query.fromSerial
  return {
    ...page(query),
    direction: choice(query, 'direction', ['backwards', 'forwards']),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(fromSerial !== undefined && { fromSerial: short(fromSerial, 'from_serial') }),
  }
}

/**
 * Reads the query of the current presence set.
 *
 * @throws {WireInvalid} `bad_parameter` naming the one at fault
 */
export function parsePresenceQuery(query: Query): PresenceQuery {
  const { clientId, connectionId } = query
  return {
    ...page(query),
    ...(clientId !== undefined && { clientId: short(clientId, 'clientId') }),
    ...(connectionId !== undefined && { connectionId: short(connectionId, 'connectionId') }),
  }
}

/**
 * Reads the query of the list of channels.
 *
 * @throws {WireInvalid} `bad_parameter` naming the one at fault
 */
export function parseChannelsQuery(query: Query): ChannelsQuery {
  const { prefix } = query
  return {
    ...page(query),
    by: choice(query, 'by', ['id', 'value']),
    ...(prefix !== undefined && { prefix: short(prefix, 'prefix') }),
  }
}

/**
 * Reads `limit` and `cursor`, for lists without further bounds.
 *
 * @throws {WireInvalid} `bad_parameter` naming the one at fault
 */
export function parsePageQuery(query: Query): PageQuery {
  return page(query)
}

function page(query: Query): PageQuery {
  const limit = whole(query.limit, 'limit') ?? defaultLimit
  if (limit < 1 || limit > maxLimit)
    throw new WireInvalid('bad_parameter', `\`limit\` must be from 1 to ${maxLimit}`)
  const { cursor } = query
  return { limit, ...(cursor !== undefined && { cursor: short(cursor, 'cursor') }) }
}

function time(query: Query, name: 'start' | 'end'): number | undefined {
  return whole(query[name], name)
}

function whole(text: string | undefined, name: string): number | undefined {
  if (text === undefined || text === '') return undefined
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(number))
    throw new WireInvalid('bad_parameter', `\`${name}\` must be a whole number`)
  return number
}

function choice<const T extends string>(
  query: Query,
  name: string,
  words: readonly [T, ...T[]],
): T {
  const text = query[name]
  if (text === undefined || text === '') return words[0]
  const word = words.find((candidate) => candidate === text)
  if (word === undefined)
    throw new WireInvalid('bad_parameter', `\`${name}\` must be one of ${words.join(', ')}`)
  return word
}

function short(text: string, name: string): string {
  if (text.length > 2048) throw new WireInvalid('bad_parameter', `\`${name}\` is too long`)
  return text
}
