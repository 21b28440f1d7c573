// One channel in one sweep: what is past is taken away in slices, then what is known of it besides; one line says how much.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { Trimmer, TrimQuery } from '@sayso/store'
import { commit } from '../commands/decide-and-commit.ts'
import type { Context } from '../context.ts'
import { doomedRecords } from '../files/file-record.ts'
import { filesIn } from '../files/listed-files.ts'
import type { Hub } from '../hub.ts'
import { conversationRemoval } from './conversation-removal.ts'
import { daysOf, type Rule, ruleFor } from './days.ts'
import { STATE, SWEEP_COMMAND, UNDER_WAY } from './state.ts'
import { tellGone } from './tell-gone.ts'
import { horizonOf } from './what-goes.ts'

/** What screens are told of at once: the newest of those that went. */
const MOST_TOLD = 1_000
/** Records of one write. */
const AT_ONCE = 500

export type Sweeping = {
  readonly context: Context
  readonly hub: Hub
  readonly trimmer: Trimmer
  /** True once the server stops. */
  readonly isStopped: () => boolean
}

/** One channel in one sweep. */
export class ChannelSweep {
  readonly #sweeping: Sweeping
  readonly #channel: ChannelName
  readonly #rule: Rule
  readonly #gone: Message[] = []
  #messages = 0
  #files = 0
  #held = 0

  constructor(sweeping: Sweeping, channel: ChannelName, rule: Rule) {
    this.#sweeping = sweeping
    this.#channel = channel
    this.#rule = rule
  }

  /** Undefined: nothing of it goes now. */
  async run(): Promise<{ readonly messages: number; readonly files: number } | undefined> {
    const { context, hub } = this.#sweeping
    const beforeMs = horizonOf(context, this.#rule)
    if (beforeMs === undefined) return undefined
    let isWhole = true
    for (let after: number | undefined = 0; after !== undefined; ) {
      const from: number = after
      const slice = await context.holds.alone(() => this.#slice(from, beforeMs))
      if (slice === undefined) isWhole = false
      after = slice?.next
    }
    if (isWhole) await this.#forget(context, beforeMs)
    tellGone({ hub, ...context }, this.#channel, this.#gone)
    if (isWhole) await this.#close(context, beforeMs)
    else if (this.#messages > 0) await commit(context, { entries: [], audit: this.#line(beforeMs) })
    return { messages: this.#messages, files: this.#files }
  }

  /** Whether it is still said so: what was said otherwise meanwhile counts at once. */
  async #holdsStill({ store, standing }: Context): Promise<boolean> {
    const { resource, days } = this.#rule
    const value = await daysOf(store, resource)
    const own = new Map(value === undefined ? [] : [[resource, value] as const])
    return ruleFor(standing.world, { own }, this.#channel)?.days === days
  }

  /** @returns where to go on; undefined: a hold is on it, or the server stops */
  async #slice(after: number, beforeMs: number): Promise<{ readonly next?: number } | undefined> {
    const { context, trimmer, isStopped } = this.#sweeping
    const { holds, standing } = context
    if (isStopped() || holds.onChannel(standing.world, this.#channel)) return undefined
    if (!(await this.#holdsStill(context))) return undefined
    const past = { channel: this.#channel, beforeMs, except: holds.people() }
    const page = await trimmer.past(past, after)
    this.#held += page.held
    const { next } = page
    if (page.entries.length > 0) {
      const files = page.messages.flatMap(({ extras }) => filesIn(extras))
      const underWay = { collection: STATE, key: UNDER_WAY, value: {} }
      for (let from = 0; from === 0 || from < files.length; from += AT_ONCE) {
        const records = [
          ...doomedRecords([...new Set(files.slice(from, from + AT_ONCE))]),
          underWay,
        ]
        await commit(context, { entries: [], records })
      }
      await trimmer.remove(this.#channel, page.entries)
      this.#messages += page.messages.length
      this.#files += files.length
      this.#gone.push(...page.messages)
      this.#gone.splice(0, this.#gone.length - MOST_TOLD)
    }
    return next === undefined ? {} : { next }
  }

  /** Who was there, and what the index knows. */
  async #forget({ finder, standing }: Context, beforeMs: number): Promise<void> {
    const { trimmer } = this.#sweeping
    while ((await trimmer.removePresence(this.#channel, beforeMs)) > 0);
    const index = finder?.()
    const before = String(beforeMs).padStart(14, '0')
    for (let after: number | undefined = 0; index !== undefined && after !== undefined; ) {
      const query: TrimQuery = { channel: this.#channel, before, after }
      after = (await index.trim(query, standing.revision)).value.next
    }
  }

  /** The line that says so; of a conversation the rest of it goes with the line. */
  async #close(context: Context, beforeMs: number): Promise<void> {
    const { resource, isDesk } = this.#rule
    const isKept = this.#held > 0
    const removal = isDesk && !isKept ? await conversationRemoval(context, resource) : undefined
    if (this.#messages === 0 && removal === undefined) return
    await commit(context, { entries: [], ...removal, audit: this.#line(beforeMs) })
  }

  #line(beforeMs: number) {
    const { resource, days, isDesk } = this.#rule
    const before = isDesk ? {} : { before: new Date(beforeMs).toISOString() }
    return {
      command: SWEEP_COMMAND,
      actor: 'server',
      target: resource,
      details: {
        days,
        ...before,
        messages: this.#messages,
        files: this.#files,
        held: this.#held,
      },
    }
  }
}
