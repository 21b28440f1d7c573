// Knows how it goes with the index of messages, from what it answers.

import type { Answered, Finder } from '@sayso/store'

export class FinderWatch {
  /** A sentence while it does not answer. */
  trouble: string | undefined
  /** Entries of the log it did not know of when it answered last. */
  behind = 0

  /** The same index, watched; it is not started by that. */
  watch(find: () => Finder): () => Finder {
    let watched: Finder | undefined
    return () => {
      const finder = find()
      watched ??= {
        find: (...asked) => this.#heard(finder.find(...asked)),
        unread: (...asked) => this.#heard(finder.unread(...asked)),
        mentions: (...asked) => this.#heard(finder.mentions(...asked)),
        trim: (...asked) => this.#heard(finder.trim(...asked)),
        clean: (upTo) => finder.clean(upTo),
        close: () => finder.close(),
      }
      return watched
    }
  }

  async #heard<T>(answering: Promise<Answered<T>>): Promise<Answered<T>> {
    try {
      const answered = await answering
      this.trouble = undefined
      this.behind = answered.behind
      return answered
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : 'it does not answer'
      throw error
    }
  }
}
