// What a condition is to the rest of the engine: a question over values, with what it reads known beforehand.

import type { Attributes, AttributeValue } from '../names.ts'

/** A message as conditions see it. */
export type MessageState = {
  /** Empty if the message has none. */
  readonly name: string
  /** Parsed if it is JSON, text otherwise, null for bytes. */
  readonly data: AttributeValue
  /** Empty if the message has none. */
  readonly clientId: string
  readonly headers: Attributes
  readonly serial?: string
}

/** What a message is before and after what is being asked for; null where there is none. */
export type MessageChange = {
  readonly before: MessageState | null
  readonly after: MessageState | null
}

/** What a condition is asked over. Make the maps with `subjectValue`, `resourceValue` and `tenantValue`. */
export type Scope = {
  readonly subject: Attributes
  readonly resource: Attributes
  readonly tenant: Attributes
  /** Absent: a condition that reads it errs. */
  readonly message?: MessageChange | undefined
  /** Absent: a condition that reads it errs. */
  readonly context?: Attributes | undefined
  /** The attributes of a person (`user:bob`) or a resource (`team:red`); undefined if there is none. */
  lookup(id: string): Attributes | undefined
}

/** Attribute names that a condition reads, `['*']` if they cannot be known beforehand. */
export type Reads = {
  readonly subject: readonly string[]
  readonly resource: readonly string[]
  readonly tenant: readonly string[]
  readonly lookup: boolean
  readonly message: boolean
  readonly context: boolean
}

/** Only boolean `true` is true; whatever goes wrong is a value. */
export type Outcome = true | false | { readonly error: string }

export type Condition = {
  readonly text: string
  /** It reads stored facts only, so that its answer stands until they change. */
  readonly isStable: boolean
  readonly reads: Reads
  /** Never throws. */
  evaluate(scope: Scope): Outcome
}
