// The part of the Ably client that the chat uses. The real one fits it as it is; tests script a small one.

import type { MessageView } from '@sayso/client'
import { type Fields, type Incoming, isFields } from '../model/timeline.ts'

export type WireMessage = {
  readonly id?: string
  readonly name?: string
  readonly data?: unknown
  readonly clientId?: string
  readonly timestamp?: number
  readonly extras?: unknown
  readonly action?: string
  readonly serial?: string
  readonly version?: {
    readonly serial?: string
    readonly clientId?: string
    readonly timestamp?: number
  }
  readonly annotations?: { readonly summary?: unknown }
}

export type WireError = {
  readonly code?: number
  readonly statusCode?: number
  readonly message?: string
  readonly detail?: unknown
}

export type Page = {
  readonly items: readonly WireMessage[]
  hasNext(): boolean
  next(): Promise<Page | null>
}

export type ChannelChange = {
  readonly current: string
  readonly resumed: boolean
  readonly reason?: WireError
}

export type PresenceMember = {
  readonly clientId: string
  readonly data?: unknown
  /** Milliseconds since 1970: when it was said. */
  readonly timestamp?: number
}

export type PresencePort = {
  subscribe(listener: (message: unknown) => void): Promise<unknown>
  unsubscribe(listener: (message: unknown) => void): void
  get(params: { waitForSync: boolean }): Promise<readonly PresenceMember[]>
  enter(data?: unknown): Promise<void>
  update(data?: unknown): Promise<void>
}

export type ChannelPort = {
  readonly state: string
  readonly presence: PresencePort
  on(listener: (change: ChannelChange) => void): void
  off(listener: (change: ChannelChange) => void): void
  attach(): Promise<unknown>
  detach(): Promise<void>
  subscribe(listener: (message: WireMessage) => void): Promise<unknown>
  unsubscribe(listener: (message: WireMessage) => void): void
  history(params: {
    limit: number
    end?: number
    start?: number
    direction?: 'forwards'
  }): Promise<Page>
  publish(message: {
    id?: string
    name: string
    data: string | object
    extras?: Fields
  }): Promise<unknown>
  updateMessage(message: {
    serial: string
    name: string
    data: string
    extras?: Fields
  }): Promise<unknown>
  deleteMessage(message: { serial: string; data: string }): Promise<unknown>
  getMessage(serial: string): Promise<WireMessage>
  getMessageVersions(serial: string): Promise<Page>
  readonly annotations: {
    publish(serial: string, annotation: Remark): Promise<unknown>
    delete(serial: string, annotation: Remark): Promise<unknown>
  }
}

export type Remark = { readonly type: string; readonly name: string }

export type ConnectionPort = {
  readonly state: string
  on(listener: (change: ConnectionChange) => void): void
  off(listener: (change: ConnectionChange) => void): void
  connect(): void
}

export type ConnectionChange = {
  readonly current: string
  readonly retryIn?: number
  readonly reason?: WireError
}

export type RealtimePort = {
  readonly connection: ConnectionPort
  readonly channels: { get(name: string): ChannelPort; release(name: string): void }
}

const ACTIONS: Readonly<Record<string, Incoming['action']>> = {
  'message.create': 'create',
  'message.update': 'update',
  'message.delete': 'delete',
  'message.append': 'append',
  'message.summary': 'summary',
}

/** A message of the wire as the timeline takes it; absent for what is no message to read (meta). */
export function incomingOf(message: WireMessage): Incoming | undefined {
  const action = ACTIONS[message.action ?? 'message.create']
  if (action === undefined || message.serial === undefined) return undefined
  return {
    id: message.id,
    serial: message.serial,
    author: message.clientId,
    atMs: message.timestamp ?? 0,
    name: message.name,
    data: message.data,
    extras: message.extras,
    action,
    ...summaryOf(message),
    version: message.version?.serial ?? message.serial,
    changedBy: message.version?.clientId,
  }
}

/** Whether an error says that one may not, as opposed to that something went wrong. */
export function isDenial(reason: WireError | null | undefined): boolean {
  return reason?.code !== undefined && reason.code >= 40160 && reason.code < 40170
}

/** Those of them that belong in a timeline, in the same order. */
export function allIncoming(messages: readonly WireMessage[]): readonly Incoming[] {
  return messages.flatMap((message) => incomingOf(message) ?? [])
}

function summaryOf({ annotations }: WireMessage): { readonly summary?: Fields } {
  return isFields(annotations?.summary) ? { summary: annotations.summary } : {}
}

const NAMES = ['message.create', 'message.update', 'message.delete'] as const

/** A message of our own API as those of the realtime client are. */
export function wireOf(view: MessageView): WireMessage {
  const { action, encoding, data, ...same } = view
  const isJson = encoding === 'json' && typeof data === 'string'
  return { ...same, action: NAMES[action] ?? 'meta', data: isJson ? JSON.parse(data) : data }
}
