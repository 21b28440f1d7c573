// Retention on the writer: each removal is a transaction of its own between the commits of others.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import { CompiledQuery, type Dialect, Kysely, type Transaction } from 'kysely'
import type { Past, PastPage, Trimmer } from '../../retention.ts'
import { messageEntryOf, originalText, storedText } from '../body.ts'
import { keysIn } from '../erasure/eraser.ts'
import { KIND, NO_CHANNEL } from '../schema.ts'

/** Publishes looked at, and removed, in one slice: a few milliseconds of the writer. */
const SLICE = 200
const CHANNELS_AT_ONCE = 1_000
const NOTES_AT_ONCE = 2_000

type Db = Kysely<unknown> | Transaction<unknown>
/** One of the numbers of a JSON list. */
const AMONG = 'IN (SELECT value FROM json_each(?))'

type Row = { readonly revision: number; readonly serial: string; readonly body: string }

/** @param dialect of the store: its statements run on the one writer */
export function createTrimmer(dialect: Dialect): Trimmer {
  // Not destroyed: the dialect's connection belongs to the store.
  const db = new Kysely<unknown>({ dialect })
  return {
    channels: (after) => channelsAfter(db, after),
    past: (past, after, limit = SLICE) => pastOf(db, past, after, limit),
    remove: (channel, entries) =>
      db.transaction().execute((each) => removeEntries(each, channel, entries)),
    removePresence: (channel, beforeMs) => removePresence(db, channel, beforeMs),
    flush: async () => {
      const [state] = await all<{ busy: number }>(db, 'PRAGMA wal_checkpoint(TRUNCATE)', [])
      return state?.busy === 0
    },
  }
}

async function all<T>(db: Db, sql: string, parameters: readonly unknown[]): Promise<readonly T[]> {
  return (await db.executeQuery<T>(CompiledQuery.raw(sql, [...parameters]))).rows
}

async function channelsAfter(db: Db, after: number) {
  const rows = await all<{ id: number; name: string }>(
    db,
    'SELECT id, name FROM channels WHERE id > ? ORDER BY id LIMIT ?',
    [after, CHANNELS_AT_ONCE],
  )
  const channels = rows.map(({ name }) => originalText(name) as ChannelName)
  const last = rows[CHANNELS_AT_ONCE - 1]
  return last === undefined ? { channels } : { channels, next: last.id }
}

async function idOf(db: Db, channel: ChannelName): Promise<number | undefined> {
  const [row] = await all<{ id: number }>(db, 'SELECT id FROM channels WHERE name = ?', [
    storedText(channel),
  ])
  return row?.id
}

async function pastOf(db: Db, past: Past, after: number, limit: number): Promise<PastPage> {
  const none = { entries: [], messages: [], held: 0 }
  const { channel, beforeMs, except } = past
  const id = await idOf(db, channel)
  // Serials sort like the instants they begin with.
  const bound = String(Math.max(0, beforeMs)).padStart(14, '0')
  const [end] = await all<{ revision: number }>(
    db,
    'SELECT revision FROM feed WHERE serial < ? ORDER BY serial DESC LIMIT 1',
    [bound],
  )
  if (id === undefined || end === undefined) return none
  const rows = await all<Row>(
    db,
    `SELECT revision, serial, body FROM feed
     WHERE channel = ? AND kind = ${KIND.publish} AND revision > ? AND revision <= ?
     ORDER BY revision LIMIT ?`,
    [id, after, end.revision, limit],
  )
  const kept = except.length === 0 ? new Set() : await partsOf(db, rows, except)
  const going = rows.filter(({ revision }) => !kept.has(revision))
  const messages = going.flatMap((row) => messagesIn(row, channel))
  const staying = rows.filter(({ revision }) => kept.has(revision))
  const last = rows[limit - 1]
  return {
    entries: going.map(({ revision }) => revision),
    messages,
    held: staying.flatMap((row) => messagesIn(row, channel)).length,
    ...(last !== undefined && { next: last.revision }),
  }
}

function messagesIn(row: Row, channel: ChannelName): readonly Message[] {
  return messageEntryOf({ ...row, kind: KIND.publish }, channel).messages
}

