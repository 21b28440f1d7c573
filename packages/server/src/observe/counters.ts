// What the server counts, all apps together: names and numbers for a monitor.

import type { Apps } from '../apps.ts'
import type { OneApp } from '../one-app.ts'
import type { Meter } from './meter.ts'

export type Counted = {
  /** Those that are open, the main one first. */
  readonly apps: readonly OneApp[]
  readonly known: Apps
  readonly sockets: number
  /** Of all sockets together. */
  readonly stats: {
    readonly writes: number
    readonly frames: number
    readonly bytes: number
    readonly pings: number
    readonly mostQueued: number
    readonly overflows: number
  }
}

/** What ends in `_total` only ever rises. */
export function countersOf({
  apps,
  known,
  sockets,
  stats,
}: Counted): Readonly<Record<string, number>> {
  return {
    apps: 1 + known.list().length,
    connections: sum(apps, ({ hub }) => [...hub.connections()].length),
    sockets,
    channels: sum(apps, ({ hub }) => hub.channels.size),
    revision: apps[0]?.hub.revision ?? 0,
    ...meterCounters(apps.map(({ meter }) => meter)),
    ...decisionCounters(apps),
    socket_writes_total: stats.writes,
    socket_pings_total: stats.pings,
    frames_total: stats.frames,
    bytes_sent_total: stats.bytes,
    outbound_queued_bytes_most: stats.mostQueued,
    slow_readers_cut_total: stats.overflows,
  }
}

function meterCounters(meters: readonly Meter[]): Readonly<Record<string, number>> {
  return {
    messages_published_total: sum(meters, ({ published }) => published),
    messages_delivered_total: sum(meters, ({ delivered }) => delivered),
    denials_total: sum(meters, ({ denied }) => denied),
  }
}

function decisionCounters(apps: readonly OneApp[]): Readonly<Record<string, number>> {
  const counters = apps.flatMap(({ context }) => context.decisions.log?.counters() ?? [])
  return {
    decisions_logged_total: sum(counters, ({ written }) => written),
    decisions_dropped_total: sum(counters, ({ dropped }) => dropped),
    decisions_waiting: sum(counters, ({ waiting }) => waiting),
  }
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
