// Answers leave in the order of the questions: the client pops its queue by count, so a gap resolves the wrong promise.

/** The answer to one client frame with a `msgSerial`. */
export type Answer<E> =
  | { readonly kind: 'ack'; readonly serials: readonly string[] }
  | { readonly kind: 'nack'; readonly error: E }

/** A run of equal answers, ready to be sent as one ACK or NACK. */
export type AnswerRun<E> =
  | {
      readonly kind: 'ack'
      readonly msgSerial: number
      readonly results: readonly (readonly string[])[]
    }
  | { readonly kind: 'nack'; readonly msgSerial: number; readonly count: number; readonly error: E }

/** What to do with a frame that just arrived. */
export type Arrival = 'next' | 'out_of_order'

/**
 * The answers one transport owes, in order of arrival.
 * A new transport of the same connection starts a new queue: what the old one owed is asked again by the client.
 */
export class AnswerQueue<E> {
  #first: number | undefined
  #next = 0
  readonly #settled = new Map<number, Answer<E>>()

  /** Frames that arrived and are not answered yet. */
  get owed(): number {
    return this.#first === undefined ? 0 : this.#next - this.#first
  }

  /** The first frame sets the numbering (a resumed client starts in the middle); each later one must follow. */
  arrive(msgSerial: number): Arrival {
    if (this.#first === undefined) {
      this.#first = msgSerial
      this.#next = msgSerial + 1
      return 'next'
    }
    if (msgSerial !== this.#next) return 'out_of_order'
    this.#next += 1
    return 'next'
  }

  /**
   * Settles one frame and returns every answer that may leave now, joined into runs.
   * A frame that is not owed an answer, or has one, gets none.
   */
  settle(msgSerial: number, answer: Answer<E>): AnswerRun<E>[] {
    if (!this.#owes(msgSerial)) return []
    this.#settled.set(msgSerial, answer)
    const ready: AnswerRun<E>[] = []
    let acks: { msgSerial: number; results: (readonly string[])[] } | undefined
    for (;;) {
      const first = this.#first
      const next = first === undefined ? undefined : this.#settled.get(first)
      if (first === undefined || next === undefined || first >= this.#next) break
      this.#settled.delete(first)
      this.#first = first + 1
      if (next.kind === 'nack') {
        if (acks !== undefined) ready.push({ kind: 'ack', ...acks })
        acks = undefined
        ready.push({ kind: 'nack', msgSerial: first, count: 1, error: next.error })
      } else {
        acks ??= { msgSerial: first, results: [] }
        acks.results.push(next.serials)
      }
    }
    if (acks !== undefined) ready.push({ kind: 'ack', ...acks })
    return ready
  }

  #owes(msgSerial: number): boolean {
    if (this.#first === undefined || this.#settled.has(msgSerial)) return false
    return msgSerial >= this.#first && msgSerial < this.#next
  }
}
