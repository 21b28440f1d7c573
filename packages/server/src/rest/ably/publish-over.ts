// A publish over REST, alone or as part of a batch: on the caller's own account, or on behalf of a live connection.

import type { ChannelName } from '@sayso/policy'
import { type IncomingMessage, WireInvalid } from '@sayso/protocol'
import { newMessage } from '../../ably/shapes.ts'
import { connectionByKey } from '../../access/live-key.ts'
import type { Asker } from '../../commands/asker.ts'
import { say } from '../../commands/say.ts'
import type { AblyRest } from './deps.ts'

export type Published = {
  readonly messageId: string
  readonly serials: readonly string[]
}

/** @throws {Failure | WireInvalid} what the command throws, and `connection_key_invalid` */
export async function publishOver(
  deps: AblyRest,
  caller: Asker,
  channel: ChannelName,
  incoming: readonly IncomingMessage[],
): Promise<Published> {
  if (incoming.some(({ action = 0 }) => action !== 0))
    throw new WireInvalid(
      'publish_invalid',
      'an update, delete or append is a PATCH of its message',
    )
  const asker = onBehalf(deps, caller, incoming)
  const messages = incoming.map(newMessage)
  const hasOwnIds = messages.some((message) => message.id !== undefined)
  const idBase = deps.context.randomId(9)
  const input = { channel, messages, ...(hasOwnIds ? {} : { idBase }) }
  const messageId = messages[0]?.id?.replace(/:\d+$/, '') ?? idBase
  return { messageId, serials: await say(deps.context, deps.hub, asker, input) }
}

/** Whoever shows a connection's key speaks as that connection; their own credential still decides what they may. */
function onBehalf(deps: AblyRest, caller: Asker, messages: readonly IncomingMessage[]): Asker {
  const keys = new Set(messages.map(({ connectionKey }) => connectionKey))
  const [key] = keys
  if (keys.size > 1)
    throw new WireInvalid('connection_key_invalid', 'messages of one publish share one connection')
  if (key === undefined) return caller
  const connection = connectionByKey(deps.hub, deps.keys, key)
  if (connection === undefined) throw new WireInvalid('connection_key_invalid')
  const { clientId, mayBeAnyone, claims } = connection.asker
  if (!caller.mayBeAnyone && caller.clientId !== clientId)
    throw new WireInvalid('client_id_invalid', 'the connection is of another clientId')
  return {
    credential: caller.credential,
    mayBeAnyone,
    connectionId: connection.id,
    ...(clientId === undefined ? {} : { clientId }),
    ...(claims === undefined ? {} : { claims }),
    ...(caller.token === undefined ? {} : { token: caller.token }),
  }
}
