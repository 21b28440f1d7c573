// How fast one connection may publish on each channel, where its token says so: a bucket that holds one second's worth.

type Bucket = { left: number; atMs: number }

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
    return taken
  }

  /** Forgets a channel that was left. */
  forget(channel: string): void {
    this.#buckets.delete(channel)
  }
}
