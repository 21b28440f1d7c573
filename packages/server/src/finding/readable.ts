// What somebody may read now: the channels a search or a count is about, and whom a mention there is of.

import {
  authorize,
  type ChannelName,
  channelOf,
  isStranger,
  type ResourceId,
  resourceOf,
  rolesAt,
  subjectOf,
  type World,
} from '@sayso/policy'
import { EVERYONE, targetOfPerson, targetOfRole } from '@sayso/store'
import type { Asker } from '../commands/asker.ts'
import { visibleChannels } from '../desk/desk-type.ts'
import { idOf } from '../people/roles.ts'

export type Readable = { readonly channel: ChannelName; readonly resource: ResourceId }

/** The channels whose messages the asker may read, by name. */
export function readableChannels(world: World, asker: Asker): readonly Readable[] {
  return visibleChannels(world, asker.credential).flatMap((resource) => {
    const channel = channelOf(world.policy, resource)
    if (channel === undefined || !isReadable(world, asker, channel)) return []
    return [{ channel, resource }]
  })
}

/** True if messages of the channel may be shown to the asker: those of now, and those of before. */
export function isReadable(world: World, { credential, narrowed }: Asker, channel: ChannelName) {
  const taken = narrowed?.get(channel)
  if (taken?.has('history') === true || taken?.has('subscribe') === true) return false
  return (
    !isStranger(world, credential, channel) &&
    authorize(world, credential, 'subscribe', channel).allowed &&
    authorize(world, credential, 'history', channel).allowed
  )
}

/** Whom a mention on a channel is of, for one person: themselves, the roles they hold there, everybody. */
export function targetsIn(world: World, asker: Asker, channel: ChannelName): readonly string[] {
  const subject = subjectOf(asker.credential)
  const resource = resourceOf(world.policy, channel)
  if (subject === undefined || resource === undefined) return []
  const roles = rolesAt(world, subject, resource).map(({ role }) => targetOfRole(role))
  return [targetOfPerson(idOf(subject)), EVERYONE, ...roles]
}
