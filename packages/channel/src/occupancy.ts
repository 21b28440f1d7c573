// How many are here, by what they may do: counted as places come and go, so that asking costs nothing.

import { MODE, type Modes } from './modes.ts'

/** The numbers of a channel, under the names the wire gives them. */
export type Metrics = {
  readonly connections: number
  readonly presenceConnections: number
  readonly presenceMembers: number
  readonly presenceSubscribers: number
  readonly publishers: number
  readonly subscribers: number
}

const COUNTED = {
  presenceConnections: MODE.presence,
  presenceSubscribers: MODE.presenceSubscribe,
  publishers: MODE.publish,
  subscribers: MODE.subscribe,
} as const

const NAMES = Object.keys(COUNTED) as (keyof typeof COUNTED)[]

export class Occupancy {
  readonly #counts = {
    connections: 0,
    presenceConnections: 0,
    presenceSubscribers: 0,
    publishers: 0,
    subscribers: 0,
  }

  add(modes: Modes): void {
    this.#change(modes, 1)
  }

  /** @param modes as they were added */
  remove(modes: Modes): void {
    this.#change(modes, -1)
  }

  /** @param members how many are present */
  metrics(members: number): Metrics {
    return { ...this.#counts, presenceMembers: members }
  }

  #change(modes: Modes, by: 1 | -1): void {
    this.#counts.connections += by
    for (const name of NAMES) if ((modes & COUNTED[name]) !== 0) this.#counts[name] += by
  }
}

/** What a change of the numbers asks for: nothing, to be told soon, or at once because something appeared or vanished. */
export function changeOf(told: Metrics | undefined, now: Metrics): 'none' | 'soon' | 'at_once' {
  if (told === undefined) return 'at_once'
  let change: 'none' | 'soon' = 'none'
  for (const name of Object.keys(now) as (keyof Metrics)[]) {
    if (told[name] === now[name]) continue
    if (told[name] === 0 || now[name] === 0) return 'at_once'
    change = 'soon'
  }
  return change
}
