// The index of messages: words, authors, mentions. It follows the log in a thread of its own and a file of its own, which may
// be removed at any time: it is made again from the log.

import { Worker } from 'node:worker_threads'
import { StoreClosed } from '../../errors.ts'
import type { Answered, Finder } from '../../finder.ts'
import type { FinderData, FinderReply, Question } from './finder-wire.ts'

type Waiter = {
  readonly resolve: (answer: Answered<unknown>) => void
  readonly reject: (error: Error) => void
}

type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'id'> : never) : never

export function startFinder(workerData: FinderData): Finder {
  const thread = new Worker(entry(), { workerData })
  const waiting = new Map<number, Waiter>()
  let lastId = 0
  let gone: Error | undefined
  let cause = 'it was closed'
  const ended = new Promise<void>((resolve) => {
    thread.on('error', (error) => {
      cause = error.message
    })
    thread.once('exit', () => {
      gone = new StoreClosed(`the index of messages has ended: ${cause}`)
      for (const { reject } of waiting.values()) reject(gone)
      waiting.clear()
      resolve()
    })
  })
  thread.on('message', (reply: FinderReply) => {
    if (reply.kind === 'refused') {
      cause = reply.message
      return
    }
    const waiter = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.kind === 'failed') waiter?.reject(new Error(reply.message))
    else waiter?.resolve({ value: reply.value, behind: reply.behind })
  })
  const ask = <T>(question: Asked) =>
    new Promise<Answered<T>>((resolve, reject) => {
      if (gone !== undefined) return reject(gone)
      lastId += 1
      waiting.set(lastId, { resolve: resolve as Waiter['resolve'], reject })
      thread.postMessage({ ...question, id: lastId })
    })
  return {
    find: (query, page, upTo) => ask({ kind: 'find', query, page, upTo }),
    unread: (query, upTo) => ask({ kind: 'unread', query, upTo }),
    clean: async (upTo) => (await ask<undefined>({ kind: 'clean', upTo })).behind === 0,
    trim: (query, upTo) => ask({ kind: 'trim', query, upTo }),
    mentions: (query, page, upTo) => ask({ kind: 'mentions', query, page, upTo }),
    close() {
      if (gone === undefined) thread.postMessage({ kind: 'close' })
      return ended
    },
  }
}

function entry(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./finder-worker.js', import.meta.url)
  // As for the writer: a thread does not inherit the loader that lets the main one run TypeScript on Node 20.
  return Reflect.get(process.features, 'typescript')
    ? new URL('./finder-worker.ts', import.meta.url)
    : new URL('./finder-from-sources.cjs', import.meta.url)
}
