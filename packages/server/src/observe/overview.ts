// An app at a glance: what it holds and does, sampled once a second, and how its parts are.

import type { Hub } from '../hub.ts'
import {
  type Condition,
  decisionsCondition,
  feedCondition,
  finderCondition,
  policyCondition,
  storeCondition,
  webhooksCondition,
} from './condition.ts'
import type { Decisions } from './decisions.ts'
import type { Quantiles } from './durations.ts'
import type { FinderWatch } from './finder-watch.ts'
import type { Meter } from './meter.ts'
import { Rings } from './rings.ts'
import type { StoreWatch } from './store-watch.ts'

const SERIES = [
  'connections',
  'published',
  'delivered',
  'deliveryP99',
  'revokeP99',
  'denials',
] as const
export type SeriesName = (typeof SERIES)[number]

/** How it is now. */
export type Glance = {
  readonly atMs: number
  /** Connections that have a socket. */
  readonly connections: number
  readonly attachments: number
  readonly channels: number
  readonly publishedPerSecond: number
  readonly deliveredPerSecond: number
  readonly deliveryMs: Quantiles
  readonly revokeMs: Quantiles
  readonly denialsPerMinute: number
  /** What waits: records to be written or sent on, bytes to be taken by readers. */
  readonly queue: { readonly records: number; readonly bytes: number }
  readonly health: readonly Condition[]
  /** The newest point of each series. */
  readonly last: Readonly<Record<SeriesName, number | null>>
}

export type OverviewOptions = {
  readonly hub: Hub
  readonly meter: Meter
  readonly store: StoreWatch
  readonly finder: FinderWatch
  readonly decisions: Decisions
  readonly webhooks: { failing(): number; readonly endpoints: readonly { enabled: boolean }[] }
  readonly time: { isDue(): boolean }
  readonly plans: { readonly failed: number }
  readonly now: () => number
  /** Conditions of parts that are not of every app. */
  readonly more: () => readonly Condition[]
}

export class Overview {
  readonly #options: OverviewOptions
  readonly #rings = new Rings(SERIES)
  readonly #listeners = new Set<(glance: Glance) => void>()
  #before = { published: 0, delivered: 0, denied: 0, atMs: 0 }
  #perSecond = { published: 0, delivered: 0 }
  #held = { connections: 0, attachments: 0, bytes: 0 }
  #untoldSinceMs = 0
  #heldMs = 0

  constructor(options: OverviewOptions) {
    this.#options = options
    this.#before.atMs = options.now()
  }

  get meter(): Meter {
    return this.#options.meter
  }

  /** Counts what a second brought; call it once in each. */
  sample(): void {
    const { meter, now } = this.#options
    const { published, delivered, denied } = meter
    const before = this.#before
    const atMs = now()
    const seconds = Math.max(0.5, (atMs - before.atMs) / 1_000)
    this.#before = { published, delivered, denied, atMs }
    this.#heldMs = Math.max(0, atMs - before.atMs - 1_000)
    this.#perSecond = {
      published: rounded((published - before.published) / seconds),
      delivered: rounded((delivered - before.delivered) / seconds),
    }
    this.#held = heldBy(this.#options.hub)
    this.#watchFeed(atMs)
    this.#rings.add({
      ...this.#perSecond,
      connections: this.#held.connections,
      deliveryP99: meter.delivery.tick(),
      revokeP99: meter.revoke.tick(),
      denials: denied - before.denied,
    })
    if (this.#listeners.size === 0) return
    const glance = this.glance()
    for (const hear of this.#listeners) hear(glance)
  }

  glance(): Glance {
    const { hub, meter, store, decisions } = this.#options
    const { connections, attachments, bytes } = this.#held
    const records = store.waiting() + (decisions.log?.counters().waiting ?? 0)
    return {
      atMs: this.#before.atMs,
      connections,
      attachments,
      channels: hub.channels.size,
      publishedPerSecond: this.#perSecond.published,
      deliveredPerSecond: this.#perSecond.delivered,
      deliveryMs: meter.delivery.lastMinute(),
      revokeMs: meter.revoke.lastMinute(),
      denialsPerMinute: this.#rings.sum('denials', 60),
      queue: { records, bytes },
      health: this.#conditions(),
      last: this.#rings.last(),
    }
  }

  series(): ReturnType<Rings<SeriesName>['series']> {
    return this.#rings.series()
  }

  get listeners(): number {
    return this.#listeners.size
  }

  /** Hears of each second from now on. @returns how to stop */
  listen(hear: (glance: Glance) => void): () => void {
    this.#listeners.add(hear)
    return () => void this.#listeners.delete(hear)
  }

  /** A change of rights that is on its way to connections for more than one sample is late. */
  #watchFeed(atMs: number): void {
    if (this.#untoldSinceMs !== 0) return
    this.#untoldSinceMs = atMs
    void this.#options.hub.settled().then(() => {
      this.#untoldSinceMs = 0
    })
  }

  #conditions(): readonly Condition[] {
    const { store, finder, decisions, webhooks, time, plans, now, more } = this.#options
    const untoldMs = this.#untoldSinceMs === 0 ? 0 : now() - this.#untoldSinceMs
    const enabled = webhooks.endpoints.filter((each) => each.enabled).length
    return [
      storeCondition(store),
      feedCondition(untoldMs, this.#heldMs),
      policyCondition(time.isDue(), plans.failed),
      webhooksCondition(webhooks.failing(), enabled),
      decisionsCondition(decisions.log, now()),
      finderCondition(finder),
      ...more(),
    ]
  }
}

/** One walk over all connections: far less than a millisecond for each thousand. */
function heldBy(hub: Hub): { connections: number; attachments: number; bytes: number } {
  let [connections, attachments, bytes] = [0, 0, 0]
  for (const { peer, channels } of hub.connections()) {
    attachments += channels.size
    if (peer === undefined) continue
    connections += 1
    bytes += peer.queuedBytes()
  }
  return { connections, attachments, bytes }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
