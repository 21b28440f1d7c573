// Which planned changes of the policy wait, and until when. The records say it; this remembers only their instants, so that
// nothing is decided after one of them by the policy before it.

import type { Store, StoredRecord, Write } from '@sayso/store'
import { StaleDecision, StaleRecord, StoreClosed, StoreFull } from '@sayso/store'
import { audited } from '../audit/audited.ts'
import type { Context } from '../context.ts'
import { VERSIONS } from '../policy-history.ts'
import { appliedWrite, failedWrite } from './due-plan.ts'
import { type KeptPlan, PLANS, planOf } from './plan-record.ts'

/** Planned at the same time; the 101st is refused. */
export const MOST_PLANS = 100

export class Plans {
  /** Instants of those that wait, by key; milliseconds since 1970. */
  readonly #waiting = new Map<string, number>()
  readonly #failed = new Set<string>()
  readonly #changed: () => void

  /** @param changed told when instants have come or gone */
  constructor(changed: () => void) {
    this.#changed = changed
  }

  async load(store: Pick<Store, 'records'>): Promise<void> {
    for (const record of await allPlans(store)) this.#take(record.key, planOf(record))
  }

  /** The store through which plans are known as soon as they are committed. */
  attend(store: Store): Store {
    const transact = async (write: Write) => {
      const committed = await store.transact(write)
      const plans = (write.records ?? []).filter(({ collection }) => collection === PLANS)
      for (const { key, value } of plans) this.#take(key, value as KeptPlan | undefined)
      if (plans.length > 0) this.#changed()
      return committed
    }
    return new Proxy(store, {
      get(target, name) {
        if (name === 'transact') return transact
        const value = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  /** How many were not carried out and wait for somebody to look at them. */
  get failed(): number {
    return this.#failed.size
  }

  get size(): number {
    return this.#waiting.size + this.#failed.size
  }

  /** When the next one is due; undefined if none waits. */
  nextDueMs(): number | undefined {
    return this.#next()?.[1]
  }

  /** Commits what becomes of the next one. Does nothing if rights moved or it was changed meanwhile: ask again. */
  async commitNext(context: Context): Promise<void> {
    const [key] = this.#next() ?? []
    if (key === undefined) return
    const { store } = context
    const record = await store.record(PLANS, key)
    const isFirst = (await store.records({ collection: VERSIONS, limit: 1 })).length === 0
    if (record === undefined) return this.#take(key, undefined)
    if (planOf(record).atMs > context.now()) return this.#take(key, planOf(record))
    const { world } = context.standing
    const nowMs = context.now()
    try {
      const write = audited(world, appliedWrite(world, record, isFirst, nowMs))
      await store.transact({ expect: world.revision, ...write })
    } catch (error) {
      if (isMoved(error)) return
      if (error instanceof StoreFull || error instanceof StoreClosed) throw error
      await store.transact(failedWrite(record, error, nowMs)).catch((cause: unknown) => {
        if (!isMoved(cause)) throw cause
      })
    }
  }

  #next(): readonly [string, number] | undefined {
    let next: readonly [string, number] | undefined
    for (const each of this.#waiting) {
      const isSooner = next === undefined || each[1] < next[1]
      if (isSooner || (each[1] === next?.[1] && each[0] < next[0])) next = each
    }
    return next
  }

  #take(key: string, plan: KeptPlan | undefined): void {
    this.#waiting.delete(key)
    this.#failed.delete(key)
    if (plan === undefined) return
    if (plan.problem === undefined) this.#waiting.set(key, plan.atMs)
    else this.#failed.add(key)
  }
}

/** Those that wait and those that were not carried out. */
export function allPlans(store: Pick<Store, 'records'>): Promise<readonly StoredRecord[]> {
  return store.records({ collection: PLANS, limit: MOST_PLANS })
}

/** Something else was committed first: it is looked at again. */
function isMoved(error: unknown): boolean {
  return error instanceof StaleDecision || error instanceof StaleRecord
}
