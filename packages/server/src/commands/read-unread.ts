// What somebody has not read: how much in each channel they may read, how often they are mentioned, where it begins.

import type { ChannelName, World } from '@sayso/policy'
import type { OwnEntry } from '@sayso/protocol'
import type { Unread, UnreadOf } from '@sayso/store'
import type { Context } from '../context.ts'
import { finderOf } from '../finding/finder-of.ts'
import { isReadable, readableChannels, targetsIn } from '../finding/readable.ts'
import { allOwn, oneOwn } from '../own/own-records.ts'
import { hasReceiveRules, receivable } from '../receivers.ts'
import type { Asker } from './asker.ts'
import { keepOwn } from './keep-own.ts'
import { requireOneself } from './require-oneself.ts'

/** Where somebody began to be counted for: before it, nothing is unread in a channel without a mark. */
const ARRIVED = { collection: 'seen', key: 'arrived' } as const
/** Where rules say who receives which message, the newest so many are looked at one by one. */
const MOST_LOOKED_AT = 200

/**
 * Counts the unread messages of others, in all readable channels or some.
 *
 * @throws {Failure} `client_id_required`, `store_unavailable`
 */
export async function readUnread(
  context: Context,
  asker: Asker,
  wanted?: readonly ChannelName[],
): Promise<readonly Unread[]> {
  const person = requireOneself(asker)
  const [marks, arrived] = await Promise.all([
    allOwn(context.store, person, 'read'),
    arrival(context, asker, person),
  ])
  const { world, revision } = context.standing
  const channels = unreadOf(world, asker, marks, arrived, wanted)
  const { value } = await finderOf(context).unread({ person, channels }, revision)
  const counted: Unread[] = []
  for (const one of value) counted.push(await seen(context, asker, person, one))
  // INVARIANT: decided again after the read: nothing is said of what was lost meanwhile.
  return counted.filter(({ channel }) =>
    isReadable(context.standing.world, asker, channel as ChannelName),
  )
}

function unreadOf(
  world: World,
  asker: Asker,
  marks: readonly OwnEntry[],
  arrived: string,
  wanted: readonly ChannelName[] | undefined,
): readonly UnreadOf[] {
  const marked = new Map(marks.map(({ key, value }) => [key, String(value.serial)]))
  return readableChannels(world, asker)
    .filter(({ channel }) => wanted === undefined || wanted.includes(channel))
    .map(({ channel }) => ({
      channel,
      after: marked.get(channel) ?? arrived,
      targets: targetsIn(world, asker, channel),
    }))
}

/** Noted at the first question. */
async function arrival(context: Context, asker: Asker, person: string): Promise<string> {
  const known = await oneOwn(context.store, person, ARRIVED)
  if (typeof known?.value.serial === 'string') return known.value.serial
  // Behind all messages of the last entry.
  const serial = `${context.standing.head}:999`
  await keepOwn(context, asker, { ...ARRIVED, value: { serial } })
  return serial
}

/** What rules over single messages hide is not counted. */
async function seen(
  context: Context,
  asker: Asker,
  person: string,
  unread: Unread,
): Promise<Unread> {
  const channel = unread.channel as ChannelName
  const { world, revision } = context.standing
  if (unread.first === undefined || !hasReceiveRules(world, channel)) return unread
  const { messages } = await context.store.history({
    channel,
    direction: 'backwards',
    limit: MOST_LOOKED_AT,
    upTo: revision,
  })
  const from = unread.first
  const others = messages.filter(
    ({ serial, clientId, action }) => serial >= from && clientId !== person && action !== 'delete',
  )
  const received = receivable(context.standing.world, asker.credential, channel, others)
  const first = received.at(-1)?.serial
  const count = Math.min(unread.count, received.length)
  const mentions = Math.min(unread.mentions, count)
  const { last } = unread
  return {
    channel,
    count,
    mentions,
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
  }
}
