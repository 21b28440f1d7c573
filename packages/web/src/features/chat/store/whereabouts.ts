// How people are, wherever in the app: asked of the server on `[me]` beside a channel one shares with them, and told from there
// as it changes. One's own page says there how it is.

import type { ChannelChange, RealtimePort, WireMessage } from './port.ts'
import type { Members } from './presence.ts'

export type Whereabouts = {
  /** What is known beside a channel, or the resource of it: nothing said of somebody means that they are not here. */
  said(on: string): Members
  /** Asks about people until the returned is called. */
  watch(on: string, people: Iterable<string>): () => void
  /** What one says of oneself from now on. */
  say(data: object): void
  subscribe(listener: () => void): () => void
  close(): void
}

const OWN_CHANNEL = '[me]'
/** What is asked within it is asked at once; milliseconds. */
const GATHERED_MS = 20
/** Of one channel; those asked about last. */
const MOST_PEOPLE = 300
const NOTHING: Members = new Map()

type Place = {
  /** How many parts of the page ask about each. */
  readonly asked: Map<string, number>
  said: Members
  /** What was asked of the server, as text. */
  sent: string
}

export function whereaboutsOf(realtime: RealtimePort): Whereabouts {
  return new Asked(realtime)
}

class Asked implements Whereabouts {
  readonly #channel: ReturnType<RealtimePort['channels']['get']>
  readonly #places = new Map<string, Place>()
  readonly #listeners = new Set<() => void>()
  #own: object | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(realtime: RealtimePort) {
    this.#channel = realtime.channels.get(OWN_CHANNEL)
    this.#channel.on(this.#onChange)
    // Refused, nothing is known of anybody beyond the channels that are open.
    this.#channel.subscribe(this.#onMessage).catch(() => undefined)
  }

  said = (on: string): Members => this.#places.get(on)?.said ?? NOTHING

  watch(on: string, people: Iterable<string>): () => void {
    const ids = [...people]
    const place = this.#places.get(on) ?? { asked: new Map(), said: NOTHING, sent: '' }
    this.#places.set(on, place)
    for (const id of ids) {
      const count = place.asked.get(id) ?? 0
      // Asked about last, kept the longest.
      place.asked.delete(id)
      place.asked.set(id, count + 1)
    }
    this.#soon()
    return () => {
      for (const id of ids) {
        const count = (place.asked.get(id) ?? 1) - 1
        if (count > 0) place.asked.set(id, count)
        else place.asked.delete(id)
      }
      this.#soon()
    }
  }

  say(data: object): void {
    this.#own = data
    this.#publish('here', data)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#listeners.clear()
    this.#channel.off(this.#onChange)
    this.#channel.unsubscribe(this.#onMessage)
  }

  /** Attached anew, the server knows nothing of what was asked before. */
  readonly #onChange = ({ current }: ChannelChange): void => {
    if (current !== 'attached') return
    if (this.#own !== undefined) this.#publish('here', this.#own)
    for (const place of this.#places.values()) place.sent = ''
    this.#ask()
  }

  readonly #onMessage = ({ name, data }: WireMessage): void => {
    const { items } = (data ?? {}) as { items?: unknown }
    if (name !== 'here' || !Array.isArray(items)) return
    for (const { on, person, said } of items.filter(isTold)) {
      const place = this.#places.get(on)
      // An answer to what is not asked any more.
      if (place?.asked.has(person) !== true) continue
      place.said = new Map(place.said).set(person, said)
    }
    for (const listener of [...this.#listeners]) listener()
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#ask(), GATHERED_MS)
  }

  #ask(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#channel.state !== 'attached') return
    for (const [on, place] of this.#places) {
      const people = [...place.asked.keys()].slice(-MOST_PEOPLE)
      const text = people.toSorted().join(' ')
      if (text === place.sent) continue
      place.sent = text
      place.said = new Map([...place.said].filter(([id]) => place.asked.has(id)))
      if (people.length === 0) this.#places.delete(on)
      this.#publish('watch', { on, people })
    }
  }

  #publish(name: string, data: object): void {
    if (this.#channel.state !== 'attached') return
    // Lost, it is said again with the next attach.
    this.#channel.publish({ name, data }).catch(() => undefined)
  }
}

type Told = { readonly on: string; readonly person: string; readonly said: readonly unknown[] }

function isTold(one: unknown): one is Told {
  const { on, person, said } = (one ?? {}) as Partial<Record<keyof Told, unknown>>
  return typeof on === 'string' && typeof person === 'string' && Array.isArray(said)
}
