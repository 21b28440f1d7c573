// Reading what is pinned: decided like history, and again after the read.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { Context } from '../context.ts'
import { MOST_PINS, PINS, pinKey } from '../pins.ts'
import { receivable } from '../receivers.ts'
import type { Asker } from './asker.ts'
import { noteHistory } from './foreign-history.ts'
import { requireNow } from './may.ts'

export type Pin = { readonly message: Message; readonly by: string; readonly atMs: number }

/** Newest pin first. @throws {Failure} `denied` */
export async function readPins(
  context: Context,
  asker: Asker,
  channel: ChannelName,
): Promise<readonly Pin[]> {
  requireNow(context, asker, 'history', channel)
  const upTo = context.standing.revision
  const prefix = pinKey(channel, '')
  const records = await context.store.records({ collection: PINS, prefix, limit: MOST_PINS })
  const found = await Promise.all(
    records.map(async ({ key, value }) => ({
      message: await context.store.message(channel, key.slice(prefix.length), upTo),
      by: String(value.by),
      atMs: Number(value.atMs),
    })),
  )
  await noteHistory(context, asker, channel)
  // INVARIANT: decided again after the read: a right lost meanwhile hides what was read.
  requireNow(context, asker, 'history', channel)
  const pins = found.flatMap(({ message, ...pin }) =>
    message === undefined || message.action === 'delete' ? [] : [{ ...pin, message }],
  )
  const { world } = context.standing
  const seen = new Set(
    receivable(
      world,
      asker.credential,
      channel,
      pins.map(({ message }) => message),
    ),
  )
  return pins.filter(({ message }) => seen.has(message)).sort((a, b) => b.atMs - a.atMs)
}
