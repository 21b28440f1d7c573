// The end of the log, kept at hand by the one writer: where the next entry goes, and what a decision is compared with.

import {
  formatSerial,
  type Instant,
  nextInstant,
  ORIGIN,
  type Place,
  parseEntrySerial,
} from '../rules/position.ts'
import type { AuditLine } from '../store.ts'
import type { Database } from './driver.ts'
import { KIND, NO_CHANNEL } from './schema.ts'
import type { FeedRow } from './wire.ts'

type End = {
  revision: number
  last: Instant
  rightsRevision: number
  audit: Pick<AuditLine, 'number' | 'hash' | 'atMs'> | undefined
}

export type Head = ReturnType<typeof createHead>

/** Reads the end of the log. Valid as long as nobody else writes. */
export function createHead(db: Database, site: string) {
  const end = readEnd(db)
  const place = (): Place => ({
    revision: end.revision,
    serial: formatSerial(end.last, site),
    atMs: end.last.ms,
  })
  return {
    place,
    rightsRevision: () => end.rightsRevision,
    lastAudit: () => end.audit,
    /** Takes the next place. */
    advance(nowMs: number, aboveMs?: number): Place {
      end.revision += 1
      end.last = nextInstant(end.last, nowMs, aboveMs)
      return place()
    },
    /** The last place taken was that of a rights entry. */
    markRights(): void {
      end.rightsRevision = end.revision
    },
    markAudit(audit: AuditLine): void {
      end.audit = audit
    },
    /** Returns a way back here, for a transaction that fails. */
    save(): () => void {
      const saved = { ...end }
      return () => void Object.assign(end, saved)
    },
  }
}

function readEnd(db: Database): End {
  const entry = db.prepare('SELECT revision, serial FROM feed ORDER BY revision DESC LIMIT 1').get()
  const { revision, serial } = (entry ?? { revision: 0, serial: '' }) as FeedRow
  const rights = db
    .prepare(`SELECT max(revision) AS revision FROM feed WHERE channel = ? AND kind = ?`)
    .get(NO_CHANNEL, KIND.rights) as { revision: number | null }
  const audit = db.prepare('SELECT line FROM audit ORDER BY number DESC LIMIT 1').get() as
    | { line: string }
    | undefined
  return {
    revision,
    last: parseEntrySerial(serial) ?? ORIGIN,
    rightsRevision: rights.revision ?? 0,
    audit: audit && (JSON.parse(audit.line) as AuditLine),
  }
}
