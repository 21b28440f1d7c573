// What one keeps for oneself, in step on all devices: read marks, settings, drafts. Changes are seen at once, kept on this
// device until the server has them, and sent again until it does; of two writes of one key the later one stays.

import type { Api, OwnCollection, OwnEntry, OwnRemoval } from '@sayso/client'
import type { ConnectionChange, RealtimePort, WireMessage } from './port.ts'
import type { KeyValue } from './storage.ts'

export type Value = Readonly<Record<string, unknown>>
export type Values = ReadonlyMap<string, Value>

export type Personal = {
  get(collection: OwnCollection, key: string): Value | undefined
  /** All of a collection; the same map until something in it changes. */
  all(collection: OwnCollection): Values
  /** Keeps a value; undefined removes it. */
  set(collection: OwnCollection, key: string, value: Value | undefined): void
  /** True once the server has said what is kept. */
  isKnown(): boolean
  subscribe(listener: () => void): () => void
  close(): void
}

export type PersonalNeeds = {
  readonly realtime: RealtimePort
  readonly api: Pick<Api, 'keepOwn' | 'dropOwn'>
  readonly me: string
  readonly storage: KeyValue | undefined
}

const OWN_CHANNEL = '[me]'
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
const NONE: Values = new Map()

/** A change that the server does not have yet. */
type Pending = {
  readonly collection: OwnCollection
  readonly key: string
  readonly value: Value | null
}

type Known = OwnEntry | OwnRemoval

/** Starts with what an earlier visit could not send. */
export function personalOf(needs: PersonalNeeds): Personal {
  return new Own(needs)
}

