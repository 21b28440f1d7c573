// Takes away what channels keep no longer: at the start, once an hour, and when it was said anew how long they keep it. In
// slices, each of which may be repeated: what a crash cut short is found again by the next sweep.

import { type ChannelName, keyOf } from '@sayso/policy'
import type { Trimmer } from '@sayso/store'
import { commit } from '../commands/decide-and-commit.ts'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import { OneByOne } from '../one-by-one.ts'
import { ChannelSweep } from './channel-sweep.ts'
import { DAY_MS, type Days, keptDays, ruleFor } from './days.ts'
import { HOLDS } from './hold-record.ts'
import type { Keeping, Removed, Swept } from './keeping.ts'
import { removeLeftovers } from './leftovers.ts'
import { STATE, UNDER_WAY } from './state.ts'
import { whatGoes } from './what-goes.ts'

export const SWEEP_EVERY_MS = 3_600_000
/** How often the database is asked to take the write-ahead log in. */
const MOST_FLUSHES = 20
const MOST_CLEANINGS = 1_000

export type RetentionOptions = {
  readonly context: () => Context
  readonly hub: () => Hub
  /** Absent: nothing is ever removed, as the store keeps nothing for good. */
  readonly trimmer: Trimmer | undefined
  /** Runs something later and returns how to call it off. */
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
}

export class Retention implements Keeping {
  readonly #options: RetentionOptions
  readonly #turns = new OneByOne()
  #stopTimer: () => void = () => undefined
  #nextAtMs: number | undefined
  #running = 0
  #isStopped = false

  constructor(options: RetentionOptions) {
    this.#options = options
  }

  get nextAtMs(): number | undefined {
    return this.#nextAtMs
  }

  get isRunning(): boolean {
    return this.#running > 0
  }

  soon(): void {
    // One that waits sees what is new by the time it begins.
    if (this.#isStopped || this.#running > 1) return
    this.sweep()
      .catch((error) => this.#options.report(error))
      .finally(() => this.plan())
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#stopTimer()
    await this.#turns.run('sweep', async () => undefined)
  }

  async sweep(): Promise<Swept> {
    this.#running += 1
    try {
      return await this.#turns.run('sweep', () => this.#sweep())
    } finally {
      this.#running -= 1
    }
  }

  async preview(change: Partial<Days> = {}): Promise<Removed> {
    const { trimmer } = this.#options
    const context = this.#options.context()
    const days = { ...(await keptDays(context.store)), ...change }
    return whatGoes(context, trimmer, days)
  }

  plan(): void {
    this.#stopTimer()
    if (this.#isStopped) return
    const { now, holds } = this.#options.context()
    const nextMs = Math.min(now() + SWEEP_EVERY_MS, holds.nextEndMs() ?? Number.POSITIVE_INFINITY)
    this.#nextAtMs = nextMs
    this.#stopTimer = this.#options.timer(() => this.soon(), Math.max(0, nextMs - now()))
  }

  async #sweep(): Promise<Swept> {
    const { trimmer } = this.#options
    const context = this.#options.context()
    await this.#endHolds(context)
    const none = { channels: 0, messages: 0, files: 0 }
    if (trimmer === undefined) return none
    const days = await keptDays(context.store)
    const wasCut = (await context.store.record(STATE, UNDER_WAY)) !== undefined
    const swept = { ...none }
    const isStopped = () => this.#isStopped
    const sweeping = { context, hub: this.#options.hub(), trimmer, isStopped }
    for (let after: number | undefined = 0; after !== undefined && !this.#isStopped; ) {
      const page: Awaited<ReturnType<Trimmer['channels']>> = await trimmer.channels(after)
      for (const channel of page.channels) {
        const rule = ruleFor(context.standing.world, days, channel)
        const gone = rule && (await new ChannelSweep(sweeping, channel, rule).run())
        if (gone === undefined || gone.messages === 0) continue
        swept.channels += 1
        swept.messages += gone.messages
        swept.files += gone.files
      }
      after = page.next
    }
    if (swept.messages > 0 || wasCut) await this.#finish(context, trimmer, days)
    return swept
  }

  async #endHolds(context: Context): Promise<void> {
    for (const id of context.holds.over()) {
      const target = context.holds.get(id)?.on ?? id
      await commit(context, {
        entries: [],
        records: [{ collection: HOLDS, key: id, value: undefined }],
        audit: { command: 'end-hold', actor: 'server', target, details: { hold: id } },
      })
    }
  }

  /** What points to what went, bytes of files, and the places of both on the disk. */
  async #finish(context: Context, trimmer: Trimmer, days: Days): Promise<void> {
    const { store, standing, holds, desk, now } = context
    const isPast = (channel: ChannelName, atMs: number) => {
      const rule = ruleFor(standing.world, days, channel)
      if (rule === undefined || holds.onChannel(standing.world, channel)) return false
      if (rule.isDesk) return desk.book.get(keyOf(rule.resource)) === undefined
      return atMs < now() - rule.days * DAY_MS
    }
    const message = async (channel: ChannelName, serial: string) => {
      const isRuled = ruleFor(standing.world, days, channel) !== undefined
      return isRuled && (await store.message(channel, serial, standing.revision)) === undefined
    }
    await holds.alone(() => removeLeftovers(context, { message, isPast }))
    await context.files.sweep()
    for (let round = 0; round < MOST_FLUSHES; round += 1) if (await trimmer.flush()) break
    const finder = context.finder?.()
    for (let round = 0; finder !== undefined && round < MOST_CLEANINGS; round += 1)
      if (await finder.clean(standing.revision)) break
    if (this.#isStopped) return
    await commit(context, {
      entries: [],
      records: [{ collection: STATE, key: UNDER_WAY, value: undefined }],
    })
  }
}
