// Who listens to a widget. A listener that throws is the page's fault, and reported as such, after the others have heard.

import type { EventDetail, EventName } from '../shared/messages.ts'

type Listener = (detail: EventDetail) => void

export class Listeners {
  readonly #all = new Map<EventName, Set<Listener>>()

  add(name: EventName, listener: Listener): () => void {
    const listeners = this.#all.get(name) ?? new Set()
    this.#all.set(name, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  tell(name: EventName, detail: EventDetail): void {
    for (const listener of this.#all.get(name) ?? []) {
      try {
        listener(detail)
      } catch (error) {
        reportError(error)
      }
    }
  }
}
