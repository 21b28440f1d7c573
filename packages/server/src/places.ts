// The places a connection has on channels: its own, and one for each other name it looks through.

import { type Channel, ownerOf, placeId } from '@sayso/channel'
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

/** Up to so many connections each is asked whether it is there; of more, the channel is asked who is. */
const FEW = 50

/** Those of some connections that have a place on a channel, or members; each once. */
export function placedOn(
  channel: Channel,
  some: readonly ReadonlySet<LiveConnection>[],
  connection: (id: string) => LiveConnection | undefined,
): LiveConnection[] {
  const name = channel.name as ChannelName
  if (some.reduce((sum, { size }) => sum + size, 0) <= FEW) {
    const isThere = (one: LiveConnection) =>
      one.present.has(name) || placesOn(one, name).some((id) => channel.attachment(id))
    return [...new Set(some.flatMap((each) => [...each]))].filter(
      (one) => connection(one.id) === one && isThere(one),
    )
  }
  const found = new Set<LiveConnection>()
  for (const place of channel.connections()) {
    const one = connection(ownerOf(place))
    if (one !== undefined && some.some((each) => each.has(one))) found.add(one)
  }
  return [...found]
}
