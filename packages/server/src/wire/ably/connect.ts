// The first words on a socket: prove the credential, continue an earlier connection or open a new one, say CONNECTED.

import { CONNECTION_STATE_TTL_MS, openConnection } from '@sayso/channel'
import { Action, type ConnectionDetails, errorInfo, type Frame } from '@sayso/protocol'
import {
  type Authenticated,
  authenticate,
  type Presented,
  type Recognition,
} from '../../access/authenticate.ts'
import { MAX_MESSAGE_BYTES } from '../../commands/publish.ts'
import { loseTransport, moveConnection } from '../../connections.ts'
import type { LiveConnection } from '../../live-connection.ts'
import type { WirePeer } from './peer.ts'
import { MAX_IDLE_MS, type Wire } from './wire.ts'

/** What an upgrade presents, from its query. */
export function presentedIn(params: URLSearchParams): Presented {
  const key = params.get('key') ?? undefined
  const token = params.get('access_token') ?? params.get('accessToken') ?? undefined
  const clientId = params.get('clientId') ?? undefined
  return {
    ...(key === undefined ? {} : { key }),
    ...(token === undefined ? {} : { token }),
    ...(clientId === undefined ? {} : { clientId }),
  }
}

export function recognise(wire: Wire, params: URLSearchParams): Recognition {
  return authenticate(wire.ring, presentedIn(params), wire.context.now())
}

/** What a connection key is bound to: who came back must be who left. */
export function identityOf(who: Authenticated): string {
  return who.asker.clientId ?? (who.asker.mayBeAnyone ? '*' : '')
}

export type Connected = {
  readonly connection: LiveConnection
  readonly continuity: 'new' | 'resumed' | 'lost'
}

/** Continues the connection a resume key names, or opens a new one. A key that leads nowhere is never refused. */
export function openOrResume(
  wire: Wire,
  who: Authenticated,
  resume: string | undefined,
  peer: WirePeer,
): Connected {
  if (resume !== undefined && resume !== '') {
    const connection = continued(wire, who, resume, peer)
    return connection === undefined
      ? { connection: opened(wire, who, peer, wire.context.randomId(9), false), continuity: 'lost' }
      : { connection, continuity: 'resumed' }
  }
  return { connection: opened(wire, who, peer, wire.context.randomId(9), true), continuity: 'new' }
}

function continued(
  wire: Wire,
  who: Authenticated,
  key: string,
  peer: WirePeer,
): LiveConnection | undefined {
  const nowMs = wire.context.now()
  const read = wire.keys.read(key, identityOf(who))
  if (read.kind === 'unknown') return undefined
  const known = wire.hub.connection(read.connectionId)
  if (known === undefined) {
    // The process that held it is gone. Messages and ids are durable, so the connection can go on here, for as long as
    // that process would have kept it.
    const young = nowMs - wire.startedAtMs < CONNECTION_STATE_TTL_MS
    return read.kind === 'earlier' && young
      ? opened(wire, who, peer, read.connectionId, true)
      : undefined
  }
  const former = known.peer
  if (former !== undefined) {
    loseTransport(wire.hub, known)
    former.end()
  }
  known.asker = { ...who.asker, connectionId: known.id }
  known.peer = peer
  known.continuous = true
  moveConnection(wire.hub, known, { name: 'resumed', ...tokenEnd(who) }, nowMs)
  return known
}

function opened(
  wire: Wire,
  who: Authenticated,
  peer: WirePeer,
  id: string,
  continuous: boolean,
): LiveConnection {
  const nowMs = wire.context.now()
  const { state, effects } = openConnection(who.tokenEndsAtMs, nowMs)
  const wake = effects.find((effect) => effect.name === 'wakeAt')
  const connection: LiveConnection = {
    id,
    openedAtMs: nowMs,
    asker: { ...who.asker, connectionId: id },
    state,
    peer,
    continuous,
    channels: new Set(),
    present: new Set(),
    views: new Map(),
    wakeAtMs: wake?.atMs ?? Number.POSITIVE_INFINITY,
  }
  wire.hub.add(connection)
  return connection
}

function tokenEnd(who: Authenticated): { tokenEndsAtMs?: number } {
  return who.tokenEndsAtMs === undefined ? {} : { tokenEndsAtMs: who.tokenEndsAtMs }
}

/** CONNECTED, also after a renewal. */
export function connectedFrame(
  wire: Wire,
  connection: LiveConnection,
  who: Authenticated,
  lost: boolean,
): Frame {
  const identity = identityOf(who)
  const details: ConnectionDetails = {
    connectionKey: wire.keys.make(connection.id, identity),
    ...(identity === '' ? {} : { clientId: identity }),
    connectionStateTtl: CONNECTION_STATE_TTL_MS,
    maxIdleInterval: MAX_IDLE_MS,
    maxMessageSize: MAX_MESSAGE_BYTES,
    maxFrameSize: wire.limits.maxFrameBytes,
    serverId: wire.context.appId,
  }
  return {
    action: Action.CONNECTED,
    connectionId: connection.id,
    connectionKey: details.connectionKey,
    connectionDetails: details,
    ...(lost ? { error: errorInfo('connection_key_unknown') } : {}),
  }
}
