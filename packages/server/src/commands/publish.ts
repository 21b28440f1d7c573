// Publish: decide, commit, return. Telling is the feed's job.

import type { NewMessage } from '@sayso/channel'
import type { ChannelName, World } from '@sayso/policy'
import { messageSize } from '@sayso/protocol'
import type { Committed } from '@sayso/store'
import { userClaimOn } from '../access/user-claims.ts'
import type { Context } from '../context.ts'
import { requireSpeakable, spoken } from '../desk/spoken.ts'
import { type Carried, carriedBy } from '../files/carried.ts'
import { type Asker, actorOf, identify } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireMessage } from './may.ts'
import { requireAttach } from './may-attach.ts'
import { requireMentions } from './may-mention.ts'
import { messageState } from './message-state.ts'
import { pacing } from './pacing.ts'

/** Bytes of one publish, as `messageSize` counts. */
export const MAX_MESSAGE_BYTES = 65_536

export type Publish = {
  readonly channel: ChannelName
  readonly messages: readonly NewMessage[]
  /** Base of the ids of messages without their own; also what makes a repeat a repeat. */
  readonly idBase?: string
}

/**
 * Commits messages to a channel, all or none; a repeat of the same ids returns the first commit.
 *
 * @throws {Failure} `denied`, `client_id_mismatch`, `message_too_large`, `attachment_invalid`, `slow_mode`, `busy`, `store_unavailable`
 */
export async function publish(context: Context, asker: Asker, input: Publish): Promise<Committed> {
  if (input.messages.length === 0) throw new Failure('invalid', 'there is nothing to publish')
  const { channel, idBase } = input
  const own = input.messages.map((message) => prepared(asker, message, channel))
  const carried = await carriedBy(context, actorOf(asker), channel, own)
  const bytes = carried.messages.reduce((sum, message) => sum + messageSize(message), 0)
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new Failure(
      'message_too_large',
      `the publish has ${bytes} bytes; the limit is ${MAX_MESSAGE_BYTES}`,
    )
  }
  const paced = pacing(context, asker, input)
  const committed = decideAndCommit(context, (world) => {
    const nowMs = context.now()
    const messages = carried.messages.map((each) => spoken(world, asker, channel, each, nowMs))
    requireCarried(world, asker, channel, { ...carried, messages })
    requireSpeakable(world, channel)
    const { connectionId } = asker
    const turn = paced.take(world)
    const records = [...carried.records, ...(turn === undefined ? [] : [turn.record])]
    return {
      ...(records.length > 0 && { records }),
      entries: [
        {
          kind: 'publish',
          channel,
          messages,
          ...(connectionId === undefined ? {} : { connectionId }),
          ...(idBase === undefined ? {} : { idBase }),
        },
      ],
    }
  })
  const said = committed.catch(paced.giveBack)
  return carried.records.length === 0 ? said : said.catch(usedElsewhere)
}

/** Records do not fit any more: another message was there first. */
function usedElsewhere(error: unknown): never {
  if (!(error instanceof Failure) || error.code !== 'conflict') throw error
  throw new Failure('attachment_invalid', 'a file of this message is used by another one', {
    remedy: 'upload it again',
  })
}

/** @throws {Failure} `denied` */
function requireCarried(
  world: World,
  asker: Asker,
  channel: ChannelName,
  { messages, files }: Carried,
): void {
  for (const message of messages) requirePublish(world, asker, channel, message)
  for (const file of files) requireAttach(world, asker, channel, file)
}

/** @throws {Failure} `denied` */
export function requirePublish(
  world: World,
  asker: Asker,
  channel: ChannelName,
  message: NewMessage,
): void {
  const change = () => ({ before: null, after: messageState(message) })
  requireMessage(world, asker, 'publish', channel, change)
  requireMentions(world, asker, channel, message.extras)
}

/** True if the publish is live only: every message of it says so. */
export function isEphemeral(messages: readonly NewMessage[]): boolean {
  return messages.length > 0 && messages.every((message) => message.extras?.ephemeral === true)
}

/** Settles who the message is from and takes out what only the server may say. */
export function prepared(asker: Asker, message: NewMessage, channel: ChannelName): NewMessage {
  const clientId = identify(asker, message.clientId)
  const { clientId: _claimed, extras, ...rest } = message
  const kept = claimedExtras(asker, extras, channel)
  return {
    ...rest,
    ...(clientId === undefined ? {} : { clientId }),
    ...(kept === undefined ? {} : { extras: kept }),
  }
}

/** The extras of whatever is said on a channel: a client's own, and what the server says of it there. */
export function claimedExtras(
  asker: Asker,
  extras: NewMessage['extras'],
  channel: ChannelName,
): NewMessage['extras'] {
  const own = extras === undefined ? undefined : withoutServerKeys(extras)
  const userClaim = claimOn(asker, channel)
  return userClaim === undefined ? own : { ...own, userClaim }
}

/** What the token's issuer says of its bearer on a channel. */
export function claimOn({ claims }: Asker, channel: ChannelName): string | undefined {
  return claims && userClaimOn(claims, channel)
}

/** `userClaim` and `sayso` are the server's to write: a client's are dropped, as the protocol asks. */
export function withoutServerKeys(
  extras: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const { userClaim: _claim, sayso: _line, ...rest } = extras
  return Object.keys(rest).length === 0 ? undefined : rest
}
