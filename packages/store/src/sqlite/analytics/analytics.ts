// The main thread's side of the roll-ups.

import { resolve } from 'node:path'
import type {
  Analytics,
  AnalyticsAnswers,
  AnalyticsKept,
  AnalyticsQuestion,
} from '../../analytics.ts'
import { createFileThread } from '../file-thread.ts'
import type { AnalyticsRequest } from './analytics-wire.ts'

type Asked = AnalyticsRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never

/** The roll-ups of a process: any number of folders, one thread. */
export type AnalyticsFiles = {
  /** Nothing is read or made before it is first asked to follow, or asked. */
  open(folder: string, kept: AnalyticsKept): Analytics
  /** Closes every one, and ends the thread. */
  close(): Promise<void>
}

/** @param now milliseconds since 1970 */
export function openAnalyticsFiles(now: () => number = Date.now): AnalyticsFiles {
  const thread = createFileThread<Asked, AnalyticsKept>(entry, 'the roll-ups')
  const open = new Set<Analytics>()
  return {
    open(path, kept) {
      const folder = resolve(path)
      let trouble: string | undefined
      const ask = async (request: Asked): Promise<unknown> => {
        try {
          const answer = await thread.ask(request, kept)
          trouble = undefined
          return answer
        } catch (error) {
          trouble = error instanceof Error ? error.message : 'they cannot be written'
          throw error
        }
      }
      const one: Analytics = {
        async follow() {
          await ask({ kind: 'follow', folder, nowMs: now() })
        },
        ask: async <Q extends AnalyticsQuestion>(question: Q) =>
          (await ask({ kind: 'ask', folder, question })) as AnalyticsAnswers[Q['kind']],
        async erase(person) {
          await ask({ kind: 'erase', folder, person })
        },
        trouble: () => trouble,
        async close() {
          open.delete(one)
          await thread.ask({ kind: 'close', folder }, kept)
        },
      }
      open.add(one)
      return one
    },
    async close() {
      await Promise.all([...open].map((one) => one.close()))
      await thread.end()
    },
  }
}

function entry(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./analytics-worker.js', import.meta.url)
  // As for the writer: a thread does not inherit the loader that lets the main one run TypeScript on Node 20.
  return Reflect.get(process.features, 'typescript')
    ? new URL('./analytics-worker.ts', import.meta.url)
    : new URL('./analytics-from-sources.cjs', import.meta.url)
}
