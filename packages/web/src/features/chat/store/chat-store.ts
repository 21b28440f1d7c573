// Everything the chat holds while it is open: the channels visited, what is unsent, what is kept on this device.

import type { PeopleView, ResourceView } from '@sayso/client'
import { forgetTexts } from '../markdown/read.ts'
import { channelOf, keyOf } from '../model/channels.ts'
import type { KeptPlace } from '../model/places.ts'
import { type ChannelSession, channelSession } from './channel-session.ts'
import type { Personal } from './personal.ts'
import type { RealtimePort } from './port.ts'
import { type Removals, removalsOf } from './removals.ts'
import { type Sender, senderOf } from './sender.ts'
import type { Kept, KeyValue } from './storage.ts'

export type ChatStore = {
  readonly kept: Kept
  readonly sender: Sender
  /** What one has deleted and may still keep. */
  readonly removals: Removals
  /** What one keeps for oneself, on all devices. */
  readonly personal: Personal
  /** People last seen beside a channel, by key, so that coming back shows them at once. */
  readonly people: Map<string, PeopleView['people']>
  /** Where one was in the steps of the browser's history. */
  readonly places: Map<string, KeptPlace>
  /** The channel of a key, opened if need be; absent while it may not be read. */
  session(key: string): ChannelSession | undefined
  /** The channel of a key if it is open already: coming back to it, nothing has to be waited for. */
  held(key: string): ChannelSession | undefined
  /** Begins a visit. */
  visit(key: string): void
  /** Ends a visit. */
  leave(key: string): void
  /** The newest serial seen, here or on another device; absent if there was none. */
  readMark(key: string): string | undefined
  /** Everything up to a serial was seen. A mark never goes back. */
  markRead(key: string, serial: string): void
  /** Sets the mark back on purpose, until the channel is left or `markRead` is asked for anew after `release`. */
  markUnread(key: string, serial: string): void
  /** Reading counts again. */
  release(key: string): void
  /** What one says of oneself in every channel one is shown in. */
  sayPresence(data: object): void
  /** What may be read and done now. Channels that may no longer be read are closed and forgotten. */
  setResources(views: readonly ResourceView[]): void
  close(): void
}

export type ChatNeeds = {
  readonly realtime: RealtimePort
  readonly kept: Kept
  /** Of this device; absent if it keeps nothing. */
  readonly storage?: KeyValue | undefined
  readonly personal: Personal
  readonly me: string
  readonly newId: () => string
  readonly now: () => number
  /** Puts sending off until what was written is on screen. Absent: it is sent at once. */
  readonly later?: (work: () => void) => void
}

/** Channels kept open for a quick return, the current one included. */
const MOST_OPEN = 12
/** What has just arrived is among the newest. */
const NEWEST = 200
/** Devices agree on what is read within a second. */
const KEEP_MS = 500

export function chatStore(needs: ChatNeeds): ChatStore {
  return new Store(needs)
}

type Visited = {
  readonly name: string
  readonly session: ChannelSession
  readonly stop: () => void
}

class Store implements ChatStore {
  readonly kept: Kept
  readonly sender: Sender
  readonly removals: Removals
  readonly personal: Personal
  readonly people = new Map<string, PeopleView['people']>()
  readonly places = new Map<string, KeptPlace>()
  readonly #needs: ChatNeeds
  /** In the order of visits, the last one at the end. */
  readonly #visited = new Map<string, Visited>()
  readonly #seen = new Map<string, string>()
  #views: readonly ResourceView[] | undefined
  #presence: object | undefined
  #current: string | undefined
  /** Channels whose mark has moved on and is not kept yet. */
  readonly #toKeep = new Set<string>()
  /** Marked as unread during this visit: seeing the newest again reads nothing. */
  readonly #setBack = new Set<string>()
  #keepTimer: ReturnType<typeof setTimeout> | undefined

  constructor(needs: ChatNeeds) {
    this.#needs = needs
    this.kept = needs.kept
    this.personal = needs.personal
    this.sender = senderOf({
      ...needs,
      isReady: () => this.#views !== undefined,
      channelName: (key) => {
        const view = this.#views?.find((one) => one.channel !== undefined && keyOf(one) === key)
        return view?.actions.includes('publish') === true ? view.channel : undefined
      },
    })
    this.removals = removalsOf({
      personId: needs.me,
      storage: needs.storage,
      now: needs.now,
      remove: (key, serial) => this.#remove(key, serial),
    })
  }

