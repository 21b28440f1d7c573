// The thread of decisions, as the main thread asks it.

import type { DecisionsKept } from '../../decisions.ts'
import { createFileThread } from '../file-thread.ts'
import type { DecisionRequest } from './wire.ts'

/** A request without its number. */
export type Asked = DecisionRequest extends infer R
  ? R extends unknown
    ? Omit<R, 'id'>
    : never
  : never

export function createThread() {
  return createFileThread<Asked, DecisionsKept>(entry, 'the decisions log')
}

function entry(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./thread.js', import.meta.url)
  // A thread does not inherit the loader that lets the main one run TypeScript on Node 20.
  return Reflect.get(process.features, 'typescript')
    ? new URL('./thread.ts', import.meta.url)
    : new URL('./thread-from-sources.cjs', import.meta.url)
}
