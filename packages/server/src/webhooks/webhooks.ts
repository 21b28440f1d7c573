// Signed webhooks. What is to be told is committed with what it tells of, so nothing is lost; each endpoint is told one
// after the other, again and again until it says that it has heard.

import type { World } from '@sayso/policy'
import type { JsonObject, Store, Write } from '@sayso/store'
import type { Sealer } from '../auth/sealed.ts'
import { type Asker, auditBy } from '../commands/asker.ts'
import {
  CALM,
  DELIVERIES,
  ENDPOINTS,
  type Endpoint,
  endpointOf,
  STATES,
  type State,
  stateOf,
  WAITING,
} from './endpoints.ts'
import { eventsOf } from './events.ts'
import { signedHeaders } from './signature.ts'
import { post, type Sent } from './target.ts'

/** First wait after a failure, doubled with each; milliseconds. */
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 3_600_000
/** An endpoint that has failed for so long is turned off; milliseconds. */
const GIVE_UP_MS = 3 * 86_400_000
/** Deliveries remembered per endpoint. */
const KEPT_DELIVERIES = 200
const LAST_MS = 9_999_999_999_999

export type WebhooksOptions = {
  readonly store: Store
  readonly world: () => World
  readonly sealer: Sealer
  readonly now: () => number
  /** Also to private addresses and by plain http. */
  readonly allowPrivate: boolean
  readonly report: (error: unknown) => void
}

export class Webhooks {
  readonly #options: WebhooksOptions
  #endpoints: readonly Endpoint[] = []
  readonly #busy = new Set<string>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  /** Endpoints that did not hear the last time. */
  readonly #failing = new Set<string>()
  #lastMs = 0
  #count = 0
  #isStopped = false

  constructor(options: WebhooksOptions) {
    this.#options = options
  }

  get endpoints(): readonly Endpoint[] {
    return this.#endpoints
  }

  /** How many of those that are on do not answer. */
  failing(): number {
    return this.#endpoints.filter(({ id, enabled }) => enabled && this.#failing.has(id)).length
  }

  get allowPrivate(): boolean {
    return this.#options.allowPrivate
  }

