// Tells people's own connections what they keep for themselves, by `[me]`: all of it at every attach, then each change once
// it is committed. One person's changes are committed one after the other.

import type { Affected, ChannelName } from '@sayso/policy'
import type { OwnChange, OwnEntry, OwnNews, OwnRemoval, OwnSnapshot } from '@sayso/protocol'
import { ownChannel } from '@sayso/protocol'
import type { Store, Write } from '@sayso/store'
import type { LiveConnection } from '../live-connection.ts'
import { OneByOne } from '../one-by-one.ts'
import { allOwn, bytesOf, readOwnRecord } from './own-records.ts'
import { Whereabouts, type WhereaboutsOptions } from './whereabouts.ts'

/** Of one part of a snapshot; bytes of entries. */
const PART_BYTES = 49_152

export type OwnOptions = Pick<WhereaboutsOptions, 'world' | 'timer'> & {
  readonly store: Store
  readonly now: () => number
  /** The newest position of the log. */
  readonly head: () => string
  readonly report: (error: unknown) => void
}

type Change = OwnEntry | OwnRemoval

/** One connection that listens. While its snapshot is being read, changes wait. */
export type Listener = {
  readonly person: string
  readonly connection: LiveConnection
  waiting: Change[] | undefined
  /** Channels known not to be theirs to hear of, until their rights move. */
  readonly deaf: Set<ChannelName>
}

export class OwnStates {
  readonly #options: OwnOptions
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #order = new OneByOne()
  /** How people are, told to whoever asks about them. */
  readonly whereabouts: Whereabouts
  #lastMs = 0
  #told = 0

  constructor(options: OwnOptions) {
    this.#options = options
    const { world, timer } = options
    const tell: WhereaboutsOptions['tell'] = (to, here) => this.#send(to, 'here', here)
    this.whereabouts = new Whereabouts({ world, timer, tell })
  }

  /** Runs what changes one person's entries after all that was given before. */
  inOrder<T>(person: string, work: () => Promise<T>): Promise<T> {
    return this.#order.run(person, work)
  }

  /** When the next change is: later than all before. */
  nextMs(): number {
    this.#lastMs = Math.max(this.#lastMs + 1, this.#options.now())
    return this.#lastMs
  }

  /** The store through which changes are told as soon as they are committed. */
  attend(store: Store): Store {
    const transact = async (write: Write) => {
      const committed = await store.transact(write)
      for (const record of write.records ?? []) {
        const own = readOwnRecord(record, this.#lastMs)
        if (own !== undefined) this.#tell(own.person, own.entry)
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

  /** Those who have heard what there is. */
  *listeners(): Iterable<Listener> {
    for (const all of this.#listeners.values())
      for (const each of all) if (each.waiting === undefined) yield each
  }

  tellNews(listener: Listener, news: OwnNews): void {
    this.#send(listener.connection, 'news', news)
  }

  /** Attaches a connection to what its person keeps: a snapshot now, then each change. */
  listen(connection: LiveConnection, person: string): void {
    connection.own?.close()
    const listener: Listener = { person, connection, waiting: [], deaf: new Set() }
    const all = this.#listeners.get(person) ?? new Set()
    this.#listeners.set(person, all.add(listener))
    connection.own = {
      close: () => this.#forget(listener),
      rightsMoved: (touched?: Affected) => {
        listener.deaf.clear()
        this.whereabouts.rightsMoved(connection, touched)
      },
      absent: () => this.whereabouts.say(connection, undefined),
    }
    this.whereabouts.join(connection, person)
    connection.peer?.viewAttached(ownChannel, this.#options.head())
    allOwn(this.#options.store, person)
      .then((entries) => this.#begin(listener, entries))
      .catch((error: unknown) => {
        this.#options.report(error)
        // Without its beginning nothing of it can be trusted: the client is to attach again.
        this.#forget(listener)
        connection.peer?.detached(ownChannel)
      })
  }

  #begin(listener: Listener, entries: readonly OwnEntry[]): void {
    const parts = inParts(entries)
    parts.forEach((items, index) => {
      const snapshot: OwnSnapshot = { items, more: index < parts.length - 1 }
      this.#send(listener.connection, 'snapshot', snapshot)
    })
    const waiting = listener.waiting ?? []
    listener.waiting = undefined
    if (waiting.length > 0)
      this.#send(listener.connection, 'change', { items: waiting } satisfies OwnChange)
  }

  #tell(person: string, change: Change): void {
    for (const listener of this.#listeners.get(person) ?? []) {
      if (listener.waiting !== undefined) listener.waiting.push(change)
      else this.#send(listener.connection, 'change', { items: [change] } satisfies OwnChange)
    }
  }

  #send(
    connection: LiveConnection,
    name: 'snapshot' | 'change' | 'news' | 'here',
    payload: unknown,
  ): void {
    this.#told += 1
    connection.peer?.view(ownChannel, name, payload, `${this.#options.head()}/${this.#told}`)
  }

  #forget(listener: Listener): void {
    const { person, connection } = listener
    connection.own = undefined
    this.whereabouts.leave(connection)
    const all = this.#listeners.get(person)
    all?.delete(listener)
    if (all?.size === 0) this.#listeners.delete(person)
  }
}

/** At least one part, as an empty snapshot says something too. */
function inParts(entries: readonly OwnEntry[]): readonly (readonly OwnEntry[])[] {
  const parts: OwnEntry[][] = [[]]
  let bytes = 0
  for (const entry of entries) {
    bytes += bytesOf(entry)
    if (bytes > PART_BYTES) {
      parts.push([])
      bytes = bytesOf(entry)
    }
    parts.at(-1)?.push(entry)
  }
  return parts
}
