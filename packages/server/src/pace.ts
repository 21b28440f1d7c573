// Slow mode: when each person last wrote in a channel that takes one message in a while. Kept with the messages, so that it
// outlives the process.

import { type ChannelName, decide, resourceOf, type World } from '@sayso/policy'
import type { NewRecord, Store } from '@sayso/store'
import type { Asker } from './commands/asker.ts'
import { Failure } from './commands/failure.ts'

/** Longest slow mode; seconds. */
export const LONGEST_PACE_S = 6 * 3_600
/** Whoever may do this on a channel writes there as often as they like. */
export const PACE_ACTION = 'set-pace'

const COLLECTION = 'pace'
const PAGE = 1_000
/** So many are held before those that no longer matter are let go. */
const MANY = 10_000

type Last = { readonly atMs: number; readonly id: string }

/** What one publish asks for. */
export type PaceAsked = {
  readonly channel: ChannelName
  readonly asker: Asker
  /** The same for a repeat of the same publish, which is not counted twice. */
  readonly id: string
  readonly messages: number
}

/** A turn that was taken. */
export type Turn = {
  /** What keeps it; commits with the message. */
  readonly record: NewRecord
  /** Gives it back: the message was not said. */
  readonly undo: () => void
}

/** Seconds between two messages of one person on a channel; undefined: as many as they like. */
export function paceOn(
  world: World,
  { credential }: Asker,
  channel: ChannelName,
): number | undefined {
  const resource = resourceOf(world.policy, channel)
  const seconds = resource && world.facts.resource(resource)?.paceSeconds
  if (resource === undefined || typeof seconds !== 'number' || seconds <= 0) return undefined
  // A key is the owner's own server.
  const subject = credential.kind === 'token' ? credential.subject : undefined
  if (subject === undefined) return undefined
  const isExempt = decide(world, { subject, action: PACE_ACTION, resource, standing: true }).allowed
  return isExempt ? undefined : Math.min(seconds, LONGEST_PACE_S)
}

export class Pace {
  readonly #now: () => number
  readonly #last = new Map<string, Last>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Reads what is kept, and removes what no longer matters. */
  async load(store: Store): Promise<this> {
    let afterKey: string | undefined
    for (;;) {
      const query = { collection: COLLECTION, limit: PAGE, ...(afterKey && { afterKey }) }
      const page = await store.records(query)
      const old = page.filter(({ updatedAtMs }) => this.#isOver(updatedAtMs))
      for (const { key, value, updatedAtMs } of page) {
        if (!this.#isOver(updatedAtMs)) this.#last.set(key, lastOf(value))
      }
      const records = old.map(
        ({ key }): NewRecord => ({ collection: COLLECTION, key, value: undefined }),
      )
      if (records.length > 0) await store.transact({ entries: [], records })
      if (page.length < PAGE) return this
      afterKey = page.at(-1)?.key
    }
  }

  /**
   * Takes a person's turn on a channel, if slow mode counts for them there. Synchronous: of two at once one waits.
   *
   * @throws {Failure} `slow_mode` with `retryAfterMs`
   */
  take(world: World, { channel, asker, id, messages }: PaceAsked): Turn | undefined {
    const seconds = paceOn(world, asker, channel)
    if (seconds === undefined) return undefined
    if (messages > 1) {
      throw new Failure('slow_mode', `\`${channel}\` takes one message at a time in slow mode`, {
        remedy: 'send them one by one',
        retryAfterMs: 0,
      })
    }
    const key = `${channel} ${asker.clientId ?? ''}`
    const before = this.#last.get(key)
    const nowMs = this.#now()
    if (before?.id === id) return this.#turn(key, before, before)
    const waitMs = before === undefined ? 0 : before.atMs + seconds * 1_000 - nowMs
    if (waitMs > 0) {
      throw new Failure('slow_mode', `\`${channel}\` takes one message every ${seconds} s`, {
        remedy: `send it again in ${Math.ceil(waitMs / 1_000)} s`,
        retryAfterMs: Math.ceil(waitMs),
      })
    }
    this.#letGo()
    return this.#turn(key, { atMs: nowMs, id }, before)
  }

  #turn(key: string, taken: Last, before: Last | undefined): Turn {
    this.#last.set(key, taken)
    return {
      record: { collection: COLLECTION, key, value: { ...taken } },
      undo: () => {
        if (this.#last.get(key) !== taken) return
        if (before === undefined) this.#last.delete(key)
        else this.#last.set(key, before)
      },
    }
  }

  #letGo(): void {
    if (this.#last.size < MANY) return
    for (const [key, { atMs }] of this.#last) if (this.#isOver(atMs)) this.#last.delete(key)
  }

  #isOver(atMs: number): boolean {
    return atMs + LONGEST_PACE_S * 1_000 < this.#now()
  }
}

function lastOf({ atMs, id }: Readonly<Record<string, unknown>>): Last {
  return { atMs: typeof atMs === 'number' ? atMs : 0, id: String(id) }
}
