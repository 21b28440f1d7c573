// One conversation on this screen: attached, its messages folded from history and live, marks, who writes, and what is on its
// way. Catches up by itself; nothing of it stays once the right to read it is gone.

import { fold, type Log, type Marks, marked, type Wire, withMarks } from '../model/log.ts'
import { type Outbox, type Written, withoutArrived } from '../model/outbox.ts'
import type { ConversationOutbox } from './conversation-outbox.ts'
import type { Channel, ChannelChange, HistoryPage } from './port.ts'

const PAGE = 50
/** Somebody who has not been heard for so long writes no more. */
const TYPING_MS = 6_000
/** Said again while one goes on writing. */
const TYPING_AGAIN_MS = 3_000

export type SessionState = {
  /** `denied`: it may not be read any more, and nothing of it is held. */
  readonly phase: 'opening' | 'open' | 'denied' | 'failed'
  readonly log: Log
  readonly hasOlder: boolean
  readonly isLoading: boolean
  readonly marks: ReadonlyMap<string, Marks>
  /** Ids of those who write now. */
  readonly typing: readonly string[]
  readonly outbox: Outbox
}

const EMPTY: SessionState = {
  phase: 'opening',
  log: [],
  hasOlder: false,
  isLoading: true,
  marks: new Map(),
  typing: [],
  outbox: [],
}

export class ConversationSession {
  readonly #channel: Channel
  readonly #outbox: ConversationOutbox
  readonly #me: string
  readonly #listeners = new Set<() => void>()
  readonly #typing = new Map<string, ReturnType<typeof setTimeout>>()
  #state: SessionState
  #older: HistoryPage | undefined
  #isClosed = false
  #saidTypingMs = 0

