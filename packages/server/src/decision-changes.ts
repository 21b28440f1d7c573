// What rights changes did to decisions, one line per subject and resource, for servers that follow along. Worked out
// beside the feed in small slices, and only while somebody follows.

import { type Cause, flips, type World } from '@sayso/policy'
import type { RightsFeedEntry } from '@sayso/store'

/** Lines worked out between two turns of the event loop. */
const SLICE = 100
/** Lines kept for those who come back. */
const KEPT = 10_000
/** Changes that may wait to be worked out; beyond it followers have a gap. */
const MOST_WAITING = 200
/** It goes on for so long after the last follower has gone; milliseconds. */
const LINGER_MS = 300_000

export type DecisionChange = {
  /** `<revision>.<number>`; rises. */
  readonly id: string
  readonly revision: number
  readonly subject: string
  readonly resource: string
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  readonly cause: Cause
}

/** `gap`: what came before is not known; ask anew for what matters. */
export type Told = DecisionChange | { readonly gap: true; readonly revision: number }

type Job = { readonly before: World; readonly after: World; readonly entry: RightsFeedEntry }

export class DecisionChanges {
  readonly #now: () => number
  readonly #report: (error: unknown) => void
  readonly #followers = new Set<(told: Told) => void>()
  readonly #kept: DecisionChange[] = []
  readonly #jobs: Job[] = []
  /** Everything after this revision is kept, or still to be worked out. */
  #from = Number.POSITIVE_INFINITY
  #leftAtMs = Number.NEGATIVE_INFINITY
  #isWorking = false

  constructor(now: () => number, report: (error: unknown) => void) {
    this.#now = now
    this.#report = report
  }

  /** Takes a change as it was folded; cheap. */
  fold(job: Job): void {
    if (this.#followers.size === 0 && this.#now() - this.#leftAtMs > LINGER_MS) {
      this.#from = Number.POSITIVE_INFINITY
      this.#kept.length = 0
      return
    }
    if (this.#jobs.length >= MOST_WAITING) return this.#lose(job.after.revision)
    this.#jobs.push(job)
    if (this.#isWorking) return
    this.#isWorking = true
    setImmediate(() => void this.#work())
  }

  /**
   * Hears what changes from now on, after what came since a position if that is known, else after a gap.
   *
   * @param revision of the world as folded
   * @returns how to stop
   */
  follow(lastId: string | undefined, revision: number, hear: (told: Told) => void): () => void {
    if (this.#from === Number.POSITIVE_INFINITY) this.#from = revision
    if (lastId !== undefined) {
      if (Number.parseInt(lastId, 10) < this.#from) hear({ gap: true, revision })
      else for (const each of this.#kept) if (isAfter(each.id, lastId)) hear(each)
    }
    this.#followers.add(hear)
    return () => {
      this.#followers.delete(hear)
      this.#leftAtMs = this.#now()
    }
  }

  async #work(): Promise<void> {
    try {
      for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift())
        await this.#workOut(job)
    } catch (error) {
      this.#report(error)
    } finally {
      this.#isWorking = false
    }
  }

  async #workOut({ before, after, entry }: Job): Promise<void> {
    const { revision, cause } = entry
    let number = 0
    for (const { subject, resource, gained, lost } of flips(before, after, entry.changes)) {
      number += 1
      const id = `${revision}.${number}`
      this.#tell({ id, revision, subject, resource, gained, lost, cause })
      if (number % SLICE === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  #tell(change: DecisionChange): void {
    this.#kept.push(change)
    if (this.#kept.length > KEPT) {
      const gone = this.#kept.splice(0, KEPT / 10)
      this.#from = gone.at(-1)?.revision ?? this.#from
    }
    for (const hear of this.#followers) hear(change)
  }

  #lose(revision: number): void {
    this.#jobs.length = 0
    this.#kept.length = 0
    this.#from = revision
    for (const hear of this.#followers) hear({ gap: true, revision })
  }
}

function isAfter(id: string, last: string): boolean {
  const [revision = 0, number = 0] = id.split('.').map(Number)
  const [lastRevision = 0, lastNumber = 0] = last.split('.').map(Number)
  return revision > lastRevision || (revision === lastRevision && number > lastNumber)
}
