// A thread that keeps files of ours beside the log: requests to it, and who waits for each answer.

import { Worker } from 'node:worker_threads'
import { StoreUnavailable } from '../errors.ts'
import type { Failure } from './failure.ts'

/** A request with how much its file keeps; `end` ends the thread. */
export type ToThread<R, K> =
  | { readonly kind: 'request'; readonly request: R & { readonly id: number }; readonly kept: K }
  | { readonly kind: 'end' }

export type FromThread =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number
      readonly ok: false
      readonly failure: Failure | 'too_new'
      readonly message: string
    }

type Waiter = {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

export type FileThread<R, K> = {
  /** @throws {StoreUnavailable} */
  ask(request: R, kept: K): Promise<unknown>
  end(): Promise<void>
}

/**
 * Starts at the first request, and keeps the process from ending only while somebody waits for it.
 *
 * INVARIANT: the thread is never terminated from outside, as drivers may abort the process; it ends by message.
 *
 * @param what for sentences, for example `the decisions log`
 */
export function createFileThread<R extends { readonly kind: string }, K>(
  entry: () => URL,
  what: string,
): FileThread<R, K> {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, Waiter>()
  const settle = (reply: FromThread) => {
    const waiter = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (waiting.size === 0) worker?.unref()
    if (reply.ok) waiter?.resolve(reply.value)
    else waiter?.reject(failureFrom(reply, what))
  }
  const start = (): Worker => {
    const made = new Worker(entry())
    made.on('message', settle)
    const gone = (error: Error) => {
      if (worker === made) worker = undefined
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    made.on('error', gone)
    made.on('exit', () => gone(unavailable(what, 'its thread has ended')))
    return made
  }
  return {
    ask(request, kept) {
      // Nothing was ever written: there is nothing to let go of.
      if (worker === undefined && request.kind === 'close') return Promise.resolve(undefined)
      const running = worker ?? start()
      worker = running
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        running.ref()
        const sent: ToThread<R, K> = { kind: 'request', request: { ...request, id }, kept }
        running.postMessage(sent)
      })
    },
    async end() {
      const running = worker
      if (running === undefined) return
      running.ref()
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.postMessage({ kind: 'end' })
      await ended
    },
  }
}

function failureFrom({ failure, message }: FromThread & { ok: false }, what: string): Error {
  if (failure === 'too_new' || failure === 'damaged')
    return new StoreUnavailable(failure, `${what} cannot be used: ${message}`)
  return unavailable(what, message)
}

function unavailable(what: string, message: string): StoreUnavailable {
  return new StoreUnavailable('unusable_folder', `${what} cannot be used: ${message}`)
}
