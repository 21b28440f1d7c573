// How often somebody who is signed in may say a wrong password before they have to wait: whoever sits down at an open page must
// not guess it there. Forgotten by a restart.

const MOST = 5
const WINDOW_MS = 900_000
const MOST_PEOPLE = 10_000

export class PasswordTries {
  readonly #wrong = new Map<string, { count: number; readonly sinceMs: number }>()

  /** Milliseconds to wait; 0: go on. */
  waitMs(person: string, nowMs: number): number {
    const known = this.#wrong.get(person)
    if (known === undefined || known.count < MOST) return 0
    return Math.max(0, known.sinceMs + WINDOW_MS - nowMs)
  }

  /** Counts a wrong one. */
  wrong(person: string, nowMs: number): void {
    const known = this.#wrong.get(person)
    const isOld = known === undefined || nowMs - known.sinceMs >= WINDOW_MS
    const mine = isOld ? { count: 0, sinceMs: nowMs } : known
    mine.count += 1
    this.#wrong.set(person, mine)
    const oldest = this.#wrong.keys().next().value
    if (this.#wrong.size > MOST_PEOPLE && oldest !== undefined) this.#wrong.delete(oldest)
  }

  right(person: string): void {
    this.#wrong.delete(person)
  }
}
