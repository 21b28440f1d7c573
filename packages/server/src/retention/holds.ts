// Every legal hold of an app, in memory: asked before anything is removed. Made from the records, it follows what is committed.

import {
  type ChannelName,
  type ResourceId,
  type RightsChange,
  resourceOf,
  TENANT_TYPE,
  tenantOf,
  typeOf,
  type World,
} from '@sayso/policy'
import type { Store, Write } from '@sayso/store'
import { Failure } from '../commands/failure.ts'
import type { FileRecord } from '../files/file-record.ts'
import { OneByOne } from '../one-by-one.ts'
import { HOLDS, type Hold, holdOf, MOST_HOLDS } from './hold-record.ts'

const PERSON = 'user:'

export class Holds {
  readonly #now: () => number
  readonly #holds = new Map<string, Hold>()
  readonly #turns = new OneByOne()

  constructor(now: () => number) {
    this.#now = now
  }

  async load(store: Pick<Store, 'records'>): Promise<this> {
    const records = await store.records({ collection: HOLDS, limit: MOST_HOLDS })
    for (const record of records) {
      const { id, version: _version, ...hold } = holdOf(record)
      this.#holds.set(id, hold)
    }
    return this
  }

  /** The store through which it sees what becomes of holds. */
  attend(store: Store): Store {
    const transact = async (write: Write) => {
      const committed = await store.transact(write)
      for (const { collection, key, value } of write.records ?? []) {
        if (collection !== HOLDS) continue
        if (value === undefined) this.#holds.delete(key)
        else this.#holds.set(key, value as Hold)
      }
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

  /**
   * Runs what removes, and what makes holds, one after the other. INVARIANT: whoever removes asks within it, so that no hold
   * comes between the question and the removal.
   */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run('all', work)
  }

  /** Those whose time has not passed. */
  standing(): readonly (Hold & { readonly id: string })[] {
    const nowMs = this.#now()
    return [...this.#holds]
      .filter(([, { untilMs = Number.POSITIVE_INFINITY }]) => untilMs > nowMs)
      .map(([id, hold]) => ({ id, ...hold }))
  }

  /** Ids of those whose time has passed. */
  over(): readonly string[] {
    const standing = new Set(this.standing().map(({ id }) => id))
    return [...this.#holds.keys()].filter((id) => !standing.has(id))
  }

  get(id: string): Hold | undefined {
    return this.#holds.get(id)
  }

  /** When the next one ends by itself; undefined: none does. */
  nextEndMs(): number | undefined {
    const ends = [...this.#holds.values()].flatMap(({ untilMs }) => untilMs ?? [])
    return ends.length === 0 ? undefined : Math.min(...ends)
  }

  /** Ids of the people of whom nothing is removed. */
  people(): readonly string[] {
    return this.standing().flatMap(({ on }) =>
      on.startsWith(PERSON) ? [on.slice(PERSON.length)] : [],
    )
  }

  onPerson(subject: string): boolean {
    return this.standing().some(({ on }) => on === subject)
  }

  /** Whether it is held, or the tenant it is in, or of a tenant anything that is in it. */
  onResource(world: World, resource: ResourceId): boolean {
    const tenant = tenantOf(world, resource)
    const isTenant = typeOf(resource) === TENANT_TYPE
    return this.standing().some(({ on }) => {
      if (on === resource || on === tenant) return true
      return isTenant && !on.startsWith(PERSON) && tenantOf(world, on as ResourceId) === resource
    })
  }

  onChannel(world: World, channel: ChannelName): boolean {
    if (this.#holds.size === 0) return false
    const resource = resourceOf(world.policy, channel)
    return this.onResource(world, resource ?? world.policy.tenant)
  }

  /** Whether a file has to stay, whatever became of its message. */
  onFile(world: World, { channel, owner }: Pick<FileRecord, 'channel' | 'owner'>): boolean {
    if (this.#holds.size === 0) return false
    return this.onPerson(owner) || this.onChannel(world, channel)
  }

  /** Asked of every change that anybody decided. @throws {Failure} `on_hold` */
  requireNone(world: World, changes: readonly RightsChange[]): void {
    if (this.#holds.size === 0) return
    for (const change of changes) {
      if (change.kind === 'remove-resource' && this.onResource(world, change.resource))
        throw onHold(change.resource)
      if (change.kind === 'remove-person' && this.onPerson(change.subject))
        throw onHold(change.subject)
    }
  }
}

export function onHold(what: string): Failure {
  return new Failure('on_hold', `\`${what}\` is under a legal hold: nothing of it is removed`, {
    remedy: 'wait until the hold ends, or ask whoever answers for it to end it',
  })
}
