// What the visitor has written and the server has not acknowledged: kept by the browser until it is, sent in its order, with an
// id of its own, so that it arrives once.

import type { Attached } from '../model/shapes.ts'

export type Unsent = {
  readonly id: string
  readonly text: string
  readonly files?: readonly Attached[]
  readonly atMs: number
  readonly reason?: string
}

export class Outbox {
  readonly #name: string
  #waiting: readonly Unsent[]

  constructor(visitor: string) {
    this.#name = `sayso-widget-unsent:${visitor}`
    this.#waiting = readKept(this.#name)
  }

  get waiting(): readonly Unsent[] {
    return this.#waiting
  }

  add(unsent: Unsent): void {
    this.#keep([...this.#waiting.filter(({ id }) => id !== unsent.id), unsent])
  }

  /** The server's reason stays with it until it is tried again. */
  change(id: string, reason: string | undefined): void {
    this.#keep(
      this.#waiting.map(({ reason: _before, ...each }) =>
        each.id === id
          ? { ...each, ...(reason !== undefined && { reason }) }
          : { ...each, ...(_before !== undefined && { reason: _before }) },
      ),
    )
  }

  remove(id: string): void {
    this.#keep(this.#waiting.filter((each) => each.id !== id))
  }

  #keep(waiting: readonly Unsent[]): void {
    this.#waiting = waiting
    try {
      if (waiting.length === 0) localStorage.removeItem(this.#name)
      else localStorage.setItem(this.#name, JSON.stringify(waiting))
    } catch {
      // Kept by this page alone, then.
    }
  }
}

function readKept(name: string): readonly Unsent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]')
    return Array.isArray(kept) ? (kept as Unsent[]) : []
  } catch {
    return []
  }
}
