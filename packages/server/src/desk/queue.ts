// Who waits, the longest first, and for how long others did.

import type { Book, BookNews, Entry } from './book.ts'

/** Waits that the next one is guessed by. */
const MOST_WAITS = 20

export class Queue {
  readonly #book: Book
  readonly #now: () => number
  /** The last waits of each tenant, by its key; milliseconds. */
  readonly #waits = new Map<string, readonly number[]>()

  constructor(book: Book, now: () => number) {
    this.#book = book
    this.#now = now
    book.listen((news) => this.#learn(news))
  }

  /** From 1; undefined if it does not wait. */
  position(key: string): number | undefined {
    const entry = this.#book.get(key)
    if (entry?.conversation.state !== 'waiting') return undefined
    return this.#waiting(entry.conversation.tenant).filter((each) => !isBefore(entry, each)).length
  }

  /** All that wait in a tenant, the longest first, each with its place. */
  places(tenant: string): readonly (readonly [key: string, position: number])[] {
    const sorted = this.#waiting(tenant).toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
    return sorted.map(({ key }, index) => [key, index + 1])
  }

  /** How many wait in a tenant, by its key. */
  length(tenant: string): number {
    return this.#waiting(tenant).length
  }

  /** As long as the last ones have waited; undefined if nobody has since the start. Milliseconds. */
  expectedWaitMs(tenant: string): number | undefined {
    const waits = this.#waits.get(tenant) ?? []
    if (waits.length === 0) return undefined
    return Math.round(waits.reduce((sum, each) => sum + each, 0) / waits.length)
  }

  #waiting(tenant: string): readonly Entry[] {
    return [...this.#book.live()].filter(
      ({ conversation }) => conversation.state === 'waiting' && conversation.tenant === tenant,
    )
  }

  #learn({ before, after }: BookNews): void {
    const { state, waitingSinceMs } = before?.conversation ?? {}
    if (state !== 'waiting' || waitingSinceMs === undefined) return
    if (after?.conversation.state !== 'open') return
    const { tenant } = after.conversation
    const waits = [...(this.#waits.get(tenant) ?? []), this.#now() - waitingSinceMs]
    this.#waits.set(tenant, waits.slice(-MOST_WAITS))
  }
}

/** True if the first has waited longer than the second. */
function isBefore(first: Entry, second: Entry): boolean {
  const [a, b] = [first.conversation.waitingSinceMs ?? 0, second.conversation.waitingSinceMs ?? 0]
  return a < b || (a === b && first.key < second.key)
}
