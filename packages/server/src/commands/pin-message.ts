// Pin a message where everybody in its channel finds it, or take it down. The line in the channel tells of it.

import { type ChannelName, channelOf, type ResourceId, type World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { pinLine } from '../people/server-line.ts'
import { MOST_PINS, PINS, pinKey } from '../pins.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireVerb } from './may.ts'
import { readMessage } from './read-messages.ts'

export type PinMessage = {
  readonly kind: 'pin' | 'unpin'
  readonly resource: ResourceId
  readonly serial: string
}

/**
 * Needs `pin` on the resource (a key: the scope `admin`), and `history` there.
 *
 * @throws {Failure} `denied`, `message_unknown`, `conflict`, `invalid`, `busy`, `store_unavailable`
 */
export async function pinMessage(
  context: Context,
  asker: Asker,
  { kind, resource, serial }: PinMessage,
): Promise<Committed> {
  context.refusals.noting(() => requireVerb(context.standing.world, asker, 'pin', resource))
  const channel = governed(context.standing.world, resource)
  const key = pinKey(channel, serial)
  const [known, all, message] = await Promise.all([
    context.store.record(PINS, key),
    context.store.records({ collection: PINS, prefix: pinKey(channel, ''), limit: MOST_PINS + 1 }),
    kind === 'pin' ? readMessage(context, asker, channel, serial) : undefined,
  ])
  if (message?.action === 'delete') throw new Failure('message_unknown', 'the message was deleted')
  if ((kind === 'pin') === (known !== undefined))
    throw new Failure(
      'conflict',
      `the message is ${kind === 'pin' ? 'pinned already' : 'not pinned'}`,
    )
  if (kind === 'pin' && all.length >= MOST_PINS) {
    throw new Failure('conflict', `a channel has at most ${MOST_PINS} pinned messages`, {
      remedy: 'take one down first',
    })
  }
  return decideAndCommit(context, (world) => {
    requireVerb(world, asker, 'pin', resource)
    const by = actorOf(asker)
    const value = kind === 'pin' ? { serial, by, atMs: context.now() } : undefined
    return {
      entries: [{ kind: 'publish', channel, messages: [pinLine(world, by, kind, serial)] }],
      records: [{ collection: PINS, key, value, expectVersion: known?.version ?? 0 }],
      audit: { command: `${kind}-message`, ...auditBy(asker), target: `${channel}/${serial}` },
    }
  })
}

/** The channel of a resource. @throws {Failure} `resource_unknown` */
export function governed(world: World, resource: ResourceId): ChannelName {
  const channel = channelOf(world.policy, resource)
  if (channel === undefined)
    throw new Failure('resource_unknown', `\`${resource}\` governs no channel`)
  return channel
}
