// What every session of the Ably wire shares.

import type { IncomingMessage } from 'node:http'
import type { ConnectionKeys } from '../../access/connection-key.ts'
import type { KeyRing } from '../../access/key-ring.ts'
import type { Context } from '../../context.ts'
import type { Hub } from '../../hub.ts'
import type { Meter } from '../../observe/meter.ts'
import type { Turn } from '../../turn.ts'
import type { OutboundStats } from './outbound.ts'

export type WireLimits = {
  /** Largest frame that is read; bytes. */
  readonly maxFrameBytes: number
  /** Most that may wait for one slow reader; bytes. */
  readonly outboundBytes: number
  /** Channels and views one connection may attach. */
  readonly maxChannels: number
  /** Frames of one connection that may wait for their answer before its socket is paused. */
  readonly maxOwed: number
  /** Publishes per second of one connection; 0: no limit. */
  readonly connectionRate: number
}

export const DEFAULT_LIMITS: WireLimits = {
  maxFrameBytes: 1_048_576,
  outboundBytes: 1_048_576,
  maxChannels: 200,
  maxOwed: 256,
  connectionRate: 0,
}

export type Wire = {
  readonly context: Context
  readonly hub: Hub
  readonly ring: KeyRing
  readonly keys: ConnectionKeys
  readonly limits: WireLimits
  readonly turn: Turn
  readonly stats: OutboundStats
  readonly meter: Meter
  readonly startedAtMs: number
  /** Where an upgrade comes from, for the audit log; undefined if that is not known. */
  readonly addressOf: (request: IncomingMessage) => string | undefined
  /** Runs something a little later; for heartbeats, which must not measure as 0 ms. */
  readonly later: (run: () => void, ms: number) => void
  /** Hears of failures nobody expected; never of payloads or secrets. */
  readonly report: (what: string, error: unknown) => void
}
