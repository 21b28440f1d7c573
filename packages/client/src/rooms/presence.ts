// Who is in a room. Being seen needs `presence`, watching comes with `subscribe`.

import type * as Ably from 'ably'
import { typedError } from './errors.ts'
import { type Listener, Listeners } from './listeners.ts'

/** A member as listeners and `get` give it. */
export type RoomMember = {
  readonly clientId: string
  readonly connectionId: string
  readonly event: 'join' | 'leave' | 'update'
  readonly data: unknown
  /** Milliseconds since 1970. */
  readonly timestamp: number
}

export type Ready = (mode: Ably.ResolvedChannelMode, action: string) => Promise<void>

const EVENTS: Readonly<Record<string, RoomMember['event']>> = {
  enter: 'join',
  present: 'join',
  leave: 'leave',
  update: 'update',
}

export class RoomPresence {
  readonly #id: string
  readonly #channel: Ably.RealtimeChannel
  readonly #ready: Ready
  readonly #listeners = new Listeners<RoomMember>()
  #isIn = false

  constructor(id: string, channel: Ably.RealtimeChannel, ready: Ready) {
    this.#id = id
    this.#channel = channel
    this.#ready = ready
  }

  get listenerCount(): number {
    return this.#listeners.size
  }

  /**
   * Hears who comes (`join`), goes (`leave`) and changes (`update`); all of them if only a listener is given.
   *
   * @throws {ForbiddenError}
   */
  async subscribe(listener: Listener<RoomMember>): Promise<void>
  async subscribe(event: RoomMember['event'], listener: Listener<RoomMember>): Promise<void>
  async subscribe(
    event: RoomMember['event'] | Listener<RoomMember>,
    listener?: Listener<RoomMember>,
  ): Promise<void> {
    await this.#ready('presence_subscribe', 'presence')
    if (this.#listeners.size === 0) await this.#channel.presence.subscribe(this.#onMember)
    if (typeof event === 'function') this.#listeners.add(undefined, event)
    else if (listener !== undefined) this.#listeners.add(event, listener)
  }

  /** Never refused. */
  unsubscribe(event?: RoomMember['event'], listener?: Listener<RoomMember>): void {
    this.#listeners.drop(event, listener)
    if (this.#listeners.size === 0) this.#channel.presence.unsubscribe(this.#onMember)
  }

  /** Is seen as here. Needs a clientId. @throws {ForbiddenError} */
  async join(data?: unknown): Promise<void> {
    await this.#tried('join', this.#channel.presence.enter(data))
    this.#isIn = true
  }

  /** @throws {ForbiddenError} */
  async update(data?: unknown): Promise<void> {
    await this.#tried('update', this.#channel.presence.update(data))
    this.#isIn = true
  }

  async leave(): Promise<void> {
    if (!this.#isIn) return
    this.#isIn = false
    await this.#tried('leave', this.#channel.presence.leave())
  }

  /** @throws {ForbiddenError} */
  async get(): Promise<readonly RoomMember[]> {
    await this.#ready('presence_subscribe', 'presence')
    return (await this.#tried('get', this.#channel.presence.get())).map(memberOf)
  }

  /** How many are here. @throws {ForbiddenError} */
  async count(): Promise<number> {
    return (await this.get()).length
  }

  /** Out, and silent. */
  async end(): Promise<void> {
    this.#listeners.drop()
    this.#channel.presence.unsubscribe()
    await this.leave().catch(() => undefined)
  }

  async #tried<T>(doing: string, work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw typedError(error, `\`presence.${doing}\` in \`${this.#id}\``)
    }
  }

  readonly #onMember = (message: Ably.PresenceMessage): void => {
    const member = memberOf(message)
    this.#listeners.tell(member.event, member)
  }
}

function memberOf(message: Ably.PresenceMessage): RoomMember {
  const { clientId, connectionId, data, timestamp } = message
  return { clientId, connectionId, data, timestamp, event: EVENTS[message.action] ?? 'update' }
}
