// One channel on this screen: attached, its messages folded from history and live, who is here. Catches up by itself.
// What is held is one stretch without holes. It ends with the newest message, unless one reads further back.

import { type Fields, fold, type Incoming } from '../model/timeline.ts'
import { type Around, aroundOf } from './around.ts'
import { letGo } from './let-go.ts'
import { Loose } from './loose.ts'
import {
  backTo,
  isCreated,
  newestOf,
  PAGE,
  type Surroundings,
  stretch,
  surroundings,
} from './paging.ts'
import {
  allIncoming,
  type ChannelChange,
  type ChannelPort,
  isDenial,
  type Page,
  type WireError,
  type WireMessage,
} from './port.ts'
import { presenceOf } from './presence.ts'
import { type ChannelSession, EMPTY, type SessionState, wordsOf } from './session-state.ts'

export type { ChannelSession, SessionState } from './session-state.ts'

/** Pages fetched to close a gap before asking the reader. */
const MOST_PAGES = 5
/** What is being loaded for longer than this is shown so. */
const LATE_MS = 200

/** Opens a channel. Nothing of it remains after `close`, or once the right to read it is gone. */
export function channelSession(channel: ChannelPort, actions: readonly string[]): ChannelSession {
  return new Session(channel, actions)
}

class Session implements ChannelSession {
  readonly around: Around
  readonly #channel: ChannelPort
  readonly #presence: ReturnType<typeof presenceOf>
  readonly #listeners = new Set<() => void>()
  #actions: readonly string[]
  #state: SessionState = EMPTY
  #isClosed = false
  #isAtBottom = true
  #readingAt: string | undefined
  #wasAttached = false
  /** Where a gap ends: the newest serial known before it. */
  #gapAfter: string | undefined
  #gapPage: Page | undefined
  /** Whose sums were told while history was on its way: it may not know of them yet. */
  readonly #summed = new Set<string>()
  /** Live messages that are not within what is held now, or that came while another stretch is fetched. */
  readonly #loose = new Loose()
  #replacing = 0
  /** How often the place in the channel was lost. */
  #losses = 0

  constructor(channel: ChannelPort, actions: readonly string[]) {
    this.#channel = channel
    this.#actions = actions
    this.#presence = presenceOf(channel.presence, (members) =>
      this.#set({ here: new Set(members.keys()), members }),
    )
    this.around = aroundOf(
      channel,
      () => this.#state.timeline,
      () => this.#tell(),
    )
    channel.on(this.#onState)
    this.#open()
  }

