// What is pinned, as records: one for each message, by channel and serial. It goes with the deletion of its message.

import type { ChannelName } from '@sayso/policy'
import { type NewRecord, RECORD_LIMITS } from '@sayso/store'

export const PINS = 'pins'
export const MOST_PINS = 100

/** Channel names hold no line breaks. */
export function pinKey(channel: ChannelName, serial: string): string {
  return `${channel}\n${serial}`
}

/** Takes a message down together with its deletion, if it was pinned at all. */
export function withoutPin(channel: ChannelName, serial: string): readonly NewRecord[] {
  const key = pinKey(channel, serial)
  return key.length > RECORD_LIMITS.key ? [] : [{ collection: PINS, key, value: undefined }]
}
