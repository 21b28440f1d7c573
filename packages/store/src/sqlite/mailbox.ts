// Requests to the writer thread and who waits for each answer. What one turn asks for travels as one message.

import type { Worker } from 'node:worker_threads'
import { StoreClosed } from '../errors.ts'
import type { Outcome, Request, SqlOutcome } from './wire.ts'

/** What is left to do for an outcome after the feed was told. */
export type Job = () => void

/** Who waits for an answer: `outcome` for writes and claims, `sql` for statements. */
export type Waiter = {
  readonly outcome?: (outcome: Outcome) => Job
  readonly sql?: (outcome: SqlOutcome) => void
  readonly fail: (error: Error) => void
}

export type Mailbox = ReturnType<typeof createMailbox>

export function createMailbox(thread: Worker) {
  const waiting = new Map<number, Waiter>()
  let outbox: Request[] = []
  let lastId = 0
  let gone: Error | undefined

  const post = () => {
    const requests = outbox
    outbox = []
    thread.postMessage(requests)
  }
  const send = (request: Request) => {
    if (outbox.length === 0) queueMicrotask(post)
    outbox.push(request)
  }
  const ended = new Promise<void>((resolve) => {
    let cause = 'it was closed'
    thread.on('error', (error) => {
      cause = error.message
    })
    thread.once('exit', () => {
      gone = new StoreClosed(`the writer has ended: ${cause}`)
      for (const { fail } of waiting.values()) fail(gone)
      waiting.clear()
      resolve()
    })
  })

  return {
    /** Resolves when the thread has ended, for whatever reason; by then nobody waits any more. */
    ended,
    send(request: Request): void {
      if (gone === undefined) send(request)
    },
    ask(waiter: Waiter, request: (id: number) => Request): void {
      if (gone !== undefined) {
        waiter.fail(gone)
        return
      }
      lastId += 1
      waiting.set(lastId, waiter)
      send(request(lastId))
    },
    take(id: number): Waiter | undefined {
      const waiter = waiting.get(id)
      waiting.delete(id)
      return waiter
    },
  }
}
