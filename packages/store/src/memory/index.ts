// The store without a disk: the reference for the contract, and what tests of the layers above stand on.

import { StoreClosed } from '../errors.ts'
import { personAbout, placeAbout } from '../rules/audit-about.ts'
import { createFeed } from '../rules/feed.ts'
import { type PreparedWrite, prepareWrite } from '../rules/prepare.ts'
import { threadReads } from '../rules/threads.ts'
import type { AuditLine, AuditQuery, Committed, FeedEntry, Store, Write } from '../store.ts'
import { createLog, type Log } from './log.ts'
import { createPresence } from './presence.ts'

export type MemoryStoreOptions = {
  /** The clock; milliseconds since 1970. */
  readonly now: () => number
  /** The log's name in its serials; random if absent, as positions of an earlier life must not be taken for ours. */
  readonly site?: string
}

type Job = () => void

/** A store that forgets everything when the process ends. Writes of one turn are committed as one batch. */
export function memoryStore(options: MemoryStoreOptions): Store {
  const log = createLog(options.site)
  const feed = createFeed()
  let accepted: { write: PreparedWrite; nowMs: number; settle: Settle }[] = []
  let closed: Promise<void> | undefined

  const commitAccepted = () => {
    const batch = accepted
    accepted = []
    const fed: FeedEntry[] = []
    const settled = batch.map(({ write, nowMs, settle }) =>
      settleLater(log, fed, write, nowMs, settle),
    )
    feed.tell(fed)
    for (const settle of settled) settle()
  }
  const refuseIfClosed = () => {
    if (closed !== undefined) throw new StoreClosed('the store was closed')
  }

  return {
    async transact(write: Write) {
      refuseIfClosed()
      const prepared = prepareWrite(write)
      return new Promise<Committed>((resolve, reject) => {
        if (accepted.length === 0) queueMicrotask(commitAccepted)
        accepted.push({ write: prepared, nowMs: options.now(), settle: { resolve, reject } })
      })
    },
    subscribe: feed.subscribe,
    ...reads(log, refuseIfClosed),
    ...createPresence(refuseIfClosed),
    async claim(key, nowMs, untilMs) {
      refuseIfClosed()
      return log.claim(key, nowMs, untilMs)
    },
    close() {
      // Behind the commit of what was accepted, which already waits as a microtask.
      closed ??= new Promise((resolve) => queueMicrotask(resolve))
      return closed
    },
  }
}

function reads(log: Log, refuseIfClosed: () => void) {
  return {
    async load() {
      refuseIfClosed()
      return log.snapshot()
    },
    async history(query) {
      refuseIfClosed()
      return log.channels.history(query)
    },
    async since(query) {
      refuseIfClosed()
      const after = log.revisionOf(query.serial)
      return after === undefined ? { kind: 'gap' } : log.channels.since(query, after)
    },
    async message(channel, serial, upTo) {
      refuseIfClosed()
      return log.channels.message(channel, serial, upTo)
    },
    async versions(channel, serial, upTo) {
      refuseIfClosed()
      return log.channels.versions(channel, serial, upTo)
    },
    async annotations(query) {
      refuseIfClosed()
      return log.channels.annotations(query)
    },
    async clientSummary(channel, serial, clientId, upTo) {
      refuseIfClosed()
      return log.channels.clientSummary(channel, serial, clientId, upTo)
    },
    ...threadReads(log.channels, refuseIfClosed),
    async record(collection, key) {
      refuseIfClosed()
      return log.records.one(collection, key)
    },
    async records(query) {
      refuseIfClosed()
      return log.records.page(query)
    },
    async rightsAfter({ revision, limit }) {
      refuseIfClosed()
      return log.rightsEntries.filter((entry) => entry.revision > revision).slice(0, limit)
    },
    async audit(query) {
      refuseIfClosed()
      return log.auditLines.filter(isAskedFor(query)).reverse().slice(0, query.limit)
    },
  } satisfies Partial<Store>
}

function isAskedFor(query: AuditQuery): (line: AuditLine) => boolean {
  const { beforeNumber = Number.POSITIVE_INFINITY, sinceMs = 0 } = query
  const { untilMs = Number.POSITIVE_INFINITY } = query
  const texts = (['actor', 'command', 'target'] as const).filter(
    (name) => query[name] !== undefined,
  )
  const { place, person } = query
  return (line) =>
    line.number < beforeNumber &&
    line.atMs >= sinceMs &&
    line.atMs <= untilMs &&
    texts.every((name) => line[name] === query[name]) &&
    (place === undefined || placeAbout(line) === place) &&
    (person === undefined || personAbout(line) === person)
}

type Settle = {
  readonly resolve: (committed: Committed) => void
  readonly reject: (failure: unknown) => void
}

/** Commits one write into `fed`; its promise is settled by the returned job, after the listeners. */
function settleLater(
  log: Log,
  fed: FeedEntry[],
  write: PreparedWrite,
  nowMs: number,
  { resolve, reject }: Settle,
): Job {
  try {
    const committed = log.commit(write, nowMs)
    if (!committed.duplicate) fed.push(...committed.entries)
    return () => resolve(committed)
  } catch (failure) {
    return () => reject(failure)
  }
}
