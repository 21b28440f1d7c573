// Attaching `[desk]`: what becomes of the conversations that the bearer of a token may read. Subscribe only.

import { deskChannel } from '@sayso/protocol'
import { Failure } from '../../commands/failure.ts'
import { oneself } from '../../commands/require-oneself.ts'
import type { LiveSession } from './live-session.ts'
import type { Wire } from './wire.ts'

export function isDesk(raw: string): boolean {
  return raw === deskChannel
}

/** Never RESUMED: whoever comes back reads the lists again. */
export function attachDesk(wire: Wire, { connection, peer }: LiveSession): void {
  if (oneself(connection.asker) !== undefined) return wire.context.desk.board.listen(connection)
  const failure = new Failure('client_id_required', `\`${deskChannel}\` needs an identity`, {
    remedy: 'connect with the token of somebody who is signed in',
  })
  peer.refused(deskChannel, failure)
}

/** True if there was something to leave. */
export function detachDesk({ connection, peer }: LiveSession, raw: string): boolean {
  if (!isDesk(raw)) return false
  connection.board?.close()
  peer.detached(raw)
  return true
}

/** @throws {Failure} `denied` */
export function refuseDeskPublish(): never {
  throw new Failure('denied', `\`${deskChannel}\` cannot be published to`, {
    remedy: 'use the calls under `/api/v1/desk`',
  })
}
