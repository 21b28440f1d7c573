// How many are in a room, as numbers. Needs `metrics`, which is called `channel-metadata` here.

import type * as Ably from 'ably'
import { ForbiddenError, typedError } from './errors.ts'
import { type Listener, Listeners } from './listeners.ts'
import type { Ready } from './presence.ts'

export type Metrics = Readonly<Record<string, number>>

const EVENT = '[meta]occupancy'

export class RoomMetrics {
  readonly #id: string
  readonly #channel: Ably.RealtimeChannel
  readonly #realtime: Ably.RealtimeClient
  readonly #ready: Ready
  readonly #listeners = new Listeners<Metrics>()

  constructor(
    id: string,
    channel: Ably.RealtimeChannel,
    realtime: Ably.RealtimeClient,
    ready: Ready,
  ) {
    this.#id = id
    this.#channel = channel
    this.#realtime = realtime
    this.#ready = ready
  }

  get listenerCount(): number {
    return this.#listeners.size
  }

  /**
   * Hears the numbers whenever they change, and once now.
   *
   * @throws {ForbiddenError}
   */
  async subscribe(listener: Listener<Metrics>): Promise<void> {
    await this.#ready('subscribe', 'metrics')
    const now = await this.#read()
    if (this.#listeners.size === 0) {
      await this.#channel.setOptions({ params: { occupancy: 'metrics' } })
      await this.#channel.subscribe(EVENT, this.#onNumbers)
    }
    this.#listeners.add(undefined, listener)
    listener(now)
  }

  /** Never refused. */
  unsubscribe(listener?: Listener<Metrics>): void {
    this.#listeners.drop(undefined, listener)
    if (this.#listeners.size === 0) this.#channel.unsubscribe(EVENT, this.#onNumbers)
  }

  /** Silent. */
  end(): void {
    this.unsubscribe()
  }

  /** The numbers as they are, which also tells whether they may be read. */
  async #read(): Promise<Metrics> {
    const path = `/channels/${encodeURIComponent(this.#id)}`
    const doing = `\`metrics\` in \`${this.#id}\``
    const response = await this.#realtime.request('GET', path, 3).catch((error: unknown) => {
      throw typedError(error, doing)
    })
    if (response.success) return metricsIn(response.items[0])
    throw response.statusCode === 401 || response.statusCode === 403
      ? new ForbiddenError(`\`metrics\` is not allowed in \`${this.#id}\``, response.errorCode)
      : typedError({ code: response.errorCode, message: response.errorMessage }, doing)
  }

  readonly #onNumbers = (message: Ably.InboundMessage): void => {
    const metrics = (message.data as { metrics?: Metrics } | undefined)?.metrics
    if (metrics !== undefined) this.#listeners.tell(EVENT, metrics)
  }
}

function metricsIn(item: unknown): Metrics {
  const status = item as { status?: { occupancy?: { metrics?: Metrics } } } | undefined
  return status?.status?.occupancy?.metrics ?? {}
}
