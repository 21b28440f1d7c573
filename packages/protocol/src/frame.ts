// The shape of a frame in both directions. What a server sends is `Frame`; what it receives is `IncomingFrame`, one
// member per action, already bounded and with payloads in their stored form.

import type { Action, AnnotationAction, MessageAction, PresenceAction } from './action.ts'

/** A failure as clients read it. All three members are mandatory: a partial one makes the stock client throw. */
export type ErrorInfo = {
  readonly message: string
  readonly code: number
  readonly statusCode: number
  /** Members of our own that clients pass on untouched, for example the reason of a denial. */
  readonly detail?: Readonly<Record<string, string>>
}

/** What CONNECTED promises about the connection. */
export type ConnectionDetails = {
  /** Secret; presented as `resume=`. Must differ whenever `connectionId` does. */
  readonly connectionKey: string
  /** Confirmed identity; `*` may act as anyone; absent is anonymous. */
  readonly clientId?: string
  /** Milliseconds the server keeps a dropped connection for resume. */
  readonly connectionStateTtl: number
  /** Milliseconds within which the client hears something; 0 promises nothing. */
  readonly maxIdleInterval: number
  /** Bytes of one publish, counted as `messageSize` does. */
  readonly maxMessageSize: number
  readonly maxFrameSize?: number
  readonly maxInboundRate?: number
  readonly serverId?: string
  readonly siteCode?: string
}

