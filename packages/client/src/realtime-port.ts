// The small part of a realtime client that live permissions stand on. Any `Ably.Realtime` fits it as it is.

/** A message of a permission view. */
export type ViewMessage = { readonly name?: string; readonly data?: unknown }

/** A channel's or connection's new state, by the names the Ably SDK uses. */
export type StateChange = { readonly current: string }

export type ViewChannel = {
  subscribe(listener: (message: ViewMessage) => void): Promise<unknown>
  unsubscribe(listener: (message: ViewMessage) => void): void
  on(listener: (change: StateChange) => void): void
  off(listener: (change: StateChange) => void): void
  publish(name: string, data: unknown): Promise<unknown>
  detach(): Promise<void>
}

export type RealtimePort = {
  readonly connection: {
    on(listener: (change: StateChange) => void): void
    off(listener: (change: StateChange) => void): void
  }
  readonly channels: { get(name: string): ViewChannel }
}
