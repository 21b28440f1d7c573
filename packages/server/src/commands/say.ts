// A publish of any kind: stored, kept for two minutes, or live only, as its channel and its messages say.

import { type ChannelName, namespaceOf } from '@sayso/policy'
import { serialsOf } from '../ably/shapes.ts'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'
import { isEphemeral, type Publish, publish } from './publish.ts'
import { publishEphemeral, publishRecent } from './publish-ephemeral.ts'

/**
 * @returns one serial per message
 * @throws {Failure} as `publish`
 */
export async function say(
  context: Context,
  hub: Hub,
  asker: Asker,
  input: Publish,
): Promise<readonly string[]> {
  requireChannelRate(context, input.channel)
  const tell: Parameters<typeof publishEphemeral>[1] = (to, told) => hub.tellFleeting(to, told)
  if (isEphemeral(input.messages)) return publishEphemeral(context, tell, asker, input)
  const { persisted } = namespaceOf(context.standing.world.policy, input.channel)
  if (!persisted) return publishRecent(context, hub.recent, tell, asker, input)
  return serialsOf(await publish(context, asker, input))
}

/** @throws {Failure} `channel_busy` */
function requireChannelRate({ channelRate, now }: Context, channel: ChannelName): void {
  if (channelRate === undefined) return
  const { perSecond, rate } = channelRate
  if (rate.take(channel, perSecond, now())) return
  throw new Failure(
    'channel_busy',
    `\`${channel}\` may be published to ${perSecond} times a second`,
  )
}
