// A scripted stand-in for the small part of a realtime client that live permissions use.

import type { RealtimePort, StateChange, ViewMessage } from '../src/realtime-port.ts'

export type ScriptedChannel = {
  readonly isOpen: boolean
  /** What was published to it, as name and data. */
  readonly published: readonly (readonly [string, unknown])[]
  /** From now on publishing fails. */
  refuse(): void
  say(name: string, data: unknown): void
  state(current: string): void
}

export type ScriptedRealtime = RealtimePort & {
  readonly opened: readonly string[]
  channel(name: string): ScriptedChannel
  connectionState(current: string): void
}

export function scriptedRealtime(): ScriptedRealtime {
  const connection = emitter<StateChange>()
  const channels = new Map<string, ReturnType<typeof scriptedChannel>>()
  const get = (name: string) => {
    const channel = channels.get(name) ?? scriptedChannel()
    channels.set(name, channel)
    return channel
  }
  return {
    connection,
    channels: { get },
    get opened() {
      return [...channels.keys()]
    },
    channel: get,
    connectionState: (current) => connection.emit({ current }),
  }
}

function scriptedChannel() {
  const states = emitter<StateChange>()
  const messages = emitter<ViewMessage>()
  const published: [string, unknown][] = []
  let refuses = false
  return {
    published,
    refuse: () => {
      refuses = true
    },
    publish: async (name: string, data: unknown) => {
      if (refuses) throw new Error('refused')
      published.push([name, data])
    },
    on: states.on,
    off: states.off,
    subscribe: async (listener: (message: ViewMessage) => void) => messages.on(listener),
    unsubscribe: messages.off,
    detach: async () => undefined,
    get isOpen() {
      return messages.count() > 0
    },
    say: (name: string, data: unknown) => messages.emit({ name, data }),
    state: (current: string) => states.emit({ current }),
  }
}

function emitter<T>() {
  const listeners = new Set<(value: T) => void>()
  return {
    on: (listener: (value: T) => void) => void listeners.add(listener),
    off: (listener: (value: T) => void) => void listeners.delete(listener),
    emit: (value: T) => {
      for (const listener of [...listeners]) listener(value)
    },
    count: () => listeners.size,
  }
}
