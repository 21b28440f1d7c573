// Sends what was written in one conversation: in order, one at a time, again under the same id until it arrives or is refused.
// It is kept on this device until then.

import {
  nextOf,
  type Outbox,
  readOutbox,
  type Unsent,
  type Written,
  withoutArrived,
  withState,
} from '../model/outbox.ts'
import type { DeviceStore } from './device-store.ts'
import type { Channel, WireError } from './port.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

export type OutboxNeeds = {
  readonly channel: Channel
  readonly kept: DeviceStore
  readonly key: string
  /** The words for a refusal. */
  readonly wordsOf: (error: WireError) => string
  readonly newId: () => string
  readonly now: () => number
}

export class ConversationOutbox {
  readonly #needs: OutboxNeeds
  readonly #listeners = new Set<() => void>()
  #items: Outbox
  #waitMs = FIRST_WAIT_MS
  #timer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(needs: OutboxNeeds) {
    this.#needs = needs
    this.#items = readOutbox(needs.kept.get(`unsent.${needs.key}`))
  }

  items = (): Outbox => this.#items

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  write(item: Written): void {
    const id = `${this.#needs.newId()}:0`
    this.#set([...this.#items, { ...item, id, atMs: this.#needs.now(), state: 'waiting' }])
    this.kick()
  }

  retry(id: string): void {
    this.#set(withState(this.#items, id, 'waiting'))
    this.kick()
  }

  discard(id: string): void {
    this.#set(this.#items.filter((one) => one.id !== id))
    this.kick()
  }

  /** Messages with these ids have come from the server. */
  arrived(ids: ReadonlySet<string | undefined>): void {
    this.#set(withoutArrived(this.#items, ids))
    this.kick()
  }

  kick(): void {
    const item = this.#isClosed ? undefined : nextOf(this.#items)
    if (item !== undefined) void this.#send(item)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  async #send(item: Unsent): Promise<void> {
    this.#set(withState(this.#items, item.id, 'sending'))
    const { id, kind, text } = item
    const extras = extrasOf(item)
    try {
      await this.#needs.channel.publish({
        id,
        name: kind,
        data: kind === 'file' ? {} : { text },
        ...(extras === undefined ? {} : { extras }),
      })
      this.#waitMs = FIRST_WAIT_MS
      this.#set(withState(this.#items, id, 'sent'))
      this.kick()
    } catch (cause) {
      this.#refused(id, typeof cause === 'object' && cause !== null ? (cause as WireError) : {})
    }
  }

  #refused(id: string, error: WireError): void {
    if (this.#isClosed) return
    if (!isPassing(error)) {
      this.#set(withState(this.#items, id, 'failed', this.#needs.wordsOf(error)))
      this.kick()
      return
    }
    this.#set(withState(this.#items, id, 'waiting'))
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.kick(), this.#waitMs)
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS)
  }

  #set(items: Outbox): void {
    if (items === this.#items) return
    this.#items = items
    const name = `unsent.${this.#needs.key}`
    this.#needs.kept.set(name, items.length === 0 ? undefined : JSON.stringify(items))
    if (this.#isClosed) return
    for (const listener of [...this.#listeners]) listener()
  }
}

/** 8xxxx: the connection; 429: too fast; 5xx: the server, for now. The same id makes trying again safe. */
function isPassing({ code = 0, statusCode = 0 }: WireError): boolean {
  return Math.floor(code / 10_000) === 8 || statusCode === 429 || statusCode >= 500 || code === 0
}

function extrasOf({ files, mentions }: Unsent): object | undefined {
  if (files.length > 0) return { attachments: files }
  return mentions.length > 0 ? { mentions: { people: mentions } } : undefined
}
