// The writer thread: takes what has arrived, commits it as one group, answers for the whole group at once.

import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { type Database, loadDriver } from './driver.ts'
import { failureOf, messageOf } from './failure.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { openFolder, refusalOf } from './open-folder.ts'
import { createSignInSession, rollBack, type SignInSession } from './sign-in-session.ts'
import type {
  ClaimRequest,
  Group,
  NoteRequest,
  Outcome,
  Reply,
  Request,
  WriteRequest,
  WriterData,
} from './wire.ts'

const processNow = () => Number(process.hrtime.bigint()) / 1e6

// Larger groups gain little and make the first of the group wait.
const LARGEST_GROUP = 1024

type Groupable = WriteRequest | ClaimRequest | NoteRequest

async function start(port: NonNullable<typeof parentPort>, data: WriterData): Promise<void> {
  const post = (reply: Reply) => port.postMessage(reply)
  try {
    const { db, site, close } = openFolder(await loadDriver(), data)
    const queue: Request[] = []
    const session = createSignInSession(db, data.transactionLimitMs, () => work())
    const ledger = createLedger(db, site)
    const work = () =>
      drain(queue, session, {
        group: (requests) => post({ ...commitGroup(db, ledger, requests), doneMs: processNow() }),
        sql: (request) => post(session.answer(request)),
        more: () => receive(port, queue),
        close() {
          close()
          port.close()
        },
      })
    port.on('message', (requests: readonly Request[]) => {
      for (const request of requests) queue.push(request)
      work()
    })
    post({ kind: 'ready', site })
  } catch (error) {
    post(refusalOf(error, data))
    port.close()
  }
}

/** Takes what has arrived since without waiting for the event loop. */
function receive(port: NonNullable<typeof parentPort>, queue: Request[]): void {
  let message = receiveMessageOnPort(port)
  while (message !== undefined) {
    for (const request of message.message as readonly Request[]) queue.push(request)
    message = queue.length < LARGEST_GROUP ? receiveMessageOnPort(port) : undefined
  }
}

type Work = {
  group(requests: readonly Groupable[]): void
  sql(request: Request & { kind: 'sql' }): void
  more(): void
  close(): void
}

/** Works through the queue in order. While a transaction holds the writer, only its own requests run. */
function drain(queue: Request[], session: SignInSession, work: Work): void {
  for (;;) {
    work.more()
    const at = nextIndex(queue, session.holder())
    const request = queue[at]
    if (request === undefined) return
    if (isGroupable(request)) {
      work.group(takeGroup(queue))
      continue
    }
    queue.splice(at, 1)
    if (request.kind === 'sql') work.sql(request)
    else work.close()
  }
}

function nextIndex(queue: readonly Request[], holder: number | undefined): number {
  if (holder === undefined) return 0
  const own = queue.findIndex((request) => request.kind === 'sql' && request.connection === holder)
  return own === -1 ? queue.length : own
}

function isGroupable(request: Request): request is Groupable {
  return request.kind === 'write' || request.kind === 'claim' || request.kind === 'note'
}

/** Removes the writes, claims and notes at the front of the queue. */
function takeGroup(queue: Request[]): Groupable[] {
  const end = queue.findIndex((request, index) => index === LARGEST_GROUP || !isGroupable(request))
  return queue.splice(0, end === -1 ? queue.length : end).filter(isGroupable)
}

/**
 * One transaction for the group. If that fails, one for each request, so that a write that cannot be had does not
 * take its neighbours down.
 */
function commitGroup(db: Database, ledger: Ledger, group: readonly Groupable[]): Group {
  const together = commitTogether(db, ledger, group)
  if (!('error' in together)) return { kind: 'group', outcomes: together, commits: 1 }
  // A foreign process (a backup tool) that holds the file will not let single writes through either.
  const hopeless = failureOf(together.error) === 'busy'
  if (group.length === 1 || hopeless) return failed(group, together.error)
  const groups = group.map((request) => commitGroup(db, ledger, [request]))
  return {
    kind: 'group',
    outcomes: groups.flatMap(({ outcomes }) => outcomes),
    commits: groups.reduce((sum, { commits }) => sum + commits, 0),
  }
}

function failed(group: readonly Groupable[], error: unknown): Group {
  const failure = failureOf(error)
  const outcomes = group.map(
    ({ id }): Outcome => ({ kind: 'failed', id, failure, message: messageOf(error) }),
  )
  return { kind: 'group', outcomes, commits: 0 }
}

function commitTogether(
  db: Database,
  ledger: Ledger,
  group: readonly Groupable[],
): readonly Outcome[] | { readonly error: unknown } {
  const restore = ledger.save()
  try {
    db.exec('BEGIN IMMEDIATE')
    const outcomes = group.map((request) => outcomeOf(ledger, request))
    db.exec('COMMIT')
    return outcomes
  } catch (error) {
    rollBack(db)
    restore()
    return { error }
  }
}

function outcomeOf(ledger: Ledger, request: Groupable): Outcome {
  switch (request.kind) {
    case 'write':
      return ledger.write(request)
    case 'claim':
      return ledger.claim(request)
    case 'note':
      return ledger.note(request)
  }
}

if (parentPort !== null) void start(parentPort, workerData as WriterData)
