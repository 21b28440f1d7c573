// Who came and went: what presence history is read from. Presence is told at once and without the log; what happened is
// then kept by the store, or, of a channel that keeps nothing, for two minutes in memory.

import type { Channel, PresenceEvent } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { PresenceHistoryPage, PresenceHistoryQuery, PresenceNote } from '@sayso/store'

/** How long an event can be read back; milliseconds. */
const KEPT_MS = 120_000
/** The most that is kept of one channel. */
const MAX_OF_CHANNEL = 1_000

/** One event, with its number in the log and the position its channel was at. */
export type LoggedPresence = {
  readonly number: number
  readonly atMs: number
  readonly position: string
  readonly event: PresenceEvent
}

export type PresenceKeeper = {
  /** Whether a channel keeps what happens in it. */
  readonly isKept: (channel: ChannelName) => boolean
  /** Keeps it; never throws. */
  readonly keep: (notes: readonly PresenceNote[]) => Promise<void>
}

export class PresenceLog {
  readonly #keeper: PresenceKeeper
  readonly #channels = new Map<ChannelName, LoggedPresence[]>()
  /** Settles when everything so far is kept. */
  #kept: Promise<void> = Promise.resolve()
  #count = 0

  constructor(keeper: PresenceKeeper) {
    this.#keeper = keeper
  }

  /** Resolves when what has happened so far can be read from the store. */
  kept(): Promise<void> {
    return this.#kept
  }

  /** Takes over what has happened in a channel since the last call. */
  take(channel: Channel, now: () => number, positionOf: (channel: ChannelName) => string): void {
    const events = channel.takeHappened()
    if (events.length === 0) return
    const name = channel.name as ChannelName
    const position = positionOf(name)
    if (!this.#keeper.isKept(name)) return this.#add(name, events, { atMs: now(), position })
    // The store keeps what it is given in turn, so the last to settle is the last there is.
    this.#kept = this.#keeper.keep(events.map((event) => ({ channel: name, position, event })))
  }

  #add(
    channel: ChannelName,
    events: readonly PresenceEvent[],
    place: { readonly atMs: number; readonly position: string },
  ): void {
    const log = this.#channels.get(channel) ?? []
    for (const event of events) {
      this.#count += 1
      log.push({ number: this.#count, ...place, event })
    }
    if (log.length > MAX_OF_CHANNEL) log.splice(0, log.length - MAX_OF_CHANNEL)
    this.#channels.set(channel, log)
  }

  /** Of a channel that keeps nothing. */
  page(query: PresenceHistoryQuery, nowMs: number): PresenceHistoryPage {
    const { channel, direction, limit, untilSerial, afterNumber } = query
    const { startMs = 0, endMs = Number.POSITIVE_INFINITY } = query
    const isForwards = direction === 'forwards'
    const found = (this.#channels.get(channel) ?? []).filter(
      ({ number, atMs, position, event }) =>
        atMs + KEPT_MS > nowMs &&
        event.member.timestampMs >= startMs &&
        event.member.timestampMs <= endMs &&
        (untilSerial === undefined || position <= untilSerial) &&
        (afterNumber === undefined || (isForwards ? number > afterNumber : number < afterNumber)),
    )
    if (!isForwards) found.reverse()
    return { events: found.slice(0, limit), hasMore: found.length > limit }
  }

  /** Drops what is too old. */
  forget(nowMs: number): void {
    for (const [channel, log] of this.#channels) {
      const young = log.findIndex(({ atMs }) => atMs + KEPT_MS > nowMs)
      if (young < 0) this.#channels.delete(channel)
      else if (young > 0) log.splice(0, young)
    }
  }
}