  /** Reads the endpoints again and goes on with what waits. Call it at the start and whenever one was changed. */
  async reload(): Promise<void> {
    const records = await this.#options.store.records({ collection: ENDPOINTS, limit: 1_000 })
    this.#endpoints = records.map(endpointOf)
    for (const { id } of this.#endpoints) this.#poke(id)
  }

  stop(): void {
    this.#isStopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  /** The store through which what endpoints want to hear is committed with what it tells of. */
  attend(store: Store): Store {
    const transact = async (write: Write) => {
      const told = this.#told(write)
      const more =
        told.length === 0 ? write : { ...write, records: [...(write.records ?? []), ...told] }
      const committed = await store.transact(more)
      for (const id of new Set(told.map(({ key }) => key.slice(0, key.indexOf('/')))))
        this.#poke(id)
      return committed
    }
    return new Proxy(store, {
      get(target, name) {
        if (name === 'transact') return transact
        const value = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  #told(write: Write) {
    const listening = this.#endpoints.filter(({ enabled }) => enabled)
    if (listening.length === 0) return []
    const events = eventsOf(this.#options.world(), write)
    return events.flatMap((event) => {
      const timestamp = new Date(this.#options.now()).toISOString()
      return listening
        .filter(({ events }) => events.includes(event.type))
        .map(({ id }) => ({
          collection: WAITING,
          key: `${id}/${this.#next()}`,
          value: { type: event.type, timestamp, data: event.data },
        }))
    })
  }

  /** Lets an endpoint hear bodies once more, after what waits. */
  async tellAgain(id: string, bodies: readonly string[], asker: Asker): Promise<void> {
    const told = bodies.map((body) => ({
      collection: WAITING,
      key: `${id}/${this.#next()}`,
      value: JSON.parse(body) as JsonObject,
    }))
    const audit = { command: 'replay-webhook', ...auditBy(asker), target: `webhook:${id}` }
    if (told.length === 0) return
    await this.#options.store.transact({ entries: [], records: told, audit })
    this.#poke(id)
  }

  /** Names that sort in the order in which they are made, also after a restart. */
  #next(): string {
    this.#lastMs = Math.max(this.#lastMs, this.#options.now())
    this.#count += 1
    return `${String(this.#lastMs).padStart(13, '0')}-${String(this.#count).padStart(12, '0')}`
  }

  #poke(id: string): void {
    if (this.#isStopped || this.#busy.has(id)) return
    clearTimeout(this.#timers.get(id))
    this.#busy.add(id)
    this.#deliverAll(id)
      .catch((error: unknown) => {
        this.#options.report(error)
        return FIRST_WAIT_MS
      })
      .then((waitMs) => {
        this.#busy.delete(id)
        if (waitMs === undefined || this.#isStopped) return
        this.#timers.set(
          id,
          setTimeout(() => this.#poke(id), waitMs),
        )
      })
  }

  /** @returns how long to wait before the next try; undefined: nothing waits */
  async #deliverAll(id: string): Promise<number | undefined> {
    const { store, now } = this.#options
    while (!this.#isStopped) {
      const endpoint = this.#endpoints.find((each) => each.id === id)
      if (endpoint?.enabled !== true) return undefined
      const [next] = await store.records({ collection: WAITING, prefix: `${id}/`, limit: 1 })
      if (next === undefined) return undefined
      const state = stateOf(await store.record(STATES, id))
      this.#mark(id, state)
      const waitMs = state.nextAtMs - now()
      if (waitMs > 0) return Math.min(waitMs, LONGEST_WAIT_MS)
      await this.#deliver(endpoint, state, next.key, JSON.stringify(next.value))
    }
    return undefined
  }

  async #deliver(endpoint: Endpoint, state: State, key: string, body: string): Promise<void> {
    const { sealer, now, store, allowPrivate } = this.#options
    const eventId = `evt_${key.slice(key.indexOf('/') + 1)}`
    const headers = signedHeaders(sealer.open(endpoint.sealedSecret), eventId, now(), body)
    const startedMs = now()
    const sent = await post(endpoint.url, body, headers, allowPrivate)
    const isHeard = sent.kind === 'answered' && sent.status >= 200 && sent.status < 300
    const tried = {
      collection: DELIVERIES,
      key: `${endpoint.id}/${String(LAST_MS - startedMs).padStart(13, '0')}-${eventId.slice(-12)}`,
      value: {
        event: eventId,
        body,
        ok: isHeard,
        attempt: state.failures + 1,
        atMs: startedMs,
        tookMs: now() - startedMs,
        ...(sent.kind === 'answered'
          ? { status: sent.status, answer: sent.body }
          : { error: sent.why }),
      },
    }
    const next = isHeard ? CALM : failed(state, sent, now())
    this.#mark(endpoint.id, next)
    await store.transact({
      entries: [],
      records: [
        tried,
        { collection: STATES, key: endpoint.id, value: next },
        ...(isHeard ? [{ collection: WAITING, key, value: undefined }] : []),
        ...(await this.#tooOld(endpoint.id)),
      ],
    })
    if (!isHeard && now() - next.failingSinceMs >= GIVE_UP_MS) await this.#turnOff(endpoint)
  }

  #mark(id: string, { failures }: State): void {
    if (failures > 0) this.#failing.add(id)
    else this.#failing.delete(id)
  }

  async #tooOld(id: string) {
    const kept = await this.#options.store.records({
      collection: DELIVERIES,
      prefix: `${id}/`,
      limit: KEPT_DELIVERIES + 10,
    })
    return kept
      .slice(KEPT_DELIVERIES - 1)
      .map(({ collection, key }) => ({ collection, key, value: undefined }))
  }

  async #turnOff(endpoint: Endpoint): Promise<void> {
    const { id, url, events, about, sealedSecret } = endpoint
    const disabledWhy = 'it has not answered for three days'
    await this.#options.store.transact({
      entries: [],
      records: [
        {
          collection: ENDPOINTS,
          key: id,
          value: { url, events, about, sealedSecret, enabled: false, disabledWhy },
        },
        { collection: STATES, key: id, value: CALM },
      ],
      audit: { command: 'disable-webhook', actor: 'server', target: `webhook:${id}` },
    })
    await this.reload()
  }
}

function failed(state: State, sent: Sent, nowMs: number): State {
  const failures = state.failures + 1
  const own = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS)
  const asked = sent.kind === 'answered' ? retryAfterMs(sent.retryAfter, nowMs) : 0
  return {
    failures,
    failingSinceMs: state.failures === 0 ? nowMs : state.failingSinceMs,
    nextAtMs: nowMs + Math.min(Math.max(own, asked), LONGEST_WAIT_MS),
  }
}

/** RFC 9110 §10.2.3: seconds or a date. */
function retryAfterMs(text: string | undefined, nowMs: number): number {
  if (text === undefined) return 0
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? 0 : Math.max(0, at - nowMs)
}
