// A decision is a value: the answer, why, and the revision it was made at.

import type { Action, ResourceId, Revision, RoleName, SubjectId } from './names.ts'

/** Which layer said no, or on what a yes rests. */
export type Reason =
  /** A role the subject holds grants the action. */
  | {
      readonly kind: 'granted'
      readonly role: RoleName
      readonly on: ResourceId
      readonly via: readonly RoleName[]
    }
  /** The key or token capability covers it. */
  | { readonly kind: 'capability'; readonly layer: 'key' | 'delegation' | 'token' }
  /** The key or token capability does not cover it. */
  | { readonly kind: 'outside_capability'; readonly layer: 'key' | 'delegation' | 'token' }
  /** The key that signed the credential is gone. */
  | { readonly kind: 'unknown_key' }
  /** No role of the subject grants it; `grantedBy` names the roles on the resource that would. */
  | { readonly kind: 'never_granted'; readonly grantedBy: readonly RoleName[] }
  /** The policy does not know the word: a broken question denies. */
  | { readonly kind: 'unknown_type' | 'unknown_resource' | 'unknown_action' }

export type Question = {
  readonly subject: SubjectId
  readonly action: Action
  readonly resource: ResourceId
}

/** The answer to one question at one revision. Deny is the default of every branch. */
export type Decision = {
  readonly allowed: boolean
  readonly reasons: readonly Reason[]
  readonly revision: Revision
  /** The next instant at which time alone could flip the answer; milliseconds since 1970. */
  readonly flipsAtMs?: number
}
