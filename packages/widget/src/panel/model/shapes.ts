// What the visitor's door of the server says and takes.

import type { Look } from '../../shared/messages.ts'

export type Availability = {
  readonly state: 'online' | 'offline' | 'full' | 'off'
  /** The place in the queue of whoever came now. */
  readonly position?: number
  readonly expectedWaitMs?: number
  /** When somebody is there again; milliseconds since 1970. */
  readonly backAtMs?: number
}

export type Field = {
  readonly key: string
  readonly label: string
  readonly kind: 'text' | 'email' | 'choice'
  readonly required: boolean
  readonly options?: readonly string[]
}

/** The part of a widget that everybody may know. */
export type Config = {
  readonly id: string
  readonly name: string
  readonly look: Look & { readonly logo?: string; readonly hidesNames?: boolean }
  readonly texts?: Readonly<Record<string, string>>
  /** `auto`: the visitor's. */
  readonly language: string
  readonly form?: {
    readonly fields: readonly Field[]
    readonly consent?: { readonly text: string; readonly required: boolean }
  }
  readonly offline: 'form' | 'hide'
  readonly files: {
    readonly isOn: boolean
    readonly maxBytes: number
    readonly types: readonly string[]
  }
  readonly availability: Availability
}

export type State = 'waiting' | 'open' | 'snoozed' | 'closed'

export type Marks = { readonly delivered?: string; readonly read?: string }

export type Talk = {
  readonly key: string
  readonly channel: string
  readonly state: State
  readonly position?: number
  readonly expectedWaitMs?: number
  readonly with?: readonly { readonly name: string; readonly picture?: string }[]
  /** Ids the visitor wrote under before they were proved. */
  readonly formerVisitors?: readonly string[]
  readonly openedAtMs: number
  readonly closedAtMs?: number
  readonly rating?: { readonly score: number; readonly comment?: string }
  /** How far each side is: the visitor, and the furthest of those who answer. */
  readonly marks?: { readonly visitor?: Marks; readonly operators?: Marks }
}

export type Session = {
  readonly device: string
  readonly visitor: { readonly id: string; readonly name?: string; readonly isVerified: boolean }
  readonly token: string
  readonly tokenExpiresAtMs: number
  readonly conversation: Talk | null
}

export type SessionAsk = {
  /** Of a mailed link. */
  readonly proof?: string
  readonly device?: string
  readonly identity?: string
  readonly page?: { readonly url: string; readonly title: string }
}

export type OpenAsk = {
  readonly form?: Readonly<Record<string, string>>
  readonly consent?: boolean
}

/** A file beside a message. */
export type Attached = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly width?: number
  readonly height?: number
}
