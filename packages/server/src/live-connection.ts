// One live connection as the hub sees it: who it is, where it is attached, which views it watches, and its peer.

import type {
  AttachedEffect,
  ConnectionState,
  CutReason,
  DeliveredEvent,
  Format,
  KeptEvent,
  Member,
  Metrics,
  PresenceEvent,
  Variant,
} from '@sayso/channel'
import type { Affected, Cause, ChannelName } from '@sayso/policy'
import type { Asker } from './commands/asker.ts'
import type { Failure } from './commands/failure.ts'
import type { View } from './permission-views.ts'

/** Frames of one batch, encoded once for everybody who shares a format. Only the wire that made it can read it. */
export type Batch = {
  readonly bytes: Uint8Array
  /** When the first of it was committed; milliseconds of `processNow`. */
  readonly sinceMs: number
}

/** The far end of a connection, in words of the core. The wire makes frames of them. */
export type Peer = {
  readonly format: Format
  attached(effect: AttachedEffect, channel: string): void
  refused(channel: string, failure: Failure): void
  detached(channel: string): void
  /** @param variant which parts of the events it sees */
  replay(channel: string, variant: Variant, events: readonly KeptEvent[]): void
  sync(channel: string, members: readonly Member[]): void
  presence(channel: string, event: PresenceEvent): void
  deliver(batch: Batch, channel: string): void
  /** Who is here, in numbers. */
  occupancy(channel: string, metrics: Metrics, atMs: number): void
  /** Drops what waits, unsent, for this channel. */
  purge(channel: string): void
  /** One message of a view of rights, at its place in the order. */
  view(channel: string, name: ViewMessage, payload: unknown, serial: string): void
  viewAttached(channel: string, serial: string): void
  askRenewal(): void
  closed(): void
  /** Ends the connection for good: the client does not come back by itself. */
  dropped(reason: string): void
  /** Bytes that wait for this reader, here and in the socket. */
  readonly queuedBytes: () => number
  /** How long the last ping took there and back, or for how long one is out; milliseconds. Undefined: none was sent yet. */
  lagMs?: (nowMs: number) => number | undefined
  disconnected(reason: CutReason): void
  /** Ends the socket after what waits has been written. */
  end(): void
}

/** What messages of views are called; the last four are of the board of the desk. */
export type ViewMessage =
  | 'snapshot'
  | 'change'
  | 'answer'
  | 'notice'
  | 'news'
  | 'here'
  | 'conversation'
  | 'gone'
  | 'operator'
  | 'visitor'
  | 'mention'

/** Encodes batches for a hub that knows no protocol. */
export type BatchEncoder = (
  variant: Variant,
  channel: string,
  events: readonly DeliveredEvent[],
) => Pick<Batch, 'bytes'>

export type LiveConnection = {
  readonly id: string
  readonly openedAtMs: number
  /** Rises from one connection to the next; given by the hub when it is added. */
  number?: number
  /** What its client says it is, such as `ably-js/2.28.0`. */
  agent?: string | undefined
  asker: Asker
  state: ConnectionState
  /** Absent while suspended. */
  peer: Peer | undefined
  /** True if this transport continues an earlier one, or is the first: attachments may resume. */
  continuous: boolean
  /** By the name the client attached, for example `[?rewind=1]news`. */
  readonly channels: Set<ChannelName>
  /** Channels on which it has entered presence, attached there or not. */
  readonly present: Set<ChannelName>
  /** When its state wants the next tick; milliseconds. */
  wakeAtMs: number
  /** By the name the client attached, for example `[permissions]*`. */
  readonly views: Map<string, View>
  /** Present while it is attached to what its person keeps for themselves, `[me]`. */
  own?:
    | {
        close(): void
        /** @param touched absent: any of them */
        rightsMoved(touched?: Affected): void
        /** Without a socket for so long, its person is not here by it any more. */
        absent(): void
      }
    | undefined
  /** Present while it is attached to the board of the desk, `[desk]`. */
  board?: { close(): void; rightsMoved(cause: Cause): void } | undefined
}

/** Connections by their ids, in the order in which they came. */
export class ConnectionList extends Map<string, LiveConnection> {
  #last = 0

  add(connection: LiveConnection): void {
    this.#last += 1
    connection.number = this.#last
    this.set(connection.id, connection)
  }
}
