// A scripted stand-in for the part of the Ably client that the chat uses: a small channel with a history of its own.

import type {
  ChannelChange,
  ChannelPort,
  ConnectionChange,
  Page,
  RealtimePort,
  WireMessage,
} from '../src/features/chat/store/port.ts'

export type ScriptedChannel = ChannelPort & {
  /** Oldest first; what `history` answers from. */
  readonly log: WireMessage[]
  /** Calls of history, for counting. */
  readonly asked: object[]
  readonly published: string[]
  readonly entered: number
  /** What the reader has said of itself, entering and later. */
  readonly told: readonly unknown[]
  /** Annotations asked for: `+👍 000001`, and with `-` what is taken back. */
  readonly remarks: string[]
  remark(serial: string, name: string, isOn: boolean): Promise<void>
  /** What publishing does next: an error, or success if absent. */
  refuse: object | undefined
  /** While true, history does not answer. */
  isSilent: boolean
  change(current: string, parts?: Partial<ChannelChange>): void
  deliver(...messages: WireMessage[]): void
  /** Commits and delivers. */
  say(...serials: string[]): void
  here(...ids: string[]): void
}

export const said = (serial: string, parts: Partial<WireMessage> = {}): WireMessage => ({
  id: `id-${serial}`,
  serial,
  clientId: 'bo',
  timestamp: Number(serial),
  name: 'message',
  data: `text ${serial}`,
  action: 'message.create',
  ...parts,
})

export function scriptedChannel(): ScriptedChannel {
  const states = new Set<(change: ChannelChange) => void>()
  const listeners = new Set<(message: WireMessage) => void>()
  const presence = new Set<(message: unknown) => void>()
  let members: { clientId: string }[] = []
  let state = 'initialized'
  let entered = 0
  const told: unknown[] = []
  const log: WireMessage[] = []
  const asked: object[] = []
  const published: string[] = []
  // As the real client does: a failed channel refuses listeners.
  const listen = <T>(set: Set<T>, listener: T) => {
    if (state === 'failed')
      throw Object.assign(new Error('the channel has failed'), { code: 90001 })
    set.add(listener)
  }
  const channel: ScriptedChannel = {
    log,
    asked,
    published,
    refuse: undefined,
    isSilent: false,
    told,
    get entered() {
      return entered
    },
    get state() {
      return state
    },
    presence: {
      subscribe: async (listener) => listen(presence, listener),
      unsubscribe: (listener) => void presence.delete(listener),
      get: async () => members,
      enter: async (data) => {
        entered += 1
        told.push(data)
      },
      update: async (data) => void told.push(data),
    },
    on: (listener) => void states.add(listener),
    off: (listener) => void states.delete(listener),
    attach: async () => {
      state = 'attaching'
    },
    detach: async () => {
      state = 'detached'
    },
    subscribe: async (listener) => listen(listeners, listener),
    unsubscribe: (listener) => void listeners.delete(listener),
    history: async (params) => {
      asked.push(params)
      if (channel.isSilent) throw Object.assign(new Error('no answer'), { code: 80003 })
      const { end = Number.POSITIVE_INFINITY, start = 0 } = params
      const items = log.filter(({ timestamp = 0 }) => timestamp <= end && timestamp >= start)
      return pageOf(params.direction === 'forwards' ? items : items.reverse(), params.limit)
    },
    getMessage: async (serial) => {
      const found = log.find((message) => message.serial === serial)
      if (found === undefined) throw Object.assign(new Error('none'), { statusCode: 404 })
      return found
    },
    publish: async (message) => {
      published.push(message.id ?? `${message.name} ${JSON.stringify(message.data)}`)
      if (channel.refuse !== undefined) throw channel.refuse
      return { serials: [] }
    },
    updateMessage: async () => undefined,
    deleteMessage: async () => undefined,
    getMessageVersions: async (serial) =>
      pageOf(
        log.filter((one) => one.serial === serial),
        100,
      ),
    annotations: {
      publish: (serial, { name }) => channel.remark(serial, name, true),
      delete: (serial, { name }) => channel.remark(serial, name, false),
    },
    remarks: [],
    remark: async (serial, name, isOn) => {
      channel.remarks.push(`${isOn ? '+' : '-'}${name} ${serial}`)
      if (channel.refuse !== undefined) throw channel.refuse
    },
    change: (current, parts = {}) => {
      state = current
      for (const listener of [...states]) listener({ current, resumed: false, ...parts })
    },
    deliver: (...messages) => {
      for (const message of messages) for (const listener of [...listeners]) listener(message)
    },
    say: (...serials) => {
      const messages = serials.map((serial) => said(serial))
      log.push(...messages)
      channel.deliver(...messages)
    },
    here: (...ids) => {
      members = ids.map((clientId) => ({ clientId }))
      for (const listener of [...presence]) listener({})
    },
  }
  return channel
}

export type ScriptedRealtime = RealtimePort & {
  channel(name: string): ScriptedChannel
  /** Names of channels the client has let go of. */
  readonly released: readonly string[]
  connectionState(current: string): void
}

export function scriptedRealtime(): ScriptedRealtime {
  const channels = new Map<string, ScriptedChannel>()
  const states = new Set<(change: ConnectionChange) => void>()
  const released: string[] = []
  const channel = (name: string) => {
    const known = channels.get(name) ?? scriptedChannel()
    channels.set(name, known)
    return known
  }
  return {
    connection: {
      state: 'connected',
      on: (listener) => void states.add(listener),
      off: (listener) => void states.delete(listener),
      connect: () => undefined,
    },
    channels: { get: channel, release: (name) => void released.push(name) },
    released,
    channel,
    connectionState: (current) => {
      for (const listener of [...states]) listener({ current })
    },
  }
}

/** Lets everything that is waiting for an answer have it. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve()
}

function pageOf(items: readonly WireMessage[], limit: number): Page {
  const rest = items.slice(limit)
  return {
    items: items.slice(0, limit),
    hasNext: () => rest.length > 0,
    next: async () => pageOf(rest, limit),
  }
}
