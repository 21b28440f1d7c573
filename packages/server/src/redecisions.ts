// What a rights entry leaves to be decided again: at once if it is little, else in slices, so that the event loop is
// never held. Until a channel has been decided again nothing of it moves: what happens there meanwhile waits in its lane,
// in the order of the feed, and each piece is done by the rights of its own place in that order.
//
//   lane of a channel:  decide R1 (in slices) ── message ── attach ── cut ── decide R2 ── …

import type { Channel, RightsSource } from '@sayso/channel'
import type { Affected, World } from '@sayso/policy'
import type { RightsFeedEntry } from '@sayso/store'
import type { LiveConnection } from './live-connection.ts'

/** Why rights moved, and when; `serial` is the place in the order. */
export type RightsMoved = Pick<RightsFeedEntry, 'cause' | 'revision' | 'atMs' | 'serial'>

/** Connections and places decided at once; of more the first slice comes with the next turn. Each takes up to 0.1 ms. */
const AT_ONCE = 100
/** Connections of one channel between two looks at the clock. */
const AT_A_TIME = 50
/** How long a slice may take; milliseconds. */
const SLICE_MS = 8

/** What one entry means for one connection, to be told on its views. */
type Telling = { readonly entry: RightsMoved; readonly before: World; readonly touched: Affected }

/** A place in the order: rights as they were there, and the newest position of the channel. */
export type Moment = { readonly world: World; readonly head: string }

/** Whose places on a channel are to be decided, by which rights. */
export type Redecision = {
  readonly concerned: readonly ReadonlySet<LiveConnection>[]
  readonly at: Moment
  readonly source: RightsSource
}

/** In the order in which they happened. Absent `left`: not begun. */
type Piece =
  | { readonly kind: 'event'; readonly run: () => void }
  | { kind: 'redecision'; what: Redecision; left?: LiveConnection[] }

export type RedecisionPort = {
  /** The connections of a redecision that are on the channel now. */
  placed(channel: Channel, concerned: Redecision['concerned']): LiveConnection[]
  /** Decides the places of these connections on the channel again. */
  redecide(channel: Channel, connections: readonly LiveConnection[], what: Redecision): void
  tell(connection: LiveConnection, telling: Telling): void
  /** Nothing waits for the channel any more. */
  ended(channel: Channel): void
  now(): number
  /** Runs something in a later turn of the event loop. */
  later(run: () => void): void
}

export class Redecisions {
  readonly #port: RedecisionPort
  readonly #lanes = new Map<Channel, Piece[]>()
  readonly #tellings = new Map<LiveConnection, Telling>()
  #waiting: (() => void)[] = []
  #isPlanned = false

  constructor(port: RedecisionPort) {
    this.#port = port
  }

  /** Takes over the work of one entry; all of it is done when this returns, unless it is much. */
  add(
    places: Iterable<readonly [Channel, Moment]>,
    told: ReadonlySet<LiveConnection>,
    telling: Telling,
  ): void {
    for (const [channel, at] of places) {
      this.decide(channel, { concerned: [told], at, source: 'policy' })
    }
    let size = 0
    for (const connection of told) {
      // What is not told yet is told with the later entry, against what was before both.
      const earlier = this.#tellings.get(connection)
      this.#tellings.set(connection, earlier ? joined(earlier, telling) : telling)
      size += 1 + connection.channels.size + connection.present.size
    }
    if (size <= AT_ONCE && !this.#isPlanned) return this.#work(Number.POSITIVE_INFINITY)
    this.#plan()
  }

  /** Puts a redecision into the lane of a channel. What nothing has happened between is decided once, by the later rights. */
  decide(channel: Channel, what: Redecision): void {
    const lane = this.#lanes.get(channel) ?? []
    this.#lanes.set(channel, lane)
    const last = lane.at(-1)
    const isBehind = last?.kind === 'redecision' && last.left === undefined
    if (isBehind && last.what.source === what.source) {
      last.what = { ...what, concerned: [...last.what.concerned, ...what.concerned] }
    } else lane.push({ kind: 'redecision', what })
  }

  /** True while a channel waits to be decided again: then whatever happens there goes `behind`. */
  isWaiting(channel: Channel): boolean {
    return this.#lanes.has(channel)
  }

  /** Runs something when all that waits before it on the channel has been done. */
  behind(channel: Channel, run: () => void): void {
    this.#lanes.get(channel)?.push({ kind: 'event', run })
    this.#plan()
  }

  /** True if something has happened on a waiting channel since rights moved there last. */
  hasNews(channel: Channel): boolean {
    return this.#lanes.get(channel)?.at(-1)?.kind === 'event'
  }

  /** The revision a connection stands at while it has not been told of later ones; undefined: it has been told of all. */
  toldOf(connection: LiveConnection): World['revision'] | undefined {
    return this.#tellings.get(connection)?.before.revision
  }

  /** A connection that is no more needs no answer. */
  forget(connection: LiveConnection): void {
    this.#tellings.delete(connection)
  }

  /** Resolves when everything has been decided and told. */
  done(): Promise<void> {
    if (this.#lanes.size + this.#tellings.size === 0) return Promise.resolve()
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
    for (const [channel, lane] of this.#lanes) {
      if (!this.#workOff(channel, lane, untilMs)) return this.#plan()
      this.#lanes.delete(channel)
      this.#port.ended(channel)
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

  /** False if the time was over before the lane was empty. */
  #workOff(channel: Channel, lane: Piece[], untilMs: number): boolean {
    for (let first = lane[0]; first !== undefined; first = lane[0]) {
      if (first.kind === 'event') {
        lane.shift()
        first.run()
      } else {
        first.left ??= this.#port.placed(channel, first.what.concerned)
        const some = first.left.splice(-AT_A_TIME)
        if (first.left.length === 0) lane.shift()
        if (some.length > 0) this.#port.redecide(channel, some, first.what)
      }
      if (this.#port.now() >= untilMs) return lane.length === 0
    }
    return true
  }
}

function joined(earlier: Telling, later: Telling): Telling {
  const { parts } = earlier.touched
  const keys = earlier.touched.keys === 'none' ? later.touched.keys : 'all'
  const touched = { parts: [...parts, ...later.touched.parts], keys }
  return { entry: later.entry, before: earlier.before, touched }
}
