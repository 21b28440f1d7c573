// Reading what is pinned: decided like history.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { Context } from '../context.ts'
import { MOST_PINS, PINS, pinKey } from '../pins.ts'
import type { Asker } from './asker.ts'
import { historyRead, seen } from './history-read.ts'

export type Pin = { readonly message: Message; readonly by: string; readonly atMs: number }

/** Newest pin first. @throws {Failure} `denied` */
export async function readPins(
  context: Context,
  asker: Asker,
  channel: ChannelName,
): Promise<readonly Pin[]> {
  const found = await historyRead(context, asker, channel, async (upTo) => {
    const prefix = pinKey(channel, '')
    const records = await context.store.records({ collection: PINS, prefix, limit: MOST_PINS })
    return Promise.all(
      records.map(async ({ key, value }) => ({
        message: await context.store.message(channel, key.slice(prefix.length), upTo),
        by: String(value.by),
        atMs: Number(value.atMs),
      })),
    )
  })
  const pins = found.flatMap(({ message, ...pin }) =>
    message === undefined || message.action === 'delete' ? [] : [{ ...pin, message }],
  )
  const messages = pins.map(({ message }) => message)
  const shown = new Set(seen(context, asker, channel, messages))
  return pins.filter(({ message }) => shown.has(message)).sort((a, b) => b.atMs - a.atMs)
}
