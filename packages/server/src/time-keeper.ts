// Time as a cause of change: grants that end or start and rules with an instant become entries of the log, at once when
// they are due and before anything is decided after that.

import { dueChanges, nextDueMs, type RightsChange } from '@sayso/policy'
import { shownKey } from './commands/key-terms.ts'
import type { Context } from './context.ts'

/** Timers longer than this fire at once, so a later instant is waited for in steps; milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
/** Changes of one entry at most: what many ends at one instant leave to be folded at once. */
const MOST_CHANGES = 250
/** How long to wait after a store that could not take the entry; milliseconds. */
const RETRY_MS = 1_000

export type TimeKeeperOptions = {
  readonly context: () => Context
  /** Runs something later and returns how to call it off. */
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
}

export class TimeKeeper {
  readonly #options: TimeKeeperOptions
  #stopTimer: () => void = () => undefined
  #settling: Promise<void> | undefined
  #dueMs: number | undefined
  #isStopped = false

  constructor(options: TimeKeeperOptions) {
    this.#options = options
  }

  /** True if time has moved a right that no entry says yet. */
  isDue(): boolean {
    return this.#dueMs !== undefined && this.#dueMs <= this.#options.context().now()
  }

  /** Looks at the world again: call it whenever one was folded. */
  plan(): void {
    if (this.#isStopped) return
    const { standing, now } = this.#options.context()
    this.#dueMs = nextDueMs(standing.world)
    this.#stopTimer()
    if (this.#dueMs === undefined) return
    const ms = Math.min(Math.max(this.#dueMs - now(), 0), LONGEST_TIMER_MS)
    this.#stopTimer = this.#options.timer(() => void this.#onTimer(), ms)
  }

  /** Commits what is due; when it resolves, it holds in every open session. */
  async settle(): Promise<void> {
    this.#settling ??= this.#commitDue().finally(() => {
      this.#settling = undefined
    })
    return this.#settling
  }

  stop(): void {
    this.#isStopped = true
    this.#stopTimer()
  }

  async #onTimer(): Promise<void> {
    try {
      await this.settle()
      this.plan()
    } catch (error) {
      if (this.#isStopped) return
      this.#options.report(error)
      this.#stopTimer = this.#options.timer(() => void this.#onTimer(), RETRY_MS)
    }
  }

  async #commitDue(): Promise<void> {
    const context = this.#options.context()
    while (this.isDue()) {
      const { world } = context.standing
      const changes = dueChanges(world, context.now(), MOST_CHANGES)
      if (changes.length === 0) return
      await context.store
        .transact({
          expect: world.revision,
          entries: [{ kind: 'rights', changes, cause: { command: 'time' } }],
          audit: {
            command: 'time',
            actor: 'server',
            target: targetOf(changes),
            details: { changes: changes.map(shown) },
          },
        })
        .catch((error: unknown) => {
          // Rights moved meanwhile: what is due is worked out again.
          if (context.standing.world.revision === world.revision) throw error
        })
      this.plan()
    }
  }
}

/** As JSON, without the secrets of keys. */
function shown(change: RightsChange): unknown {
  const safe = change.kind === 'put-key' ? { ...change, key: shownKey(change.key) } : change
  return JSON.parse(JSON.stringify(safe))
}

function targetOf(changes: readonly RightsChange[]): string {
  const [first] = changes
  const what = first !== undefined && 'tuple' in first ? ` ${JSON.stringify(first.tuple)}` : ''
  return changes.length === 1 ? `1 change${what}` : `${changes.length} changes`
}
