// Who waits, the longest first, and for how long others did: kept in step with the facts, so that nobody is counted twice.

import { type ResourceId, tenantOf, type World } from '@sayso/policy'
import type { FeedEntry, Store } from '@sayso/store'
import { CONVERSATIONS } from './conversation.ts'
import { deskOf, factsOf, isConversation } from './desk-type.ts'

/** Waits that the next one is guessed by. */
const MOST_WAITS = 20

export class Queue {
  readonly #world: () => World
  /** Since when each conversation waits; milliseconds. In the order in which they came. */
  readonly #since = new Map<ResourceId, number>()
  /** The last waits of each tenant; milliseconds. */
  readonly #waits = new Map<ResourceId, number[]>()

  constructor(world: () => World) {
    this.#world = world
  }

  /** Takes in who waits at the start. */
  async load(store: Pick<Store, 'record'>): Promise<void> {
    const world = this.#world()
    const { type } = deskOf(world) ?? {}
    if (type === undefined) return
    const found: { readonly resource: ResourceId; readonly atMs: number }[] = []
    for (const [resource] of world.facts.resourcesOfType(type)) {
      if (factsOf(world, resource)?.state !== 'waiting') continue
      const record = await store.record(CONVERSATIONS, resource.slice(type.length + 1))
      found.push({ resource, atMs: Number(record?.value.waitingSinceMs ?? 0) })
    }
    for (const { resource, atMs } of found.sort((a, b) => a.atMs - b.atMs))
      this.#since.set(resource, atMs)
  }

  fold(entries: readonly FeedEntry[]): void {
    for (const entry of entries) {
      if (entry.kind !== 'rights') continue
      for (const change of entry.changes) {
        if (change.kind === 'remove-resource') this.#since.delete(change.resource)
        if (change.kind === 'put-resource')
          this.#put(change.resource, change.attributes, entry.atMs)
      }
    }
  }

  /** From 1; undefined if it does not wait. */
  position(resource: ResourceId): number | undefined {
    if (!this.#since.has(resource)) return undefined
    return this.#of(tenantOf(this.#world(), resource)).indexOf(resource) + 1
  }

  /** How many wait in a tenant. */
  length(tenant: ResourceId): number {
    return this.#of(tenant).length
  }

  /** As long as the last ones have waited; undefined if nobody has. Milliseconds. */
  expectedWaitMs(tenant: ResourceId): number | undefined {
    const waits = this.#waits.get(tenant) ?? []
    if (waits.length === 0) return undefined
    return Math.round(waits.reduce((sum, each) => sum + each, 0) / waits.length)
  }

  #put(resource: ResourceId, { state }: { readonly state?: unknown }, atMs: number): void {
    const world = this.#world()
    if (!isConversation(world, resource)) return
    const since = this.#since.get(resource)
    if (state === 'waiting') {
      if (since === undefined) this.#since.set(resource, atMs)
      return
    }
    if (since === undefined) return
    this.#since.delete(resource)
    if (state !== 'open') return
    const tenant = tenantOf(world, resource)
    const waits = [...(this.#waits.get(tenant) ?? []), atMs - since]
    this.#waits.set(tenant, waits.slice(-MOST_WAITS))
  }

  #of(tenant: ResourceId): readonly ResourceId[] {
    const world = this.#world()
    return [...this.#since.keys()].filter((each) => tenantOf(world, each) === tenant)
  }
}
