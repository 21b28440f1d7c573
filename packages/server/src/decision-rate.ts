// How many questions each caller may ask: a bucket for each that holds one second's worth. A large request may empty it and
// owe the rest, so that it is answered once and waited for afterwards.

import type { KeyId } from '@sayso/policy'

type Bucket = { left: number; atMs: number }

/** The caller has asked more than its share: the request was not looked at. */
export class TooManyDecisions extends Error {
  /** Whole seconds, at least 1. */
  readonly retryAfter: number
  constructor(perSecond: number, retryAfter: number) {
    super(
      `this key has asked more than ${perSecond} questions a second; wait ${retryAfter} s, or raise SAYSO_DECISION_RATE`,
    )
    this.retryAfter = retryAfter
  }
}

export class DecisionRate {
  readonly #buckets = new Map<KeyId, Bucket>()
  readonly #perSecond: number
  readonly #now: () => number

  /** @param perSecond questions of one key; more than 0 */
  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond
    this.#now = now
  }

  /** Takes one request out. @throws {TooManyDecisions} while what was asked before is not made up for */
  charge(key: KeyId): void {
    const there = this.#refilled(key)
    if (there > 0) return this.owe(key, 1)
    const most = this.#perSecond
    throw new TooManyDecisions(most, Math.max(1, Math.ceil(-there / most)))
  }

  /** Takes the questions of a request that was let in; what is not there is owed. */
  owe(key: KeyId, questions: number): void {
    const left = this.#refilled(key) - questions
    this.#buckets.set(key, { left, atMs: this.#now() })
  }

  #refilled(key: KeyId): number {
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) return this.#perSecond
    const gained = (Math.max(0, this.#now() - bucket.atMs) * this.#perSecond) / 1_000
    return Math.min(this.#perSecond, bucket.left + gained)
  }
}
