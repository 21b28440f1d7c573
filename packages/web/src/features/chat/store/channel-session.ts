// One channel on this screen: attached, its messages folded from history and live, who is here. Catches up by itself.

import { fold, type Incoming, newest, type Timeline } from '../model/timeline.ts'
import { type Around, aroundOf } from './around.ts'
import {
  type ChannelChange,
  type ChannelPort,
  incomingOf,
  type Page,
  type WireError,
  type WireMessage,
} from './port.ts'
import { presenceOf } from './presence.ts'

export type SessionState = {
  /** `denied`: the right to read is gone, and with it everything that was here. `failed`: attaching did not work. */
  readonly phase: 'opening' | 'open' | 'denied' | 'failed'
  readonly timeline: Timeline
  readonly hasOlder: boolean
  readonly isLoading: boolean
  /** Messages may be missing between what was known and what came after. */
  readonly hasGap: boolean
  readonly here: ReadonlySet<string>
  readonly error?: string
}

export type ChannelSession = {
  /** Reactions on their way, and messages that others quote. */
  readonly around: Around
  state(): SessionState
  subscribe(listener: () => void): () => void
  /** Rights changed: attaches again, loads what may now be read, shows or hides the reader. */
  setRights(actions: readonly string[]): void
  loadOlder(): Promise<void>
  /** Loads what a gap left out, or tries again what failed. */
  mend(): Promise<void>
  /** While reading at the bottom, old messages are let go of; they can be loaded again. */
  setAtBottom(isAtBottom: boolean): void
  /** @throws the error of the server; the message is unchanged */
  edit(serial: string, text: string): Promise<void>
  /** @throws the error of the server; the message is unchanged */
  remove(serial: string): Promise<void>
  close(): void
}

