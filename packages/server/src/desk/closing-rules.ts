// Closes what operators let be closed by itself: conversations of theirs in which the visitor has been silent after an answer for
// as long as they said, in their name. What is due is worked out from what is kept, so that it outlives a restart.

import type { Message } from '@sayso/channel'
import type { Store, Write } from '@sayso/store'
import { closeSilent } from '../commands/desk/close-silent.ts'
import { warnSilent } from '../commands/desk/warn-silent.ts'
import type { Context } from '../context.ts'
import { OneByOne } from '../one-by-one.ts'
import type { Entry } from './book.ts'
import { type ClosingRule, OPERATORS, operatorKey } from './operators.ts'
import { Silences } from './silences.ts'

const PAGE = 1_000
/** A store that refused is asked again after so long; milliseconds. */
const RETRY_MS = 2_000
/** A rule that rests, as its operator may not close, is looked at again with every change, and so often at least; milliseconds. */
const RESTING_MS = 60_000
const LONGEST_TIMER_MS = 2 ** 31 - 1

export type ClosingRulesOptions = {
  readonly context: () => Context
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
}

export class ClosingRules {
  readonly #options: ClosingRulesOptions
  readonly #order = new OneByOne()
  readonly #silences = new Silences()
  /** By `<tenant>/<operator>`. */
  readonly #rules = new Map<string, ClosingRule>()
  #stopTimer: () => void = () => undefined
  #isWanted = false
  #isOpen = false

  constructor(options: ClosingRulesOptions) {
    this.#options = options
  }

  async load(store: Pick<Store, 'records'>): Promise<void> {
    for (let afterKey: string | undefined; ; ) {
      const query = { collection: OPERATORS, limit: PAGE }
      const page = await store.records(afterKey === undefined ? query : { ...query, afterKey })
      for (const { key, value } of page) this.#keep(key, value.closing as ClosingRule | undefined)
      afterKey = page.at(-1)?.key
      if (page.length < PAGE) return
    }
  }

  begin(): void {
    this.#isOpen = true
    this.look()
  }

  stop(): Promise<void> {
    this.#isOpen = false
    this.#stopTimer()
    return this.#order.run('all', async () => undefined)
  }

  /** What was committed. */
  write({ records = [] }: Write): void {
    for (const { collection, key, value } of records) {
      if (collection !== OPERATORS) continue
      const rule = value?.closing as ClosingRule | undefined
      const isSame = JSON.stringify(this.#rules.get(key)) === JSON.stringify(rule)
      this.#keep(key, rule)
      if (!isSame) this.look()
    }
  }

  said(key: string, messages: readonly Message[]): void {
    this.#silences.said(key, messages)
    this.look()
  }

  /** A conversation changed. */
  changed(key: string, entry: Entry | undefined): void {
    if (entry === undefined || entry.conversation.state === 'closed') this.#silences.forget(key)
    else this.look()
  }

  /** Does what is due, once, and plans what comes next. */
  look(): void {
    if (this.#isWanted || !this.#isOpen || this.#rules.size === 0) return
    this.#isWanted = true
    void this.#order
      .run('all', async () => {
        this.#isWanted = false
        if (this.#isOpen) await this.#lookAtAll()
      })
      .catch((error: unknown) => {
        if (!this.#isOpen) return
        this.#options.report(error)
        this.#plan(RETRY_MS)
      })
  }

  async #lookAtAll(): Promise<void> {
    const context = this.#options.context()
    let next: number | undefined
    for (const entry of [...context.desk.book.live()]) {
      const { state, assignee = '', tenant } = entry.conversation
      const rule = this.#rules.get(operatorKey(tenant, assignee))
      if (state !== 'open' || rule === undefined) continue
      const at = await this.#lookAt(context, entry, rule)
      if (at !== undefined && at < (next ?? at + 1)) next = at
    }
    if (next !== undefined) this.#plan(next - context.now())
  }

  /** @returns when it is to be looked at again; undefined: when something changes */
  async #lookAt(
    context: Context,
    { key, conversation }: Entry,
    rule: ClosingRule,
  ): Promise<number | undefined> {
    const sinceMs = await this.#silences.lookUp(context, key)
    const { assignee: operator = '', warnedAtMs = 0 } = conversation
    if (sinceMs === undefined) return undefined
    const silence = { key, operator, sinceMs, isSilent: () => this.#isSilent(key, sinceMs) }
    const now = context.now()
    const { warnAtMs, closeAtMs } = dueOf(rule, sinceMs, warnedAtMs, now)
    if (warnAtMs !== undefined && warnAtMs <= now) {
      await warnSilent(context, { ...silence, closeAtMs })
      return Math.max(closeAtMs, now)
    }
    if (closeAtMs > now) return Math.min(warnAtMs ?? closeAtMs, closeAtMs)
    return (await closeSilent(context, silence)) ? undefined : now + RESTING_MS
  }

  #isSilent(key: string, sinceMs: number): boolean {
    return this.#silences.sinceMs(key) === sinceMs
  }

  #plan(ms: number): void {
    this.#stopTimer()
    if (!this.#isOpen) return
    const inTime = Math.min(Math.max(ms, 0), LONGEST_TIMER_MS)
    this.#stopTimer = this.#options.timer(() => this.look(), inTime)
  }

  #keep(key: string, rule: ClosingRule | undefined): void {
    if (rule === undefined) this.#rules.delete(key)
    else this.#rules.set(key, rule)
  }
}

/**
 * When a warning and the end are due.
 *
 * @param sinceMs since when the visitor is silent
 * @param warnedAtMs when there was a warning; one of before does not count
 */
export function dueOf(
  { afterSeconds, warnSeconds = 0 }: ClosingRule,
  sinceMs: number,
  warnedAtMs: number,
  nowMs: number,
): { readonly warnAtMs?: number; readonly closeAtMs: number } {
  const endMs = sinceMs + afterSeconds * 1_000
  const aheadMs = warnSeconds * 1_000
  if (aheadMs === 0) return { closeAtMs: endMs }
  const isWarned = warnedAtMs > sinceMs
  // Whoever is warned late has as long as was said.
  if (isWarned) return { closeAtMs: Math.max(endMs, warnedAtMs + aheadMs) }
  return { warnAtMs: endMs - aheadMs, closeAtMs: Math.max(endMs, nowMs + aheadMs) }
}
