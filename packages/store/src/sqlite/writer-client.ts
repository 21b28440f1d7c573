// The main thread's side of the writer: tells the feed what a group committed, then the callers.

import type { Worker } from 'node:worker_threads'
import { StoreUnavailable } from '../errors.ts'
import type { createFeed } from '../rules/feed.ts'
import type { PreparedWrite } from '../rules/prepare.ts'
import type { Committed, FeedEntry, PresenceNote } from '../store.ts'
import { storedText } from './body.ts'
import { createMailbox, type Job, type Mailbox } from './mailbox.ts'
import { committedOf, engineFailure, noteRequest, writeRequest } from './requests.ts'
import type { Outcome, Reply, SqlOutcome, SqlRequest, WriterData } from './wire.ts'
import { startWriter } from './writer-thread.ts'

/** Counters since opening. Writes per commit is how well group commit works. */
export type StoreStats = {
  readonly writes: number
  readonly commits: number
  /** When the group whose entries the feed tells, or told last, was on the disk; milliseconds by `process.hrtime`. */
  readonly committedAtMs: number
}

type Feed = ReturnType<typeof createFeed>

export type WriterClient = Awaited<ReturnType<typeof connectWriter>>

/** @throws {StoreUnavailable} */
export async function connectWriter(data: WriterData, feed: Feed) {
  const thread = startWriter(data)
  const mailbox = createMailbox(thread)
  const site = await ready(thread, mailbox)
  const { stats, fed } = hearReplies(thread, mailbox, feed)

  return {
    site,
    stats: (): StoreStats => ({ ...stats }),
    write: (write: PreparedWrite, nowMs: number) =>
      new Promise<Committed>((resolve, reject) => {
        const outcome = (outcome: Outcome): Job => {
          const committed = committedOf(outcome, write)
          if (committed instanceof Error) return () => reject(committed)
          if (!committed.duplicate) fed.push(...committed.entries)
          return () => resolve(committed)
        }
        mailbox.ask({ outcome, fail: reject }, (id) => writeRequest(id, nowMs, write))
      }),
    claim: (key: string, nowMs: number, untilMs: number) =>
      new Promise<boolean>((resolve, reject) => {
        const outcome = (outcome: Outcome): Job => {
          if (outcome.kind === 'claimed') return () => resolve(outcome.first)
          return () => reject(committedOf(outcome, { entries: [], records: [] }))
        }
        mailbox.ask({ outcome, fail: reject }, (id) => {
          return { kind: 'claim', id, key: storedText(key), nowMs, untilMs }
        })
      }),
    note: (notes: readonly PresenceNote[]) =>
      new Promise<void>((resolve, reject) => {
        const outcome = (outcome: Outcome): Job => {
          if (outcome.kind === 'noted') return resolve
          return () => reject(committedOf(outcome, { entries: [], records: [] }))
        }
        mailbox.ask({ outcome, fail: reject }, (id) => noteRequest(id, notes))
      }),
    sql: (request: Omit<SqlRequest, 'kind' | 'id'>) =>
      new Promise<SqlOutcome>((resolve, reject) =>
        mailbox.ask({ sql: resolve, fail: reject }, (id) => ({ kind: 'sql', id, ...request })),
      ),
    /** Behind everything asked before. */
    close(): Promise<void> {
      mailbox.send({ kind: 'close' })
      return mailbox.ended
    },
  }
}

/** The site name, once the writer has opened the folder. */
async function ready(thread: Worker, mailbox: Mailbox): Promise<string> {
  const first = await new Promise<Reply>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  if (first.kind === 'ready') return first.site
  await mailbox.ended
  if (first.kind === 'refused') throw new StoreUnavailable(first.reason, first.message)
  throw new Error(`the writer began with \`${first.kind}\``)
}

function hearReplies(thread: Worker, mailbox: Mailbox, feed: Feed) {
  const stats = { writes: 0, commits: 0, committedAtMs: 0 }
  // What the outcomes of the present group add to the feed.
  const fed: FeedEntry[] = []
  // INVARIANT: no await from the first outcome to the last promise; who was told and who knows may never differ.
  const group = (outcomes: readonly Outcome[]) => {
    const jobs = outcomes.map((outcome) => mailbox.take(outcome.id)?.outcome?.(outcome))
    feed.tell(fed.splice(0))
    for (const job of jobs) job?.()
  }
  thread.on('message', (reply: Reply) => {
    if (reply.kind === 'group') {
      stats.commits += reply.commits
      stats.writes += reply.outcomes.length
      stats.committedAtMs = reply.doneMs ?? stats.committedAtMs
      group(reply.outcomes)
    } else if (reply.kind === 'sql') {
      mailbox.take(reply.id)?.sql?.(reply.outcome)
    } else if (reply.kind === 'sql_failed') {
      mailbox.take(reply.id)?.fail(engineFailure(reply.failure, reply.message))
    }
  })
  return { stats, fed }
}
