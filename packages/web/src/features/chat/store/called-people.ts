// People one is about to call by an `@`, asked of the server: of a long list the page holds the beginning only.

import type { Api, PeopleView } from '@sayso/client'

type Person = PeopleView['people'][number]

/** After the last key; milliseconds. */
const PAUSE_MS = 50
/** More than are shown, so that the best of them can be chosen. */
const MOST = 40
/** Names asked for at once. */
const MOST_NAMES = 10

export type CalledState = {
  /** Who is called as was asked last; empty until the answer. */
  readonly found: readonly Person[]
  /** Everybody found so far: who was called before is still meant. */
  readonly met: readonly Person[]
}

const NOTHING: CalledState = { found: [], met: [] }

export class CalledPeople {
  readonly #api: Pick<Api, 'people'>
  readonly #key: string
  readonly #listeners = new Set<() => void>()
  #q = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #turn = 0
  #state = NOTHING

  /** @param key of the channel: only who may be seen from there is found */
  constructor(api: Pick<Api, 'people'>, key: string) {
    this.#api = api
    this.#key = key
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  state = (): CalledState => this.#state

  /** Asks for people with this in their name, once it has stood for a moment; nothing with an empty one. */
  ask(q: string): void {
    const wanted = q.trim()
    if (wanted === this.#q) return
    this.#q = wanted
    this.#turn += 1
    clearTimeout(this.#timer)
    if (wanted === '') return this.#take([], [])
    const turn = this.#turn
    this.#timer = setTimeout(() => void this.#load(wanted, turn), PAUSE_MS)
  }

  /** Finds out who is meant by names that stand in a text already. */
  meet(names: readonly string[]): void {
    for (const name of names.slice(0, MOST_NAMES)) {
      peopleNamed(this.#api, this.#key, name).then(
        (people) => this.#take(this.#state.found, people),
        // Not reached: they are not called, as anybody who is not known.
        () => undefined,
      )
    }
  }

  /** Stops what is on its way. */
  close(): void {
    this.ask('')
  }

  async #load(q: string, turn: number): Promise<void> {
    try {
      const { people } = await this.#api.people(this.#key, { scope: 'members', q, limit: MOST })
      if (turn === this.#turn) this.#take(people, people)
    } catch {
      // Not reached: who is known here is offered all the same, and the next key asks again.
      if (turn === this.#turn) this.#q = ''
    }
  }

  #take(found: readonly Person[], news: readonly Person[]): void {
    if (news.length === 0 && found.length === this.#state.found.length) return
    const now = new Set(news.map(({ id }) => id))
    const met = [...this.#state.met.filter(({ id }) => !now.has(id)), ...news]
    this.#state = { found, met }
    for (const listener of this.#listeners) listener()
  }
}

/** People a channel shows who are called so; of two words, the second may not be part of the name. */
export async function peopleNamed(
  api: Pick<Api, 'people'>,
  key: string,
  name: string,
): Promise<readonly Person[]> {
  const [first = name] = name.split(' ')
  for (const q of new Set([name, first])) {
    const { people } = await api.people(key, { scope: 'members', q, limit: MOST })
    if (people.length > 0) return people
  }
  return []
}
