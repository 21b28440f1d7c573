// All conversations of an app, as they are kept and as they were last spoken in, in memory: lists are read from it. It is made
// from the records at the start and follows what is committed.

import type { Message } from '@sayso/channel'
import { keyOf, type Revision, type World } from '@sayso/policy'
import type { FeedEntry, Store, StoredRecord, Write } from '@sayso/store'
import { CONVERSATIONS, type Conversation, conversationOf } from './conversation.ts'
import { channelOfConversation, conversationNamed, conversationOn, deskOf } from './desk-type.ts'

const PAGE = 1_000
/** Messages looked at for the last thing that was said. */
const LOOK_BACK = 20

/** The last text, note or file. */
export type Last = { readonly serial: string; readonly message: Message }

export type Entry = {
  readonly key: string
  readonly conversation: Conversation
  /** Null: nobody has said anything; undefined: not looked up yet. */
  readonly last?: Last | null
}

export type BookNews = { readonly key: string; readonly before?: Entry; readonly after?: Entry }

export type BookOptions = {
  readonly store: Store
  /** As far as anything was folded. */
  readonly standing: { readonly world: World; readonly revision: Revision }
}

export class Book {
  readonly #options: BookOptions
  readonly #entries = new Map<string, Entry>()
  /** Those that are not closed. */
  readonly #live = new Map<string, Entry>()
  readonly #listeners = new Set<(news: BookNews) => void>()

  constructor(options: BookOptions) {
    this.#options = options
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key)
  }

  all(): Iterable<Entry> {
    return this.#entries.values()
  }

  /** Those that are not closed. */
  live(): Iterable<Entry> {
    return this.#live.values()
  }

  /** Hears of every conversation that changed, once it is committed. */
  listen(listener: (news: BookNews) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async load(): Promise<void> {
    const { store } = this.#options
    for (let afterKey: string | undefined; ; ) {
      const query = { collection: CONVERSATIONS, limit: PAGE }
      const page: readonly StoredRecord[] = await store.records(
        afterKey === undefined ? query : { ...query, afterKey },
      )
      for (const record of page) {
        const { key, version: _version, ...conversation } = conversationOf(record)
        this.#keep(key, { key, conversation })
      }
      afterKey = page.at(-1)?.key
      if (page.length < PAGE) return
    }
  }

  /** The store through which the book sees what becomes of conversations. */
  attend(store: Store): Store {
    const transact = async (write: Write) => {
      const committed = await store.transact(write)
      this.#write(write)
      return committed
    }
    return new Proxy(store, {
      get(target, name) {
        if (name === 'transact') return transact
        const value = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  /** What was said. */
  fold(entries: readonly FeedEntry[]): void {
    for (const entry of entries) {
      if (entry.kind !== 'message') continue
      const resource = conversationOn(this.#options.standing.world, entry.channel)
      if (resource !== undefined) this.#said(keyOf(resource), entry.messages)
    }
  }

  /** The last thing that was said, looked up if it is not known. */
  async lastOf(key: string): Promise<Last | undefined> {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (entry.last !== undefined) return entry.last ?? undefined
    const { store, standing } = this.#options
    const { world } = standing
    const desk = deskOf(world)
    if (desk === undefined) return undefined
    const { messages } = await store.history({
      channel: channelOfConversation(world, conversationNamed(desk, key)),
      direction: 'backwards',
      limit: LOOK_BACK,
      upTo: standing.revision,
    })
    const message = messages.find(isSaid)
    const last = message === undefined ? null : { serial: message.serial, message }
    const now = this.#entries.get(key)
    // Something was said meanwhile: that is later.
    if (now !== undefined && now.last === undefined) this.#keep(key, { ...now, last })
    return this.#entries.get(key)?.last ?? undefined
  }

  #said(key: string, messages: readonly Message[]): void {
    const before = this.#entries.get(key)
    if (before === undefined) return
    let { last } = before
    for (const message of messages) {
      const isLater = isSaid(message) && (last === null || message.serial >= (last?.serial ?? ''))
      if (isLater) last = { serial: message.serial, message }
      // What was taken back is looked up again.
      else if (last?.serial === message.serial) last = undefined
    }
    if (last === before.last) return
    const { last: _last, ...rest } = before
    this.#change(key, last === undefined ? rest : { ...rest, last })
  }

  #write({ records = [] }: Write): void {
    for (const { collection, key, value } of records) {
      if (collection !== CONVERSATIONS) continue
      if (value === undefined) this.#change(key, undefined)
      else {
        const last = this.#entries.get(key)?.last
        const conversation = value as unknown as Conversation
        this.#change(key, { key, conversation, ...(last === undefined ? {} : { last }) })
      }
    }
  }

  #change(key: string, after: Entry | undefined): void {
    const before = this.#entries.get(key)
    if (after === undefined) {
      this.#entries.delete(key)
      this.#live.delete(key)
    } else this.#keep(key, after)
    const news = { key, ...(before && { before }), ...(after && { after }) }
    for (const listener of this.#listeners) listener(news)
  }

  #keep(key: string, entry: Entry): void {
    this.#entries.set(key, entry)
    if (entry.conversation.state === 'closed') this.#live.delete(key)
    else this.#live.set(key, entry)
  }
}

/** What people say to each other, and have not taken back. */
export function isSaid({ name, action }: Message): boolean {
  return action !== 'delete' && (name === 'text' || name === 'note' || name === 'file')
}

/** When something last happened in it; milliseconds. */
export function activeAtMs({ conversation, last }: Entry): number {
  const { openedAtMs, waitingSinceMs = 0, claimedAtMs = 0, closedAtMs = 0 } = conversation
  return Math.max(
    openedAtMs,
    waitingSinceMs,
    claimedAtMs,
    closedAtMs,
    last?.message.timestampMs ?? 0,
  )
}