/** The publishes in which one of the clients has a part, or in what became of them. */
async function partsOf(db: Db, rows: readonly Row[], clients: readonly string[]) {
  const needles = clients.map((client) => `"clientId":${JSON.stringify(client)}`)
  const isTheirs = (body: string) => needles.some((needle) => body.includes(needle))
  const revisions = JSON.stringify(rows.map(({ revision }) => revision))
  const later = await all<{ revision: number; body: string }>(
    db,
    ['amendments', 'annotated']
      .map(
        (table) =>
          `SELECT message_revision AS revision, feed.body FROM ${table}
           JOIN feed ON feed.revision = ${table}.revision
           WHERE message_revision ${AMONG}`,
      )
      .join(' UNION ALL '),
    [revisions, revisions],
  )
  return new Set(
    [...rows, ...later].filter(({ body }) => isTheirs(body)).map(({ revision }) => revision),
  )
}

async function removeEntries(
  db: Db,
  channel: ChannelName,
  entries: readonly number[],
): Promise<number> {
  const id = await idOf(db, channel)
  if (id === undefined) return 0
  const there = await all<Row>(
    db,
    `SELECT revision, serial, body FROM feed WHERE channel = ? AND kind = ${KIND.publish}
     AND revision ${AMONG}`,
    [id, JSON.stringify(entries)],
  )
  if (there.length === 0) return 0
  const revisions = JSON.stringify(there.map(({ revision }) => revision))
  const edits = await laterOf(db, 'amendments', revisions)
  const remarks = await laterOf(db, 'annotated', revisions)
  const emptied = [...there, ...edits, ...(await withoutRemarks(db, remarks, there))]
  await forgetKeys(db, id, [...there, ...edits, ...remarks])
  for (const table of ['heads', 'amendments', 'annotated', 'tallies'])
    await all(db, `DELETE FROM ${table} WHERE message_revision ${AMONG}`, [revisions])
  await all(db, `DELETE FROM answers WHERE revision ${AMONG}`, [revisions])
  await all(
    db,
    `UPDATE feed SET kind = ${KIND.removed}, channel = ${NO_CHANNEL}, body = '{}'
     WHERE revision ${AMONG}`,
    [JSON.stringify(emptied.map(({ revision }) => revision))],
  )
  return there.length + edits.length + remarks.length
}

/** Takes annotations of publishes out of their entries. @returns the entries of which nothing stays */
async function withoutRemarks(db: Db, remarks: readonly Row[], gone: readonly Row[]) {
  const serials = new Set(gone.map(({ serial }) => serial))
  const emptied: Row[] = []
  for (const row of remarks) {
    const body = bodyWithout(row.body, serials)
    if (body === undefined) emptied.push(row)
    else await all(db, 'UPDATE feed SET body = ? WHERE revision = ?', [body, row.revision])
  }
  return emptied
}

/** What became of messages: their edits, or their annotations. */
function laterOf(db: Db, table: 'amendments' | 'annotated', revisions: string) {
  return all<Row>(
    db,
    `SELECT DISTINCT feed.revision, feed.serial, feed.body FROM ${table}
     JOIN feed ON feed.revision = ${table}.revision
     WHERE message_revision ${AMONG}`,
    [revisions],
  )
}

/** Annotations may be of several messages; undefined: of none that stays. @param gone serials of publishes */
function bodyWithout(body: string, gone: ReadonlySet<string>): string | undefined {
  type About = { readonly messageSerial: string }
  const parsed = JSON.parse(body) as { annotations: About[]; summaries: About[] }
  const stays = ({ messageSerial }: About) => !gone.has(messageSerial.split(':', 1)[0] ?? '')
  const annotations = parsed.annotations.filter(stays)
  if (annotations.length === 0) return undefined
  return JSON.stringify({ ...parsed, annotations, summaries: parsed.summaries.filter(stays) })
}

/** A publish that comes again is a new one: the first is not known any more. */
async function forgetKeys(db: Db, channel: number, rows: readonly Row[]): Promise<void> {
  const keys = rows.flatMap(({ body }) => {
    const { idBase } = JSON.parse(body) as { readonly idBase?: string }
    return idBase === undefined ? keysIn(body) : [...keysIn(body), storedText(`base ${idBase}`)]
  })
  await all(
    db,
    'DELETE FROM first_times WHERE channel = ? AND key IN (SELECT value FROM json_each(?))',
    [channel, JSON.stringify(keys)],
  )
}

async function removePresence(db: Db, channel: ChannelName, beforeMs: number): Promise<number> {
  const id = await idOf(db, channel)
  if (id === undefined) return 0
  const gone = await all(
    db,
    `DELETE FROM presence WHERE number IN
     (SELECT number FROM presence WHERE channel = ? AND at_ms < ? LIMIT ${NOTES_AT_ONCE})
     RETURNING number`,
    [id, beforeMs],
  )
  return gone.length
}
