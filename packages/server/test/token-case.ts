// What the table of tokens is made of: what each is, and the exact answer. `ok`: recognised, and may subscribe to `room`; 40160:
// recognised, but may not; any other number: refused with it.

import { createHmac } from 'node:crypto'

export type Answer = 'ok' | number

export type TokenCase = {
  readonly name: string
  readonly token: string
  readonly answer: Answer
  /** A second more or less, or a few more characters, would change it: only for a clock that stands. */
  readonly isTight?: boolean
}

/** The app's keys, by what they are for. */
export type CaseKeys = Readonly<
  Record<KeyPart, { readonly keyName: string; readonly secret: string }>
>
/**
 * - `full`: may everything. `zero`: nothing itself, may delegate everything. `part`: nothing itself, may delegate
 *   `room`. `narrow`: `room` alone. `mute`: everything itself, may delegate nothing. `gone`: revoked.
 * - `old`: the former secret of `full`, which still holds. `older`: one that does not.
 */
export type KeyPart = 'full' | 'zero' | 'part' | 'narrow' | 'mute' | 'gone' | 'old' | 'older'

export type Json = Readonly<Record<string, unknown>>
export type Signing = {
  readonly secret: string
  readonly mac?: (signed: string, secret: string) => string
}

export const INVALID = 40144
export const UNREADABLE = 40145
export const EXPIRED = 40142
export const REVOKED = 40141
export const NO_KEY = 40101
export const NO_APP = 40400
export const DENIED = 40160
export const DAY = 86_400

export const encode = (text: string) => Buffer.from(text).toString('base64url')
export const hmac = (signed: string, secret: string) =>
  createHmac('sha256', secret).update(signed).digest('base64url')

export type Make = {
  readonly now: number
  readonly jwt: (head: Json, body: Json, signing?: Signing) => string
  readonly raw: (head: string, body: string, signing?: Signing) => string
  readonly by: (key: { readonly keyName: string; readonly secret: string }, body?: Json) => string
  readonly good: string
  readonly keys: CaseKeys
  readonly header: Json
  readonly claims: Json
  readonly trap: string
  /** The address it is shown from, IPv4. */
  readonly here: string
}
export type Row = readonly [name: string, token: string, answer: Answer]

export const rows = (group: string, list: readonly Row[]): readonly TokenCase[] =>
  list.map(([name, token, answer]) => ({ name: `${group}: ${name}`, token, answer }))
