// What a rights entry leaves to be decided again: at once if it is little, else in slices, so that the event loop is
// never held. Until a channel has been decided again nothing of it moves.

import type { Channel } from '@sayso/channel'
import type { Affected, World } from '@sayso/policy'
import type { RightsFeedEntry } from '@sayso/store'
import type { LiveConnection } from './live-connection.ts'

/** Why rights moved, and when; `serial` is the place in the order. */
export type RightsMoved = Pick<RightsFeedEntry, 'cause' | 'revision' | 'atMs' | 'serial'>

/** Places and views decided at once; a few milliseconds. */
const AT_ONCE = 500
/** Connections of one channel between two looks at the clock. */
const AT_A_TIME = 100
/** How long a slice may take; milliseconds. */
const SLICE_MS = 8

/** What one entry means for one connection, to be told on its views. */
type Telling = { readonly entry: RightsMoved; readonly before: World; readonly touched: Affected }

export type RedecisionPort = {
  /** Decides the places of these connections on the channel again. */
  redecide(channel: Channel, connections: readonly LiveConnection[]): void
  tell(connection: LiveConnection, telling: Telling): void
  now(): number
  /** Runs something in a later turn of the event loop. */
  later(run: () => void): void
}

export class Redecisions {
  readonly #port: RedecisionPort
  readonly #channels = new Map<Channel, Set<LiveConnection>>()
  readonly #tellings = new Map<LiveConnection, Telling>()
  #waiting: (() => void)[] = []
  #isPlanned = false

  constructor(port: RedecisionPort) {
    this.#port = port
  }

  /** Takes over the work of one entry; all of it is done when this returns, unless it is much. */
  add(
    places: ReadonlyMap<Channel, readonly LiveConnection[]>,
    told: readonly LiveConnection[],
    telling: Telling,
  ): void {
    let size = told.length
    for (const [channel, connections] of places) {
      const known = this.#channels.get(channel) ?? new Set()
      for (const connection of connections) known.add(connection)
      this.#channels.set(channel, known)
      size += known.size
    }
    for (const connection of told) {
      // What is not told yet is told with the later entry, against what was before both.
      const earlier = this.#tellings.get(connection)
      this.#tellings.set(connection, earlier ? joined(earlier, telling) : telling)
    }
    if (size <= AT_ONCE && !this.#isPlanned) return this.#work(Number.POSITIVE_INFINITY)
    this.#plan()
  }

  /** Decides a channel now, because something is about to happen there. */
  settle(channel: Channel): void {
    const connections = this.#channels.get(channel)
    if (connections === undefined) return
    this.#channels.delete(channel)
    this.#port.redecide(channel, [...connections])
  }

  /** True while a channel waits to be decided again; then nothing of it waits to be delivered. */
  isWaiting(channel: Channel): boolean {
    return this.#channels.has(channel)
  }

  /** A connection that is no more needs no answer. */
  forget(connection: LiveConnection): void {
    this.#tellings.delete(connection)
    for (const connections of this.#channels.values()) connections.delete(connection)
  }

  /** Resolves when everything has been decided and told. */
  done(): Promise<void> {
    if (this.#channels.size + this.#tellings.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#port.later(() => {
      this.#isPlanned = false
      this.#work(this.#port.now() + SLICE_MS)
    })
  }

  /** Places first: what is lost must be lost before anybody reads about it. */
  #work(untilMs: number): void {
    for (const [channel, waiting] of this.#channels) {
      for (let some = taken(waiting); some.length > 0; some = taken(waiting)) {
        this.#port.redecide(channel, some)
        if (this.#port.now() >= untilMs) return this.#plan()
      }
      this.#channels.delete(channel)
    }
    for (const [connection, telling] of this.#tellings) {
      this.#tellings.delete(connection)
      this.#port.tell(connection, telling)
      if (this.#port.now() >= untilMs) return this.#plan()
    }
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

/** Takes the next few out. */
function taken(waiting: Set<LiveConnection>): readonly LiveConnection[] {
  const some: LiveConnection[] = []
  for (const connection of waiting) {
    if (some.length >= AT_A_TIME) break
    some.push(connection)
    waiting.delete(connection)
  }
  return some
}

function joined(earlier: Telling, later: Telling): Telling {
  const { parts } = earlier.touched
  const keys = earlier.touched.keys === 'none' ? later.touched.keys : 'all'
  const touched = { parts: [...parts, ...later.touched.parts], keys }
  return { entry: later.entry, before: earlier.before, touched }
}
