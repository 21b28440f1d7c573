// The far end of one socket: the core's words become frames, and frames wait in the outbound queue until the turn ends.

import type { AttachedEffect, CutReason } from '@sayso/channel'
import { Action, type ErrorName, errorInfo, type Format, type Frame } from '@sayso/protocol'
import { failureInfo } from '../../ably/errors.ts'
import { wireMetrics } from '../../ably/occupancy-param.ts'
import type { Peer } from '../../live-connection.ts'
import {
  attachedFrame,
  encoded,
  encodedEvent,
  occupancyFrame,
  presenceFrame,
  syncFrame,
} from './frames.ts'
import type { Outbound } from './outbound.ts'

export type WirePeer = Peer & {
  send(frame: Frame, channel?: string): void
  /** Params of the last ATTACH per channel: what ATTACHED echoes. */
  readonly params: Map<string, Readonly<Record<string, string>>>
}

/** Modes a view of rights is attached with: to subscribe, nothing else. */
const VIEW_MODES = 4

const cutErrors: Readonly<Record<CutReason, ErrorName>> = {
  token_expired: 'token_expired',
  draining: 'disconnected',
  slow_reader: 'continuity_lost',
  token_revoked: 'token_revoked',
  key_gone: 'token_revoked',
  key_revoked: 'key_revoked',
  key_expired: 'key_expired',
  elsewhere: 'key_address_refused',
  superseded: 'transport_superseded',
  app_gone: 'app_not_found',
}

/** What a code alone would not say. */
const CUT_TEXTS: Partial<Record<CutReason, string>> = {
  key_gone: 'the key that signed the token was revoked, has expired, or has another secret now',
}

/** Nothing the client could do brings it back: it is told to stop, not to try again. */
const FINAL: ReadonlySet<CutReason> = new Set<CutReason>([
  'key_revoked',
  'key_expired',
  'elsewhere',
  'app_gone',
])

/**
 * @param touched called whenever something was queued, so that it leaves when the turn ends
 * @param end     closes the websocket after what waits has been written
 */
export function wirePeer(
  format: Format,
  outbound: Outbound,
  touched: () => void,
  end: () => void,
): WirePeer {
  const params = new Map<string, Readonly<Record<string, string>>>()
  let syncs = 0
  let numbers = 0
  const send = (frame: Frame, channel?: string) => {
    outbound.add(encoded(format, frame), channel)
    touched()
  }
  const attached = (effect: AttachedEffect, channel: string) =>
    send(attachedFrame(effect, channel, params.get(channel)))
  return {
    format,
    params,
    send,
    attached,
    refused: (channel, failure) =>
      send({ action: Action.ERROR, channel, error: failureInfo(failure) }),
    detached: (channel) => send({ action: Action.DETACHED, channel }),
    replay(channel, variant, events) {
      for (const event of events)
        outbound.addLate(() => encodedEvent(variant, channel, event), channel)
      touched()
    },
    occupancy(channel, metrics, atMs) {
      numbers += 1
      const shown = wireMetrics(metrics, params.get(channel)?.occupancy)
      send(occupancyFrame(channel, shown, `occupancy-${numbers}`, atMs), channel)
    },
    sync(channel, members) {
      syncs += 1
      send(syncFrame(channel, members, `sync${syncs}`), channel)
    },
    presence: (channel, event) => send(presenceFrame(channel, event), channel),
    deliver(batch, channel) {
      outbound.add(batch.bytes, channel, batch.sinceMs)
      touched()
    },
    purge: (channel) => outbound.purge(channel),
    viewAttached(channel, serial) {
      const name = 'attached' as const
      const effect = {
        name,
        connection: '',
        modes: VIEW_MODES,
        resumed: false,
        hasBacklog: false,
        hasPresence: false,
      }
      attached({ ...effect, serial }, channel)
    },
    view: (...said) => send(viewFrame(...said)),
    askRenewal: () => send({ action: Action.AUTH }),
    closed: () => send({ action: Action.CLOSED }),
    dropped: (reason) =>
      send({ action: Action.ERROR, error: errorInfo('connection_dropped', reason) }),
    queuedBytes: () => outbound.queuedBytes,
    disconnected(reason) {
      const frame = encoded(format, {
        action: FINAL.has(reason) ? Action.ERROR : Action.DISCONNECTED,
        error: errorInfo(cutErrors[reason], CUT_TEXTS[reason]),
      })
      if (reason !== 'slow_reader') outbound.add(frame, undefined)
      else outbound.lastWord(frame)
      touched()
    },
    end,
  }
}

function viewFrame(channel: string, name: string, payload: unknown, serial: string): Frame {
  const id = `${serial}:${channel}`
  const data = JSON.stringify(payload)
  const message = { id: `${id}:0`, name, data, encoding: 'json', serial, action: 0 } as const
  return { action: Action.MESSAGE, channel, channelSerial: serial, id, messages: [message] }
}