class Own implements Personal {
  readonly #needs: PersonalNeeds
  readonly #prefix: string
  readonly #listeners = new Set<() => void>()
  readonly #views = new Map<OwnCollection, Values>()
  readonly #pending = new Map<string, Pending>()
  readonly #sending = new Set<string>()
  #known = new Map<string, Known>()
  /** Parts of a snapshot that is still coming. */
  #parts: Map<string, Known> | undefined
  #isKnown = false
  #isClosed = false
  #waitMs = FIRST_WAIT_MS
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(needs: PersonalNeeds) {
    this.#needs = needs
    this.#prefix = `sayso.${needs.me}.own.`
    for (const pending of this.#stored()) this.#pending.set(slotOf(pending), pending)
    needs.realtime.connection.on(this.#onConnection)
    // Subscribing attaches. Refused, nothing is in step, and everything still works on this device.
    needs.realtime.channels
      .get(OWN_CHANNEL)
      .subscribe(this.#onMessage)
      .catch(() => undefined)
    this.#sendAll()
  }

  get(collection: OwnCollection, key: string): Value | undefined {
    const slot = slotOf({ collection, key })
    return (this.#pending.get(slot) ?? this.#known.get(slot))?.value ?? undefined
  }

  all = (collection: OwnCollection): Values => {
    const known = this.#views.get(collection)
    if (known !== undefined) return known
    const view = new Map<string, Value>()
    for (const one of [...this.#known.values(), ...this.#pending.values()]) {
      if (one.collection !== collection) continue
      if (one.value === null) view.delete(one.key)
      else view.set(one.key, one.value)
    }
    const kept = view.size === 0 ? NONE : view
    this.#views.set(collection, kept)
    return kept
  }

  set(collection: OwnCollection, key: string, value: Value | undefined): void {
    const pending: Pending = { collection, key, value: value ?? null }
    const slot = slotOf(pending)
    this.#pending.set(slot, pending)
    this.#store(slot, pending)
    this.#changed(collection)
    void this.#send(slot)
  }

  isKnown = (): boolean => this.#isKnown

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#listeners.clear()
    this.#needs.realtime.connection.off(this.#onConnection)
    const channel = this.#needs.realtime.channels.get(OWN_CHANNEL)
    channel.unsubscribe(this.#onMessage)
    channel.detach().catch(() => undefined)
  }

  readonly #onConnection = (change: ConnectionChange): void => {
    // The rest of a snapshot that was cut off never comes.
    this.#parts = undefined
    if (change.current !== 'connected') return
    this.#waitMs = FIRST_WAIT_MS
    this.#sendAll()
  }

  readonly #onMessage = (message: WireMessage): void => {
    const { items, more } = (message.data ?? {}) as { items?: unknown; more?: unknown }
    if (!Array.isArray(items)) return
    const entries = items.filter(isEntry)
    if (message.name === 'change') return this.#take(entries)
    if (message.name !== 'snapshot') return
    const parts = this.#parts ?? new Map<string, Known>()
    for (const entry of entries) parts.set(slotOf(entry), entry)
    this.#parts = more === true ? parts : undefined
    if (more === true) return
    this.#known = parts
    this.#isKnown = true
    this.#changed()
  }

  #take(entries: readonly Known[]): void {
    for (const entry of entries) {
      const slot = slotOf(entry)
      const before = this.#known.get(slot)
      // The answer to a call and the word on the channel come by different ways.
      if (before === undefined || before.atMs <= entry.atMs) this.#known.set(slot, entry)
      this.#views.delete(entry.collection)
    }
    this.#changed(...entries.map(({ collection }) => collection))
  }

  #sendAll(): void {
    for (const slot of this.#pending.keys()) void this.#send(slot)
  }

  /** One at a time for each key; what was written meanwhile follows. */
  async #send(slot: string): Promise<void> {
    const pending = this.#pending.get(slot)
    if (pending === undefined || this.#isClosed || this.#sending.has(slot)) return
    this.#sending.add(slot)
    const { collection, key, value } = pending
    const { api } = this.#needs
    const call = value === null ? api.dropOwn(collection, key) : api.keepOwn(collection, key, value)
    const isOver = await call.then(
      (entry) => {
        this.#waitMs = FIRST_WAIT_MS
        this.#settle(slot, pending)
        this.#take([entry])
        return true
      },
      (cause: unknown) => {
        if (isPassing(cause)) return false
        // The server will never take it: what it has is what is kept.
        this.#settle(slot, pending)
        this.#changed(collection)
        return true
      },
    )
    this.#sending.delete(slot)
    if (!isOver) this.#later()
    else if (this.#pending.has(slot)) void this.#send(slot)
  }

  #settle(slot: string, pending: Pending): void {
    if (this.#pending.get(slot) !== pending) return
    this.#pending.delete(slot)
    this.#store(slot, undefined)
  }

  #later(): void {
    if (this.#isClosed || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#sendAll()
    }, this.#waitMs)
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS)
  }

  #changed(...collections: readonly OwnCollection[]): void {
    if (collections.length === 0) this.#views.clear()
    for (const collection of collections) this.#views.delete(collection)
    if (this.#isClosed) return
    for (const listener of [...this.#listeners]) listener()
  }

  #store(slot: string, pending: Pending | undefined): void {
    const { storage } = this.#needs
    try {
      if (pending === undefined) storage?.removeItem(this.#prefix + slot)
      else storage?.setItem(this.#prefix + slot, JSON.stringify(pending))
    } catch {
      // Storage is full or closed: it is sent as long as the page is open.
    }
  }

  #stored(): readonly Pending[] {
    const { storage } = this.#needs
    try {
      const keys = Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? '')
      return keys
        .filter((key) => key.startsWith(this.#prefix))
        .flatMap((key) => pendingIn(storage?.getItem(key)) ?? [])
    } catch {
      return []
    }
  }
}

function slotOf({ collection, key }: { collection: OwnCollection; key: string }): string {
  return `${collection}/${key}`
}

/** Not reached, too fast, or the server's own trouble: worth another try. */
function isPassing(cause: unknown): boolean {
  const status = (cause as { readonly status?: unknown } | undefined)?.status
  return typeof status !== 'number' || status === 0 || status === 429 || status >= 500
}

function isEntry(one: unknown): one is Known {
  const { collection, key, value, atMs } = (one ?? {}) as Partial<Record<keyof Known, unknown>>
  if (typeof collection !== 'string' || typeof key !== 'string') return false
  return typeof atMs === 'number' && typeof value === 'object'
}

function pendingIn(text: string | null | undefined): Pending | undefined {
  try {
    const read = JSON.parse(text ?? '') as Partial<Pending> | null
    if (typeof read?.collection !== 'string' || typeof read.key !== 'string') return undefined
    return { collection: read.collection, key: read.key, value: read.value ?? null }
  } catch {
    return undefined
  }
}
