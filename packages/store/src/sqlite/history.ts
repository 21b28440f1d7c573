// Pages of a channel's messages. A publish is one row and a page counts messages, so rows are read a few at a time.

import type { Message } from '@sayso/channel'
import { isWithin, type SerialBounds, serialBounds } from '../rules/history.ts'
import type { HistoryPage, HistoryQuery } from '../store.ts'
import type { Database } from './driver.ts'
import type { MessageRow, MessageStates } from './message-states.ts'
import { KIND } from './schema.ts'

const ROWS_AT_A_TIME = 128

/** Revisions, both inclusive. */
type Range = { readonly low: number; readonly high: number }

export function createHistory(db: Database, states: MessageStates) {
  const rangeOf = createRangeLookup(db)
  const rows = (order: 'ASC' | 'DESC') =>
    db.prepare(
      `SELECT revision, serial, kind, body FROM feed
       WHERE channel = ? AND kind = ${KIND.publish} AND revision BETWEEN ? AND ?
       ORDER BY revision ${order} LIMIT ?`,
    )
  const forwards = rows('ASC')
  const backwards = rows('DESC')

  const messagesOf = (row: MessageRow, query: HistoryQuery, bounds: readonly SerialBounds[]) => {
    const messages = states
      .asOf(row, query.channel, query.upTo)
      .filter(({ serial }) => isWithin(serial, bounds))
    return query.direction === 'forwards' ? messages : messages.reverse()
  }

  return (query: HistoryQuery, channelId: number): HistoryPage => {
    const bounds = serialBounds(query)
    const found: Message[] = []
    let range = rangeOf(bounds, query.upTo)
    while (found.length <= query.limit && range.low <= range.high) {
      const ahead = query.direction === 'forwards'
      const count = Math.min(query.limit + 1 - found.length, ROWS_AT_A_TIME)
      const page = (ahead ? forwards : backwards).all(channelId, range.low, range.high, count)
      for (const row of page as MessageRow[]) found.push(...messagesOf(row, query, bounds))
      const last = (page as MessageRow[]).at(-1)
      if (last === undefined) break
      range = ahead ? { ...range, low: last.revision + 1 } : { ...range, high: last.revision - 1 }
    }
    return { messages: found.slice(0, query.limit), hasMore: found.length > query.limit }
  }
}

/** The entries whose messages can be within the bounds. */
function createRangeLookup(db: Database) {
  const select = {
    firstFrom: db.prepare('SELECT revision FROM feed WHERE serial >= ? ORDER BY serial LIMIT 1'),
    lastUntil: db.prepare(
      'SELECT revision FROM feed WHERE serial <= ? ORDER BY serial DESC LIMIT 1',
    ),
  }
  const at = (which: keyof typeof select, serial: string): number | undefined =>
    (select[which].get(entryPart(serial)) as { revision: number } | undefined)?.revision
  return (bounds: readonly SerialBounds[], upTo: number): Range => {
    let low = 1
    let high = upTo
    for (const { atLeast, above = atLeast, atMost, below = atMost } of bounds) {
      if (above !== undefined)
        low = Math.max(low, at('firstFrom', above) ?? Number.MAX_SAFE_INTEGER)
      if (below !== undefined) high = Math.min(high, at('lastUntil', below) ?? 0)
    }
    return { low, high }
  }
}

/** Message serials begin with the serial of their entry; a bound between them falls on that entry. */
function entryPart(serial: string): string {
  const [part] = serial.split(':', 1)
  return part ?? serial
}
