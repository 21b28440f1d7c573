// The places a connection has on channels: its own, and one for each other name it looks through.

import { placeId } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import { channelBehind } from './ably/place.ts'
import type { LiveConnection } from './live-connection.ts'

/** @param name as the client attached it */
export function placeNamed(connection: LiveConnection, name: ChannelName): string {
  return placeId(connection.id, channelBehind(name) === name ? undefined : name)
}

/** Every place of a connection on a channel, its own first, whether it is taken or not. */
export function placesOn(connection: LiveConnection, channel: ChannelName): readonly string[] {
  const lenses = [...connection.channels].filter(
    (name) => name !== channel && channelBehind(name) === channel,
  )
  return [connection.id, ...lenses.map((name) => placeId(connection.id, name))]
}
