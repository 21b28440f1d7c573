// Why a connection has no place on a channel, in words for whoever asked.

import { authorize, type ChannelName, isStranger, type World } from '@sayso/policy'
import { Failure } from './commands/failure.ts'
import { strange } from './commands/may.ts'
import { refusalText } from './commands/refusal-text.ts'
import type { LiveConnection } from './live-connection.ts'

export function placeRefusal(world: World, connection: LiveConnection, name: ChannelName): Failure {
  const { credential } = connection.asker
  if (isStranger(world, credential, name)) return strange(name)
  const decision = authorize(world, credential, 'subscribe', name)
  const { message, remedy } = refusalText(world, credential, decision, 'subscribe', name)
  const question = { credential, action: 'subscribe', on: name }
  const more = { decision, question, ...(remedy === undefined ? {} : { remedy }) }
  return new Failure('denied', message, more)
}
