// Sends what was written: in order, one at a time per channel, again under the same id until it arrives or is refused.

import {
  nextToSend,
  type Outbox,
  type OutboxEvent,
  reduce,
  type Unsent,
  verdictOf,
} from '../model/outbox.ts'
import type { ChannelPort, ConnectionChange, Page, RealtimePort, WireError } from './port.ts'
import type { Kept } from './storage.ts'

/** What is sent: a text and what goes beside it. */
export type Draft = Pick<Unsent, 'text' | 'extras' | 'isPatient'>

export type Sender = {
  outbox(): Outbox
  subscribe(listener: () => void): () => void
  write(channelKey: string, draft: Draft): void
  retry(id: string): void
  discard(id: string): void
  /** Messages with these ids are on screen now. */
  arrived(ids: ReadonlySet<string | undefined>): void
  /** Rights or connection changed: tries what waits. */
  kick(): void
  close(): void
}

export type SenderNeeds = {
  readonly realtime: RealtimePort
  readonly kept: Kept
  /** Wire name of a channel that may be written to; absent if there is none now. */
  readonly channelName: (channelKey: string) => string | undefined
  /** False until the rights are known; nothing is sent or given up before. */
  readonly isReady: () => boolean
  readonly newId: () => string
  readonly now: () => number
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
const HISTORY_PAGE = 100
const MOST_PAGES = 10
/** How far the clocks of device and server may be apart when looking for what may have arrived already. */
const CLOCK_SLACK_MS = 10 * 60_000

/** Starts with what an earlier visit left unsent. */
export function senderOf(needs: SenderNeeds): Sender {
  return new OutboxSender(needs)
}

class OutboxSender implements Sender {
  readonly #needs: SenderNeeds
  readonly #listeners = new Set<() => void>()
  /** Restored items: they may have arrived before the page went away. */
  readonly #doubtful: Set<string>
  #outbox: Outbox
  #waitMs = FIRST_WAIT_MS
  #timer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(needs: SenderNeeds) {
    this.#needs = needs
    this.#outbox = reduce([], { kind: 'restored', items: needs.kept.unsent() })
    this.#doubtful = new Set(this.#outbox.map((item) => item.id))
    needs.realtime.connection.on(this.#onConnection)
  }

  outbox = (): Outbox => this.#outbox

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  write(channelKey: string, { text, extras, isPatient }: Draft): void {
    const id = `${this.#needs.newId()}:0`
    const item = { id, channelKey, text, extras, isPatient, atMs: this.#needs.now() }
    this.#apply({ kind: 'written', item })
    this.#keep(id)
    this.kick()
  }

  retry(id: string): void {
    this.#apply({ kind: 'retried', id })
    this.#keep(id)
    this.kick()
  }

  discard(id: string): void {
    this.#needs.kept.dropUnsent(id)
    this.#apply({ kind: 'discarded', id })
  }

  arrived(ids: ReadonlySet<string | undefined>): void {
    for (const item of this.#outbox.filter((one) => ids.has(one.id))) this.#arrive(item.id)
  }

  kick(): void {
    if (this.#isClosed || !this.#needs.isReady()) return
    for (const key of new Set(this.#outbox.map((item) => item.channelKey))) {
      const item = nextToSend(this.#outbox, key)
      if (item === undefined) continue
      const name = this.#needs.channelName(key)
      if (name === undefined && item.isPatient === true) continue
      if (name === undefined) this.#refused(item.id, NOT_OPEN)
      else void this.#send(item, this.#needs.realtime.channels.get(name))
    }
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#listeners.clear()
    this.#needs.realtime.connection.off(this.#onConnection)
  }

  readonly #onConnection = (change: ConnectionChange): void => {
    if (change.current !== 'connected') return
    this.#waitMs = FIRST_WAIT_MS
    this.kick()
  }

  async #send(item: Unsent, channel: ChannelPort): Promise<void> {
    this.#apply({ kind: 'started', id: item.id })
    try {
      if (this.#doubtful.has(item.id) && (await hasArrived(channel, item))) {
        this.#arrive(item.id)
      } else {
        this.#doubtful.delete(item.id)
        const { id, text: data, extras } = item
        await channel.publish({ id, name: 'message', data, ...(extras && { extras }) })
        this.#needs.kept.dropUnsent(item.id)
        this.#apply({ kind: 'accepted', id: item.id })
      }
      this.#waitMs = FIRST_WAIT_MS
      this.kick()
    } catch (cause) {
      this.#refused(item.id, isAway(channel) ? AWAY : errorOf(cause))
    }
  }

  #refused(id: string, error: WireError): void {
    const verdict = verdictOf(error)
    const isPatient = this.#outbox.find((item) => item.id === id)?.isPatient === true
    const waits =
      verdict.kind === 'failed' && isPatient && verdict.failure.code === 'rights_changed'
    if (verdict.kind === 'failed' && !waits) {
      this.#apply({ kind: 'failed', id, failure: verdict.failure })
      this.#keep(id)
      this.kick()
      return
    }
    const waitMs = saidWaitMs(error)
    const untilMs = waitMs === undefined ? undefined : this.#needs.now() + waitMs
    this.#apply({ kind: 'postponed', id, untilMs })
    clearTimeout(this.#timer)
    if (this.#isClosed) return
    this.#timer = setTimeout(() => this.kick(), waitMs ?? this.#waitMs)
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS)
  }

  #arrive(id: string): void {
    this.#needs.kept.dropUnsent(id)
    this.#apply({ kind: 'arrived', id })
  }

  #keep(id: string): void {
    const item = this.#outbox.find((one) => one.id === id)
    if (item !== undefined) this.#needs.kept.keepUnsent(item)
  }

  #apply(event: OutboxEvent): void {
    const next = reduce(this.#outbox, event)
    if (next === this.#outbox || this.#isClosed) return
    this.#outbox = next
    for (const listener of [...this.#listeners]) listener()
  }
}

/** In slow mode the server says when one's turn comes. */
function saidWaitMs({ detail }: WireError): number | undefined {
  const waitMs = Number((detail as { readonly retryAfterMs?: unknown } | undefined)?.retryAfterMs)
  return waitMs > 0 ? waitMs : undefined
}

/** The connection was lost for long: the client refuses by itself what the server has not been asked. */
function isAway(channel: ChannelPort): boolean {
  return channel.state === 'suspended'
}

const AWAY: WireError = { code: 80002, message: 'the connection is lost' }

const NOT_OPEN: WireError = {
  code: 40160,
  statusCode: 401,
  message: 'the channel is not open to you',
}

async function hasArrived(channel: ChannelPort, item: Unsent): Promise<boolean> {
  const start = Math.max(0, item.atMs - CLOCK_SLACK_MS)
  try {
    let page: Page | null = await channel.history({ limit: HISTORY_PAGE, start })
    for (let count = 0; page !== null && count < MOST_PAGES; count += 1) {
      if (page.items.some((message) => message.id === item.id)) return true
      page = page.hasNext() ? await page.next() : null
    }
  } catch (cause) {
    // Without the right to read history the question cannot be asked; the server still knows a recent id again.
    if (verdictOf(errorOf(cause)).kind === 'again') throw cause
  }
  return false
}

function errorOf(cause: unknown): WireError {
  return typeof cause === 'object' && cause !== null ? (cause as WireError) : {}
}
