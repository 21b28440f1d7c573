// What is unread in all channels one may read, attached or not: counted by the server at the beginning and whenever that may
// be otherwise, and added to by the news on `[me]`.

import type { Api, OwnNews } from '@sayso/client'
import { type Counts, NO_COUNTS, withCounted, withNews, without } from '../model/unread.ts'
import type { Personal, Values } from './personal.ts'
import type { RealtimePort, WireMessage } from './port.ts'

export type UnreadCounts = {
  counts(): Counts
  subscribe(listener: () => void): () => void
  /** Calls back with news as they come. Returns the way out. */
  onNews(listener: (items: OwnNews['items']) => void): () => void
  /** The channels one may read now; of others nothing is known. */
  setReadable(names: ReadonlySet<string>): void
  /** Marks everything as read, up to what is known now. */
  readAll(): void
  close(): void
}

export type UnreadNeeds = {
  readonly realtime: RealtimePort
  readonly api: Pick<Api, 'unread'>
  readonly personal: Personal
}

const OWN_CHANNEL = '[me]'
/** Marks of several channels are asked about together. */
const GATHER_MS = 120
const AGAIN_MS = 5_000
/** While news come without a pause, an answer is old before it is there: asked again with patience. */
const STALE_MS = 1_000

export function unreadCounts(needs: UnreadNeeds): UnreadCounts {
  return new Watch(needs)
}

class Watch implements UnreadCounts {
  readonly #needs: UnreadNeeds
  readonly #listeners = new Set<() => void>()
  readonly #newsListeners = new Set<(items: OwnNews['items']) => void>()
  readonly #stops: (() => void)[] = []
  /** Serial of the newest message known of, by channel. */
  readonly #newest = new Map<string, string>()
  #counts: Counts = NO_COUNTS
  #marks: Values
  #readable: ReadonlySet<string> | undefined
  #asking: Set<string> | 'all' = new Set()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Raised with every change from elsewhere: an answer to an older question is not taken over. */
  #round = 0
  #isClosed = false

  constructor(needs: UnreadNeeds) {
    this.#needs = needs
    this.#marks = needs.personal.all('read')
    const channel = needs.realtime.channels.get(OWN_CHANNEL)
    channel.subscribe(this.#onMessage).catch(() => undefined)
    this.#stops.push(
      () => channel.unsubscribe(this.#onMessage),
      needs.personal.subscribe(this.#onMarks),
    )
    if (needs.personal.isKnown()) this.#ask('all', 0)
  }

  counts = (): Counts => this.#counts

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onNews(listener: (items: OwnNews['items']) => void): () => void {
    this.#newsListeners.add(listener)
    return () => this.#newsListeners.delete(listener)
  }

  setReadable(names: ReadonlySet<string>): void {
    const before = this.#readable
    this.#readable = names
    this.#set(
      without(
        this.#counts,
        [...this.#counts.keys()].filter((name) => !names.has(name)),
      ),
    )
    for (const name of this.#newest.keys()) if (!names.has(name)) this.#newest.delete(name)
    if (before === undefined) return
    const gained = [...names].filter((name) => !before.has(name))
    if (gained.length > 0) this.#ask(new Set(gained), GATHER_MS)
  }

  readAll(): void {
    for (const name of this.#counts.keys()) {
      const serial = this.#newest.get(name)
      if (serial !== undefined) this.#needs.personal.set('read', name, { serial })
    }
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    for (const stop of this.#stops) stop()
    this.#listeners.clear()
    this.#newsListeners.clear()
  }

  readonly #onMessage = (message: WireMessage): void => {
    const { items, more } = (message.data ?? {}) as { items?: unknown; more?: unknown }
    // After every attach: what was told meanwhile was missed.
    if (message.name === 'snapshot' && more !== true) return this.#ask('all', 0)
    if (message.name !== 'news' || !Array.isArray(items)) return
    const news = items as OwnNews['items']
    const recount = new Set<string>()
    for (const { channel, serial, recount: isStale } of news) {
      if (serial !== undefined) this.#newest.set(channel, serial)
      if (isStale === true) recount.add(channel)
    }
    // What one has said oneself counts nowhere.
    if (news.some(({ count = 0, recount: isStale }) => count > 0 || isStale === true))
      this.#round += 1
    this.#set(
      withNews(
        this.#counts,
        news.filter((one) => !this.#isRead(one.channel)),
      ),
    )
    if (recount.size > 0) this.#ask(recount, GATHER_MS)
    for (const listener of [...this.#newsListeners]) listener(news)
  }

  /** Marks moved, here or on another device. */
  readonly #onMarks = (): void => {
    const marks = this.#needs.personal.all('read')
    if (marks === this.#marks) return
    const before = this.#marks
    this.#marks = marks
    const moved = [...marks.keys()].filter((name) => marks.get(name) !== before.get(name))
    const read = moved.filter((name) => this.#isRead(name))
    this.#round += 1
    this.#set(without(this.#counts, read))
    const unsure = moved.filter((name) => !read.includes(name))
    if (unsure.length > 0) this.#ask(new Set(unsure), GATHER_MS)
  }

  /** All that is known of was read. */
  #isRead(name: string): boolean {
    const mark = this.#marks.get(name)?.serial
    const newest = this.#newest.get(name)
    return typeof mark === 'string' && newest !== undefined && mark >= newest
  }

  #ask(names: Set<string> | 'all', afterMs: number): void {
    if (this.#isClosed) return
    const asked = this.#asking
    this.#asking = names === 'all' || asked === 'all' ? 'all' : new Set([...asked, ...names])
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#count(), afterMs)
  }

  async #count(): Promise<void> {
    const asked = this.#asking
    const { api } = this.#needs
    this.#asking = new Set()
    const round = this.#round
    try {
      const { items } = await api.unread(asked === 'all' ? undefined : [...asked])
      if (this.#isClosed) return
      // Something has happened since the question: what is counted may be less than what is known.
      if (round !== this.#round) return this.#ask(asked, STALE_MS)
      const readable = this.#readable
      const shown =
        readable === undefined ? items : items.filter((one) => readable.has(one.channel))
      for (const { channel, last } of shown) if (last !== undefined) this.#newest.set(channel, last)
      this.#set(withCounted(this.#counts, shown, asked))
    } catch {
      this.#ask(asked, AGAIN_MS)
    }
  }

  #set(counts: Counts): void {
    if (counts === this.#counts || this.#isClosed) return
    this.#counts = counts
    for (const listener of [...this.#listeners]) listener()
  }
}
