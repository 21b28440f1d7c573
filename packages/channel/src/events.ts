// What a channel hears and what it answers: two closed sets.

import type {
  ConnectionId,
  DeliveredEvent,
  Format,
  KeptEvent,
  Lens,
  Rewind,
  Variant,
} from './attachment.ts'
import type { Member } from './message.ts'
import type { Modes } from './modes.ts'
import type { Metrics } from './occupancy.ts'
import type { PresenceChange, PresenceEvent } from './presence.ts'
import type { GapReason, ResumeAnswer } from './resume.ts'

/** What reading a backlog found. `upTo`: the position everything was read to; `next`: where to go on reading. */
export type BacklogAnswer =
  | {
      readonly kind: 'messages'
      readonly messages: readonly KeptEvent[]
      readonly hasMore: boolean
      readonly upTo: string
      readonly next: string
      /** Where a rewound attachment begins: the position just before the first message. */
      readonly from?: string
    }
  | { readonly kind: 'gap'; readonly reason: GapReason }

/** Where new rights come from: the policy took something, or the client's own new token holds less. */
export type RightsSource = 'policy' | 'token'

export type ChannelEvent =
  | {
      readonly name: 'attach'
      readonly connection: ConnectionId
      readonly format: Format
      readonly echo: boolean
      /** True: appends arrive as whole messages. */
      readonly wholeAppends?: boolean
      /** Whom it is alike in which messages it may receive; absent: all of them. */
      readonly receiver?: string
      readonly requested: Modes
      readonly allowed: Modes
      readonly resume: ResumeAnswer
      /** Counts on a fresh attach only: one that goes on or comes back has seen what was before. */
      readonly rewind?: Rewind
      readonly lens?: Lens
      /** The newest position folded. */
      readonly head: string
      /** When members leave that may no longer be here; absent: at the time they entered. */
      readonly nowMs?: number
    }
  | {
      readonly name: 'backlog'
      readonly connection: ConnectionId
      /** As in the `readBacklog` effect this answers. */
      readonly after: string
      readonly answer: BacklogAnswer
      readonly head: string
    }
  | { readonly name: 'detach'; readonly connection: ConnectionId; readonly nowMs: number }
  /** The connection is no more. */
  | { readonly name: 'forget'; readonly connection: ConnectionId; readonly nowMs: number }
  /** Its members leave; its attachment, if any, stays. */
  | { readonly name: 'leavePresence'; readonly connection: ConnectionId; readonly nowMs: number }
  /** Its socket is gone; its members stay for now. */
  | { readonly name: 'suspend'; readonly connection: ConnectionId }
  | { readonly name: 'message'; readonly message: KeptEvent }
  | { readonly name: 'presence'; readonly changes: readonly PresenceChange[] }
  /** The client asks for the presence set again. */
  | { readonly name: 'sync'; readonly connection: ConnectionId }
  /** For every connection whose rights may have changed, attached or only present: what it may do now. */
  | {
      readonly name: 'reauthorize'
      readonly allowed: ReadonlyMap<ConnectionId, Modes>
      /** Whom each is alike in which messages it may receive; absent: all of them. */
      readonly receivers?: ReadonlyMap<ConnectionId, string>
      readonly source: RightsSource
      readonly head: string
      readonly nowMs: number
    }
  | { readonly name: 'flush' }
  /** Time to say who is here in numbers, if that has changed. */
  | { readonly name: 'tellOccupancy' }

export type AttachedEffect = {
  readonly name: 'attached'
  readonly connection: ConnectionId
  readonly modes: Modes
  readonly resumed: boolean
  readonly hasBacklog: boolean
  /** A `sync` effect follows. */
  readonly hasPresence: boolean
  readonly serial: string
  readonly gap?: GapReason
}

export type ChannelEffect =
  | AttachedEffect
  | {
      readonly name: 'refused'
      readonly connection: ConnectionId
      readonly cause: 'never_granted' | 'revoked'
    }
  | { readonly name: 'detached'; readonly connection: ConnectionId }
  /** Read the channel's messages after this position, or the newest ones for a rewind, then step `backlog`. */
  | {
      readonly name: 'readBacklog'
      readonly connection: ConnectionId
      readonly after: string
      readonly rewind?: Rewind
    }
  | {
      readonly name: 'replay'
      readonly connection: ConnectionId
      /** As it is attached: which parts of the events it sees. */
      readonly variant: Variant
      readonly messages: readonly KeptEvent[]
    }
  | {
      readonly name: 'sync'
      readonly connection: ConnectionId
      readonly members: readonly Member[]
    }
  | {
      readonly name: 'echoPresence'
      readonly connection: ConnectionId
      readonly event: PresenceEvent
    }
  /** Drop what waits for this connection from this channel: it lost the right to see it. */
  | { readonly name: 'purge'; readonly connection: ConnectionId }
  /** Step `flush` at the end of this turn. */
  | { readonly name: 'flushSoon' }
  /** Step `tellOccupancy`: soon, or at once if some number has come from or gone to zero. */
  | { readonly name: 'occupancySoon'; readonly atOnce: boolean }
  | {
      readonly name: 'occupancy'
      readonly metrics: Metrics
      readonly to: readonly ConnectionId[]
    }
  /** One for all subscribers of a variant, whatever their number. `to` is as it was at the cut. */
  | {
      readonly name: 'deliver'
      readonly variant: Variant
      readonly events: readonly DeliveredEvent[]
      readonly to: ReadonlySet<ConnectionId>
    }
