// What one transport asks for in its address, besides who it is: encoding, echo, heartbeats and how long to wait for it.

import { MAX_PRESENCE_GRACE_MS, MIN_PRESENCE_GRACE_MS } from '@sayso/channel'
import {
  type Format,
  formatFromParam,
  oldestProtocolVersion,
  requestVersion,
} from '@sayso/protocol'

/** A client hears something at least this often unless it asks otherwise; milliseconds. */
const DEFAULT_IDLE_MS = 15_000
/** Characters kept of what a client says it is. */
const MAX_AGENT = 200
const MIN_IDLE_MS = 5_000
const MAX_IDLE_MS = 1_800_000

/** A key that leads nowhere. */
const NO_CONNECTION = '!'

export type Transport = {
  readonly format: Format
  /** False: it is not sent its own messages. */
  readonly echo: boolean
  /** True: it cannot see websocket pings. */
  readonly heartbeats: boolean
  /** It hears something at least this often; milliseconds. */
  readonly idleMs: number
  /** How long its members outlast its socket; absent: the usual time; milliseconds. */
  readonly graceMs?: number
  /** What the client says it is. */
  readonly agent?: string
  /** Key of the connection it continues. */
  readonly resume?: string
}

/** Reads the query of an upgrade. Values out of range are brought into it; what is no number counts as absent. */
export function transportOf(params: URLSearchParams): Transport {
  const graceMs = milliseconds(
    params.get('remainPresentFor'),
    MIN_PRESENCE_GRACE_MS,
    MAX_PRESENCE_GRACE_MS,
  )
  const agent = params.get('agent')?.slice(0, MAX_AGENT)
  const resume = resumeKeyOf(params)
  return {
    format: formatFromParam(params.get('format') ?? undefined) ?? 'json',
    echo: params.get('echo') !== 'false',
    heartbeats: params.get('heartbeats') === 'true',
    idleMs:
      milliseconds(params.get('heartbeatInterval'), MIN_IDLE_MS, MAX_IDLE_MS) ?? DEFAULT_IDLE_MS,
    ...(graceMs === undefined ? {} : { graceMs }),
    ...(agent === undefined ? {} : { agent }),
    ...(resume === undefined || resume === '' ? {} : { resume }),
  }
}

/**
 * Clients before version 2 come back without attaching their channels anew, and name no position in them: for those no
 * connection can be continued, and they begin again when they are told so.
 */
function resumeKeyOf(params: URLSearchParams): string | undefined {
  const key = params.get('resume') ?? params.get('recover') ?? undefined
  const isOld = requestVersion(params.get('v') ?? undefined) < oldestProtocolVersion
  return key !== undefined && isOld ? NO_CONNECTION : key
}

function milliseconds(text: string | null, min: number, max: number): number | undefined {
  if (text === null || !/^\d{1,12}$/.test(text)) return undefined
  return Math.min(Math.max(Number(text), min), max)
}
