// A line of the audit log: who did what, what it was before and after, and what it did to rights.

import type { Revision } from '@sayso/policy'

/** What JSON can say, as far as its outermost braces are looked at. */
export type JsonObject = Readonly<Record<string, unknown>>

export type NewAuditLine = {
  readonly command: string
  /** `user:…`, `key:…`, or `server`. */
  readonly actor: string
  readonly target: string
  readonly reason?: string
  /** What was asked for, as plain JSON. */
  readonly details?: JsonObject
  /** What it was before and what it is now, as plain JSON; without secrets and without message content. */
  readonly before?: unknown
  readonly after?: unknown
  /** Where the request came from: an IP address. */
  readonly address?: string
  /** What it did to rights. */
  readonly effect?: AuditEffect
}

/** What a change did to what people may do. */
export type AuditEffect = {
  /** Different people who gained or lost something. */
  readonly people: number
  /** Single permissions: one action of one person on one resource each. */
  readonly gained: number
  readonly lost: number
  /** What exactly, if it is little. */
  readonly flips?: readonly AuditFlip[]
  /** There was too much to count: it is at least so much. */
  readonly isPartial?: true
}

/** The actions one person gained and lost on one resource. */
export type AuditFlip = {
  readonly subject: string
  readonly resource: string
  readonly gained: readonly string[]
  readonly lost: readonly string[]
}

/** All that are given must hold. Texts are compared as a whole. */
export type AuditQuery = {
  /** 1–1 000 */
  readonly limit: number
  /** Continue below this number. */
  readonly beforeNumber?: number
  readonly actor?: string
  readonly command?: string
  readonly target?: string
  /** The resource or channel the target names: `channel:lobby` finds `channel:lobby#host@user:ada`. */
  readonly place?: string
  /** The person the target names: `user:ada`. */
  readonly person?: string
  /** Inclusive; milliseconds since 1970. */
  readonly sinceMs?: number
  readonly untilMs?: number
}

/**
 * `hash` = SHA-256 hex over the previous line's hash and the canonical JSON of this line without `hash`.
 * `atMs` never goes back from one line to the next; `revision` is that of the log after the write.
 */
export type AuditLine = NewAuditLine & {
  readonly number: number
  readonly revision: Revision
  readonly atMs: number
  readonly previousHash: string
  readonly hash: string
  /**
   * Names the erasure that has blotted somebody out of this line. `hash` is that of the line as it was written; what is left is
   * proven by the digest in the erasure's own line.
   */
  readonly erased?: string
}
