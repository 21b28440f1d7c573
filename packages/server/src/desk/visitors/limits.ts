// How often visitors may do things: so many in a window, spread as they like, by name of whoever is counted.

/** Names held before those that no longer matter are let go. */
const MANY = 20_000

export type Limit = { readonly most: number; readonly windowMs: number }

export class Limits {
  readonly #now: () => number
  /** When each would be back at nothing. */
  readonly #emptyAtMs = new Map<string, number>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Takes one. @returns how long to wait, in milliseconds; 0: it was taken */
  take(name: string, { most, windowMs }: Limit): number {
    const nowMs = this.#now()
    const stepMs = windowMs / most
    const emptyAtMs = Math.max(nowMs, this.#emptyAtMs.get(name) ?? 0)
    const waitMs = emptyAtMs + stepMs - windowMs - nowMs
    // Steps do not always add up to the window.
    if (waitMs > 1e-6) return Math.ceil(waitMs)
    this.#emptyAtMs.set(name, emptyAtMs + stepMs)
    if (this.#emptyAtMs.size > MANY) this.#tidy(nowMs)
    return 0
  }

  #tidy(nowMs: number): void {
    for (const [name, atMs] of this.#emptyAtMs) if (atMs <= nowMs) this.#emptyAtMs.delete(name)
  }
}
