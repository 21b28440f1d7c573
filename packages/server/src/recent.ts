// Messages of channels that keep none: two minutes in memory, for who comes back. They take their place in the order
// behind the last stored entry.

import type { ChannelMessage } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'

/** How long a message can be come back for; milliseconds. */
const KEPT_MS = 120_000
/** The most that is kept of one channel, and of all together; characters and bytes of payload. */
const MAX_OF_CHANNEL = 1_000
const MAX_BYTES = 67_108_864
/** Channels of which it is remembered what was dropped. */
const MAX_CHANNELS = 10_000

type Kept = {
  readonly channel: ChannelName
  readonly message: ChannelMessage
  readonly keys: readonly string[]
  readonly bytes: number
}

export class Recent {
  /** In order; before `#first` everything was dropped. */
  #all: Kept[] = []
  #first = 0
  #bytes = 0
  readonly #byChannel = new Map<ChannelName, Kept[]>()
  readonly #byKey = new Map<string, Kept>()
  /** Per channel, the newest message that was dropped. */
  readonly #dropped = new Map<ChannelName, string>()
  /** Of what came before nothing is remembered. */
  #knownFrom: string
  #lastMs: number
  #count = 0

  /** @param head the last stored entry; what was said before this process is not known */
  constructor(head: string, nowMs: number) {
    this.#lastMs = nowMs
    this.#knownFrom = placeAfter(head, nowMs, 0)
  }

  /** The next place: after everything stored and told so far, never given twice, not even by another process. */
  nextSerial(head: string, nowMs: number): string {
    this.#count = nowMs > this.#lastMs ? 0 : this.#count + 1
    this.#lastMs = Math.max(this.#lastMs, nowMs)
    return placeAfter(head, this.#lastMs, this.#count)
  }

  /** The position of a channel that keeps no messages. */
  position(channel: ChannelName, head: string): string {
    const last = this.#byChannel.get(channel)?.at(-1)?.message.serial ?? ''
    return [head, last, this.#knownFrom].sort().at(-1) ?? head
  }

  /** What was said under one of these keys the first time, if that is still known. */
  repeatOf(channel: ChannelName, keys: readonly string[]): ChannelMessage | undefined {
    for (const key of keys) {
      const kept = this.#byKey.get(keyOf(channel, key))
      if (kept !== undefined) return kept.message
    }
    return undefined
  }

  keep(channel: ChannelName, message: ChannelMessage, keys: readonly string[]): void {
    const bytes = message.messages.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)
    const kept = { channel, message, keys, bytes }
    const ofChannel = this.#byChannel.get(channel) ?? []
    ofChannel.push(kept)
    this.#byChannel.set(channel, ofChannel)
    this.#all.push(kept)
    this.#bytes += bytes
    for (const key of keys) this.#byKey.set(keyOf(channel, key), kept)
    if (ofChannel.length > MAX_OF_CHANNEL) this.#drop(channel)
    this.forget(message.atMs)
  }

  /** What came after one position up to another; undefined if not all of it is known any more. */
  since(channel: ChannelName, after: string, upTo: string): readonly ChannelMessage[] | undefined {
    if (after < this.#knownFrom || after < (this.#dropped.get(channel) ?? '')) return undefined
    return (this.#byChannel.get(channel) ?? [])
      .map(({ message }) => message)
      .filter(({ serial }) => serial > after && serial <= upTo)
  }

  /** All that is remembered of a channel up to a position, oldest first, and the position it is remembered from. */
  remembered(
    channel: ChannelName,
    upTo: string,
  ): { readonly from: string; readonly messages: readonly ChannelMessage[] } {
    const from = [this.#knownFrom, this.#dropped.get(channel) ?? ''].sort().at(-1) ?? ''
    return { from, messages: this.since(channel, from, upTo) ?? [] }
  }

  /** Drops what is too old, or too much. */
  forget(nowMs: number): void {
    for (let kept = this.#all[this.#first]; kept !== undefined; kept = this.#all[this.#first]) {
      const isOver = this.#bytes > MAX_BYTES || kept.message.atMs + KEPT_MS <= nowMs
      const ofChannel = this.#byChannel.get(kept.channel)
      if (ofChannel?.[0] === kept) {
        if (!isOver) break
        this.#drop(kept.channel)
      }
      this.#first += 1
    }
    if (this.#first * 2 <= this.#all.length) return
    this.#all = this.#all.slice(this.#first)
    this.#first = 0
  }

  /** Drops the oldest of a channel. */
  #drop(channel: ChannelName): void {
    const ofChannel = this.#byChannel.get(channel)
    const kept = ofChannel?.shift()
    if (ofChannel === undefined || kept === undefined) return
    if (ofChannel.length === 0) this.#byChannel.delete(channel)
    this.#bytes -= kept.bytes
    for (const key of kept.keys) {
      if (this.#byKey.get(keyOf(channel, key)) === kept) this.#byKey.delete(keyOf(channel, key))
    }
    this.#dropped.delete(channel)
    this.#dropped.set(channel, kept.message.serial)
    const [oldest] = this.#dropped
    if (this.#dropped.size <= MAX_CHANNELS || oldest === undefined) return
    this.#dropped.delete(oldest[0])
    if (oldest[1] > this.#knownFrom) this.#knownFrom = oldest[1]
  }
}

/** The stored entry that a position stands at or behind. */
export function storedPart(serial: string): string {
  return serial.split('~', 1)[0] ?? serial
}

function placeAfter(head: string, ms: number, count: number): string {
  return `${storedPart(head)}~${String(ms).padStart(14, '0')}-${String(count).padStart(6, '0')}`
}

function keyOf(channel: ChannelName, key: string): string {
  return `${channel}\n${key}`
}
