// Whom and what a change of rights concerns.

import {
  type Affected,
  authorize,
  type ChannelName,
  isStranger,
  type ResourceId,
  reasonText,
  subjectOf,
  type World,
} from '@sayso/policy'
import { Failure } from './commands/failure.ts'
import { strange } from './commands/may.ts'
import type { LiveConnection } from './live-connection.ts'

/** Every resource that governs a channel. */
export function governed(world: World): ResourceId[] {
  return world.policy.governing.flatMap((type) => {
    return [...world.facts.resourcesOfType(type.name)].map(([resource]) => resource)
  })
}

/** Whether some answer of a connection may have changed. */
export function concerns(touched: Affected, connection: LiveConnection): boolean {
  const { credential } = connection.asker
  if (touched.keys === 'all' || (touched.keys !== 'none' && touched.keys.has(credential.key)))
    return true
  if (touched.subjects === 'all') return true
  const subject = subjectOf(credential)
  return subject !== undefined && touched.subjects.has(subject)
}

/** Why a connection has no place on a channel, in words for whoever asked. */
export function refusalOf(world: World, connection: LiveConnection, name: ChannelName): Failure {
  const { credential } = connection.asker
  if (isStranger(world, credential, name)) return strange(name)
  const decision = authorize(world, credential, 'subscribe', name)
  const { message, remedy } = reasonText(decision, 'subscribe', name)
  return new Failure('denied', message, { decision, ...(remedy === undefined ? {} : { remedy }) })
}