  constructor(channel: Channel, outbox: ConversationOutbox, me: string) {
    this.#channel = channel
    this.#outbox = outbox
    this.#me = me
    this.#state = { ...EMPTY, outbox: outbox.items() }
    outbox.subscribe(() => this.#set({ outbox: outbox.items() }))
    channel.on(this.#onState)
    this.#open()
  }

  state = (): SessionState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What is known of marks from elsewhere. */
  takeMarks(of: string, marks: Marks): void {
    this.#set({ marks: withMarks(this.#state.marks, of, marks) })
  }

  write(item: Written): void {
    this.#outbox.write(item)
  }

  retry(id: string): void {
    this.#outbox.retry(id)
  }

  discard(id: string): void {
    this.#outbox.discard(id)
  }

  /** Says that one writes: now, and again while it goes on. */
  typing(): void {
    const now = performance.now()
    if (this.#saidTypingMs > 0 && now - this.#saidTypingMs < TYPING_AGAIN_MS) return
    this.#saidTypingMs = now
    const message = { name: 'typing', data: {}, extras: { ephemeral: true } }
    this.#channel.publish(message).catch(() => undefined)
  }

  async loadOlder(): Promise<void> {
    const page = this.#older
    if (page === undefined || this.#state.isLoading) return
    this.#set({ isLoading: true })
    try {
      this.#take(await page.next())
    } catch {
      this.#set({ isLoading: false })
    }
  }

  /** @throws the error of the server; the message stays */
  async remove(serial: string): Promise<void> {
    await this.#channel.deleteMessage({ serial })
  }

  /** Tries again what did not open, or that has been opened to one again. */
  reopen(): void {
    if (this.#state.phase !== 'denied' && this.#state.phase !== 'failed') return
    this.#set({ ...EMPTY, outbox: this.#outbox.items() })
    this.#open()
  }

  close(): void {
    this.#isClosed = true
    this.#listeners.clear()
    this.#channel.off(this.#onState)
    this.#channel.unsubscribe(this.#onMessage)
    this.#outbox.close()
    this.#forgetTyping()
    this.#older = undefined
    this.#state = EMPTY
    if (this.#channel.state !== 'failed') this.#channel.detach().catch(() => undefined)
  }

  #open(): void {
    // A failed channel takes no listeners; attaching again makes it one that does.
    if (this.#channel.state === 'failed') this.#channel.attach().catch(() => undefined)
    this.#channel.unsubscribe(this.#onMessage)
    // Subscribing attaches; listening before history is read leaves no hole.
    this.#channel.subscribe(this.#onMessage).catch(() => undefined)
    if (this.#channel.state === 'attached') void this.#catchUp()
  }

  readonly #onState = (change: ChannelChange): void => {
    if (this.#isClosed) return
    if (change.current === 'attached' && !(change.resumed && this.#state.phase === 'open'))
      void this.#catchUp()
    if (change.current !== 'failed') return
    const code = change.reason?.code ?? 0
    const isDenied = code >= 40160 && code < 40170
    this.#forgetTyping()
    this.#older = undefined
    this.#set({ ...EMPTY, isLoading: false, phase: isDenied ? 'denied' : 'failed' })
  }

  readonly #onMessage = (message: Wire): void => {
    if (this.#isClosed || this.#state.phase === 'denied') return
    if (message.name === 'typing') return this.#heardTyping(message.clientId)
    if (message.name === 'mark') return this.#set({ marks: marked(this.#state.marks, message) })
    this.#stopTyping(message.clientId)
    this.#fold([message])
  }

  /** The newest, and back to what was known before. */
  async #catchUp(): Promise<void> {
    this.#set({ isLoading: true })
    try {
      const last = this.#state.log.at(-1)?.serial
      let page: HistoryPage | null = await this.#channel.history({ limit: PAGE })
      while (page !== null) {
        const oldest = page.items.at(-1)?.serial
        const isReached = last === undefined || oldest === undefined || oldest <= last
        if (isReached || !page.hasNext()) break
        this.#fold(page.items)
        page = await page.next()
      }
      this.#take(page)
      this.#outbox.kick()
    } catch {
      if (this.#state.phase === 'opening') this.#set({ phase: 'failed', isLoading: false })
      else this.#set({ isLoading: false })
    }
  }

  #take(page: HistoryPage | null): void {
    if (this.#isClosed || this.#state.phase === 'denied') return
    const isOldest = (page?.items.at(-1)?.serial ?? '') <= (this.#state.log[0]?.serial ?? '~')
    if (isOldest) this.#older = page?.hasNext() === true ? page : undefined
    this.#fold(page?.items ?? [])
    this.#set({ phase: 'open', isLoading: false, hasOlder: this.#older !== undefined })
  }

  #fold(messages: readonly Wire[]): void {
    if (this.#isClosed || this.#state.phase === 'denied') return
    const log = fold(this.#state.log, messages)
    const ids = new Set(messages.map(({ id }) => id))
    if (withoutArrived(this.#outbox.items(), ids) !== this.#outbox.items())
      this.#outbox.arrived(ids)
    this.#set({ log })
  }

  #heardTyping(id: string | undefined): void {
    if (id === undefined || id === this.#me) return
    clearTimeout(this.#typing.get(id))
    const end = setTimeout(() => this.#stopTyping(id), TYPING_MS)
    this.#typing.set(id, end)
    this.#tellTyping()
  }

  #stopTyping(id: string | undefined): void {
    const timer = this.#typing.get(id ?? '')
    if (id === undefined || timer === undefined) return
    clearTimeout(timer)
    this.#typing.delete(id)
    this.#tellTyping()
  }

  #forgetTyping(): void {
    for (const timer of this.#typing.values()) clearTimeout(timer)
    this.#typing.clear()
  }

  #tellTyping(): void {
    const typing = [...this.#typing.keys()]
    if (typing.join() !== this.#state.typing.join()) this.#set({ typing })
  }

  #set(parts: Partial<SessionState>): void {
    if (this.#isClosed) return
    const keys = Object.keys(parts) as (keyof SessionState)[]
    if (keys.every((key) => this.#state[key] === parts[key])) return
    this.#state = { ...this.#state, ...parts }
    for (const listener of [...this.#listeners]) listener()
  }
}
