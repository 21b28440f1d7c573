// Publish: decide, commit, return. Telling is the feed's job.

import type { NewMessage } from '@sayso/channel'
import type { ChannelName, World } from '@sayso/policy'
import { messageSize } from '@sayso/protocol'
import type { Committed } from '@sayso/store'
import { userClaimOn } from '../access/user-claims.ts'
import type { Context } from '../context.ts'
import type { Turn } from '../pace.ts'
import { type Asker, identify } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireMessage } from './may.ts'
import { messageState } from './message-state.ts'

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
 * @throws {Failure} `denied`, `client_id_mismatch`, `message_too_large`, `slow_mode`, `busy`, `store_unavailable`
 */
export async function publish(context: Context, asker: Asker, input: Publish): Promise<Committed> {
  if (input.messages.length === 0) throw new Failure('invalid', 'there is nothing to publish')
  const messages = input.messages.map((message) => prepared(asker, message, input.channel))
  const bytes = messages.reduce((sum, message) => sum + messageSize(message), 0)
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new Failure(
      'message_too_large',
      `the publish has ${bytes} bytes; the limit is ${MAX_MESSAGE_BYTES}`,
    )
  }
  const { channel, idBase } = input
  const paced = pacing(context, asker, input)
  const decided = decideAndCommit(context, (world) => {
    for (const message of messages) requirePublish(world, asker, channel, message)
    const { connectionId } = asker
    const turn = paced.take(world)
    return {
      ...(turn && { records: [turn.record] }),
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
  return decided.catch(paced.giveBack)
}

/** Takes a turn in slow mode once, however often the publish is decided; gives it back if nothing was said. */
export function pacing({ pace, randomId }: Context, asker: Asker, input: Publish) {
  const { channel, idBase, messages } = input
  const id = messages[0]?.id ?? idBase ?? randomId()
  let turn: Turn | undefined
  return {
    take: (world: World) => {
      turn ??= pace.take(world, { channel, asker, id, messages: messages.length })
      return turn
    },
    giveBack: (error: unknown): never => {
      turn?.undo()
      throw error
    },
  }
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
