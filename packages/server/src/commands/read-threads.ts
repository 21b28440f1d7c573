// Reading threads: the answers of one, and what all of a channel have come to. Decided like history.

import type { ChannelName } from '@sayso/policy'
import type { ThreadPage, ThreadQuery, ThreadSummary, ThreadsQuery } from '@sayso/store'
import type { Context } from '../context.ts'
import { hasReceiveRules } from '../receivers.ts'
import type { Asker } from './asker.ts'
import { historyRead, seen } from './history-read.ts'

/** Answers looked at to sum up a thread of which a reader may not receive everything. */
const MOST_SUMMED = 1_000
const MOST_PEOPLE = 5

/** @throws {Failure} `denied` */
export async function readThread(
  context: Context,
  asker: Asker,
  query: Omit<ThreadQuery, 'upTo'>,
): Promise<ThreadPage> {
  const page = await historyRead(context, asker, query.channel, (upTo) =>
    context.store.thread({ ...query, upTo }),
  )
  return { ...page, messages: seen(context, asker, query.channel, page.messages) }
}

/** @throws {Failure} `denied` */
export async function readThreads(
  context: Context,
  asker: Asker,
  query: Omit<ThreadsQuery, 'upTo'>,
): Promise<readonly ThreadSummary[]> {
  const told = await historyRead(context, asker, query.channel, async (upTo) => {
    const threads = await context.store.threads({ ...query, upTo })
    return hasReceiveRules(context.standing.world, query.channel)
      ? Promise.all(threads.map((thread) => summedUp(context, asker, query.channel, thread)))
      : threads
  })
  return told.filter(({ count }) => count > 0)
}

/** Only what the reader may receive counts. */
async function summedUp(
  context: Context,
  asker: Asker,
  channel: ChannelName,
  { root }: ThreadSummary,
): Promise<ThreadSummary> {
  const upTo = context.standing.revision
  const page = await context.store.thread({ channel, root, limit: MOST_SUMMED, upTo })
  const messages = seen(context, asker, channel, page.messages).filter(
    ({ action }) => action !== 'delete',
  )
  const people = new Set(messages.flatMap(({ clientId }) => clientId ?? []))
  return {
    root,
    count: messages.length,
    lastSerial: messages[0]?.serial ?? '',
    lastAtMs: messages[0]?.timestampMs ?? 0,
    people: [...people].slice(0, MOST_PEOPLE),
  }
}
