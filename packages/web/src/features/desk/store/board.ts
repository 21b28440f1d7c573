// The live board: what changes in conversations one may see, who of the desk is there, who is on the site.

import type { Wire } from '../model/log.ts'
import { named } from '../model/names.ts'
import type { Conversation, Named, Operator } from '../model/shapes.ts'
import type { Channel, ChannelChange, Realtime } from './port.ts'

export type BoardNews =
  | { readonly kind: 'conversation'; readonly conversation: Conversation }
  | {
      readonly kind: 'gone'
      readonly key: string
      /** Why, who did it and who has it now, where the reader may know. */
      readonly why?: string
      readonly by?: Named
      readonly to?: Named
    }
  | { readonly kind: 'operator'; readonly operator: Partial<Operator> & { readonly id: string } }
  | { readonly kind: 'visitor'; readonly visitor: { readonly id: string } }
  /** A note names the reader. */
  | { readonly kind: 'mention'; readonly key: string; readonly by: Named }
  /** Something may have been missed: what was read has to be read again. */
  | { readonly kind: 'missed' }

const NAME = '[desk]'
const AGAIN_MS = 10_000

export class Board {
  readonly #channel: Channel
  readonly #listeners = new Set<(news: BoardNews) => void>()
  readonly #timer: ReturnType<typeof setInterval>
  #wasAttached = false

  constructor(realtime: Realtime) {
    this.#channel = realtime.channels.get(NAME)
    this.#channel.on(this.#onState)
    // Subscribing attaches. A refusal leaves the lists as they are read.
    this.#channel.subscribe(this.#onMessage).catch(() => undefined)
    // Where the board may not be listened to, or not now, lists are read again now and then.
    this.#timer = setInterval(() => {
      if (this.#channel.state !== 'attached') this.#tell({ kind: 'missed' })
    }, AGAIN_MS)
  }

  subscribe(listener: (news: BoardNews) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The channel of a conversation has closed for the reader: it goes everywhere, before the board says so. */
  lose(key: string): void {
    this.#tell({ kind: 'gone', key })
  }

  close(): void {
    this.#listeners.clear()
    clearInterval(this.#timer)
    this.#channel.off(this.#onState)
    this.#channel.unsubscribe(this.#onMessage)
    this.#channel.detach().catch(() => undefined)
  }

  readonly #onState = (change: ChannelChange): void => {
    if (change.current !== 'attached') return
    // Also the first time: what changed between reading and attaching was not told.
    if (!(this.#wasAttached && change.resumed)) this.#tell({ kind: 'missed' })
    this.#wasAttached = true
  }

  readonly #onMessage = (message: Wire): void => {
    const news = newsOf(message)
    if (news !== undefined) this.#tell(news)
  }

  #tell(news: BoardNews): void {
    for (const listener of [...this.#listeners]) listener(news)
  }
}

/** Absent for what is none of ours. */
export function newsOf({ name, data }: Wire): BoardNews | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const said = data as Readonly<Record<string, unknown>>
  if (name === 'conversation' && typeof said.key === 'string')
    return { kind: 'conversation', conversation: named(said as unknown as Conversation) }
  if (name === 'gone' && typeof said.key === 'string')
    return { ...(said as object), kind: 'gone', key: said.key }
  if (name === 'mention' && typeof said.key === 'string')
    return { kind: 'mention', key: said.key, by: said.by as Named }
  if (name === 'operator' && typeof said.id === 'string')
    return { kind: 'operator', operator: said as unknown as Operator }
  if (name === 'visitor' && typeof said.id === 'string')
    return { kind: 'visitor', visitor: { id: said.id } }
  return undefined
}
