// Requests to the thread of decisions, and who waits for each answer.

import { Worker } from 'node:worker_threads'
import type { DecisionsKept } from '../../decisions.ts'
import { StoreUnavailable } from '../../errors.ts'
import type { DecisionRequest, FromThread, ToThread } from './wire.ts'

/** A request without its number. */
export type Asked = DecisionRequest extends infer R
  ? R extends unknown
    ? Omit<R, 'id'>
    : never
  : never

type Waiter = {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Starts at the first request, and keeps the process from ending only while somebody waits for it. */
export function createThread() {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, Waiter>()
  const settle = (reply: FromThread) => {
    const waiter = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (waiting.size === 0) worker?.unref()
    if (reply.ok) waiter?.resolve(reply.value)
    else waiter?.reject(failureFrom(reply))
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
    made.on('exit', () => gone(unavailable('the thread of decisions has ended')))
    return made
  }
  return {
    ask(request: Asked, kept: DecisionsKept): Promise<unknown> {
      // Nothing was ever written: there is nothing to let go of.
      if (worker === undefined && request.kind === 'close') return Promise.resolve(undefined)
      const running = worker ?? start()
      worker = running
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        running.ref()
        running.postMessage({ kind: 'request', request: { ...request, id }, kept } as ToThread)
      })
    },
    async end(): Promise<void> {
      const running = worker
      if (running === undefined) return
      running.ref()
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.postMessage({ kind: 'end' } satisfies ToThread)
      await ended
    },
  }
}

function failureFrom({ failure, message }: FromThread & { ok: false }): Error {
  if (failure === 'too_new' || failure === 'damaged')
    return new StoreUnavailable(failure, `the decisions log cannot be used: ${message}`)
  return unavailable(message)
}

function unavailable(message: string): StoreUnavailable {
  return new StoreUnavailable('unusable_folder', `the decisions log cannot be used: ${message}`)
}

/** INVARIANT: the thread is never terminated from outside, as drivers may abort the process; it ends by message. */
function entry(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./thread.js', import.meta.url)
  // A thread does not inherit the loader that lets the main one run TypeScript on Node 20.
  return Reflect.get(process.features, 'typescript')
    ? new URL('./thread.ts', import.meta.url)
    : new URL('./thread-from-sources.cjs', import.meta.url)
}
