// What retention would take away now, in numbers, before anybody says so. Reads only.

import type { ChannelName } from '@sayso/policy'
import { keyOf } from '@sayso/policy'
import type { PastPage, Trimmer } from '@sayso/store'
import type { Context } from '../context.ts'
import { filesIn } from '../files/listed-files.ts'
import { DAY_MS, type Days, type Rule, ruleFor } from './days.ts'
import type { Removed } from './keeping.ts'

/** Counted up to here: a screen need not wait for more. */
const MOST_COUNTED = 100_000
const PAGE = 1_000

type Count = { -readonly [K in keyof Removed]: Removed[K] }

export async function whatGoes(
  context: Context,
  trimmer: Trimmer | undefined,
  days: Days,
): Promise<Removed> {
  const count: Count = {
    channels: 0,
    messages: 0,
    files: 0,
    conversations: 0,
    heldMessages: 0,
    heldChannels: 0,
    isMore: false,
  }
  for (let after: number | undefined = 0; after !== undefined && trimmer !== undefined; ) {
    const page: Awaited<ReturnType<Trimmer['channels']>> = await trimmer.channels(after)
    for (const channel of page.channels) {
      const rule = ruleFor(context.standing.world, days, channel)
      const beforeMs = rule && horizonOf(context, rule)
      if (rule === undefined || beforeMs === undefined) continue
      await countIn(context, trimmer, { channel, beforeMs, isDesk: rule.isDesk }, count)
      if (count.isMore) return count
    }
    after = page.next
  }
  return count
}

/** Before which instant nothing is kept; undefined: all of it is. Of a conversation that is past everything goes. */
export function horizonOf({ now, desk }: Context, { resource, days, isDesk }: Rule) {
  const horizonMs = now() - days * DAY_MS
  if (!isDesk) return horizonMs
  const conversation = desk.book.get(keyOf(resource))?.conversation
  // What is left of one that is gone.
  if (conversation === undefined) return now() + 1
  const { state, closedAtMs } = conversation
  const isPast = state === 'closed' && closedAtMs !== undefined && closedAtMs < horizonMs
  return isPast ? now() + 1 : undefined
}

type Where = { readonly channel: ChannelName; readonly beforeMs: number; readonly isDesk: boolean }

async function countIn(
  { holds, standing }: Context,
  trimmer: Trimmer,
  { channel, beforeMs, isDesk }: Where,
  count: Count,
): Promise<void> {
  if (holds.onChannel(standing.world, channel)) {
    const { entries } = await trimmer.past({ channel, beforeMs, except: [] }, 0, 1)
    if (entries.length > 0) count.heldChannels += 1
    return
  }
  const before = count.messages
  const past = { channel, beforeMs, except: holds.people() }
  for (let after: number | undefined = 0; after !== undefined && !count.isMore; ) {
    const page: PastPage = await trimmer.past(past, after, PAGE)
    addPage(page, count)
    after = page.next
  }
  if (count.messages === before) return
  count.channels += 1
  if (isDesk) count.conversations += 1
}

function addPage({ messages, held }: PastPage, count: Count): void {
  const [first] = messages
  if (first !== undefined)
    count.oldestMs = Math.min(count.oldestMs ?? first.timestampMs, first.timestampMs)
  count.heldMessages += held
  count.messages += messages.length
  count.files += messages.reduce((sum, { extras }) => sum + filesIn(extras).length, 0)
  count.isMore = count.messages >= MOST_COUNTED
}
