// The endpoints that hear of events, as they are kept.

import type { StoredRecord } from '@sayso/store'
import type { EventType } from './events.ts'

export const ENDPOINTS = 'webhooks'
/** What waits to be delivered, by endpoint and in order. */
export const WAITING = 'webhook-waiting'
/** How it goes with an endpoint: failures in a row, when to try again. */
export const STATES = 'webhook-states'
/** What was tried, the latest first, by endpoint. */
export const DELIVERIES = 'webhook-deliveries'

export type Endpoint = {
  readonly id: string
  readonly url: string
  readonly events: readonly EventType[]
  readonly about: string
  readonly sealedSecret: string
  readonly enabled: boolean
  /** Why the server has turned it off. */
  readonly disabledWhy?: string
  readonly version: number
  readonly createdAtMs: number
}

export function endpointOf({ key, value, version, createdAtMs }: StoredRecord): Endpoint {
  const { url, events, about, sealedSecret, enabled, disabledWhy } = value
  return {
    id: key,
    url: String(url),
    events: events as EventType[],
    about: String(about ?? ''),
    sealedSecret: String(sealedSecret),
    enabled: enabled !== false,
    ...(typeof disabledWhy === 'string' ? { disabledWhy } : {}),
    version,
    createdAtMs,
  }
}

export type State = {
  readonly failures: number
  readonly failingSinceMs: number
  readonly nextAtMs: number
}

export const CALM: State = { failures: 0, failingSinceMs: 0, nextAtMs: 0 }

export function stateOf(record: StoredRecord | undefined): State {
  if (record === undefined) return CALM
  const { failures, failingSinceMs, nextAtMs } = record.value
  return {
    failures: Number(failures),
    failingSinceMs: Number(failingSinceMs),
    nextAtMs: Number(nextAtMs),
  }
}