  state = (): SessionState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  setRights(actions: readonly string[]): void {
    const had = this.#actions
    this.#actions = actions
    if (this.#isClosed || this.#state.phase === 'opening') return
    if (!actions.includes('subscribe')) return
    if (this.#state.phase === 'denied') {
      this.#set({ phase: 'opening' })
      this.#open()
    } else if (actions.includes('history') && !had.includes('history')) {
      void this.#catchUp(undefined)
    }
    this.#presence.setShown(actions.includes('presence'))
  }

  sayPresence(data: object | undefined): void {
    this.#presence.say(data)
  }

  async loadOlder(): Promise<void> {
    const oldest = this.#state.timeline[0]
    if (this.#state.isLoading || !this.#state.hasOlder || oldest === undefined) return
    const page = () => stretch(this.#channel, { end: oldest.atMs }, this.#known())
    await this.#loading(page, ({ items, hasMore }) => {
      this.#take(items)
      this.#set({ hasOlder: hasMore })
    })
  }

  async loadNewer(): Promise<void> {
    const last = this.#state.timeline.at(-1)
    if (this.#state.isLoading || !this.#state.hasNewer || last === undefined) return
    const isCut = this.#loose.watch()
    const page = () => stretch(this.#channel, { start: last.atMs }, this.#known())
    await this.#loading(page, ({ items, hasMore }) => {
      const end = newestOf(items, last.serial)
      if (!hasMore && !isCut(end)) this.#set({ hasNewer: false, ahead: 0 })
      this.#take(items)
    })
  }

  async openAt(serial: string, canBeGone = false): Promise<boolean> {
    const { timeline } = this.#state
    if (timeline.some((entry) => entry.serial === serial)) return true
    const isWithin =
      serial > (timeline[0]?.serial ?? '') && serial < (timeline.at(-1)?.serial ?? '')
    if (isWithin || !this.#actions.includes('history')) return canBeGone && isWithin
    this.#set({ isLoading: true })
    try {
      return await this.#replace(() => surroundings(this.#channel, serial, canBeGone))
    } finally {
      this.#set({ isLoading: false })
    }
  }

  async openNewest(): Promise<void> {
    if (!this.#state.hasNewer) return
    await this.#loading(async () => {
      await this.#replace(async () => {
        const page = await this.#channel.history({ limit: PAGE })
        return { items: page.items, hasOlder: page.hasNext(), hasNewer: false }
      })
    })
  }

  async mend(): Promise<void> {
    if (this.#state.phase === 'failed') {
      this.#set({ phase: 'opening' })
      this.#open()
      return
    }
    if (this.#state.isLoading) return
    const page = this.#gapPage
    if (page === undefined) return this.#catchUp(this.#gapAfter)
    await this.#loading(async () => this.#close(await page.next(), this.#gapAfter))
  }

  setReading(isAtBottom: boolean, serial?: string): void {
    this.#isAtBottom = isAtBottom
    this.#readingAt = serial
    this.#trim()
  }

  async edit(serial: string, text: string, changed: Fields = {}): Promise<void> {
    // What stands beside the text stays: an update replaces the whole message.
    const extras = this.#state.timeline.find((entry) => entry.serial === serial)?.extras
    const { userClaim: _claim, ...kept } = { ...extras, ...changed }
    const beside = Object.keys(kept).length === 0 ? {} : { extras: kept }
    await this.#channel.updateMessage({ serial, name: 'message', data: text, ...beside })
  }

  async remove(serial: string): Promise<void> {
    await this.#channel.deleteMessage({ serial, data: '' })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#listeners.clear()
    this.#channel.off(this.#onState)
    this.#channel.unsubscribe(this.#onMessage)
    this.#presence.close()
    this.#loose.clear()
    this.#state = EMPTY
    if (this.#channel.state !== 'failed') await this.#channel.detach().catch(() => undefined)
  }

  #open(): void {
    this.#wasAttached = false
    // A failed channel takes no listeners; attaching again makes it one that does.
    if (this.#channel.state === 'failed') this.#channel.attach().catch(() => undefined)
    // Subscribing attaches. Listening before being attached is what makes the history seamless.
    this.#channel.unsubscribe(this.#onMessage)
    this.#channel.subscribe(this.#onMessage).catch(() => undefined)
    this.#presence.open()
    if (this.#channel.state === 'attached') this.#onAttached(false)
  }

  readonly #onState = (change: ChannelChange): void => {
    if (change.current === 'attached') this.#onAttached(change.resumed)
    else if (change.current === 'failed') this.#onFailed(change.reason)
  }

  readonly #onMessage = (message: WireMessage): void => {
    if (this.#isClosed || this.#state.phase === 'denied') return
    if (message.action === 'message.summary') this.#summed.add(message.serial ?? '')
    this.around.told(allIncoming([message]))
    const isHeld = this.#isHeld(message)
    if (!isHeld || this.#replacing > 0) this.#loose.keep(message)
    if (isHeld) {
      this.#fold([message])
      this.#take([])
      this.#trim()
      return
    }
    if (isCreated(message) && this.#state.hasNewer) this.#set({ ahead: this.#state.ahead + 1 })
  }

  /** Whether a live message belongs to what is held, at its end or within. */
  #isHeld(message: WireMessage): boolean {
    const { timeline, hasNewer, hasOlder, phase } = this.#state
    const first = timeline[0]
    const last = timeline.at(-1)
    const serial = message.serial ?? ''
    if (phase === 'opening') return isCreated(message)
    if (first === undefined || last === undefined) return true
    if (serial > last.serial) return !hasNewer
    return serial >= first.serial || !hasOlder
  }

  #onAttached(isResumed: boolean): void {
    if (this.#isClosed) return
    const isFirst = !this.#wasAttached
    this.#wasAttached = true
    this.#presence.setShown(this.#actions.includes('presence'))
    this.#presence.refresh()
    if (isResumed && !isFirst) return
    this.#losses += 1
    void this.#catchUp(this.#state.timeline.at(-1)?.serial)
  }

  #onFailed(reason: WireError | undefined): void {
    const isDenied = isDenial(reason)
    this.#presence.clear()
    this.#gapPage = undefined
    this.#gapAfter = undefined
    if (isDenied) this.around.clear()
    this.#loose.clear()
    // What may no longer be read must not stay in memory either.
    if (isDenied) this.#set({ ...EMPTY, phase: 'denied' })
    else this.#set({ phase: 'failed', error: reason?.message, code: reason?.code })
  }

  /** Loads the newest messages, and older ones until what was known before (`after`) is reached and refreshed. */
  async #catchUp(after: string | undefined): Promise<void> {
    if (!this.#actions.includes('history')) {
      this.#set({ phase: 'open' })
      return
    }
    const last = this.#state.timeline.at(-1)
    const end = this.#state.hasNewer && last !== undefined ? { end: last.atMs } : {}
    await this.#loading(async () =>
      this.#close(await this.#channel.history({ limit: PAGE, ...end }), after),
    )
    if (this.#state.phase === 'opening') this.#set({ phase: 'open' })
  }

  async #close(first: Page | null, after: string | undefined): Promise<void> {
    const oldestKnown = after === undefined ? undefined : this.#state.timeline[0]?.serial
    let page = first
    for (let count = 1; page !== null; count += 1) {
      this.#take(page.items)
      const oldest = page.items.at(-1)?.serial
      const isDone = oldestKnown === undefined || (oldest !== undefined && oldest <= oldestKnown)
      if (isDone || !page.hasNext() || count === MOST_PAGES) {
        this.#settle(page, oldest, after)
        return
      }
      page = await page.next()
    }
  }

  #settle(page: Page, oldest: string | undefined, after: string | undefined): void {
    const hasGap = after !== undefined && page.hasNext() && (oldest === undefined || oldest > after)
    this.#gapPage = hasGap ? page : undefined
    this.#gapAfter = hasGap ? after : undefined
    if (!hasGap && after !== undefined && page.hasNext()) this.#renew(page.items.at(-1))
    const isAtStart = this.#state.timeline[0]?.serial === oldest || oldest === undefined
    this.#set({ phase: 'open', hasGap, ...(isAtStart ? { hasOlder: page.hasNext() } : {}) })
  }

  /** What lies before what was just read again may have changed unseen: let go of at the bottom, else read again too. */
  #renew(oldest: WireMessage | undefined): void {
    const { timeline } = this.#state
    const first = timeline[0]
    const serial = oldest?.serial
    if (serial === undefined || first === undefined || first.serial >= serial) return
    if (this.#isAtBottom)
      return this.#set({ timeline: timeline.filter((entry) => entry.serial >= serial) })
    void this.#loading(async () => {
      for await (const items of backTo(this.#channel, oldest?.timestamp ?? 0, first.serial))
        this.#take(items.filter((item) => (item.serial ?? '') >= first.serial))
    })
  }

  /** `take` is given a page that was loaded: of that nobody is told before it takes long, as it is drawn when it is there. */
  async #loading<T>(work: () => Promise<T>, take?: (found: T) => void): Promise<void> {
    const late = take && setTimeout(() => this.#tell(), LATE_MS)
    if (take === undefined) this.#set({ isLoading: true })
    else this.#state = { ...this.#state, isLoading: true }
    this.#summed.clear()
    try {
      const found = await work()
      this.#set({ isLoading: false })
      take?.(found)
    } catch (cause) {
      // Nothing is lost: the banner offers to load again.
      const { timeline, phase, hasGap } = this.#state
      const isGap = timeline.length > 0 || phase === 'opening' || hasGap
      if (phase !== 'denied') this.#set({ isLoading: false, hasGap: isGap, ...wordsOf(cause) })
    }
    clearTimeout(late)
  }

  /**
   * Fetches another stretch and holds it instead, with what came of it meanwhile. It does not reach to the newest if
   * more came than is kept, or if the place in the channel was lost.
   */
  async #replace(fetched: () => Promise<Surroundings | undefined>): Promise<boolean> {
    const losses = this.#losses
    const isCut = this.#loose.watch()
    this.#replacing += 1
    const found = await fetched().finally(() => {
      this.#replacing -= 1
    })
    if (found === undefined) return false
    if (this.#isClosed || this.#state.phase === 'denied') return true
    const { items, hasOlder } = found
    const hasNewer = found.hasNewer || losses !== this.#losses || isCut(newestOf(items))
    const timeline = fold([], this.#read(items))
    this.#gapPage = undefined
    this.#set({ timeline, hasOlder, hasNewer, hasGap: false, ahead: 0, phase: 'open' })
    this.#take([])
    return true
  }

  /** Messages of history. They say what their annotations add up to, also that there are none. */
  #read(messages: readonly WireMessage[]): readonly Incoming[] {
    const read = allIncoming(messages)
    this.around.told(read)
    return read.map(({ summary, ...message }) =>
      this.#summed.has(message.serial) ? message : { ...message, summary: summary ?? {} },
    )
  }

  #fold(live: readonly WireMessage[]): void {
    this.#set({ timeline: fold(this.#state.timeline, allIncoming(live)) })
  }

  /** Folds messages of history in, and what came of them live meanwhile. */
  #take(messages: readonly WireMessage[]): void {
    if (this.#isClosed || this.#state.phase === 'denied') return
    this.#set({ timeline: fold(this.#state.timeline, this.#read(messages)) })
    const held = this.#loose.those((message) => this.#isHeld(message))
    if (held.length === 0) return
    if (this.#replacing === 0) this.#loose.drop(held)
    this.#fold(held)
  }

  #known(): ReadonlySet<string> {
    return new Set(this.#state.timeline.map((entry) => entry.serial))
  }

  #trim(): void {
    this.#set(letGo(this.#state, this.#isAtBottom, this.#readingAt))
  }

  #set(parts: Partial<SessionState>): void {
    if (this.#isClosed) return
    const next = { ...this.#state, ...parts }
    const keys = Object.keys(parts) as (keyof SessionState)[]
    if (keys.every((key) => this.#state[key] === next[key])) return
    this.#state = next
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
