// Reading what is stored: history, one message, its versions.

import type { Message } from '@sayso/channel'
import { type Action, type ChannelName, resourceOf, typeOf } from '@sayso/policy'
import type { HistoryPage, HistoryQuery } from '@sayso/store'
import type { Context } from '../context.ts'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'
import { historyRead, seen } from './history-read.ts'
import { requireVerb } from './may.ts'

/** @throws {Failure} `denied` */
export async function readHistory(
  context: Context,
  asker: Asker,
  query: Omit<HistoryQuery, 'upTo'>,
): Promise<HistoryPage> {
  const page = await historyRead(context, asker, query.channel, (upTo) =>
    context.store.history({ ...query, upTo }),
  )
  return { ...page, messages: seen(context, asker, query.channel, page.messages) }
}

/** @throws {Failure} `denied`, `message_unknown` */
export async function readMessage(
  context: Context,
  asker: Asker,
  channel: ChannelName,
  serial: string,
): Promise<Message> {
  const message = await historyRead(context, asker, channel, (upTo) =>
    context.store.message(channel, serial, upTo),
  )
  if (message === undefined || seen(context, asker, channel, [message]).length === 0)
    throw new Failure('message_unknown', `there is no message \`${serial}\` on this channel`)
  return message
}

/**
 * Every version, oldest first. What its annotations add up to now is the message's own, so each version carries it.
 *
 * @throws {Failure} `denied`, `message_unknown`
 */
export async function readVersions(
  context: Context,
  asker: Asker,
  channel: ChannelName,
  serial: string,
): Promise<readonly Message[]> {
  const [versions, latest] = await historyRead(context, asker, channel, (upTo) =>
    Promise.all([
      context.store.versions(channel, serial, upTo),
      context.store.message(channel, serial, upTo),
    ]),
  )
  requireHistory(context, asker, channel, versions[0])
  const visible = seen(context, asker, channel, versions)
  if (visible.length === 0)
    throw new Failure('message_unknown', `there is no message \`${serial}\` on this channel`)
  const { summary } = latest ?? {}
  return summary === undefined ? visible : visible.map((version) => ({ ...version, summary }))
}

/**
 * Earlier versions of what somebody else wrote are shown to whom the policy lets see them, if it lists the action at all.
 *
 * @throws {Failure} `denied`
 */
function requireHistory(
  { standing: { world }, refusals }: Context,
  asker: Asker,
  channel: ChannelName,
  first: Message | undefined,
): void {
  const resource = resourceOf(world.policy, channel)
  const type = resource && world.policy.types.get(typeOf(resource))
  if (resource === undefined || type?.actionSet.has(MESSAGE_HISTORY) !== true) return
  const isOwn = first?.clientId !== undefined && first.clientId === asker.clientId
  if (isOwn || asker.credential.kind === 'key') return
  refusals.noting(() => requireVerb(world, asker, MESSAGE_HISTORY, resource))
}

const MESSAGE_HISTORY = 'message-history' as Action
