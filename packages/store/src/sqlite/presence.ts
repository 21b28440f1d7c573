// What happened to members: written beside the log, read back page by page.

import type { PresenceHistoryPage, PresenceHistoryQuery } from '../store.ts'
import { parsePresence } from './body.ts'
import type { ChannelIds } from './channel-ids.ts'
import type { Database } from './driver.ts'
import type { NoteRequest, Outcome } from './wire.ts'

/** On the writing connection. All calls belong in a transaction. */
export function createPresenceNotes(db: Database, channels: ChannelIds) {
  const insert = db.prepare(
    'INSERT INTO presence (channel, at_ms, position, body) VALUES (?, ?, ?, ?)',
  )
  return ({ id, notes }: NoteRequest): Outcome => {
    for (const { channel, atMs, position, body } of notes)
      insert.run(channels.findOrAdd(channel), atMs, position, body)
    return { kind: 'noted', id }
  }
}

/** Any position sorts before it. */
const LAST_POSITION = '~'

/** On a reading connection. */
export function createPresenceHistory(db: Database) {
  const select = (beyond: string, order: string) =>
    db.prepare(
      `SELECT number, body FROM presence
       WHERE channel = ? AND number ${beyond} ? AND at_ms BETWEEN ? AND ? AND position <= ?
       ORDER BY number ${order} LIMIT ?`,
    )
  const statements = { forwards: select('>', 'ASC'), backwards: select('<', 'DESC') }
  return (query: PresenceHistoryQuery, channelId: number): PresenceHistoryPage => {
    const { direction, limit, startMs = 0, endMs = Number.MAX_SAFE_INTEGER } = query
    const { untilSerial = LAST_POSITION } = query
    const { afterNumber = direction === 'forwards' ? 0 : Number.MAX_SAFE_INTEGER } = query
    const bounds = [channelId, afterNumber, startMs, endMs, untilSerial]
    const rows = statements[direction].all(...bounds, limit + 1) as Row[]
    const events = rows
      .slice(0, limit)
      .map(({ number, body }) => ({ number, event: parsePresence(body) }))
    return { events, hasMore: rows.length > limit }
  }
}

type Row = { readonly number: number; readonly body: string }
