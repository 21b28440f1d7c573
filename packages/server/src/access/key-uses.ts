// When each key was last used: noted in memory, written down every few minutes and at the end, never per request.

import type { KeyId } from '@sayso/policy'
import type { Store } from '@sayso/store'
import { RecentAddresses } from './recent-addresses.ts'

const COLLECTION = 'key-uses'
/** How often what was noted is written down; milliseconds. */
export const KEY_USES_EVERY_MS = 300_000
/** Records read at once. */
const A_PAGE = 1_000

/** The last use of each key, to the second; what a crash forgets is minutes. */
export class KeyUses {
  readonly #now: () => number
  readonly #last = new Map<KeyId, number>()
  readonly #unwritten = new Set<KeyId>()
  readonly #recent = new RecentAddresses()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Reads what an earlier process wrote down. */
  async load(store: Pick<Store, 'records'>): Promise<this> {
    let afterKey: string | undefined
    do {
      const page = await store.records({
        collection: COLLECTION,
        limit: A_PAGE,
        ...(afterKey === undefined ? {} : { afterKey }),
      })
      for (const { key, value } of page)
        if (typeof value.atMs === 'number') this.#last.set(key as KeyId, value.atMs)
      afterKey = page.length === A_PAGE ? page.at(-1)?.key : undefined
    } while (afterKey !== undefined)
    return this
  }

  /** @param address where the key itself was shown from; absent: a token that it signed was, or it is not known */
  note(key: KeyId, address?: string): void {
    const nowMs = this.#now()
    if (address !== undefined) this.#recent.note(key, address, nowMs)
    const atMs = Math.floor(nowMs / 1000) * 1000
    if ((this.#last.get(key) ?? 0) >= atMs) return
    this.#last.set(key, atMs)
    this.#unwritten.add(key)
  }

  /** Milliseconds since 1970; undefined: never. */
  lastUseMs(key: KeyId): number | undefined {
    return this.#last.get(key)
  }

  /** From how many different addresses the key itself was shown within the last hour, as far back as this process. */
  addressesLastHour(key: KeyId): number {
    return this.#recent.count(key, this.#now())
  }

  /** Forgets keys that are no more, what is written down of them too. */
  keep(keys: ReadonlyMap<KeyId, unknown>): void {
    for (const key of this.#last.keys()) {
      if (keys.has(key)) continue
      this.#last.delete(key)
      this.#recent.forget(key)
      this.#unwritten.add(key)
    }
  }

  /** Writes down what is new. What cannot be written stays for the next time. */
  async flush(store: Pick<Store, 'transact'>): Promise<void> {
    const keys = [...this.#unwritten]
    if (keys.length === 0) return
    this.#unwritten.clear()
    const records = keys.map((key) => {
      const atMs = this.#last.get(key)
      return { collection: COLLECTION, key, value: atMs === undefined ? undefined : { atMs } }
    })
    try {
      await store.transact({ entries: [], records })
    } catch (error) {
      for (const key of keys) this.#unwritten.add(key)
      throw error
    }
  }
}
