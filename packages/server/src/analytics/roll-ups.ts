// Keeps the roll-ups of an app at work: now and then they take what has happened, and it is seen how that goes.

import type { Analytics } from '@sayso/store'
import { type Condition, down, late, well } from '../observe/condition.ts'

/** How often they take what has happened; also at the end, and whenever they are asked. Milliseconds. */
const EVERY_MS = 30_000
/** Longer than this they are behind; milliseconds. */
const LATE_MS = 10_000

export type RollUpsOptions = {
  readonly analytics: Analytics | undefined
  /** A number that moves when there is something to take. */
  readonly position: () => number
  readonly now: () => number
  readonly report: (error: unknown) => void
}

export class RollUps {
  readonly #options: RollUpsOptions
  readonly #timer: NodeJS.Timeout
  #taken = -1
  #following: Promise<void> | undefined
  #sinceMs = 0

  constructor(options: RollUpsOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.follow(), EVERY_MS).unref()
  }

  /** Never rejects. */
  follow(): Promise<void> {
    const { position, now } = this.#options
    if (this.#following === undefined && this.#taken !== position()) {
      this.#taken = position()
      this.#sinceMs = now()
      this.#following = this.#follow().finally(() => {
        this.#following = undefined
      })
    }
    return this.#following ?? Promise.resolve()
  }

  condition(): Condition {
    const { analytics, now } = this.#options
    const trouble = analytics?.trouble()
    if (trouble !== undefined) return down('analytics', trouble)
    const isLate = this.#following !== undefined && now() - this.#sinceMs > LATE_MS
    return isLate ? late('analytics', 'they take in what happened before') : well('analytics')
  }

  /** What is under way ends when they are closed. */
  stop(): void {
    clearInterval(this.#timer)
  }

  async #follow(): Promise<void> {
    const { analytics, report } = this.#options
    try {
      await analytics?.follow()
    } catch (error) {
      this.#taken = -1
      report(error)
    }
  }
}
