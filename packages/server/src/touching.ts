// Which live connections and channels a rights change concerns, and whose token it has outgrown. Pure.

import type { Channel } from '@sayso/channel'
import {
  type Affected,
  type ChannelName,
  outgrows,
  partsFor,
  type ResourceId,
  resourceOf,
  subjectOf,
  touchesResource,
  touchesSubject,
  type World,
} from '@sayso/policy'
import { deskOf } from './desk/desk-type.ts'
import type { LiveConnection } from './live-connection.ts'

const VIEW_PREFIX = /^\[permissions\]/

/** True if something of the connection has to be decided again. */
export function concerns(touched: Affected, connection: LiveConnection): boolean {
  const { credential } = connection.asker
  if (touched.keys === 'all' || (touched.keys !== 'none' && touched.keys.has(credential.key)))
    return true
  const subject = subjectOf(credential)
  return subject !== undefined && touchesSubject(touched, subject)
}

/** True if rights on the channel may have moved, by the policy before or after. */
export function touchesChannel(
  touched: Affected,
  before: World,
  after: World,
  channel: Channel,
): boolean {
  if (touched.keys !== 'none') return true
  const name = channel.name as ChannelName
  return [before, after].some(({ policy }) => {
    const resource = resourceOf(policy, name)
    return resource !== undefined && touchesResource(touched, resource)
  })
}

/** The policy gives more than the token covers, and the client is there to fetch a wider one. */
export function hasOutgrown(
  touched: Affected,
  before: World,
  after: World,
  connection: LiveConnection,
): boolean {
  const { credential } = connection.asker
  if (credential.kind === 'key' || connection.peer === undefined) return false
  const subject = subjectOf(credential)
  const grown = (resource: ResourceId) => outgrows(before, after, credential, resource)
  if (subject === undefined) return false
  return partsFor(touched, subject).some(({ subjects, resources }) => {
    if (resources !== 'all') return [...resources].some(grown)
    // A change for everybody and everything is asked about where the connection is, not about all there is.
    const here = placesOf(after, connection)
    return here.some(grown) || (subjects !== 'all' && governed(after).some(grown))
  })
}

function placesOf(world: World, connection: LiveConnection): ResourceId[] {
  return [...connection.channels, ...connection.views.keys()].flatMap((name) => {
    return resourceOf(world.policy, name.replace(VIEW_PREFIX, '')) ?? []
  })
}

/** Without conversations, of which there may be any number: they are asked about where the connection is. */
function governed(world: World): ResourceId[] {
  const desk = deskOf(world)?.type
  return world.policy.governing.flatMap((type) => {
    if (type.name === desk) return []
    return [...world.facts.resourcesOfType(type.name)].map(([resource]) => resource)
  })
}
