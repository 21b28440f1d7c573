// Judges writes one by one, in order, inside a transaction that its caller begins and ends.

import type { NewAuditLine } from '../store.ts'
import { createAuditLog } from './audit.ts'
import { type ChannelIds, createChannelIds } from './channel-ids.ts'
import type { Database } from './driver.ts'
import { createEntries } from './entries.ts'
import { createHead } from './head.ts'
import { createPresenceNotes } from './presence.ts'
import { createRecords } from './records.ts'
import { KIND } from './schema.ts'
import type { ClaimRequest, FeedRow, Outcome, Placed, WriteRequest } from './wire.ts'

export type Ledger = ReturnType<typeof createLedger>

export function createLedger(db: Database, site: string) {
  const head = createHead(db, site)
  const channels = createChannelIds(db)
  const entries = createEntries(db, head, channels)
  const firstTimes = createFirstTimes(db, channels)
  const claim = createClaims(db)

  const records = createRecords(db)
  const chainAudit = createAuditLog(db, head)

  const append = ({ entries: all, nowMs }: WriteRequest): Placed[] =>
    all.flatMap((entry, index): Placed | readonly Placed[] => {
      const placed = entries.append(entry, nowMs)
      return placed === undefined ? [] : { entry: index, ...placed }
    })

  const refusalOf = ({ expect, entries: all, records: some }: WriteRequest) => {
    if (expect !== undefined && expect < head.rightsRevision()) return 'stale'
    if (!all.every(entries.hasTargets)) return 'unknown_message'
    if (!all.every(entries.isOntoLatest)) return 'stale_version'
    return some.some(records.isStale) ? 'stale_record' : undefined
  }

  return {
    /** Returns a way back to the present state, for when the transaction fails. */
    save(): () => void {
      const restore = head.save()
      return () => {
        restore()
        channels.forget()
        entries.forget()
      }
    },
    /** A write that is refused has changed nothing; one that throws has to be rolled back. */
    write(write: WriteRequest): Outcome {
      const { id } = write
      const rows = firstTimes.find(write)
      if (rows !== undefined) return { kind: 'repeated', id, rows }
      const refusal = refusalOf(write)
      if (refusal !== undefined) return { kind: refusal, id }
      const placed = append(write)
      const [first] = placed
      const place = head.place()
      const kept = write.records.filter((each) => records.apply(each, write.nowMs, place.serial))
      if (first !== undefined) firstTimes.remember(write, first.revision, place.revision)
      const isLineAlone = write.entries.length + write.records.length === 0
      if (write.audit !== undefined && (isLineAlone || placed.length + kept.length > 0)) {
        const atMs = first === undefined ? Math.max(write.nowMs, place.atMs) : place.atMs
        chainAudit(JSON.parse(write.audit) as NewAuditLine, { ...place, atMs })
      }
      return { kind: 'written', id, place, placed }
    },
    claim,
    note: createPresenceNotes(db, channels),
  }
}

function createFirstTimes(db: Database, channels: ChannelIds) {
  const select = db.prepare(
    `SELECT first_revision AS first, last_revision AS last FROM first_times
     WHERE channel = ? AND key = ?`,
  )
  const insert = db.prepare('INSERT INTO first_times VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const selectEntries = db.prepare(
    `SELECT feed.revision, feed.serial, feed.kind, feed.body, channels.name AS channel
     FROM feed LEFT JOIN channels ON channels.id = feed.channel
     WHERE feed.revision BETWEEN ? AND ? AND feed.kind <> ${KIND.removed} ORDER BY feed.revision`,
  )
  const find = (channel: string, key: string) => {
    const id = channels.find(channel)
    if (id === undefined) return undefined
    return select.get(id, key) as { first: number; last: number } | undefined
  }
  return {
    /** The entries of the write that first used one of the keys of this one. */
    find(write: WriteRequest): readonly FeedRow[] | undefined {
      for (const [channel, key] of keysOf(write)) {
        const known = find(channel, key)
        if (known === undefined) continue
        const rows = selectEntries.all(known.first, known.last) as FeedRow[]
        if (rows.length > 0) return rows
      }
      return undefined
    },
    remember(write: WriteRequest, first: number, last: number): void {
      for (const [channel, key] of keysOf(write)) {
        insert.run(channels.findOrAdd(channel), key, first, last)
      }
    },
  }
}

function keysOf(write: WriteRequest): [channel: string, key: string][] {
  return write.entries.flatMap((entry) =>
    entry.kind === 'rights' ? [] : entry.keys.map((key): [string, string] => [entry.channel, key]),
  )
}

function createClaims(db: Database) {
  const take = db.prepare(
    `INSERT INTO claims VALUES (?, ?)
     ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms WHERE until_ms <= ? RETURNING key`,
  )
  // A few at a time, so that no claim pays for many others.
  const dropEnded = db.prepare(
    `DELETE FROM claims WHERE key IN
     (SELECT key FROM claims WHERE until_ms <= ? ORDER BY until_ms LIMIT 8)`,
  )
  return ({ id, key, nowMs, untilMs }: ClaimRequest): Outcome => {
    dropEnded.run(nowMs)
    return { kind: 'claimed', id, first: take.get(key, untilMs, nowMs) !== undefined }
  }
}
