// One joined room: a channel of the stock client in the shapes of that model. Every refusal is a typed error.

import type * as Ably from 'ably'
import { ForbiddenError, typedError, ValidationError } from './errors.ts'
import { type Listener, Listeners } from './listeners.ts'
import { RoomMetrics } from './metrics.ts'
import { RoomPresence } from './presence.ts'

/** A message as its listeners get it. */
export type RoomMessage = {
  readonly id: string
  readonly event: string
  readonly body: unknown
  readonly sender: {
    readonly clientId: string | undefined
    readonly connectionId: string | undefined
  }
  /** Milliseconds since 1970. */
  readonly timestamp: number
}

/** Why a right in the room ended or came back, as the server said it. */
export type RoomChange = {
  /** What may be done now, in the stock client's words; empty: the room is closed to this client. */
  readonly modes: readonly string[]
  readonly reason?: { readonly code: number; readonly message: string }
}

/** What a room asks of whoever made it. */
export type RoomPort = {
  readonly realtime: Ably.RealtimeClient
  attach(channel: Ably.RealtimeChannel): Promise<void>
  /** Says that the last holder of the room has left. */
  left(id: string): Promise<void>
}

export class Room {
  readonly id: string
  readonly presence: RoomPresence
  readonly metrics: RoomMetrics
  readonly #port: RoomPort
  readonly #channel: Ably.RealtimeChannel
  readonly #events = new Listeners<RoomMessage>()
  readonly #changes = new Listeners<RoomChange>()
  #isJoined = true

  constructor(id: string, channel: Ably.RealtimeChannel, port: RoomPort) {
    this.id = id
    this.#channel = channel
    this.#port = port
    const ready = (mode: Ably.ResolvedChannelMode, action: string) => this.#ready(mode, action)
    this.presence = new RoomPresence(id, channel, ready)
    this.metrics = new RoomMetrics(id, channel, port.realtime, ready)
    channel.on(this.#onState)
  }

  /**
   * Hears an event, or all of them if only a listener is given.
   *
   * @throws {ForbiddenError} `subscribe` is not allowed in the room
   */
  async subscribe(listener: Listener<RoomMessage>): Promise<void>
  async subscribe(event: string, listener: Listener<RoomMessage>): Promise<void>
  async subscribe(
    event: string | Listener<RoomMessage>,
    listener?: Listener<RoomMessage>,
  ): Promise<void> {
    await this.#ready('subscribe', 'subscribe')
    if (this.#events.size === 0) await this.#channel.subscribe(this.#onMessage)
    if (typeof event === 'string') this.#events.add(event, needed(listener))
    else this.#events.add(undefined, event)
  }

  /** Stops hearing: one listener, all of one event, or everything. Never refused. */
  unsubscribe(event?: string, listener?: Listener<RoomMessage>): void {
    this.#events.drop(event, listener)
    if (this.#events.size === 0) this.#channel.unsubscribe(this.#onMessage)
  }

  /** @throws {ForbiddenError} `publish` is not allowed in the room. @throws {ValidationError} too large */
  async publish(event: string, body: unknown): Promise<void> {
    if (typeof event !== 'string' || event === '')
      throw new ValidationError('the event has no name')
    await this.#channel.publish(event, body).catch((error: unknown) => {
      throw typedError(error, `\`publish\` in \`${this.id}\``)
    })
  }

  /** Hears what changes about one's own rights here: losses with their reason, and what was given back. */
  onChange(listener: Listener<RoomChange>): () => void {
    this.#changes.add(undefined, listener)
    return () => this.#changes.drop(undefined, listener)
  }

  /** Listeners of every kind that are set here. */
  get listenerCount(): number {
    return this.#events.size + this.presence.listenerCount + this.metrics.listenerCount
  }

  /**
   * Leaves: out of the presence set, nothing heard any more, every listener gone. Again is no error; joined twice, it takes
   * leaving twice.
   */
  async leave(): Promise<void> {
    if (!this.#isJoined) return
    await this.#port.left(this.id)
  }

  /** The last of those who joined has left. */
  async end(): Promise<void> {
    this.#isJoined = false
    await this.presence.end()
    this.metrics.end()
    this.#events.drop()
    this.#changes.drop()
    this.#channel.unsubscribe()
    this.#channel.off(this.#onState)
    await this.#channel.detach().catch(() => undefined)
  }

  readonly #onMessage = (message: Ably.InboundMessage): void => {
    const { id = '', name = '', data, clientId, connectionId, timestamp = 0 } = message
    if (name.startsWith('[meta]')) return
    this.#events.tell(name, {
      id,
      event: name,
      body: data,
      sender: { clientId, connectionId },
      timestamp,
    })
  }

  readonly #onState = (change: Ably.ChannelStateChange): void => {
    if (!['attached', 'update', 'failed', 'suspended'].includes(change.current)) return
    const { reason } = change
    const modes = change.current === 'attached' ? (this.#channel.modes ?? []) : []
    this.#changes.tell('', {
      modes,
      ...(reason ? { reason: { code: reason.code, message: reason.message } } : {}),
    })
  }

  /** Attached, again if need be, and with the mode. */
  async #ready(mode: Ably.ResolvedChannelMode, action: string): Promise<void> {
    if (!this.#isJoined)
      throw new ForbiddenError(`\`${action}\` in \`${this.id}\`: join the room first`)
    if (this.#channel.state !== 'attached') await this.#port.attach(this.#channel)
    const modes = this.#channel.modes ?? []
    if (!modes.includes(mode))
      throw new ForbiddenError(`\`${action}\` is not allowed in \`${this.id}\``, 40160)
  }
}

function needed<T>(listener: Listener<T> | undefined): Listener<T> {
  if (listener !== undefined) return listener
  throw new ValidationError('give a listener')
}