  async #remove(key: string, serial: string): Promise<void> {
    // Before the rights are known, and while the channel is closed, nothing can be sent: it is tried again.
    const session = this.session(key)
    if (session === undefined) throw new Error('the channel is not open')
    await session.remove(serial)
  }

  session(key: string): ChannelSession | undefined {
    const view = channelOf(this.#views ?? [], key)
    if (view === undefined) return undefined
    return this.#visited.get(key)?.session ?? this.#open(key, view.channel, view.actions)
  }

  held(key: string): ChannelSession | undefined {
    return channelOf(this.#views ?? [], key) && this.#visited.get(key)?.session
  }

  visit(key: string): void {
    this.#current = key
    const one = this.#visited.get(key)
    if (one === undefined) return
    this.#visited.delete(key)
    this.#visited.set(key, one)
  }

  leave(key: string): void {
    this.release(key)
    if (this.#current === key) this.#current = undefined
    const session = this.#visited.get(key)?.session
    if (session === undefined) return
    // Nobody reads there now: it follows the newest.
    session.setReading(true)
    void session.openNewest()
    this.#onSession(key, session)
  }

  readMark(key: string): string | undefined {
    const name = channelOf(this.#views ?? [], key)?.channel
    const kept = name === undefined ? undefined : this.personal.get('read', name)
    const seen = this.#seen.get(key)
    if (typeof kept?.serial !== 'string') return seen
    // Set back on purpose, to read on from there.
    const isFirm = kept.unread === true || seen === undefined || kept.serial > seen
    return isFirm ? kept.serial : seen
  }

  markUnread(key: string, serial: string): void {
    const name = channelOf(this.#views ?? [], key)?.channel
    if (name === undefined) return
    this.#setBack.add(key)
    this.#seen.delete(key)
    this.#toKeep.delete(key)
    this.personal.set('read', name, { serial, unread: true })
  }

  release(key: string): void {
    this.#setBack.delete(key)
  }

  markRead(key: string, serial: string): void {
    if (this.#setBack.has(key)) return
    const before = this.readMark(key)
    if (before !== undefined && before >= serial) return
    this.#seen.set(key, serial)
    this.#toKeep.add(key)
    this.#keepTimer ??= setTimeout(this.#keepMarks, KEEP_MS)
  }

  /** A busy channel is marked some times a second, not with each of its messages. */
  readonly #keepMarks = (): void => {
    this.#keepTimer = undefined
    for (const key of this.#toKeep) {
      const name = channelOf(this.#views ?? [], key)?.channel
      const serial = this.#seen.get(key)
      if (name === undefined || serial === undefined) continue
      this.personal.set('read', name, { serial })
    }
    this.#toKeep.clear()
  }

  sayPresence(data: object): void {
    this.#presence = data
    for (const { session } of this.#visited.values()) session.sayPresence(data)
  }

  setResources(views: readonly ResourceView[]): void {
    this.#views = views
    for (const [key, one] of [...this.#visited]) {
      const view = channelOf(views, key)
      if (view === undefined) this.#forget(key)
      else one.session.setRights(view.actions)
    }
    for (const key of new Set([...this.#seen.keys(), ...this.people.keys()])) {
      if (channelOf(views, key) !== undefined) continue
      this.#seen.delete(key)
      this.people.delete(key)
    }
    this.sender.kick()
  }

  close(): void {
    clearTimeout(this.#keepTimer)
    this.#keepMarks()
    this.sender.close()
    this.removals.close()
    this.personal.close()
    for (const key of [...this.#visited.keys()]) this.#forget(key)
  }

  #open(key: string, name: string, actions: readonly string[]): ChannelSession {
    const session = channelSession(this.#needs.realtime.channels.get(name), actions)
    session.sayPresence(this.#presence)
    const stop = session.subscribe(() => this.#onSession(key, session))
    this.#visited.set(key, { name, session, stop })
    for (const old of [...this.#visited.keys()].slice(0, -MOST_OPEN)) {
      if (old !== this.#current) this.#forget(old)
    }
    return session
  }

  #forget(key: string): void {
    forgetTexts()
    const one = this.#visited.get(key)
    if (one === undefined) return
    this.#visited.delete(key)
    one.stop()
    void one.session.close().then(() => {
      // The client's channel keeps the last message it has decoded. Opened again meanwhile, it is in use.
      if (!this.#visited.has(key)) this.#needs.realtime.channels.release(one.name)
    })
  }

  #onSession(key: string, session: ChannelSession): void {
    const { timeline } = session.state()
    if (this.sender.outbox().some((item) => item.channelKey === key)) {
      this.sender.arrived(new Set(timeline.slice(-NEWEST).map((entry) => entry.id)))
    }
  }
}
