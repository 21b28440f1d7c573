// The channels there are to show: those that live now and those the policy's resources govern.

import { type ChannelName, channelOf, type World } from '@sayso/policy'
import { isMeta } from '../meta-channels.ts'

/** Looked at, at most: more would be of no use on a screen. */
const MOST_LOOKED_AT = 10_000

/** Names sorted, none twice. @param live names of channels that live now */
export function knownChannels(world: World, live: Iterable<ChannelName>): readonly ChannelName[] {
  const names = new Set<ChannelName>()
  for (const name of live) {
    if (names.size >= MOST_LOOKED_AT) break
    if (!isMeta(name)) names.add(name)
  }
  for (const type of world.policy.governing) {
    for (const [resource] of world.facts.resourcesOfType(type.name)) {
      if (names.size >= MOST_LOOKED_AT) break
      const channel = channelOf(world.policy, resource)
      if (channel !== undefined) names.add(channel)
    }
  }
  return [...names].sort()
}
