// Threads of the memory store, found by looking at every message.

import type { Message } from '@sayso/channel'
import type { ChannelName, Revision } from '@sayso/policy'
import { threadRoot } from '../rules/threads.ts'
import {
  MOST_PEOPLE,
  type ThreadPage,
  type ThreadQuery,
  type ThreadSummary,
  type ThreadsQuery,
} from '../threads.ts'
import type { Held } from './held.ts'

type Answer = { readonly root: string; readonly message: Message }

export function createThreads(held: Held) {
  /** Oldest first, in their latest state. */
  const answers = (channel: ChannelName, upTo: Revision): Answer[] =>
    [...(held.find(channel)?.held.keys() ?? [])].flatMap((serial) => {
      const [first] = held.versions(channel, serial, upTo)
      const root = first && threadRoot(first)
      const message = held.message(channel, serial, upTo)
      return root === undefined || message === undefined ? [] : { root, message }
    })
  return {
    thread({ channel, root, limit, beforeSerial, upTo }: ThreadQuery): ThreadPage {
      const messages = answers(channel, upTo)
        .filter((each) => each.root === root)
        .map(({ message }) => message)
        .filter(({ serial }) => beforeSerial === undefined || serial < beforeSerial)
        .reverse()
      return { messages: messages.slice(0, limit), hasMore: messages.length > limit }
    },
    threads(query: ThreadsQuery): readonly ThreadSummary[] {
      const { fromRoot = '', toRoot = '\uffff', beforeSerial = '\uffff' } = query
      const byRoot = new Map<string, Message[]>()
      for (const { root, message } of answers(query.channel, query.upTo)) {
        if (message.action === 'delete' || root < fromRoot || root > toRoot) continue
        byRoot.set(root, [...(byRoot.get(root) ?? []), message])
      }
      return [...byRoot]
        .map(([root, messages]) => summaryOf(root, messages))
        .filter(({ lastSerial }) => lastSerial < beforeSerial)
        .sort((one, other) => (one.lastSerial < other.lastSerial ? 1 : -1))
        .slice(0, query.limit)
    },
  }
}

function summaryOf(root: string, messages: readonly Message[]): ThreadSummary {
  const last = messages.at(-1)
  const people = new Set([...messages].reverse().flatMap(({ clientId }) => clientId ?? []))
  return {
    root,
    count: messages.length,
    lastSerial: last?.serial ?? '',
    lastAtMs: last?.timestampMs ?? 0,
    people: [...people].slice(0, MOST_PEOPLE),
  }
}
