// Find messages by words, authors, traits and time, among those the asker may read now.

import type { ChannelName } from '@sayso/policy'
import type { Trait } from '@sayso/store'
import type { Context } from '../context.ts'
import { finderOf } from '../finding/finder-of.ts'
import { foundMessages, type HitPage } from '../finding/found-messages.ts'
import { readableChannels } from '../finding/readable.ts'
import type { Asker } from './asker.ts'

export type FindMessages = {
  /** As typed; empty if the rest says enough. */
  readonly text: string
  /** Only in these; ones that may not be read are as ones that do not exist. */
  readonly channels?: readonly ChannelName[]
  /** Ids of people. */
  readonly from?: readonly string[]
  readonly has?: readonly Trait[]
  readonly beforeMs?: number
  readonly sinceMs?: number
  /** 1–100 */
  readonly limit: number
  /** `next` of the page before. */
  readonly below?: number
}

/**
 * The newest first. What may be read is worked out before anything is looked for, so that no order and no count tells of
 * more.
 *
 * @throws {Failure} `store_unavailable`
 */
export async function findMessages(
  context: Context,
  asker: Asker,
  { limit, below, channels: wanted, ...query }: FindMessages,
): Promise<HitPage> {
  const finder = finderOf(context)
  const { world, revision } = context.standing
  const readable = readableChannels(world, asker).map(({ channel }) => channel)
  const channels =
    wanted === undefined ? readable : readable.filter((each) => wanted.includes(each))
  if (channels.length === 0) return { hits: [], behind: 0 }
  const page = { limit, ...(below === undefined ? {} : { below }) }
  return foundMessages(context, asker, page, (asked) =>
    finder.find({ ...query, channels }, asked, revision),
  )
}
