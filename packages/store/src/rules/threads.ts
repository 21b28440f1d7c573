// Which thread a message is in, by what it says when it is published.

import type { NewMessage } from '@sayso/channel'
import type {
  ThreadPage,
  ThreadQuery,
  ThreadReads,
  ThreadSummary,
  ThreadsQuery,
} from '../threads.ts'
import { parseMessageSerial } from './position.ts'

/** The serial in `extras.ref` of the type `thread`; absent for everything else, also for what is no serial. */
export function threadRoot({ extras }: Pick<NewMessage, 'extras'>): string | undefined {
  const ref = extras?.ref
  if (typeof ref !== 'object' || ref === null) return undefined
  const { type, timeserial } = ref as { readonly type?: unknown; readonly timeserial?: unknown }
  if (type !== 'thread' || typeof timeserial !== 'string') return undefined
  return parseMessageSerial(timeserial) === undefined ? undefined : timeserial
}

/** The reads of the port, from those of a backend. */
export function threadReads(
  from: {
    thread(query: ThreadQuery): ThreadPage
    threads(query: ThreadsQuery): readonly ThreadSummary[]
  },
  refuseIfClosed: () => void,
): ThreadReads {
  return {
    async thread(query) {
      refuseIfClosed()
      return from.thread(query)
    },
    async threads(query) {
      refuseIfClosed()
      return from.threads(query)
    },
  }
}
