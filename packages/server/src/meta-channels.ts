// `[meta]` channels: what happens to connections and channels, told live to who may subscribe to it. Read only, and kept
// nowhere.

import type { ChannelMessage, Metrics } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'

export const CONNECTION_LIFECYCLE = '[meta]connection.lifecycle' as ChannelName
export const CHANNEL_LIFECYCLE = '[meta]channel.lifecycle' as ChannelName

const SERVED: ReadonlySet<string> = new Set([CONNECTION_LIFECYCLE, CHANNEL_LIFECYCLE])

export function isMeta(channel: string): boolean {
  return channel.startsWith('[meta]')
}

export function isServedMeta(channel: string): boolean {
  return SERVED.has(channel)
}

type Options = {
  /** Whether anybody is there to hear it. */
  readonly isHeard: (channel: ChannelName) => boolean
  readonly tell: (channel: ChannelName, message: ChannelMessage) => void
  readonly now: () => number
}

export class MetaChannels {
  readonly #options: Options
  #count = 0

  constructor(options: Options) {
    this.#options = options
  }

  connection(event: 'opened' | 'closed', connectionId: string, clientId: string | undefined): void {
    const data = { connectionId, ...(clientId === undefined ? {} : { clientId }) }
    this.#tell(CONNECTION_LIFECYCLE, `connection.${event}`, () => data)
  }

  channel(event: 'opened' | 'closed', name: string, metrics: Metrics): void {
    if (isMeta(name)) return
    const isActive = event === 'opened'
    this.#tell(CHANNEL_LIFECYCLE, `channel.${event}`, () => ({
      name,
      channelId: name,
      status: { isActive, occupancy: { metrics } },
    }))
  }

  #tell(channel: ChannelName, name: string, data: () => unknown): void {
    if (!this.#options.isHeard(channel)) return
    this.#count += 1
    const atMs = this.#options.now()
    const id = `meta-${atMs}-${this.#count}`
    const serial = `${id}:0`
    const told = { id: serial, serial, timestampMs: atMs, action: 'create' } as const
    const message = { ...told, name, data: JSON.stringify(data()), encoding: 'json' }
    const messages = [message]
    this.#options.tell(channel, { kind: 'message', serial, atMs, id, messages, fleeting: true })
  }
}
