// Moves connections through their states and performs what follows: on the peer, on the channels, on the clock.

import {
  type ConnectionEffect,
  type ConnectionEvent,
  type CutReason,
  stepConnection,
} from '@sayso/channel'
import {
  type Cause,
  type KeyRecord,
  type RightsChange,
  revokedAtMs,
  type SubjectId,
  subjectOf,
} from '@sayso/policy'
import { channelBehind } from './ably/place.ts'
import { stillProves } from './access/key-ring.ts'
import { isFrom } from './auth/address-list.ts'
import type { Asker } from './commands/asker.ts'
import { seesAlike } from './commands/eyes.ts'
import { SESSION_KEY } from './commands/found-app.ts'
import { mayView } from './commands/view-as.ts'
import type { Hub } from './hub.ts'
import type { LiveConnection } from './live-connection.ts'
import { mayShutOut, shutOutOf } from './people/shut-out.ts'
import { placeNamed } from './places.ts'

/** Steps one connection and performs the effects in their order. */
export function moveConnection(
  hub: Hub,
  connection: LiveConnection,
  event: ConnectionEvent,
  nowMs: number,
): void {
  const before = connection.state.name
  const { state, effects } = stepConnection(connection.state, event, nowMs)
  connection.state = state
  connection.wakeAtMs = Number.POSITIVE_INFINITY
  for (const effect of effects) perform(hub, connection, effect, nowMs)
  if (before === 'open' && state.name !== 'open') loseTransport(hub, connection)
}

function perform(
  hub: Hub,
  connection: LiveConnection,
  effect: ConnectionEffect,
  nowMs: number,
): void {
  switch (effect.name) {
    case 'sendClosed':
      return connection.peer?.closed()
    case 'sendDisconnected':
      return connection.peer?.disconnected(effect.reason)
    case 'askRenewal':
      return connection.peer?.askRenewal()
    case 'closeSocket':
      return connection.peer?.end()
    case 'leavePresence':
      for (const name of connection.present) {
        hub.step(name, { name: 'leavePresence', connection: connection.id, nowMs })
      }
      connection.own?.absent()
      return connection.present.clear()
    case 'forget':
      return hub.forget(connection)
    case 'wakeAt':
      connection.wakeAtMs = Math.min(connection.wakeAtMs, effect.atMs)
  }
}

/** Cuts off whom a change of rights leaves without a credential. */
export function cutOff(
  hub: Hub,
  { changes, cause }: { readonly changes: readonly RightsChange[]; readonly cause: Cause },
  nowMs: number,
): void {
  cutRevoked(hub, changes, nowMs)
  cutKeys(hub, changes, cause.command === 'time', nowMs)
}

/** Cuts off who holds a token that was taken back, or asks for another where time is left. */
function cutRevoked(hub: Hub, changes: readonly RightsChange[], nowMs: number): void {
  const keys = new Set(
    changes.flatMap((each) => (each.kind === 'revoke-tokens' ? each.revocation.key : [])),
  )
  if (keys.size === 0) return
  for (const connection of [...hub.connections()]) {
    const { token } = connection.asker
    if (token === undefined || !keys.has(token.key)) continue
    const atMs = revokedAtMs(hub.world, token)
    if (atMs !== undefined) moveConnection(hub, connection, { name: 'revoked', atMs }, nowMs)
  }
}

/**
 * Cuts off who came by a key that is gone, by a token it signed, by a secret it no longer has, or from where the key may not
 * be used any more.
 *
 * @param isTime true if time ended it, so that it was not taken back
 */
function cutKeys(hub: Hub, changes: readonly RightsChange[], isTime: boolean, nowMs: number): void {
  const keys = new Set(
    changes.flatMap((each) => {
      if (each.kind === 'remove-key') return each.key
      return each.kind === 'put-key' ? each.key.id : []
    }),
  )
  if (keys.size === 0) return
  for (const connection of [...hub.connections()]) {
    const { key } = connection.asker.credential
    if (!keys.has(key)) continue
    const reason = whyCut(connection.asker, hub.world.keys.get(key), isTime)
    if (reason !== undefined) moveConnection(hub, connection, { name: 'cut', reason }, nowMs)
  }
}

/** @returns undefined: it may stay */
function whyCut(asker: Asker, key: KeyRecord | undefined, isTime: boolean): CutReason | undefined {
  const { credential, provenBy, address } = asker
  const isByKey = credential.kind === 'key'
  if (key !== undefined && (provenBy === undefined || stillProves(key, provenBy)))
    return isByKey && !isFrom(key.allowedAddresses, address) ? 'elsewhere' : undefined
  if (!isByKey) return 'key_gone'
  return isTime && key === undefined ? 'key_expired' : 'key_revoked'
}

/** Ends the connections of people whom a change shuts out of the place; with a key of one's own server they may come. */
export function cutShutOut(hub: Hub, changes: readonly RightsChange[], nowMs: number): void {
  if (!mayShutOut(hub.world, changes)) return
  for (const connection of [...hub.connections()]) {
    const { credential, token } = connection.asker
    const person = subjectOf(credential)
    if (token?.key !== SESSION_KEY || person === undefined) continue
    if (shutOutOf(hub.world, person) !== undefined)
      moveConnection(hub, connection, { name: 'revoked', atMs: nowMs }, nowMs)
  }
}

/** Ends the connections of those who look on as somebody else and may do so no more, or no more read where they are. */
export function cutViews(hub: Hub, nowMs: number): void {
  for (const connection of [...hub.connections()]) {
    const { viewer } = connection.asker
    if (viewer === undefined || maySee(hub, viewer, connection)) continue
    moveConnection(hub, connection, { name: 'revoked', atMs: nowMs }, nowMs)
  }
}

function maySee({ world }: Hub, viewer: SubjectId, { asker, channels }: LiveConnection): boolean {
  const person = subjectOf(asker.credential)
  if (person === undefined || !mayView(world, viewer)) return false
  return [...channels].every((each) => seesAlike(world, viewer, person, channelBehind(each)))
}

/** Without a socket there is nobody to deliver to: its places go, its members stay for the grace. */
export function loseTransport(hub: Hub, connection: LiveConnection): void {
  connection.peer = undefined
  connection.views.clear()
  for (const name of [...connection.channels]) {
    const connectionPlace = placeNamed(connection, name)
    hub.step(channelBehind(name), { name: 'suspend', connection: connectionPlace })
  }
  connection.channels.clear()
}

/** Gives every connection whose time has come its tick, and tells what has gathered since the last one. */
export function tickConnections(hub: Hub, nowMs: number): void {
  for (const connection of [...hub.connections()]) {
    if (connection.wakeAtMs <= nowMs) moveConnection(hub, connection, { name: 'tick' }, nowMs)
  }
  hub.numbers.tick()
  hub.recent.forget(nowMs)
  hub.presenceLog.forget(nowMs)
}
