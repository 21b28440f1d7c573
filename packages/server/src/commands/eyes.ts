// Whether somebody who looks on as somebody else sees nothing by it that they could not see themselves. Pure.

import {
  type Action,
  type ChannelName,
  decide,
  receiverClass,
  resourceOf,
  type SubjectId,
  type World,
} from '@sayso/policy'

const READING = ['subscribe', 'history'] as Action[]

/** True if both may read the channel, and the rules over single messages treat them alike there. */
export function seesAlike(
  world: World,
  viewer: SubjectId,
  person: SubjectId,
  channel: string,
): boolean {
  const resource = resourceOf(world.policy, channel as ChannelName)
  if (resource === undefined) return false
  const mayRead = (subject: SubjectId) =>
    READING.every((action) => decide(world, { subject, action, resource }).allowed)
  return (
    mayRead(viewer) &&
    receiverClass(world, viewer, resource) === receiverClass(world, person, resource)
  )
}
