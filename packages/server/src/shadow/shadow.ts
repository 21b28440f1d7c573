// Decides real questions once more by a policy that is only tried, beside everything else: what is asked goes into a short queue,
// and is worked off a little at a time. Nobody waits for it, and nothing it finds is an answer to anybody.

import { compilePolicy, type Policy, type World } from '@sayso/policy'
import { parsePolicy } from '@sayso/policy/document'
import type { Store } from '@sayso/store'
import { decidingName, type Watched } from '../observe/watched.ts'
import {
  differenceKey,
  differenceRecord,
  type KeptShadow,
  keptDifferences,
  keptShadow,
  MOST_DIFFERENCES,
  NO_COUNTS,
  type ShadowDifference,
  shadowOf,
  shadowRecord,
  type Trial,
} from './shadow-record.ts'

/** Questions that wait; more than that are counted and let go. */
const MOST_WAITING = 1_000
/** How long it works in one turn, and how long it rests then: at most a tenth of the time; milliseconds. */
const WORK_MS = 2
const REST_MS = 20
/** Counts are written down so often; milliseconds. */
const FLUSH_MS = 5_000

export type ShadowOptions = {
  readonly store: Store
  readonly world: () => World
  /** Told to watch while something is tried, and to stop. */
  readonly watch: (watcher: ((watched: Watched) => void) | undefined) => void
  readonly now: () => number
  /** Runs something after a while; returns a way to call it off. */
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
}

export class Shadow {
  readonly #options: ShadowOptions
  #trial: Trial | undefined
  #policy: Policy | undefined
  #counts = NO_COUNTS
  readonly #differences = new Map<string, ShadowDifference>()
  readonly #unsaved = new Set<string>()
  #isUnsaved = false
  #waiting: Watched[] = []
  #taken = 0
  #stopWork: (() => void) | undefined
  #stopFlush: (() => void) | undefined
  #stopEnd: (() => void) | undefined

  constructor(options: ShadowOptions) {
    this.#options = options
  }

  /** Goes on with what was tried when the server stopped. */
  async load(): Promise<void> {
    const { store } = this.#options
    const record = await keptShadow(store)
    if (record === undefined) return
    const { counts, ...trial } = shadowOf(record)
    this.#counts = counts
    for (const { key, value } of await keptDifferences(store))
      this.#differences.set(key, value as ShadowDifference)
    try {
      this.#hold(trial)
    } catch (error) {
      // A policy that this version of the server does not take is not tried; nothing else is the matter.
      this.#options.report(error)
    }
  }

  /** What is tried, or was tried last. */
  get trial(): Trial | undefined {
    return this.#trial
  }

  get isOn(): boolean {
    return this.#policy !== undefined
  }

  get kept(): KeptShadow | undefined {
    return this.#trial && { ...this.#trial, counts: this.#counts }
  }

  /** What the two policies answer differently, the most frequent first. */
  differences(): readonly ShadowDifference[] {
    return [...this.#differences.values()].sort(
      (a, b) => b.count - a.count || b.lastAtMs - a.lastAtMs,
    )
  }

