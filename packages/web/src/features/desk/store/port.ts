// The part of the Ably client that the desk uses. The real one fits it as it is; tests script a small one.

import type { Wire } from '../model/log.ts'

export type WireError = {
  readonly code?: number
  readonly statusCode?: number
  readonly message?: string
}

export type HistoryPage = {
  readonly items: readonly Wire[]
  hasNext(): boolean
  next(): Promise<HistoryPage | null>
}

export type ChannelChange = {
  readonly current: string
  readonly resumed: boolean
  readonly reason?: WireError
}

export type Channel = {
  readonly state: string
  on(listener: (change: ChannelChange) => void): void
  off(listener: (change: ChannelChange) => void): void
  attach(): Promise<unknown>
  detach(): Promise<void>
  subscribe(listener: (message: Wire) => void): Promise<unknown>
  unsubscribe(listener: (message: Wire) => void): void
  history(params: { limit: number }): Promise<HistoryPage>
  publish(message: { id?: string; name: string; data: object; extras?: object }): Promise<unknown>
  deleteMessage(message: { serial: string }): Promise<unknown>
}

export type Realtime = {
  readonly connection: {
    readonly state: string
    on(listener: (change: { readonly current: string }) => void): void
    off(listener: (change: { readonly current: string }) => void): void
  }
  readonly channels: { get(name: string): Channel; release(name: string): void }
}
