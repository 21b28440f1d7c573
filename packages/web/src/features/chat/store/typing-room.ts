// Who is writing in one channel, heard and told as the stock chat client does it: on the channel of its room, `<name>::$chat`,
// which is governed like the channel itself. Nothing of it is kept.

import { refOf } from '../model/refs.ts'
import { type Fields, isFields } from '../model/timeline.ts'
import {
  afterKey,
  afterPause,
  afterStop,
  nextSilenceMs,
  type OwnStep,
  type OwnTyping,
  SILENCE,
  STOPPED_MS,
  type Typing,
  typingAfter,
  typistsIn,
} from '../model/typing.ts'
import type { WireMessage } from './port.ts'

export type TypingChannel = {
  subscribe(listener: (message: WireMessage) => void): Promise<unknown>
  unsubscribe(listener: (message: WireMessage) => void): void
  publish(message: { name: string; extras: Fields }): Promise<unknown>
  detach(): Promise<void>
}

export type TypingRealtime = {
  readonly channels: { get(name: string): TypingChannel; release(name: string): void }
}

export type TypingRoom = {
  /** Listens until what it returns is called; several may. */
  enter(): () => void
  /** Who writes in the channel, or in the thread of a root: the same list until it changes. */
  typists(thread?: string): readonly string[]
  subscribe(listener: () => void): () => void
  /** One has pressed a key. */
  key(thread?: string): void
  /** One has sent the text, or taken it away. */
  stop(thread?: string): void
}

/** Whether a message of this name says that somebody writes. */
const NAMES: ReadonlyMap<string | undefined, boolean> = new Map([
  ['typing.started', true],
  ['typing.stopped', false],
])

const rooms = new WeakMap<TypingRealtime, Map<string, Room>>()

/** The room of a channel; there is one for each, however many places show it. */
export function typingRoom(realtime: TypingRealtime, channel: string): TypingRoom {
  const known = rooms.get(realtime) ?? new Map<string, Room>()
  rooms.set(realtime, known)
  const name = `${channel}::$chat`
  const room = known.get(name) ?? new Room(realtime, name)
  known.set(name, room)
  return room
}

class Room implements TypingRoom {
  readonly #realtime: TypingRealtime
  readonly #name: string
  readonly #listeners = new Set<() => void>()
  readonly #lists = new Map<string | undefined, readonly string[]>()
  readonly #own = new Map<string | undefined, OwnTyping>()
  readonly #pauses = new Map<string | undefined, ReturnType<typeof setTimeout>>()
  #channel: TypingChannel | undefined
  #entered = 0
  #typing: Typing = SILENCE
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(realtime: TypingRealtime, name: string) {
    this.#realtime = realtime
    this.#name = name
  }

  enter(): () => void {
    this.#entered += 1
    if (this.#entered === 1) this.#open()
    return () => {
      this.#entered -= 1
      if (this.#entered === 0) this.#close()
    }
  }

  typists = (thread?: string): readonly string[] => {
    const known = this.#lists.get(thread)
    const now = known ?? typistsIn(this.#typing, thread, Date.now())
    this.#lists.set(thread, now)
    return now
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  key(thread?: string): void {
    if (this.#channel === undefined) return
    this.#step(thread, afterKey(this.#own.get(thread), Date.now()))
    clearTimeout(this.#pauses.get(thread))
    const pause = () => this.#step(thread, afterPause(this.#own.get(thread), Date.now()))
    this.#pauses.set(thread, setTimeout(pause, STOPPED_MS + 10))
  }

  stop(thread?: string): void {
    clearTimeout(this.#pauses.get(thread))
    this.#step(thread, afterStop(this.#own.get(thread)))
  }

  #open(): void {
    this.#channel = this.#realtime.channels.get(this.#name)
    // Refused, nobody is seen to write, and nothing else is amiss.
    this.#channel.subscribe(this.#onMessage).catch(() => undefined)
  }

  #close(): void {
    for (const thread of [...this.#own.keys()]) this.stop(thread)
    clearTimeout(this.#timer)
    const channel = this.#channel
    this.#channel = undefined
    this.#typing = SILENCE
    this.#lists.clear()
    channel?.unsubscribe(this.#onMessage)
    channel?.detach().catch(() => undefined)
  }

  #step(thread: string | undefined, { next, tell }: OwnStep): void {
    this.#own.set(thread, next)
    if (tell === undefined) return
    const ref = thread === undefined ? {} : { ref: { type: 'thread', timeserial: thread } }
    // What the server refuses is not said: whoever may not write is not seen to write.
    this.#channel
      ?.publish({ name: tell, extras: { ephemeral: true, ...ref } })
      .catch(() => undefined)
  }

  readonly #onMessage = (message: WireMessage): void => {
    const isWriting = NAMES.get(message.name)
    const who = message.clientId
    if (isWriting === undefined || who === undefined) return
    const ref = isFields(message.extras) ? refOf(message.extras) : undefined
    const thread = ref?.type === 'thread' ? ref.serial : undefined
    this.#set(typingAfter(this.#typing, { who, thread, isWriting, atMs: Date.now() }))
  }

  #set(typing: Typing): void {
    this.#typing = typing
    for (const [thread, list] of this.#lists) {
      const now = typistsIn(typing, thread, Date.now())
      const isSame = now.length === list.length && now.every((who, at) => who === list[at])
      if (!isSame) this.#lists.set(thread, now)
    }
    clearTimeout(this.#timer)
    const nextMs = nextSilenceMs(typing)
    if (nextMs !== undefined)
      this.#timer = setTimeout(() => this.#expire(), nextMs - Date.now() + 10)
    for (const listener of [...this.#listeners]) listener()
  }

  #expire(): void {
    const nowMs = Date.now()
    this.#set(new Map([...this.#typing].filter(([, one]) => one.untilMs > nowMs)))
  }
}
