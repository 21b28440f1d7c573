// Pages of a channel's messages. A publish is one row and a page counts messages, so rows are read a few at a time.

import type { Message } from '@sayso/channel'
import { isWithin, type SerialBounds, serialBounds } from '../rules/history.ts'
import type { HistoryPage, HistoryQuery } from '../store.ts'
import type { Database } from './driver.ts'
import type { MessageRow, MessageStates } from './message-states.ts'
import { KIND } from './schema.ts'

const ROWS_AT_A_TIME = 32

/** Revisions, both included. */
type Range = { readonly low: number; readonly high: number }

export function createHistory(db: Database, states: MessageStates) {
  const rangeOf = createRangeLookup(db)
  const publishesIn = createPublishes(db)
  return (query: HistoryQuery, channelId: number): HistoryPage => {
    const bounds = serialBounds(query)
    const found: Message[] = []
    for (const row of publishesIn(channelId, rangeOf(bounds, query.upTo), query.direction)) {
      const messages = states
        .asOf(row, query.channel, query.upTo)
        .filter(({ serial }) => isWithin(serial, bounds))
      found.push(...(query.direction === 'forwards' ? messages : [...messages].reverse()))
      if (found.length > query.limit) break
    }
    return { messages: found.slice(0, query.limit), hasMore: found.length > query.limit }
  }
}

/** Reads a channel's publishes in order, in statements that are done before anything is yielded. */
function createPublishes(db: Database) {
  const select = (order: 'ASC' | 'DESC') =>
    db.prepare(
      `SELECT revision, serial, kind, body FROM feed
       WHERE channel = ? AND kind = ${KIND.publish} AND revision BETWEEN ? AND ?
       ORDER BY revision ${order} LIMIT ${ROWS_AT_A_TIME}`,
    )
  const statements = { forwards: select('ASC'), backwards: select('DESC') }
  return function* publishesIn(
    channelId: number,
    range: Range,
    direction: keyof typeof statements,
  ) {
    let { low, high } = range
    for (;;) {
      const rows = statements[direction].all(channelId, low, high) as MessageRow[]
      yield* rows
      const last = rows[ROWS_AT_A_TIME - 1]
      if (last === undefined) return
      if (direction === 'forwards') low = last.revision + 1
      else high = last.revision - 1
    }
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
