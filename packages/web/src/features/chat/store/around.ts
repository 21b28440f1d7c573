// What is done around the messages of a channel: reactions that are on their way, and messages that others quote.

import { isGranted, NO_WISHES, REACTION, type Wishes } from '../model/reactions.ts'
import { type Entry, findBySerial, fold, type Incoming, type Timeline } from '../model/timeline.ts'
import { type ChannelPort, incomingOf, type Page, type WireMessage } from './port.ts'

export type Around = {
  /** What was pressed and is not told by the server yet. */
  wishes(serial: string): Wishes
  /** All of them, by serial: the same map until one changes. */
  wished(): ReadonlyMap<string, Wishes>
  /** Shows it at once. @throws the error of the server; then it is as it was */
  react(serial: string, name: string, isOn: boolean, me: string): Promise<void>
  /** A message that may be older than what is loaded; `missing` if there is none, or it may not be read. */
  quoted(serial: string): Entry | 'missing' | undefined
  /** Asks for one that is quoted, once. */
  fetchQuoted(serial: string): void
  /** One message, asked for anew. @throws the error of the server */
  fetch(serial: string): Promise<WireMessage>
  /** Every version of a message, oldest first. @throws the error of the server */
  versions(serial: string): Promise<readonly WireMessage[]>
  /** What has come, from history or live. */
  told(incoming: readonly Incoming[]): void
  /** Nothing may stay: the right to read is gone. */
  clear(): void
}

/** What was asked of the channel. */
type Port = Pick<ChannelPort, 'annotations' | 'getMessage' | 'getMessageVersions'>

const MOST_VERSIONS = 200

type Wish = { readonly isOn: boolean; readonly me: string; isSending: boolean }

/** @param changed called whenever something here has */
export function aroundOf(channel: Port, timeline: () => Timeline, changed: () => void): Around {
  return new ChannelAround(channel, timeline, changed)
}

class ChannelAround implements Around {
  readonly #channel: Port
  readonly #timeline: () => Timeline
  readonly #changed: () => void
  readonly #wishes = new Map<string, ReadonlyMap<string, Wish>>()
  readonly #asked = new Set<string>()
  readonly #missing = new Set<string>()
  #shown: ReadonlyMap<string, Wishes> = new Map()
  #quoted: Timeline = []

  constructor(channel: Port, timeline: () => Timeline, changed: () => void) {
    this.#channel = channel
    this.#timeline = timeline
    this.#changed = changed
  }

  wishes(serial: string): Wishes {
    return this.#shown.get(serial) ?? NO_WISHES
  }

  wished = (): ReadonlyMap<string, Wishes> => this.#shown

  async react(serial: string, name: string, isOn: boolean, me: string): Promise<void> {
    const isSending = this.#wishes.get(serial)?.get(name)?.isSending === true
    this.#wish(serial, name, { isOn, me, isSending })
    // What is on its way is followed by what was pressed last.
    if (!isSending) await this.#send(serial, name)
  }

  quoted(serial: string): Entry | 'missing' | undefined {
    const known = findBySerial(this.#timeline(), serial) ?? findBySerial(this.#quoted, serial)
    return known ?? (this.#missing.has(serial) ? 'missing' : undefined)
  }

  fetchQuoted(serial: string): void {
    if (this.#asked.has(serial) || this.quoted(serial) !== undefined) return
    this.#asked.add(serial)
    this.#channel.getMessage(serial).then(
      (message) => {
        const incoming = this.#asked.has(serial) ? incomingOf(message) : undefined
        if (incoming === undefined) return
        this.#quoted = fold(this.#quoted, [incoming])
        this.#changed()
      },
      (cause: { readonly statusCode?: number }) => {
        // Asked again at the next sight, if it was only the connection.
        if ((cause.statusCode ?? 0) >= 500 || cause.statusCode === undefined)
          this.#asked.delete(serial)
        else this.#missing.add(serial)
        this.#changed()
      },
    )
  }

  fetch(serial: string): Promise<WireMessage> {
    return this.#channel.getMessage(serial)
  }

  async versions(serial: string): Promise<readonly WireMessage[]> {
    const found: WireMessage[] = []
    let page: Page | null = await this.#channel.getMessageVersions(serial)
    while (page !== null && found.length < MOST_VERSIONS) {
      found.push(...page.items)
      page = page.hasNext() ? await page.next() : null
    }
    return found
  }

  told(incoming: readonly Incoming[]): void {
    for (const message of incoming) {
      if (message.summary !== undefined) this.#settle(message.serial, message.summary)
      if (this.#asked.has(message.serial) && findBySerial(this.#quoted, message.serial))
        this.#quoted = fold(this.#quoted, [message])
    }
  }

  clear(): void {
    this.#wishes.clear()
    this.#shown = new Map()
    this.#asked.clear()
    this.#missing.clear()
    this.#quoted = []
  }

  async #send(serial: string, name: string): Promise<void> {
    for (;;) {
      const wish = this.#wishes.get(serial)?.get(name)
      if (wish === undefined) return
      wish.isSending = true
      const { annotations } = this.#channel
      try {
        const remark = { type: REACTION, name }
        await (wish.isOn ? annotations.publish(serial, remark) : annotations.delete(serial, remark))
      } catch (cause) {
        this.#wish(serial, name, undefined)
        throw cause
      }
      wish.isSending = false
      const next = this.#wishes.get(serial)?.get(name)
      if (next === undefined || next.isOn === wish.isOn) {
        if (next !== undefined) next.isSending = false
        return
      }
    }
  }

  #settle(serial: string, summary: Incoming['summary']): void {
    for (const [name, { isOn, me }] of this.#wishes.get(serial) ?? []) {
      if (summary !== undefined && isGranted(summary, me, name, isOn))
        this.#wish(serial, name, undefined)
    }
  }

  #wish(serial: string, name: string, wish: Wish | undefined): void {
    const next = new Map(this.#wishes.get(serial))
    if (wish === undefined) next.delete(name)
    else next.set(name, wish)
    if (next.size === 0) this.#wishes.delete(serial)
    else this.#wishes.set(serial, next)
    const shown = new Map(this.#shown)
    if (next.size === 0) shown.delete(serial)
    else shown.set(serial, new Map([...next].map(([one, { isOn }]) => [one, isOn])))
    this.#shown = shown
    this.#changed()
  }
}
