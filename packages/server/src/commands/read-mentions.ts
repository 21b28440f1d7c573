// The messages that mention somebody: by name, by a role they hold there, or everybody.

import type { Context } from '../context.ts'
import { finderOf } from '../finding/finder-of.ts'
import { foundMessages, type HitPage } from '../finding/found-messages.ts'
import { readableChannels, targetsIn } from '../finding/readable.ts'
import type { Asker } from './asker.ts'
import { requireOneself } from './require-oneself.ts'

/** The newest first. @throws {Failure} `client_id_required`, `store_unavailable` */
export async function readMentions(
  context: Context,
  asker: Asker,
  page: { readonly limit: number; readonly below?: number },
): Promise<HitPage> {
  const person = requireOneself(asker)
  const finder = finderOf(context)
  const { world, revision } = context.standing
  const channels = readableChannels(world, asker).map(({ channel }) => ({
    channel,
    targets: targetsIn(world, asker, channel),
  }))
  return foundMessages(context, asker, page, (asked) =>
    finder.mentions({ person, channels }, asked, revision),
  )
}
