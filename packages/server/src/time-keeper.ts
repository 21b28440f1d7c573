// Time as a cause of change: grants that end or start, rules with an instant and planned policies become entries of the log,
// at once when they are due and before anything is decided after that.

import { dueChanges, nextDueMs, type RightsChange } from '@sayso/policy'
import { audited } from './audit/audited.ts'
import { shownKey } from './commands/key-terms.ts'
import type { Context } from './context.ts'
import type { Plans } from './plans/plans.ts'

/** Timers longer than this fire at once, so a later instant is waited for in steps; milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
/** Changes of one entry at most: what many ends at one instant leave to be folded at once. */
const MOST_CHANGES = 250
/** How long to wait after a store that could not take the entry; milliseconds. */
const RETRY_MS = 1_000

export type TimeKeeperOptions = {
  readonly context: () => Context
  /** Changes of the policy that wait for their instant. */
  readonly plans: Plans
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
    const due = [nextDueMs(standing.world), this.#options.plans.nextDueMs()]
    const known = due.filter((instant) => instant !== undefined)
    this.#dueMs = known.length === 0 ? undefined : Math.min(...known)
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

  /** One entry after the other, in the order of their instants; of the same one what the world holds comes first. */
  async #commitDue(): Promise<void> {
    const context = this.#options.context()
    const { plans } = this.#options
    while (this.isDue()) {
      const planned = plans.nextDueMs() ?? Number.POSITIVE_INFINITY
      const changes = dueChanges(
        context.standing.world,
        Math.min(context.now(), planned),
        MOST_CHANGES,
      )
      if (changes.length > 0) await commitChanges(context, changes)
      else if (planned <= context.now()) await plans.commitNext(context)
      else return
      this.plan()
    }
  }
}

async function commitChanges(context: Context, changes: readonly RightsChange[]): Promise<void> {
  const { world } = context.standing
  const write = audited(world, {
    entries: [{ kind: 'rights', changes, cause: { command: 'time' } }],
    audit: {
      command: 'time',
      actor: 'server',
      target: targetOf(changes),
      details: { changes: changes.map(shown) },
    },
  })
  await context.store.transact({ expect: world.revision, ...write }).catch((error: unknown) => {
    // Rights moved meanwhile: what is due is worked out again.
    if (context.standing.world.revision === world.revision) throw error
  })
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
