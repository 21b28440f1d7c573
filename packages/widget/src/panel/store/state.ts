// Everything the panel shows, as one value.

import type { Config, Talk } from '../model/shapes.ts'
import type { Spoken } from '../model/texts.ts'
import type { Line } from '../model/timeline.ts'
import type { Chosen } from './choices.ts'

export type Screen = 'talk' | 'form' | 'offline' | 'earlier'

export type Ready = {
  readonly kind: 'ready'
  readonly config: Config
  readonly spoken: Spoken
  readonly me: { readonly id: string; readonly name?: string; readonly isVerified: boolean }
  readonly screen: Screen
  /** The conversation shown: the open one, or the last until a new one is begun. */
  readonly talk: Talk | undefined
  readonly lines: readonly Line[]
  readonly hasEarlierLines: boolean
  readonly typing: readonly string[]
  /** How far the other side is. */
  readonly theirs: { readonly delivered?: string; readonly read?: string }
  readonly unread: number
  readonly connection: 'none' | 'up' | 'down'
  /** What was said before is there: what comes from here on is new. */
  readonly isFilled: boolean
  readonly mine: ReadonlySet<string>
  readonly notice: string | undefined
  readonly isOpen: boolean
  readonly chosen: Chosen
}

export type PanelState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly spoken: Spoken }
  | Ready

/** A value that can be listened to. */
export class Store<S> {
  #state: S
  readonly #listeners = new Set<() => void>()

  constructor(state: S) {
    this.#state = state
  }

  get state(): S {
    return this.#state
  }

  set(state: S): void {
    if (state === this.#state) return
    this.#state = state
    for (const listener of this.#listeners) listener()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
