// People looked for by a part of their name, asked of the server: of a long list the page holds the beginning only.

import type { Api, PeopleView } from '@sayso/client'

type Named = { readonly id: string; readonly name: string }

/** After the last key; milliseconds. */
const PAUSE_MS = 50
/** More than are shown, so that the best of them can be chosen. */
const MOST = 40
/** Names asked for at once. */
const MOST_NAMES = 10

export type CalledState<P> = {
  /** Who is called as was asked last; empty until the answer. */
  readonly found: readonly P[]
  /** Everybody found so far: who was called before is still meant. */
  readonly met: readonly P[]
}

/** Where people are found by a part of their name. */
export type Finding<P> = (q: string) => Promise<readonly P[]>

/** People of a channel, as far as they may be seen there. */
export function peopleOf(
  api: Pick<Api, 'people'>,
  key: string,
): Finding<PeopleView['people'][number]> {
  return async (q) => (await api.people(key, { scope: 'members', q, limit: MOST })).people
}

/** People who are called so; of two words, the second may not be part of the name. */
export async function peopleNamed<P>(find: Finding<P>, name: string): Promise<readonly P[]> {
  const [first = name] = name.split(' ')
  for (const q of new Set([name, first])) {
    const people = await find(q)
    if (people.length > 0) return people
  }
  return []
}

export class CalledPeople<P extends Named> {
  readonly #find: Finding<P>
  readonly #listeners = new Set<() => void>()
  #q = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #turn = 0
  #state: CalledState<P> = { found: [], met: [] }

  constructor(find: Finding<P>) {
    this.#find = find
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  state = (): CalledState<P> => this.#state

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
      peopleNamed(this.#find, name).then(
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
      const people = await this.#find(q)
      if (turn === this.#turn) this.#take(people, people)
    } catch {
      // Not reached: who is known here is offered all the same, and the next key asks again.
      if (turn === this.#turn) this.#q = ''
    }
  }

  #take(found: readonly P[], news: readonly P[]): void {
    if (news.length === 0 && found.length === this.#state.found.length) return
    const now = new Set(news.map(({ id }) => id))
    const met = [...this.#state.met.filter(({ id }) => !now.has(id)), ...news]
    this.#state = { found, met }
    for (const listener of this.#listeners) listener()
  }
}
