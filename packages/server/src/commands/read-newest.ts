// What was said last in each of some channels, of what the asker may read now: lines of the server, answers that stand in
// their thread only, and what was deleted are not it.

import type { ChannelName } from '@sayso/policy'
import { isInMainList, textOf } from '@sayso/store'
import type { Context } from '../context.ts'
import type { Hit } from '../finding/found-messages.ts'
import { isReadable, readableChannels } from '../finding/readable.ts'
import { receivable } from '../receivers.ts'
import type { Asker } from './asker.ts'

/** Messages read at a time, from the newest back; nearly always it is among the first. Beyond them, there is none. */
const READ = [5, 45, 200] as const

/**
 * At most one for each channel; none of channels that may not be read, nor where what was said stands further back than is
 * looked.
 *
 * @throws {Failure} `store_unavailable`
 */
export async function readNewest(
  context: Context,
  asker: Asker,
  wanted: readonly ChannelName[],
): Promise<readonly Hit[]> {
  const hits: Hit[] = []
  for (const { channel } of readableChannels(context.standing.world, asker)) {
    const hit = wanted.includes(channel) ? await newestIn(context, asker, channel) : undefined
    if (hit !== undefined) hits.push(hit)
  }
  // INVARIANT: decided again after the last read: nothing is said of what was lost meanwhile.
  return hits.filter(({ channel }) => isReadable(context.standing.world, asker, channel))
}

async function newestIn(
  context: Context,
  asker: Asker,
  channel: ChannelName,
): Promise<Hit | undefined> {
  let afterSerial: string | undefined
  for (const limit of READ) {
    const { messages, hasMore } = await context.store.history({
      channel,
      direction: 'backwards',
      limit,
      upTo: context.standing.revision,
      ...(afterSerial === undefined ? {} : { afterSerial }),
    })
    const said = messages.filter(
      ({ action, extras }) => action !== 'delete' && isInMainList(extras),
    )
    const { world } = context.standing
    for (const message of receivable(world, asker.credential, channel, said)) {
      const text = textOf(message)
      if (text !== undefined) return { channel, message, text }
    }
    if (!hasMore) return undefined
    afterSerial = messages.at(-1)?.serial
  }
  return undefined
}
