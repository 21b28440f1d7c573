// The first words on a socket: prove the credential, continue an earlier connection or open a new one, say CONNECTED.

import { CONNECTION_STATE_TTL_MS, openConnection } from '@sayso/channel'
import { Action, type ConnectionDetails, errorInfo, type Frame } from '@sayso/protocol'
import {
  type Authenticated,
  authenticate,
  type Presented,
  type Recognition,
} from '../../access/authenticate.ts'
import { connectionByKey, identityOf } from '../../access/live-key.ts'
import type { Asker } from '../../commands/asker.ts'
import { MAX_MESSAGE_BYTES } from '../../commands/publish.ts'
import { loseTransport, moveConnection } from '../../connections.ts'
import type { LiveConnection } from '../../live-connection.ts'
import type { WirePeer } from './peer.ts'
import type { Transport } from './transport.ts'
import type { Wire } from './wire.ts'

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

/** @param address where the socket comes from, also of one that resumes */
export function recognise(
  wire: Wire,
  params: URLSearchParams,
  address: string | undefined,
): Recognition {
  return authenticate(wire.ring, presentedIn(params), wire.context.now(), address)
}

export type Connected = {
  readonly connection: LiveConnection
  readonly continuity: 'new' | 'resumed' | 'lost'
}

type Arrival = {
  readonly who: Authenticated
  readonly peer: WirePeer
  readonly transport: Transport
}

/**
 * Continues the connection a resume key names, or opens a new one. A key that leads nowhere is never refused.
 *
 * @returns undefined if the key is of a live connection of somebody else
 */
export function openOrResume(wire: Wire, arrival: Arrival): Connected | undefined {
  const key = arrival.transport.resume
  const fresh = () => wire.context.randomId(9)
  if (key === undefined)
    return { connection: opened(wire, arrival, fresh(), true), continuity: 'new' }
  if (belongsToAnother(wire, arrival.who, key)) return undefined
  const connection = continued(wire, arrival, key)
  return connection === undefined
    ? { connection: opened(wire, arrival, fresh(), false), continuity: 'lost' }
    : { connection, continuity: 'resumed' }
}

function belongsToAnother(wire: Wire, who: Authenticated, key: string): boolean {
  const known = connectionByKey(wire.hub, wire.keys, key)
  return known !== undefined && identityOf(known) !== identityOf(who)
}

function continued(wire: Wire, arrival: Arrival, key: string): LiveConnection | undefined {
  const { who, peer } = arrival
  const nowMs = wire.context.now()
  const read = wire.keys.read(key, identityOf(who))
  if (read.kind === 'unknown') return undefined
  const known = wire.hub.connection(read.connectionId)
  if (known === undefined) {
    // The process that held it is gone. Messages and ids are durable, so the connection can go on here, for as long as
    // that process would have kept it.
    const young = nowMs - wire.startedAtMs < CONNECTION_STATE_TTL_MS
    return read.kind === 'earlier' && young
      ? opened(wire, arrival, read.connectionId, true)
      : undefined
  }
  const former = known.peer
  if (former !== undefined) {
    loseTransport(wire.hub, known)
    former.end()
  }
  known.asker = askerOf(arrival, known.id, known.asker)
  known.agent = arrival.transport.agent
  known.peer = peer
  known.continuous = true
  moveConnection(wire.hub, known, { name: 'resumed', ...termsOf(arrival) }, nowMs)
  return known
}

function opened(wire: Wire, arrival: Arrival, id: string, continuous: boolean): LiveConnection {
  const { peer } = arrival
  const nowMs = wire.context.now()
  const { state, effects } = openConnection(termsOf(arrival), nowMs)
  const wake = effects.find((effect) => effect.name === 'wakeAt')
  const connection: LiveConnection = {
    id,
    openedAtMs: nowMs,
    agent: arrival.transport.agent,
    asker: askerOf(arrival, id),
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

/** @param before who they were until now: what was taken from the connection stays taken */
function askerOf({ who }: Arrival, connectionId: string, before?: Asker): Asker {
  const narrowed = before?.narrowed
  return {
    ...who.asker,
    connectionId,
    ...(narrowed === undefined ? {} : { narrowed }),
  }
}

function termsOf({ who, transport }: Arrival): Parameters<typeof openConnection>[0] {
  const { tokenEndsAtMs } = who
  const { graceMs } = transport
  return {
    ...(tokenEndsAtMs === undefined ? {} : { tokenEndsAtMs }),
    ...(graceMs === undefined ? {} : { graceMs }),
  }
}

/** CONNECTED, also after a renewal. @param idleMs how often the client hears something */
export function connectedFrame(
  wire: Wire,
  connection: LiveConnection,
  who: Authenticated,
  { idleMs, lost = false }: { readonly idleMs: number; readonly lost?: boolean },
): Frame {
  const identity = identityOf(who)
  const details: ConnectionDetails = {
    connectionKey: wire.keys.make(connection.id, identity),
    ...(identity === '' ? {} : { clientId: identity }),
    connectionStateTtl: CONNECTION_STATE_TTL_MS,
    maxIdleInterval: idleMs,
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
