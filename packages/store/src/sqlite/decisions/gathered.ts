// Lines on their way to the disk: gathered, handed over a batch at a time, dropped and counted where there are too many.

import type { DecisionStats, NewDecision } from '../../decisions.ts'
import { WIDTH } from './table.ts'
import type { Value } from './wire.ts'

/** Lines that may wait for the disk. */
const MOST_WAITING = 50_000
/** Lines of one transaction, and of one message to the thread. */
const A_BATCH = 1_000
/** How long a line waits for others; milliseconds. */
const GATHER_MS = 250

type Options = {
  /** Rejects if nothing was written. */
  readonly write: (values: readonly Value[], dropped: number) => Promise<unknown>
  readonly now: () => number
  readonly report: (error: Error) => void
}

export class Gathered {
  readonly #options: Options
  /** The last one is being filled. */
  #batches: Value[][] = []
  #waiting = 0
  #timer: NodeJS.Timeout | undefined
  #isWriting = false
  #isWell = true
  #written = 0
  #dropped = 0
  /** Dropped, and not yet said in the file. */
  #untold = 0
  #lastDroppedAtMs: number | undefined

  constructor(options: Options) {
    this.#options = options
  }

  get untold(): number {
    return this.#untold
  }

  counters(): DecisionStats {
    const counters = { written: this.#written, waiting: this.#waiting, dropped: this.#dropped }
    const lastDroppedAtMs = this.#lastDroppedAtMs
    return lastDroppedAtMs === undefined ? counters : { ...counters, lastDroppedAtMs }
  }

  add(line: NewDecision): void {
    if (this.#waiting >= MOST_WAITING) return this.#drop(1)
    this.#waiting += 1
    let batch = this.#batches.at(-1)
    if (batch === undefined || batch.length >= A_BATCH * WIDTH) {
      batch = []
      this.#batches.push(batch)
    }
    push(batch, line)
    if (this.#isWriting) return
    if (batch.length >= A_BATCH * WIDTH) void this.#write()
    else this.#timer ??= setTimeout(() => void this.#write(), GATHER_MS).unref()
  }

  /** Hands over everything at once: what is asked of the thread after it comes after it. */
  handOver(): void {
    while (this.#batches.length > 0) void this.#send()
  }

  /** One batch after the other: what cannot be written that fast waits here, where it is counted. */
  async #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isWriting) return
    this.#isWriting = true
    while (this.#batches.length > 0) await this.#send()
    this.#isWriting = false
  }

  async #send(): Promise<void> {
    const batch = this.#batches.shift() ?? []
    const lines = batch.length / WIDTH
    const dropped = this.#untold
    this.#untold = 0
    try {
      await this.#options.write(batch, dropped)
      this.#written += lines
      this.#isWell = true
    } catch (error) {
      this.#untold += dropped
      this.#drop(lines)
      if (this.#isWell) this.#options.report(error as Error)
      this.#isWell = false
    } finally {
      this.#waiting -= lines
    }
  }

  #drop(lines: number): void {
    this.#dropped += lines
    this.#untold += lines
    this.#lastDroppedAtMs = this.#options.now()
  }
}

/** In the order of the columns. */
function push(values: Value[], line: NewDecision): void {
  values.push(
    line.id,
    line.atMs,
    line.door,
    line.actor,
    line.key ?? null,
    line.subject ?? null,
    line.action,
    line.on,
    line.resource ?? null,
    line.tenant ?? null,
    line.allowed ? 1 : 0,
    line.reason,
    line.by ?? null,
    line.policy,
    line.revision,
    line.reasons ?? null,
    line.found ?? null,
  )
}
