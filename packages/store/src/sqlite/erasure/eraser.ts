// Erasure on the writer: each slice is a transaction of its own between the commits of others.

import { createHash } from 'node:crypto'
import { CompiledQuery, type Dialect, Kysely, type Transaction } from 'kysely'
import type { Eraser, Erasure } from '../../erasure.ts'
import { lineText } from '../../rules/erased-lines.ts'
import type { AuditLine } from '../../store.ts'
import { entryOf, storedText } from '../body.ts'
import { KIND } from '../schema.ts'
import type { FeedRow } from '../wire.ts'
import { blottedBody, blottedJson, blottedLine, isTold, needles } from './blotted.ts'

/** Rows looked at in one slice: a few milliseconds of the writer. */
const SLICE = 2_000

/** Where an erasure itself is remembered: it must be able to go on. */
const OWN_RECORDS = 'erasures'

type Db = Kysely<unknown> | Transaction<unknown>

/** @param dialect of the store: its statements run on the one writer */
export function createEraser(dialect: Dialect): Eraser {
  // Not destroyed: the dialect's connection belongs to the store.
  const db = new Kysely<unknown>({ dialect })
  const inOne = <T>(work: (db: Db) => Promise<T>) => db.transaction().execute(work)
  return {
    written: async (clientId, after) => {
      const last = await endOf(db, 'feed', 'revision', after)
      if (last === undefined) return { entries: [] }
      const rows = await all<FeedRow>(
        db,
        `SELECT feed.revision, feed.serial, feed.kind, feed.body, channels.name AS channel
         FROM feed JOIN channels ON channels.id = feed.channel
         WHERE feed.revision > ? AND feed.revision <= ? AND instr(feed.body, ?) > 0
         ORDER BY feed.revision`,
        [after, last, `"clientId":${JSON.stringify(clientId)}`],
      )
      return { entries: rows.map(entryOf), next: last }
    },
    log: (erasure, after) => inOne((each) => eraseLog(each, erasure, after)),
    audit: (erasure, after) => inOne((each) => eraseAudit(each, erasure, after)),
    records: (erasure, after) => inOne((each) => eraseRecords(each, erasure, after)),
    presence: (erasure, after) => inOne((each) => erasePresence(each, erasure, after)),
    erasedLines: (id) => erasedLines(db, id),
    flush: async () => {
      const [state] = await all<{ busy: number }>(db, 'PRAGMA wal_checkpoint(TRUNCATE)', [])
      return state?.busy === 0
    },
  }
}

async function all<T>(db: Db, sql: string, parameters: readonly unknown[]): Promise<readonly T[]> {
  return (await db.executeQuery<T>(CompiledQuery.raw(sql, [...parameters]))).rows
}

/** Where a slice ends; undefined if there is nothing behind `after`. */
async function endOf(db: Db, table: string, column: string, after: number) {
  const [row] = await all<{ last: number | null }>(
    db,
    `SELECT max(place) AS last FROM
     (SELECT ${column} AS place FROM ${table} WHERE ${column} > ? ORDER BY ${column} LIMIT ${SLICE})`,
    [after],
  )
  return row?.last ?? undefined
}

/** A condition that is true where a column holds any of the texts, and what it binds. */
function holding(column: string, texts: readonly string[]): readonly [string, readonly string[]] {
  return [`(${texts.map(() => `instr(${column}, ?) > 0`).join(' OR ')})`, texts]
}

async function eraseLog(db: Db, erasure: Erasure, after: number) {
  const last = await endOf(db, 'feed', 'revision', after)
  if (last === undefined) return { changed: 0 }
  const [isMeant, texts] = holding('body', [erasure.clientId, ...needles(erasure)])
  const rows = await all<{ revision: number; kind: number; channel: number; body: string }>(
    db,
    `SELECT revision, kind, channel, body FROM feed WHERE revision > ? AND revision <= ? AND ${isMeant}`,
    [after, last, ...texts],
  )
  let changed = 0
  for (const { revision, kind, channel, body } of rows) {
    const next = blottedBody(body, kind, erasure)
    if (next === body) continue
    changed += 1
    await all(db, 'UPDATE feed SET body = ? WHERE revision = ?', [next, revision])
    if (kind === KIND.rights || erasure.messages === 'keep') continue
    for (const key of keysIn(body))
      await all(db, 'DELETE FROM first_times WHERE channel = ? AND key = ?', [channel, key])
  }
  return { changed, next: last }
}

