// Messages as the core sees them: plain values, times as numbers, payloads untouched.

/** UTF-8 text, or bytes. What `encoding` lists was applied by the publisher and is opaque here. */
export type Payload = string | Uint8Array

/** A message on its way in. */
export type NewMessage = {
  /** Idempotency id chosen by the publisher; absent: the store derives it. */
  readonly id?: string
  readonly name?: string
  readonly data?: Payload
  readonly encoding?: string
  readonly clientId?: string
  readonly extras?: Readonly<Record<string, unknown>>
}

/** One committed state of a message. */
export type Message = NewMessage & {
  readonly id: string
  /** Its permanent place in the channel; compares as a plain string. */
  readonly serial: string
  /** When it was first committed; milliseconds since 1970; never changes. */
  readonly timestampMs: number
  readonly action: 'create' | 'update' | 'delete'
  /** The publishing connection; absent for REST publishes. */
  readonly connectionId?: string
  /** Absent on a plain create. */
  readonly version?: MessageVersion
  /** What its annotations add up to; only on messages that are read, and absent if there is nothing to say. */
  readonly summary?: Summary
}

/** Which edit a message state is. `serial` and `timestampMs` are greater than the message's own. */
export type MessageVersion = {
  readonly serial: string
  readonly timestampMs: number
  readonly clientId?: string
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
}

/** An edit, deletion or append of a stored message. Fields that are absent stay as they were. */
export type Amendment = {
  readonly serial: string
  readonly action: 'update' | 'delete' | 'append'
  readonly name?: string
  readonly data?: Payload
  readonly encoding?: string
  readonly extras?: Readonly<Record<string, unknown>>
  /** What the server says of the editor. In `extras` it takes the place of what it said of who wrote the version before. */
  readonly userClaim?: string
  readonly clientId?: string
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
}

/** Somebody present on a channel. The member key is `connectionId` with `clientId`. */
export type Member = {
  /** `<connectionId>:<msgSerial>:<index>` of the frame that caused the present state. */
  readonly id: string
  readonly clientId: string
  readonly connectionId: string
  readonly data?: Payload
  readonly encoding?: string
  readonly extras?: Readonly<Record<string, unknown>>
  readonly timestampMs: number
}

/** One client's remark on a message, or its taking back, on its way in. */
export type NewAnnotation = {
  /** Idempotency id chosen by the publisher; absent: the store derives it. */
  readonly id?: string
  readonly action: 'create' | 'delete'
  /** `<namespace>:<method>`, for example `reaction:distinct.v1`; one without a known method is told and not added up. */
  readonly type: string
  readonly name?: string
  /** How often at once; a positive whole number. */
  readonly count?: number
  readonly messageSerial: string
  readonly clientId?: string
  readonly data?: Payload
  readonly encoding?: string
  readonly extras?: Readonly<Record<string, unknown>>
}

/** A committed annotation. Its serial is greater than that of its message. */
export type Annotation = NewAnnotation & {
  readonly id: string
  readonly serial: string
  readonly timestampMs: number
  readonly connectionId?: string
}

/** Plain JSON by annotation type, in the shape of the type's method. */
export type Summary = Readonly<Record<string, unknown>>

/** What the annotations of a message add up to now. */
export type MessageSummary = { readonly messageSerial: string; readonly summary: Summary }

/** Annotations that were published together, at their place in the order. */
export type ChannelAnnotations = {
  readonly kind: 'annotation'
  readonly serial: string
  readonly atMs: number
  readonly id: string
  readonly connectionId?: string
  readonly annotations: readonly Annotation[]
  /** One per message whose annotations are added up. */
  readonly summaries: readonly MessageSummary[]
  /** The messages they are about, where it depends on them who may hear of it. */
  readonly about?: readonly Message[]
}

/** The part an append added; `encoding` is that of the whole. */
export type Fragment = Pick<NewMessage, 'name' | 'data' | 'encoding' | 'extras'>

/** Messages that were published together, at their place in the order. */
export type ChannelMessage = {
  readonly kind: 'message'
  readonly serial: string
  readonly atMs: number
  readonly id: string
  readonly connectionId?: string
  readonly messages: readonly Message[]
  /** Of an append that was joined to what was there: what it added. `messages` has the whole. */
  readonly fragment?: Fragment
  /** Told live only: it has no stored place, and its serial is no point to resume from. */
  readonly fleeting?: true
}