/** Who made the latest version of a message, when and why. */
export type WireVersion = {
  readonly serial?: string
  /** Milliseconds; for an edit strictly greater than the message's own. */
  readonly timestamp?: number
  readonly clientId?: string
  readonly description?: string
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** A message on the wire. Members it lacks are inherited from the enclosing frame by the client. */
export type WireMessage = {
  readonly id?: string
  readonly name?: string
  readonly data?: string | Uint8Array
  readonly encoding?: string
  readonly clientId?: string
  readonly connectionId?: string
  /** Milliseconds of first receipt; never changes on edit. */
  readonly timestamp?: number
  readonly extras?: Readonly<Record<string, unknown>>
  readonly action?: MessageAction
  readonly serial?: string
  readonly version?: WireVersion
  readonly annotations?: { readonly summary: Readonly<Record<string, unknown>> }
}

/** One member's coming, staying or going. `id` is `<connectionId>:<msgSerial>:<index>`, or anything else if synthesized. */
export type WirePresence = {
  readonly id?: string
  readonly action: PresenceAction
  readonly clientId?: string
  readonly connectionId?: string
  readonly data?: string | Uint8Array
  readonly encoding?: string
  readonly extras?: Readonly<Record<string, unknown>>
  readonly timestamp?: number
}

/** One client's remark on a message. */
export type WireAnnotation = {
  readonly id?: string
  readonly action: AnnotationAction
  readonly type: string
  readonly name?: string
  readonly count?: number
  readonly clientId?: string
  readonly connectionId?: string
  readonly messageSerial: string
  readonly serial?: string
  readonly timestamp?: number
  readonly data?: string | Uint8Array
  readonly encoding?: string
  readonly extras?: Readonly<Record<string, unknown>>
}

/** One per acknowledged frame, one serial per message in it. */
export type PublishResult = { readonly serials: readonly string[] }

/**
 * A frame to a client. `channel` is spelled exactly as the client named it and is absent, never null, on connection
 * errors. Bytes in `data` are allowed in both formats: the JSON codec writes them as base64 [PR20].
 */
export type Frame = {
  readonly action: Action
  readonly flags?: number
  readonly id?: string
  /** Milliseconds. */
  readonly timestamp?: number
  readonly count?: number
  readonly error?: ErrorInfo
  readonly connectionId?: string
  readonly connectionKey?: string
  readonly connectionDetails?: ConnectionDetails
  readonly channel?: string
  readonly channelSerial?: string
  readonly msgSerial?: number
  readonly messages?: readonly WireMessage[]
  readonly presence?: readonly WirePresence[]
  readonly annotations?: readonly WireAnnotation[]
  readonly auth?: { readonly accessToken: string }
  readonly params?: Readonly<Record<string, string>>
  readonly res?: readonly PublishResult[]
}

/** A message as a client sent it. Server-owned members (`extras.userClaim`, `connectionId`, …) are still in it: strip them. */
export type IncomingMessage = {
  readonly id?: string
  readonly name?: string
  /** Stored form: base64 undone, objects stringified. */
  readonly data?: string | Uint8Array
  readonly encoding?: string
  readonly clientId?: string
  readonly connectionId?: string
  /** REST only: publish on behalf of that live connection. */
  readonly connectionKey?: string
  readonly extras?: Readonly<Record<string, unknown>>
  /** Absent means create. */
  readonly action?: 0 | 1 | 2 | 5
  /** The message that an edit is about. */
  readonly serial?: string
  /** On an edit: who asks for it and why. */
  readonly version?: Pick<WireVersion, 'clientId' | 'description' | 'metadata'>
}

/** A presence message as a client sent it. */
export type IncomingPresence = {
  /** Only on re-entry, which repeats the member's original id. */
  readonly id?: string
  readonly action: 2 | 3 | 4
  readonly clientId?: string
  readonly data?: string | Uint8Array
  readonly encoding?: string
  readonly extras?: Readonly<Record<string, unknown>>
}

/** An annotation as a client sent it. `messageSerial` is absent only over REST, where the path names the message. */
export type IncomingAnnotation = {
  readonly id?: string
  readonly action: AnnotationAction
  readonly type: string
  readonly name?: string
  /** A positive whole number; absent counts as one. */
  readonly count?: number
  readonly clientId?: string
  readonly messageSerial?: string
  readonly data?: string | Uint8Array
  readonly encoding?: string
  readonly extras?: Readonly<Record<string, unknown>>
}

/** A frame of an action that clients do not send, or that nobody knows: enough of it to answer. */
export type UnknownFrame = {
  readonly action: number
  readonly unknown: true
  readonly id?: string
  readonly channel?: string
  readonly msgSerial?: number
}

/** A frame of an action this server understands. */
export type KnownFrame =
  | { readonly action: typeof Action.HEARTBEAT; readonly id?: string }
  | { readonly action: typeof Action.DISCONNECT }
  | { readonly action: typeof Action.CLOSE }
  | {
      readonly action: typeof Action.ATTACH
      readonly channel: string
      readonly channelSerial?: string
      readonly flags?: number
      readonly params?: Readonly<Record<string, string>>
    }
  | { readonly action: typeof Action.DETACH; readonly channel: string }
  | {
      readonly action: typeof Action.PRESENCE
      readonly channel: string
      readonly msgSerial: number
      readonly presence: readonly IncomingPresence[]
    }
  | {
      readonly action: typeof Action.MESSAGE
      readonly channel: string
      readonly msgSerial: number
      readonly messages: readonly IncomingMessage[]
      readonly params?: Readonly<Record<string, string>>
    }
  | {
      readonly action: typeof Action.SYNC
      readonly channel: string
      readonly channelSerial?: string
    }
  | { readonly action: typeof Action.AUTH; readonly auth: { readonly accessToken: string } }
  | { readonly action: typeof Action.OBJECT; readonly channel: string; readonly msgSerial: number }
  | {
      readonly action: typeof Action.ANNOTATION
      readonly channel: string
      readonly msgSerial: number
      readonly annotations: readonly (IncomingAnnotation & { readonly messageSerial: string })[]
    }

/**
 * A frame from a client. Rule out the unknown first (`if ('unknown' in frame) …`), then switch on `action`: the rest
 * narrows to one member each. Channel names are bounded but not parsed: see `parseChannelName`.
 */
export type IncomingFrame = KnownFrame | UnknownFrame
