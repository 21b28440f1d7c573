// Questions with a payload: each is asked on the view of its place, and the view answers again whenever it turns.

import type { StandingAnswer } from '@sayso/protocol'
import { type Answer, UNKNOWN } from './fold.ts'

/** Questions kept on one connection at most. The one that was read longest ago makes room. */
export const MAX_QUESTIONS = 50

/** The message a question is about, as it would be published. JSON. */
export type About = {
  readonly name?: string
  readonly data?: unknown
  readonly headers?: Readonly<Record<string, unknown>>
}

/** What questions need of the connection. */
export type Asking = {
  /** Opens the view of a place if it is not open. */
  open(place: string): void
  publish(place: string, name: 'ask' | 'unask', data: object): Promise<unknown>
  /** Some answer may have changed. */
  changed(): void
}

type Question = {
  readonly id: string
  readonly key: string
  readonly action: string
  readonly place: string
  readonly about: About
  answer: Answer
  isStale: boolean
  /** The round it was last read in; a round ends when listeners are told. */
  readInRound: number
}

/** Names no two questions of this page alike, as several may share a connection and with it a view. */
let made = 0

/** The questions of one connection. */
export class Questions {
  readonly #port: Asking
  /** By key, the one read longest ago first. */
  readonly #kept = new Map<string, Question>()
  /** Places whose view answers now. */
  readonly #speaking = new Set<string>()
  #round = 0

  constructor(port: Asking) {
    this.#port = port
  }

  /** The answer known now; asks, a moment later, what has not been asked. */
  read(action: string, place: string, about: About): Answer {
    const key = keyOf([action, place, about.name, about.data, about.headers])
    const known = this.#kept.get(key)
    if (known === undefined && !this.#makeRoom()) return UNKNOWN
    const one = known ?? this.#add(key, action, place, about)
    one.readInRound = this.#round
    this.#kept.delete(key)
    this.#kept.set(key, one)
    return one.answer
  }

  /** A view has begun to speak: it knows none of our questions yet. */
  begin(place: string): void {
    this.#speaking.add(place)
    for (const one of this.#at(place)) this.#ask(one)
  }

  answered(answer: StandingAnswer): void {
    const one = [...this.#kept.values()].find(({ id }) => id === answer.id)
    if (one === undefined) return
    const next = answerOf(answer)
    const isSame = keyOf(next) === keyOf(one.answer)
    if (isSame && !one.isStale) return
    if (!isSame) one.answer = next
    one.isStale = false
    this.#tell()
  }

  /** A view, or every view, has fallen silent: answers are kept, and asked for again when it begins. */
  silent(place?: string): void {
    for (const name of place === undefined ? [...this.#speaking] : [place])
      this.#speaking.delete(name)
    const older = this.#at(place).filter(({ answer }) => answer.known)
    for (const one of older) one.isStale = true
    if (older.length > 0) this.#tell()
  }

  /** A view that will not speak again: its answers are unknown. */
  failed(place: string): void {
    this.#speaking.delete(place)
    for (const one of this.#at(place)) forget(one)
    this.#tell()
  }

  /** False while an answer is kept that may be old. */
  isFresh(): boolean {
    return [...this.#kept.values()].every(({ isStale }) => !isStale)
  }

  #at(place: string | undefined): readonly Question[] {
    return [...this.#kept.values()].filter((one) => place === undefined || one.place === place)
  }

  #tell(): void {
    this.#round += 1
    this.#port.changed()
  }

  #add(key: string, action: string, place: string, about: About): Question {
    made += 1
    const id = `q${made}`
    const one = { id, key, action, place, about, answer: UNKNOWN, isStale: false, readInRound: 0 }
    // Later than now: reading happens while a screen is being drawn, and drawing must not touch the connection.
    queueMicrotask(() => {
      this.#port.open(place)
      this.#ask(one)
    })
    return one
  }

  #ask(one: Question): void {
    const isWanted = () => this.#kept.get(one.key) === one && this.#speaking.has(one.place)
    if (!isWanted()) return
    const { id, action, place, about } = one
    this.#port.publish(place, 'ask', { id, action, message: about }).catch(() => {
      // Lost with the connection it is asked again; refused by the server it stays unknown.
      if (!isWanted()) return
      forget(one)
      this.#tell()
    })
  }

  /** Room for one more, unless every question is in use: then a screen would drop its own, round after round. */
  #makeRoom(): boolean {
    if (this.#kept.size < MAX_QUESTIONS) return true
    const [oldest] = this.#kept.values()
    if (oldest === undefined || oldest.readInRound >= this.#round - 1) return false
    this.#kept.delete(oldest.key)
    const { place, id } = oldest
    queueMicrotask(() => {
      if (this.#speaking.has(place))
        this.#port.publish(place, 'unask', { id }).catch(() => undefined)
    })
    return true
  }
}

function forget(one: Question): void {
  one.isStale = false
  one.answer = UNKNOWN
}

function answerOf({ allowed, message, remedy }: StandingAnswer): Answer {
  return {
    allowed,
    known: true,
    ...(message === undefined ? {} : { message }),
    ...(remedy === undefined ? {} : { remedy }),
  }
}

/** The same text for the same JSON, in whatever order its fields were written. */
function keyOf(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
}
