// What the visitor has written and the server has not acknowledged: kept by the browser until it is, sent in its order, with an
// id of its own, so that it arrives once, from whichever tab.

import type { Attached } from '../model/shapes.ts'
import { keep, keptNames, keptText } from './kept.ts'

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
    this.#name = `unsent:${visitor}:`
    this.#waiting = keptNames(this.#name)
      .flatMap((name) => unsentIn(keptText(name)) ?? [])
      .sort((a, b) => a.atMs - b.atMs)
  }

  get waiting(): readonly Unsent[] {
    return this.#waiting
  }

  add(unsent: Unsent): void {
    this.#waiting = [...this.#waiting.filter(({ id }) => id !== unsent.id), unsent]
    this.#keep(unsent)
  }

  /** The server's reason stays with it until it is tried again. */
  change(id: string, reason: string | undefined): void {
    this.#waiting = this.#waiting.map((each) => {
      if (each.id !== id) return each
      const { reason: _before, ...rest } = each
      const changed = reason === undefined ? rest : { ...rest, reason }
      this.#keep(changed)
      return changed
    })
  }

  remove(id: string): void {
    this.#waiting = this.#waiting.filter((each) => each.id !== id)
    keep(this.#name + id, undefined)
  }

  #keep(unsent: Unsent): void {
    keep(this.#name + unsent.id, JSON.stringify(unsent))
  }
}

/** Of a line, which counts the messages of one publish. */
export const plainId = (lineId: string): string => lineId.replace(/:0$/, '')

function unsentIn(text: string | undefined): Unsent | undefined {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Unsent> | null
    const isWhole = typeof kept?.id === 'string' && typeof kept.text === 'string'
    return isWhole && typeof kept.atMs === 'number' ? (kept as Unsent) : undefined
  } catch {
    return undefined
  }
}
