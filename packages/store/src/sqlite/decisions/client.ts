// The main thread's side of the decisions log: gathers lines, hands them over some at a time, and counts what it must drop.

import { join, resolve } from 'node:path'
import type {
  DecisionLine,
  DecisionLog,
  DecisionStats,
  DecisionsKept,
  DecisionsPage,
} from '../../decisions.ts'
import { Gathered } from './gathered.ts'
import { DECISIONS_FILE } from './table.ts'
import { type Asked, createThread } from './thread-client.ts'

export type DecisionFilesOptions = {
  /** Default the system's; milliseconds since 1970. */
  readonly now?: () => number
  /** Told once when lines cannot be written, and again after it went well in between. */
  readonly report?: (error: Error) => void
}

/** The decisions logs of a process: any number of files, one thread. */
export type DecisionFiles = {
  /** Nothing is read or made before the first line. */
  open(folder: string, kept: DecisionsKept): DecisionLog
  /** Closes every log, writing what waits, and ends the thread. */
  close(): Promise<void>
}

export function openDecisionFiles(options: DecisionFilesOptions = {}): DecisionFiles {
  const { now = Date.now, report = () => undefined } = options
  const thread = createThread()
  const logs = new Set<DecisionLog>()
  return {
    open(folder, kept) {
      const file = join(resolve(folder), DECISIONS_FILE)
      const ask = (request: Asked) => thread.ask(request, kept)
      const log = createLog({ ask, file, now, report, closed: () => logs.delete(log) })
      logs.add(log)
      return log
    },
    async close() {
      await Promise.all([...logs].map((log) => log.close()))
      await thread.end()
    },
  }
}

type LogParts = {
  readonly ask: (request: Asked) => Promise<unknown>
  readonly file: string
  readonly now: () => number
  readonly report: (error: Error) => void
  readonly closed: () => void
}

function createLog({ ask, file, now, report, closed }: LogParts): DecisionLog {
  const gathered = new Gathered({
    write: (values, dropped) => ask({ kind: 'write', file, values, dropped, atMs: now() }),
    now,
    report,
  })
  let closing: Promise<void> | undefined
  return {
    note(line) {
      if (closing === undefined) gathered.add(line)
    },
    async page(query) {
      gathered.handOver()
      return (await ask({ kind: 'page', file, query, atMs: now() })) as DecisionsPage
    },
    async find(id) {
      gathered.handOver()
      return (await ask({ kind: 'find', file, decision: id })) as DecisionLine | undefined
    },
    async stats(): Promise<DecisionStats> {
      gathered.handOver()
      const told = (await ask({ kind: 'dropped', file })) as { count: number; atMs?: number }
      const { lastDroppedAtMs = told.atMs, ...counters } = gathered.counters()
      return {
        ...counters,
        dropped: told.count + gathered.untold,
        ...(lastDroppedAtMs === undefined ? {} : { lastDroppedAtMs }),
      }
    },
    counters: () => gathered.counters(),
    close() {
      gathered.handOver()
      closing ??= ask({ kind: 'close', file }).then(closed)
      return closing
    },
  }
}
