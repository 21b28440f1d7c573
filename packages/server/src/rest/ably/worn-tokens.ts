// Expired tokens that are shown again and again. The stock client repeats a REST call with the token it first sent,
// whatever it was given since: told each time to renew, it would ask for tokens without end.

import { createHash } from 'node:crypto'

/** Refusals of one token after which its bearer is told to stop; enough for many calls at the same moment. */
const MOST_REFUSALS = 50
/** Tokens remembered; the oldest are forgotten first. */
const MOST_TOKENS = 1_000

export class WornTokens {
  readonly #refusals = new Map<string, number>()

  /** Counts a refusal; true once it was refused so often that renewing cannot be what its bearer does. */
  isWornOut(token: string): boolean {
    const name = createHash('sha256').update(token).digest('base64')
    const refusals = (this.#refusals.get(name) ?? 0) + 1
    this.#refusals.set(name, refusals)
    const [oldest] = this.#refusals.keys()
    if (this.#refusals.size > MOST_TOKENS && oldest !== undefined) this.#refusals.delete(oldest)
    return refusals > MOST_REFUSALS
  }
}
