// Attaching `[me]`: what the bearer of a token keeps for themselves. Subscribe only.

import { ownChannel } from '@sayso/protocol'
import { Failure } from '../../commands/failure.ts'
import { oneself } from '../../commands/require-oneself.ts'
import type { LiveSession } from './live-session.ts'
import type { Wire } from './wire.ts'

export function isOwn(raw: string): boolean {
  return raw === ownChannel
}

/** Never RESUMED: the snapshot says it all. */
export function attachOwn(wire: Wire, { connection, peer }: LiveSession): void {
  const person = oneself(connection.asker)
  if (person !== undefined) return wire.context.own.listen(connection, person)
  const failure = new Failure('client_id_required', `\`${ownChannel}\` needs an identity`, {
    remedy: 'connect with a token that has a `clientId`',
  })
  peer.refused(ownChannel, failure)
}

/** True if there was something to leave. */
export function detachOwn({ connection, peer }: LiveSession, raw: string): boolean {
  if (!isOwn(raw)) return false
  connection.own?.close()
  peer.detached(raw)
  return true
}

/** @throws {Failure} `denied` */
export function refuseOwnPublish(): never {
  throw new Failure('denied', `\`${ownChannel}\` cannot be published to`, {
    remedy: 'write to `/api/v1/me/state`',
  })
}
