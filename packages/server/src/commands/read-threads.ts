// Reading threads: the answers of one, and what all of a channel have come to. Decided like history, and again after the read.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { ThreadPage, ThreadQuery, ThreadSummary, ThreadsQuery } from '@sayso/store'
import type { Context } from '../context.ts'
import { hasReceiveRules, receivable } from '../receivers.ts'
import type { Asker } from './asker.ts'
import { noteHistory } from './foreign-history.ts'
import { requireNow } from './may.ts'

/** Answers looked at to sum up a thread of which a reader may not receive everything. */
const MOST_SUMMED = 1_000
const MOST_PEOPLE = 5

/** @throws {Failure} `denied` */
export async function readThread(
  context: Context,
  asker: Asker,
  query: Omit<ThreadQuery, 'upTo'>,
): Promise<ThreadPage> {
  requireNow(context, asker, 'history', query.channel)
  const page = await context.store.thread({ ...query, upTo: context.standing.revision })
  await noteHistory(context, asker, query.channel)
  // INVARIANT: decided again after the read: a right lost meanwhile hides what was read.
  requireNow(context, asker, 'history', query.channel)
  return { ...page, messages: seen(context, asker, query.channel, page.messages) }
}

/** @throws {Failure} `denied` */
export async function readThreads(
  context: Context,
  asker: Asker,
  query: Omit<ThreadsQuery, 'upTo'>,
): Promise<readonly ThreadSummary[]> {
  requireNow(context, asker, 'history', query.channel)
  const upTo = context.standing.revision
  const threads = await context.store.threads({ ...query, upTo })
  const told = hasReceiveRules(context.standing.world, query.channel)
    ? await Promise.all(threads.map((thread) => summedUp(context, asker, query.channel, thread)))
    : threads
  await noteHistory(context, asker, query.channel)
  requireNow(context, asker, 'history', query.channel)
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

function seen(
  context: Context,
  asker: Asker,
  channel: ChannelName,
  messages: readonly Message[],
): readonly Message[] {
  return receivable(context.standing.world, asker.credential, channel, messages)
}
