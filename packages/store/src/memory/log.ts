// The log of the memory store: judges writes one by one, gives each entry its place, remembers what was done once.

import type { Revision } from '@sayso/policy'
import { StaleDecision, StaleRecord, StaleVersion, UnknownMessage } from '../errors.ts'
import { nextAuditLine } from '../rules/audit.ts'
import { formatSerial, nextInstant, ORIGIN, type Place, siteOrRandom } from '../rules/position.ts'
import { feedPlace, type PreparedEntry, type PreparedWrite } from '../rules/prepare.ts'
import type { AuditLine, Committed, FeedEntry, RightsFeedEntry, Snapshot } from '../store.ts'
import { createChannels } from './channels.ts'
import { createRecords } from './records.ts'
import { createRightsTable } from './rights.ts'

export type Log = ReturnType<typeof createLog>

export function createLog(siteName: string | undefined) {
  const positions = createPositions(siteOrRandom(siteName))
  const firstTimes = new Map<string, readonly FeedEntry[]>()
  const auditLines: AuditLine[] = []
  const channels = createChannels()
  const rights = createRightsTable()
  const rightsEntries: RightsFeedEntry[] = []
  const records = createRecords()
  let rightsRevision = 0 as Revision

  const judge = (write: PreparedWrite) => {
    if (write.expect !== undefined && write.expect < rightsRevision) {
      throw new StaleDecision('rights have changed since this was decided')
    }
    for (const entry of write.entries) {
      if (!channels.hasTargets(entry)) {
        throw new UnknownMessage('the channel has no message with that serial')
      }
    }
    if (!write.entries.every(channels.isOntoLatest)) {
      throw new StaleVersion('the message has changed since this was decided')
    }
    if (write.records.some(records.isStale)) throw new StaleRecord('a record has changed since')
  }
  /** Absent for rights changes that change nothing. */
  const append = (entry: PreparedEntry, nowMs: number): FeedEntry | undefined => {
    if (entry.kind !== 'rights') {
      const aboveMs = entry.kind === 'amend' ? channels.latest(entry)?.timestampMs : undefined
      return channels.add(entry, positions.next(nowMs, aboveMs))
    }
    const changes = entry.changes.filter(rights.apply)
    if (changes.length === 0) return undefined
    const place = feedPlace(positions.next(nowMs))
    rightsRevision = place.revision
    rightsEntries.push({ kind: 'rights', ...place, changes, cause: entry.cause })
    return rightsEntries.at(-1)
  }

  return {
    channels,
    auditLines,
    rightsEntries,
    records,
    revisionOf: positions.revisionOf,
    snapshot(): Snapshot {
      const { revision, serial } = feedPlace(positions.head())
      return { revision, serial, rightsRevision, changes: rights.all() }
    },
    /** @throws StaleDecision, StaleVersion, UnknownMessage, StaleRecord; then nothing has changed */
    commit(write: PreparedWrite, nowMs: number): Committed {
      const keys = keysOf(write)
      const told = keys.map((key) => firstTimes.get(key)).find((first) => first !== undefined)
      const end = told?.at(-1)
      if (told && end) {
        const { revision, serial, atMs } = end
        return { revision, serial, atMs, entries: told, duplicate: true }
      }
      judge(write)
      const added = write.entries.flatMap((entry) => append(entry, nowMs) ?? [])
      const head = feedPlace(positions.head())
      const kept = write.records.filter((record) => records.apply(record, nowMs, head.serial))
      if (added.length > 0) for (const key of keys) firstTimes.set(key, added)
      const isLineAlone = write.entries.length + write.records.length === 0
      if (write.audit && (isLineAlone || added.length + kept.length > 0)) {
        const atMs = added.length > 0 ? head.atMs : Math.max(nowMs, head.atMs)
        auditLines.push(nextAuditLine(auditLines.at(-1), write.audit, { ...head, atMs }))
      }
      return { ...head, entries: added, duplicate: false }
    },
    claim: createClaims(),
  }
}

function createClaims() {
  const claims = new Map<string, number>()
  return (key: string, nowMs: number, untilMs: number): boolean => {
    if ((claims.get(key) ?? Number.NEGATIVE_INFINITY) > nowMs) return false
    claims.set(key, untilMs)
    return true
  }
}

function createPositions(site: string) {
  const revisions = new Map<string, number>([[formatSerial(ORIGIN, site), 0]])
  let last = ORIGIN
  const head = (): Place => {
    return { revision: revisions.size - 1, serial: formatSerial(last, site), atMs: last.ms }
  }
  return {
    head,
    next(nowMs: number, aboveMs?: number): Place {
      last = nextInstant(last, nowMs, aboveMs)
      revisions.set(formatSerial(last, site), revisions.size)
      return head()
    },
    revisionOf: (serial: string) => revisions.get(serial) as Revision | undefined,
  }
}

function keysOf(write: PreparedWrite): string[] {
  return write.entries.flatMap((entry) =>
    entry.kind === 'rights' ? [] : entry.keys.map((key) => JSON.stringify([entry.channel, key])),
  )
}