  /** Names of the rows there are, for whoever begins anew. */
  get rows(): readonly string[] {
    return [...this.#differences.keys()]
  }

  /** From now on; it is committed already. */
  begin(trial: Trial): void {
    this.#differences.clear()
    this.#unsaved.clear()
    this.#counts = NO_COUNTS
    this.#hold(trial)
  }

  /** No more questions are taken; it is committed already. */
  end(trial: Trial): void {
    this.#hold(trial)
  }

  /** Nothing of somebody is kept. */
  forget(subject: string): void {
    for (const [key, difference] of this.#differences) {
      if (difference.subject !== subject) continue
      this.#differences.delete(key)
      this.#unsaved.delete(key)
    }
    this.#waiting = this.#waiting.filter((each) => each.subject !== subject)
  }

  /** Sets no more timers, and writes down what was counted. */
  async stop(): Promise<void> {
    this.#rest()
    await this.flush()
  }

  /** Writes down what was counted since the last time. */
  async flush(): Promise<void> {
    const { kept } = this
    if (kept === undefined || !this.#isUnsaved) return
    const rows = [...this.#unsaved].flatMap((key) => {
      const row = this.#differences.get(key)
      return row === undefined ? [] : [differenceRecord(key, row)]
    })
    this.#unsaved.clear()
    this.#isUnsaved = false
    await this.#options.store.transact({ entries: [], records: [shadowRecord(kept), ...rows] })
  }

  #hold(trial: Trial): void {
    this.#rest()
    this.#trial = trial
    const leftMs = trial.untilMs - this.#options.now()
    if (trial.endedAtMs !== undefined || leftMs <= 0) return
    this.#policy = compilePolicy(parsePolicy(trial.text))
    this.#options.watch((watched) => this.#take(watched))
    const { timer, report } = this.#options
    this.#stopEnd = timer(() => {
      this.#rest()
      this.flush().catch(report)
    }, leftMs)
    const flushLater = () => {
      this.#stopFlush = timer(() => {
        this.flush().catch(report).finally(flushLater)
      }, FLUSH_MS)
    }
    flushLater()
  }

  #rest(): void {
    this.#options.watch(undefined)
    for (const stop of [this.#stopWork, this.#stopFlush, this.#stopEnd]) stop?.()
    this.#stopWork = undefined
    this.#policy = undefined
    this.#waiting = []
  }

  /** INVARIANT: called in the middle of others' work, so it decides nothing and cannot fail: it remembers, or counts. */
  #take(watched: Watched): void {
    const share = this.#trial?.share ?? 0
    this.#taken = (this.#taken + share) % 100
    // Each hundredth counts once: of a share of 25 every fourth question.
    if (share < 100 && this.#taken >= share) return
    this.#isUnsaved = true
    const isFull = this.#waiting.length >= MOST_WAITING
    const { asked, skipped, ...rest } = this.#counts
    this.#counts = { ...rest, asked: asked + 1, skipped: skipped + (isFull ? 1 : 0) }
    if (isFull) return
    this.#waiting.push(watched)
    this.#stopWork ??= this.#options.timer(() => this.#work(), REST_MS)
  }

  #work(): void {
    this.#stopWork = undefined
    const began = performance.now()
    let done = 0
    while (done < this.#waiting.length && performance.now() - began < WORK_MS) {
      const watched = this.#waiting[done]
      done += 1
      if (watched !== undefined) this.#compare(watched)
    }
    this.#waiting = this.#waiting.slice(done)
    if (this.#waiting.length > 0) this.#stopWork = this.#options.timer(() => this.#work(), REST_MS)
  }

  /** Both are asked on the same facts, so that what differs is the policy. */
  #compare(watched: Watched): void {
    const policy = this.#policy
    if (policy === undefined) return
    const world = this.#options.world()
    const nowMs = this.#options.now()
    const beside: World = { ...world, policy, timeMs: Math.max(world.timeMs, nowMs) }
    try {
      const real = watched.ask(world)
      const other = watched.ask(beside)
      if (real.allowed !== watched.allowed) this.#skip()
      else if (other.allowed !== real.allowed)
        this.#differ(watched, { by: decidingName(real), shadowBy: decidingName(other) }, nowMs)
    } catch {
      // What the question was about is not there any more.
      this.#skip()
    }
  }

  #skip(): void {
    this.#counts = { ...this.#counts, skipped: this.#counts.skipped + 1 }
  }

  #differ(
    { subject, action, on, allowed }: Watched,
    names: { readonly by: string | undefined; readonly shadowBy: string | undefined },
    atMs: number,
  ): void {
    const counts = this.#counts
    const key = differenceKey({ ...(subject !== undefined && { subject }), action, on, allowed })
    const known = this.#differences.get(key)
    const isOther = known === undefined && this.#differences.size >= MOST_DIFFERENCES
    const others = counts.others + (isOther ? 1 : 0)
    this.#counts = { ...counts, differed: counts.differed + 1, others }
    if (isOther) return
    const { by, shadowBy } = names
    this.#differences.set(key, {
      ...(subject !== undefined && { subject }),
      action,
      on,
      allowed,
      ...(by !== undefined && { by }),
      ...(shadowBy !== undefined && { shadowBy }),
      count: (known?.count ?? 0) + 1,
      firstAtMs: known?.firstAtMs ?? atMs,
      lastAtMs: atMs,
    })
    this.#unsaved.add(key)
  }
}
