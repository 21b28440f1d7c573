// From how many places each key was used within the last hour: in memory only, and nobody is told the addresses.

import type { KeyId } from '@sayso/policy'

const HOUR_MS = 3_600_000
/** Of one key; more than these are not told apart. */
export const MOST_ADDRESSES = 1_000

export class RecentAddresses {
  readonly #of = new Map<KeyId, Map<string, number>>()

  note(key: KeyId, address: string, atMs: number): void {
    const known = this.#of.get(key) ?? new Map<string, number>()
    this.#of.set(key, known)
    if (!known.has(address) && known.size >= MOST_ADDRESSES) dropOld(known, atMs)
    if (known.has(address) || known.size < MOST_ADDRESSES) known.set(address, atMs)
  }

  /** Different ones since an hour ago. */
  count(key: KeyId, nowMs: number): number {
    const known = this.#of.get(key)
    if (known === undefined) return 0
    dropOld(known, nowMs)
    return known.size
  }

  forget(key: KeyId): void {
    this.#of.delete(key)
  }
}

function dropOld(known: Map<string, number>, nowMs: number): void {
  for (const [address, atMs] of known) if (atMs <= nowMs - HOUR_MS) known.delete(address)
}