/** By which ids of their own messages and annotations are known again. */
export function keysIn(body: string): readonly string[] {
  const { messages = [], annotations = [] } = JSON.parse(body) as {
    readonly messages?: readonly { readonly id?: string }[]
    readonly annotations?: readonly { readonly id?: string }[]
  }
  const idsOf = (items: readonly { readonly id?: string }[]) =>
    items.flatMap(({ id }) => (id === undefined ? [] : [id, id.replace(/:0$/, '')]))
  return [
    ...idsOf(messages).map((id) => `id ${id}`),
    ...idsOf(annotations).map((id) => `annotation id ${id}`),
  ].map(storedText)
}

async function eraseAudit(db: Db, erasure: Erasure, after: number) {
  const last = await endOf(db, 'audit', 'number', after)
  if (last === undefined) return { changed: 0 }
  const subject = storedText(`user:${erasure.clientId}`)
  const [isMeant, texts] = holding('line', [subject, ...needles(erasure)])
  const rows = await all<{ number: number; line: string }>(
    db,
    `SELECT number, line FROM audit WHERE number > ? AND number <= ? AND ${isMeant}`,
    [after, last, ...texts],
  )
  const lines = rows
    .map(({ line }) => JSON.parse(line) as AuditLine)
    .filter((line) => isTold(line, erasure))
  for (const line of lines) {
    const next = blottedLine(line, erasure)
    await all(db, 'UPDATE audit SET line = ?, actor = ?, target = ? WHERE number = ?', [
      JSON.stringify(next),
      storedText(next.actor),
      storedText(next.target),
      line.number,
    ])
  }
  return { changed: lines.length, next: last }
}

async function eraseRecords(db: Db, erasure: Erasure, after: number) {
  const last = await endOf(db, 'records', 'version', after)
  if (last === undefined) return { changed: 0 }
  const [isMeant, texts] = holding('value', [erasure.clientId, ...needles(erasure)])
  const rows = await all<{ version: number; collection: string; value: string }>(
    db,
    `SELECT version, collection, value FROM records
     WHERE version > ? AND version <= ? AND collection <> ? AND (instr(key, ?) > 0 OR ${isMeant})`,
    [after, last, OWN_RECORDS, erasure.clientId, ...texts],
  )
  let changed = 0
  for (const { version, collection, value } of rows) {
    const next = erasure.removed.includes(collection) ? undefined : blottedJson(value, erasure)
    if (next === value) continue
    changed += 1
    if (next === undefined) await all(db, 'DELETE FROM records WHERE version = ?', [version])
    else await all(db, 'UPDATE records SET value = ? WHERE version = ?', [next, version])
  }
  return { changed, next: last }
}

async function erasePresence(db: Db, erasure: Erasure, after: number) {
  const last = await endOf(db, 'presence', 'number', after)
  if (last === undefined) return { changed: 0 }
  const gone = await all(
    db,
    `DELETE FROM presence WHERE number > ? AND number <= ? AND instr(body, ?) > 0 RETURNING number`,
    [after, last, `"clientId":${JSON.stringify(erasure.clientId)}`],
  )
  return { changed: gone.length, next: last }
}

async function erasedLines(db: Db, id: string) {
  const hash = createHash('sha256')
  let lines = 0
  for (let after = 0; ; ) {
    const last = await endOf(db, 'audit', 'number', after)
    if (last === undefined) return { lines, digest: hash.digest('hex') }
    const rows = await all<{ line: string }>(
      db,
      'SELECT line FROM audit WHERE number > ? AND number <= ? AND instr(line, ?) > 0 ORDER BY number',
      [after, last, `"erased":${JSON.stringify(id)}`],
    )
    for (const { line } of rows) {
      const parsed = JSON.parse(line) as AuditLine
      if (parsed.erased !== id) continue
      lines += 1
      hash.update(lineText(parsed))
    }
    after = last
  }
}
