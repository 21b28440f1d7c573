// From places in the index to messages that may be shown: read from the log, at what was folded, by the rights of now.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import { type Found, type FoundPage, textOf } from '@sayso/store'
import type { Asker } from '../commands/asker.ts'
import type { Context } from '../context.ts'
import { receivable } from '../receivers.ts'
import { isReadable } from './readable.ts'

/** A message that may be shown. */
export type Hit = {
  readonly channel: ChannelName
  readonly message: Message
  readonly text: string
}

export type HitPage = {
  readonly hits: readonly Hit[]
  /** Present if there may be more. */
  readonly next?: number
  /** Entries of the log that the index does not know of yet. */
  readonly behind: number
}

/** Pages of the index read for one page of hits: where rules hide nearly everything, a page comes back short. */
const MOST_PAGES = 5

type Ask = (page: { limit: number; below?: number }) => Promise<{
  readonly value: FoundPage
  readonly behind: number
}>

/** Asks the index until a page is full of what the asker may see, in the order of the index. */
export async function foundMessages(
  context: Context,
  asker: Asker,
  { limit, below: from }: { readonly limit: number; readonly below?: number },
  ask: Ask,
): Promise<HitPage> {
  const hits: Hit[] = []
  let below = from
  let behind = 0
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const asked = { limit: limit - hits.length, ...(below === undefined ? {} : { below }) }
    const answer = await ask(asked)
    behind = answer.behind
    below = answer.value.next
    hits.push(...(await shown(context, asker, answer.value.found)))
    if (below === undefined || hits.length === limit) break
  }
  const { world } = context.standing
  // INVARIANT: decided again after the last read: a right lost meanwhile hides what was read.
  const seen = hits.filter(({ channel }) => isReadable(world, asker, channel))
  return { hits: seen, behind, ...(below === undefined ? {} : { next: below }) }
}

async function shown(
  context: Context,
  asker: Asker,
  found: readonly Found[],
): Promise<readonly Hit[]> {
  const hits: Hit[] = []
  for (const { channel: name, serial } of found) {
    const channel = name as ChannelName
    const message = await context.store.message(channel, serial, context.standing.revision)
    if (message === undefined || message.action === 'delete') continue
    const text = textOf(message)
    const { world } = context.standing
    if (text === undefined || receivable(world, asker.credential, channel, [message]).length === 0)
      continue
    hits.push({ channel, message, text })
  }
  return hits
}
