// People of a channel by their place in its list, loaded a page at a time as they come into view: for lists too long to hold.

import type { Api, PeopleView } from '@sayso/client'
import type { Counts, Span } from '../model/roster.ts'

type Person = PeopleView['people'][number]

/** People of one page. */
const PAGE = 100
/** Pages kept at most; the ones longest out of view go first. */
const MOST_PAGES = 12

export type RosterState = {
  /** Of those who are called as was asked; absent until the first answer. */
  readonly counts: Counts | undefined
  readonly at: (place: number) => Person | undefined
}

export class Roster {
  readonly #api: Api
  readonly #key: string
  readonly #listeners = new Set<() => void>()
  #q = ''
  #pages = new Map<number, readonly Person[]>()
  /** Pages as they were asked for; an answer to an older question says nothing. */
  #asked = new Map<number, number>()
  #asking = 0
  #view: Span = { first: 0, last: 0 }
  #isHeld = false
  #state: RosterState

  constructor(api: Api, key: string) {
    this.#api = api
    this.#key = key
    this.#state = { counts: undefined, at: () => undefined }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  state = (): RosterState => this.#state

  /** Only people whose name has this in it; all with an empty one. */
  find(q: string): void {
    if (q === this.#q) return
    this.#q = q
    this.#pages = new Map()
    this.#asked = new Map()
    this.#view = { first: 0, last: 0 }
    // What was found before stays on screen until the answer is there.
    this.#load(0)
  }

  /** Says which places are looked at. */
  look(view: Span): void {
    this.#view = view
    for (const page of this.#inView()) if (!this.#asked.has(page)) this.#load(page)
  }

  /** Something may have changed: what is in view is asked for again, the rest when it is looked at. */
  refresh(): void {
    const inView = new Set(this.#inView())
    for (const page of [...this.#asked.keys()]) if (!inView.has(page)) this.#forget(page)
    for (const page of inView) this.#load(page)
  }

  /** While held nobody changes places: a menu is open beside somebody. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return
    this.#isHeld = isHeld
    if (!isHeld) this.refresh()
  }

  #inView(): readonly number[] {
    const first = Math.floor(Math.max(this.#view.first, 0) / PAGE)
    const last = Math.floor(Math.max(this.#view.last, 0) / PAGE)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  }

  #load(page: number): void {
    this.#asking += 1
    const turn = this.#asking
    this.#asked.set(page, turn)
    const q = this.#q === '' ? {} : { q: this.#q }
    const query = { scope: 'members', limit: PAGE, from: page * PAGE, ...q } as const
    this.#api.people(this.#key, query).then(
      (view) => this.#asked.get(page) === turn && this.#take(page, view),
      // Not reached: the next look or change asks again.
      () => this.#asked.get(page) === turn && this.#asked.delete(page),
    )
  }

  #take(page: number, { people, counts, found }: PeopleView): void {
    const before = this.#pages.get(page)
    this.#pages.delete(page)
    this.#pages.set(page, this.#isHeld && before !== undefined ? inPlace(before, people) : people)
    const inView = new Set(this.#inView())
    for (const old of [...this.#pages.keys()])
      if (this.#pages.size > MOST_PAGES && !inView.has(old)) this.#forget(old)
    const pages = new Map(this.#pages)
    this.#state = {
      counts: this.#isHeld ? this.#state.counts : (found ?? counts),
      at: (place) => pages.get(Math.floor(place / PAGE))?.[place % PAGE],
    }
    for (const listener of this.#listeners) listener()
  }

  #forget(page: number): void {
    this.#asked.delete(page)
    this.#pages.delete(page)
  }
}

function inPlace(before: readonly Person[], now: readonly Person[]): readonly Person[] {
  const latest = new Map(now.map((person) => [person.id, person]))
  return before.map((person) => latest.get(person.id) ?? person)
}
