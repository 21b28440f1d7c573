// What was said last in each channel, for where the list of channels is a page of its own: asked for when that page is seen, and
// again as news of a channel come.

import type { Api, OwnNews } from '@sayso/client'
import { type LastLine, lastLineOf } from '../model/last-line.ts'
import type { RealtimePort, WireMessage } from './port.ts'

/** By the name of the channel; null: there is none, or none within what the server looks at. Of what is not in it nothing is known yet. */
export type Lines = ReadonlyMap<string, LastLine | null>

export type LastLines = {
  /** The same until one changes. */
  all(): Lines
  subscribe(listener: () => void): () => void
  /** Channels in the list that may be read now; of others nothing is kept, and nothing taken that is on its way. */
  show(names: readonly string[]): void
  /** Whoever comes back to the list sees it as it is then; behind a conversation nothing is asked for. */
  setSeen(isSeen: boolean): void
  close(): void
}

export type LastLinesNeeds = {
  readonly realtime: RealtimePort
  readonly api: Pick<Api, 'newest'>
}

const OWN_CHANNEL = '[me]'
/** Asked for at once; the server's limit. */
const MOST_ASKED = 50
/** Of a list that is longer, what stands further down has no lines. */
const MOST_LINES = 300
/** Between two questions, while others talk without a pause. */
const WAIT_MS = 1_000
const AGAIN_MS = 5_000

const NO_LINES: Lines = new Map()

export function lastLines(needs: LastLinesNeeds): LastLines {
  return new Watch(needs)
}

class Watch implements LastLines {
  readonly #needs: LastLinesNeeds
  readonly #listeners = new Set<() => void>()
  readonly #stop: () => void
  #lines: Lines = NO_LINES
  #shown: ReadonlySet<string> = new Set()
  /** May be otherwise by now. */
  #stale = new Set<string>()
  #isSeen = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Raised when a channel goes: an answer to an older question is not taken. */
  #round = 0
  #isClosed = false

  constructor(needs: LastLinesNeeds) {
    this.#needs = needs
    const channel = needs.realtime.channels.get(OWN_CHANNEL)
    channel.subscribe(this.#onMessage).catch(() => undefined)
    this.#stop = () => channel.unsubscribe(this.#onMessage)
  }

  all = (): Lines => this.#lines

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  show(names: readonly string[]): void {
    const before = this.#shown
    this.#shown = new Set(names.slice(0, MOST_LINES))
    const gone = [...before].filter((name) => !this.#shown.has(name))
    if (gone.length > 0) this.#round += 1
    this.#set(new Map([...this.#lines].filter(([name]) => this.#shown.has(name))))
    this.#ask([...this.#shown].filter((name) => !before.has(name)))
  }

  setSeen(isSeen: boolean): void {
    if (isSeen === this.#isSeen) return
    this.#isSeen = isSeen
    if (isSeen) this.#ask(this.#shown)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#stop()
    this.#listeners.clear()
  }

  readonly #onMessage = (message: WireMessage): void => {
    const { items, more } = (message.data ?? {}) as { items?: unknown; more?: unknown }
    // After every attach: what was told meanwhile was missed.
    if (message.name === 'snapshot' && more !== true) this.#ask(this.#shown)
    if (message.name !== 'news' || !Array.isArray(items)) return
    this.#ask((items as OwnNews['items']).map(({ channel }) => channel))
  }

  #ask(names: Iterable<string>): void {
    for (const name of names) if (this.#shown.has(name)) this.#stale.add(name)
    this.#next(0)
  }

  /** One question at a time, and none for a while after each. */
  #next(afterMs: number): void {
    if (this.#isClosed || !this.#isSeen || this.#timer !== undefined) return
    if (this.#stale.size === 0) return
    this.#timer = setTimeout(() => void this.#fetch(), afterMs)
  }

  async #fetch(): Promise<void> {
    const asked = [...this.#stale].filter((name) => this.#shown.has(name)).slice(0, MOST_ASKED)
    for (const name of asked) this.#stale.delete(name)
    const isMore = this.#stale.size > 0
    const round = this.#round
    let waitMs = isMore ? 0 : WAIT_MS
    try {
      const { items } = asked.length === 0 ? { items: [] } : await this.#needs.api.newest(asked)
      if (round === this.#round) this.#take(asked, items)
      else for (const name of asked) this.#stale.add(name)
    } catch {
      for (const name of asked) this.#stale.add(name)
      waitMs = AGAIN_MS
    }
    if (this.#isClosed) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#next(0)
    }, waitMs)
  }

  #take(asked: readonly string[], items: Awaited<ReturnType<Api['newest']>>['items']): void {
    const next = new Map(this.#lines)
    for (const name of asked) next.set(name, null)
    for (const item of items) if (next.has(item.channel)) next.set(item.channel, lastLineOf(item))
    this.#set(next)
  }

  #set(lines: Lines): void {
    if (this.#isClosed || isSame(lines, this.#lines)) return
    this.#lines = lines
    for (const listener of [...this.#listeners]) listener()
  }
}

function isSame(one: Lines, other: Lines): boolean {
  if (one.size !== other.size) return false
  return [...one].every(([name, line]) => {
    const now = other.get(name)
    if (line === null || now === null || now === undefined) return line === now
    return line.atMs === now.atMs && line.text === now.text && line.by?.name === now.by?.name
  })
}
