// Reading annotations: the single ones of a message, and what they add up to for one client.

import type { Message, Summary } from '@sayso/channel'
import type { ChannelName, World } from '@sayso/policy'
import type { AnnotationsPage, AnnotationsQuery } from '@sayso/store'
import type { Context } from '../context.ts'
import { receivable } from '../receivers.ts'
import { type Asker, identify } from './asker.ts'
import { Failure } from './failure.ts'
import { requireNow } from './may.ts'
import { readMessage } from './read-messages.ts'

/** Needs `annotation-subscribe`, as hearing them live does. @throws {Failure} `denied` */
export async function readAnnotations(
  context: Context,
  asker: Asker,
  query: Omit<AnnotationsQuery, 'upTo'>,
): Promise<AnnotationsPage> {
  requireNow(context, asker, 'annotation-subscribe', query.channel)
  const page = await context.store.annotations({ ...query, upTo: context.standing.revision })
  // INVARIANT: decided again after the read: a right lost meanwhile hides what was read.
  requireNow(context, asker, 'annotation-subscribe', query.channel)
  // What is kept from somebody is kept with all that was said about it.
  const { channel, messageSerial, upTo } = { ...query, upTo: context.standing.revision }
  const message = await context.store.message(channel, messageSerial, upTo)
  requireNow(context, asker, 'annotation-subscribe', channel)
  if (message !== undefined && !mayReceiveOne(context.standing.world, asker, channel, message))
    throw new Failure('message_unknown', `there is no message \`${messageSerial}\` on this channel`)
  return page
}

function mayReceiveOne(
  world: World,
  { credential }: Asker,
  channel: ChannelName,
  message: Message,
): boolean {
  return receivable(world, credential, channel, [message]).length > 0
}

/**
 * The part of one client in what the annotations of a message add up to.
 *
 * @param client absent: the asker's own
 * @throws {Failure} `denied`, `client_id_required`, `message_unknown`
 */
export async function readClientSummary(
  context: Context,
  asker: Asker,
  channel: ChannelName,
  serial: string,
  client?: string,
): Promise<Summary> {
  const about = client ?? identify(asker, undefined)
  if (about === undefined)
    throw new Failure('client_id_required', 'whose part is meant: nobody is named', {
      remedy: 'name a client with `forClientId`',
    })
  await readMessage(context, asker, channel, serial)
  const { revision } = context.standing
  const summary = await context.store.clientSummary(channel, serial, about, revision)
  requireNow(context, asker, 'history', channel)
  return summary
}