const PAGE = 100
/** Pages fetched to close a gap before asking the reader. */
const MOST_PAGES = 5
/** What is drawn while reading at the bottom: enough to scroll back a little, few enough for a flood. */
const MOST_KEPT = 220
const KEPT = 150
const EMPTY: SessionState = {
  phase: 'opening',
  timeline: [],
  hasOlder: false,
  isLoading: false,
  hasGap: false,
  here: new Set(),
}

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
  #wasAttached = false
  /** Where a gap ends: the newest serial known before it. */
  #gapAfter: string | undefined
  #gapPage: Page | undefined
  /** Whose sums were told while history was on its way: it may not know of them yet. */
  readonly #summed = new Set<string>()

  constructor(channel: ChannelPort, actions: readonly string[]) {
    this.#channel = channel
    this.#actions = actions
    this.#presence = presenceOf(channel.presence, (here) => this.#set({ here }))
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

  async loadOlder(): Promise<void> {
    const oldest = this.#state.timeline[0]
    if (this.#state.isLoading || !this.#state.hasOlder || oldest === undefined) return
    await this.#loading(async () => {
      let page: Page | null = await this.#channel.history({ limit: PAGE, end: oldest.atMs })
      let grew = this.#take(this.#read(page))
      // `end` includes its own millisecond, so a page may hold only what is known.
      while (!grew && page?.hasNext() === true) {
        page = await page.next()
        grew = this.#take(this.#read(page))
      }
      this.#set({ hasOlder: page?.hasNext() === true })
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

  setAtBottom(isAtBottom: boolean): void {
    this.#isAtBottom = isAtBottom
    this.#trim()
  }

  async edit(serial: string, text: string): Promise<void> {
    // What stands beside the text stays: an update replaces the whole message.
    const extras = this.#state.timeline.find((entry) => entry.serial === serial)?.extras
    const { userClaim: _claim, ...kept } = extras ?? {}
    const beside = Object.keys(kept).length === 0 ? {} : { extras: kept }
    await this.#channel.updateMessage({ serial, name: 'message', data: text, ...beside })
  }

  async remove(serial: string): Promise<void> {
    await this.#channel.deleteMessage({ serial, data: '' })
  }

  close(): void {
    this.#isClosed = true
    this.#listeners.clear()
    this.#channel.off(this.#onState)
    this.#channel.unsubscribe(this.#onMessage)
    this.#presence.close()
    if (this.#channel.state !== 'failed') this.#channel.detach().catch(() => undefined)
    this.#state = EMPTY
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
    if (this.#isClosed) return
    if (message.action === 'message.summary') this.#summed.add(message.serial ?? '')
    this.#take([message])
    this.#trim()
  }

  #onAttached(isResumed: boolean): void {
    if (this.#isClosed) return
    const isFirst = !this.#wasAttached
    this.#wasAttached = true
    this.#presence.setShown(this.#actions.includes('presence'))
    this.#presence.refresh()
    if (isResumed && !isFirst) return
    void this.#catchUp(this.#state.timeline.at(-1)?.serial)
  }

  #onFailed(reason: WireError | undefined): void {
    const isDenied = reason?.code !== undefined && reason.code >= 40160 && reason.code < 40170
    this.#presence.clear()
    this.#gapPage = undefined
    this.#gapAfter = undefined
    if (isDenied) this.around.clear()
    // What may no longer be read must not stay in memory either.
    if (isDenied) this.#set({ ...EMPTY, phase: 'denied' })
    else this.#set({ phase: 'failed', error: reason?.message ?? 'the channel could not be opened' })
  }

  /** Loads the newest messages, and older ones until what was known before (`after`) is reached and refreshed. */
  async #catchUp(after: string | undefined): Promise<void> {
    if (!this.#actions.includes('history')) {
      this.#set({ phase: 'open' })
      return
    }
    await this.#loading(async () =>
      this.#close(await this.#channel.history({ limit: PAGE }), after),
    )
    if (this.#state.phase === 'opening') this.#set({ phase: 'open' })
  }

  async #close(first: Page | null, after: string | undefined): Promise<void> {
    const oldestKnown = after === undefined ? undefined : this.#state.timeline[0]?.serial
    let page = first
    for (let count = 1; page !== null; count += 1) {
      this.#take(this.#read(page))
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
    const isAtStart = this.#state.timeline[0]?.serial === oldest || oldest === undefined
    this.#set({ phase: 'open', hasGap, ...(isAtStart ? { hasOlder: page.hasNext() } : {}) })
  }

  async #loading(work: () => Promise<void>): Promise<void> {
    this.#set({ isLoading: true })
    this.#summed.clear()
    try {
      await work()
      this.#set({ isLoading: false })
    } catch (cause) {
      // Nothing is lost: the banner offers to load again.
      const isGap = this.#state.timeline.length > 0 || this.#state.phase === 'opening'
      if (this.#state.phase !== 'denied')
        this.#set({ isLoading: false, hasGap: isGap, error: String(cause) })
    }
  }

  /** A page of history. It says of every message what its annotations add up to, also that there are none. */
  #read(page: Page | null): readonly WireMessage[] {
    return (page?.items ?? []).map((message) => {
      const { annotations, ...rest } = message
      if (this.#summed.has(message.serial ?? '')) return rest
      return { ...rest, annotations: { summary: annotations?.summary ?? {} } }
    })
  }

  #take(messages: readonly WireMessage[]): boolean {
    if (this.#isClosed || this.#state.phase === 'denied') return false
    const incoming = messages.map(incomingOf).filter((one): one is Incoming => one !== undefined)
    const before = this.#state.timeline
    const timeline = fold(before, incoming)
    this.around.told(incoming)
    this.#set({ timeline })
    return timeline.length > before.length
  }

  #trim(): void {
    if (!this.#isAtBottom || this.#state.timeline.length <= MOST_KEPT || this.#state.hasGap) return
    this.#set({ timeline: newest(this.#state.timeline, KEPT), hasOlder: true })
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
