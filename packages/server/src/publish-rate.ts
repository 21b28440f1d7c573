// How fast publishes may come, by name of a channel or of anything else: a bucket each that holds one second's worth.

type Bucket = { left: number; atMs: number }

/** Buckets kept; beyond it the full ones, which mean nothing, are dropped. */
const MOST_BUCKETS = 10_000

export class PublishRate {
  readonly #buckets = new Map<string, Bucket>()

  /** Takes one publish out; false if there is none left. @param perSecond 0 takes none at all */
  take(channel: string, perSecond: number, nowMs: number): boolean {
    const most = perSecond === 0 ? 0 : Math.max(1, perSecond)
    const bucket = this.#buckets.get(channel) ?? { left: most, atMs: nowMs }
    const gained = (Math.max(0, nowMs - bucket.atMs) * perSecond) / 1_000
    const left = Math.min(most, bucket.left + gained)
    const taken = left >= 1
    this.#buckets.set(channel, { left: taken ? left - 1 : left, atMs: nowMs })
    if (this.#buckets.size > MOST_BUCKETS) this.#dropIdle(nowMs)
    return taken
  }

  /** A bucket that nobody took from for a second is full again. */
  #dropIdle(nowMs: number): void {
    for (const [name, { atMs }] of this.#buckets) {
      if (nowMs - atMs >= 1_000) this.#buckets.delete(name)
    }
  }

  /** Forgets a channel that was left. */
  forget(channel: string): void {
    this.#buckets.delete(channel)
  }
}
