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

/** Messages that were published together, at their place in the order. */
export type ChannelMessage = {
  readonly kind: 'message'
  readonly serial: string
  readonly atMs: number
  readonly id: string
  readonly connectionId?: string
  readonly messages: readonly Message[]
  /** Told live only: it has no stored place, and its serial is no point to resume from. */
  readonly fleeting?: true
}
