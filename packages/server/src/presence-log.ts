// Who came and went: what presence history is read from. Presence is fleeting, so this is two minutes in memory.

import type { Channel, PresenceEvent } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'

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

export type PresenceLogQuery = {
  readonly direction: 'backwards' | 'forwards'
  readonly limit: number
  readonly startMs?: number
  readonly endMs?: number
  readonly untilSerial?: string
  /** Continue after this one, in `direction`. */
  readonly afterNumber?: number
}

export type PresenceLogPage = {
  readonly events: readonly LoggedPresence[]
  readonly hasMore: boolean
}

export class PresenceLog {
  readonly #channels = new Map<ChannelName, LoggedPresence[]>()
  #count = 0

  /** Takes over what has happened in a channel since the last call. */
  take(channel: Channel, now: () => number, positionOf: (channel: ChannelName) => string): void {
    const events = channel.takeHappened()
    if (events.length === 0) return
    const name = channel.name as ChannelName
    this.#add(name, events, { atMs: now(), position: positionOf(name) })
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

  page(channel: ChannelName, query: PresenceLogQuery, nowMs: number): PresenceLogPage {
    const { direction, limit, untilSerial, afterNumber } = query
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
