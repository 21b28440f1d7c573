// What the hot path counts of one app: a number for each thing, a bucket for each duration, and nothing for each message.

import type { DeliveredEvent } from '@sayso/channel'
import type { FeedEntry } from '@sayso/store'
import { Durations } from './durations.ts'

/** Milliseconds of a clock that all threads of the process share and nobody sets. */
export const processNow: () => number = clockOfProcess()

/** Readers that are written to between two readings of the clock: some hundredths of a millisecond. */
const READERS_A_READING = 16

export class Meter {
  /** Messages, edits, deletions and reactions that were told, fleeting ones as well. */
  published = 0
  /** The same once for each reader they were written for. */
  delivered = 0
  /** Questions that were answered with no. */
  denied = 0
  /** From the commit of a message until it was handed to a reader's socket. */
  readonly delivery = new Durations()
  /** From the commit of a change of rights until the last socket it concerns was told. */
  readonly revoke = new Durations()
  /** When what is being told now was committed; milliseconds of `processNow`. */
  sinceMs = 0

  readonly #now: () => number
  #wroteSinceMs = 0
  #wroteMs = 0
  #untilRead = 0

  constructor(now: () => number = processNow) {
    this.#now = now
  }

  /** What follows was committed then. @param atMs absent: just now */
  committed(atMs = this.#now()): void {
    this.sinceMs = atMs
  }

  told(entry: FeedEntry): void {
    if (entry.kind === 'message') this.published += entry.messages.length
    else if (entry.kind === 'annotation') this.published += entry.annotations.length
  }

  toldFleeting(): void {
    this.published += 1
    this.sinceMs = this.#now()
  }

  delivering(events: readonly DeliveredEvent[], readers: number): void {
    let messages = 0
    for (const event of events) messages += weightOf(event)
    this.delivered += messages * readers
  }

  /** A reader's socket took all that waited for it. @param sinceMs when the first of it was committed */
  readonly wrote = (sinceMs: number): void => {
    // Many readers are written to one after the other: the clock is read for some of them together.
    if (sinceMs !== this.#wroteSinceMs || this.#untilRead === 0) {
      this.#wroteSinceMs = sinceMs
      this.#untilRead = READERS_A_READING
      this.#wroteMs = this.#now()
    }
    this.#untilRead -= 1
    this.delivery.note(this.#wroteMs - sinceMs)
  }

  /** Notes how long it is since a change of rights was committed; call it when the last socket has been told. */
  revoked(sinceMs: number): void {
    this.revoke.note(this.#now() - sinceMs)
  }
}

function weightOf(event: DeliveredEvent): number {
  if (event.kind === 'message') return event.messages.length
  return event.kind === 'annotation' ? event.annotations.length : 0
}

/** `performance.now()` is quicker to read and counts from another beginning in each thread. */
function clockOfProcess(): () => number {
  const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now()
  return () => offset + performance.now()
}
