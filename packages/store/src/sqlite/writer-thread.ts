// Starts the writer thread, from compiled files in production and straight from sources in development.

import { Worker } from 'node:worker_threads'
import type { WriterData } from './wire.ts'

/** INVARIANT: the thread is never terminated from outside, as drivers may abort the process; it ends by message. */
export function startWriter(workerData: WriterData): Worker {
  return new Worker(entry(), { workerData })
}

function entry(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./writer.js', import.meta.url)
  // A thread does not inherit the loader that lets the main one run TypeScript on Node 20.
  return Reflect.get(process.features, 'typescript')
    ? new URL('./writer.ts', import.meta.url)
    : new URL('./writer-from-sources.cjs', import.meta.url)
}
