// A decision is a value: the answer, why, and the revision it was made at.

import type { Grant, RelationTuple, RoleTuple } from './change.ts'
import type { MessageChange } from './condition/condition.ts'
import type { RoleOn } from './document-types.ts'
import type {
  Action,
  Attributes,
  ResourceId,
  Revision,
  RoleName,
  SubjectId,
  SubjectSet,
} from './names.ts'

/**
 * One step on the way from a person to what they may do. A `statement` is a path in the policy document, such as
 * `types.channel.rules[2]`, or `types.channel.rules.slow` for a rule with an id.
 */
export type Step =
  /** A stored role assignment, of the person or of a set. */
  | { readonly kind: 'assigned'; readonly tuple: RoleTuple; readonly grant: Grant }
  /** The person is in a set, for what the steps before say. */
  | { readonly kind: 'member'; readonly set: SubjectSet }
  /** A role that follows from another one along a relation. */
  | {
      readonly kind: 'derived'
      readonly role: RoleName
      readonly on: ResourceId
      readonly from: RoleOn
      readonly relation: RelationTuple
      readonly statement: string
    }
  /** `role` has the actions of `from`. */
  | {
      readonly kind: 'inherits'
      readonly role: RoleName
      readonly from: RoleName
      readonly on: ResourceId
    }
  | {
      readonly kind: 'allows'
      readonly role: RoleName
      readonly on: ResourceId
      readonly action: Action
      readonly statement: string
    }
  | { readonly kind: 'rule'; readonly statement: string }
  | { readonly kind: 'default'; readonly statement: string }

/** Which layer said no, or on what a yes rests. */
export type Reason =
  /** A role the subject holds grants the action. */
  | {
      readonly kind: 'granted'
      readonly role: RoleName
      readonly on: ResourceId
      readonly via: readonly RoleName[]
      /** How the person comes to the role, if it is derived or held through a set; from the person on. */
      readonly through?: readonly Step[]
    }
  /** A rule of the type grants it. */
  | { readonly kind: 'rule'; readonly rule: string }
  /** The type allows what nothing forbids. */
  | { readonly kind: 'default' }
  /** The key or token capability covers it. */
  | { readonly kind: 'capability'; readonly layer: 'key' | 'delegation' | 'token' }
  /** The key or token capability does not cover it. */
  | { readonly kind: 'outside_capability'; readonly layer: 'key' | 'delegation' | 'token' }
  /** The key that signed the credential is gone. */
  | { readonly kind: 'unknown_key' }
  /** No role of the subject grants it; `grantedBy` names the roles on the resource that would. */
  | { readonly kind: 'never_granted'; readonly grantedBy: readonly RoleName[] }
  /** A rule takes it away whoever grants it, or demands what does not hold. `message` is the rule's own sentence. */
  | {
      readonly kind: 'forbidden' | 'requirement'
      readonly rule: string
      /** The condition could not be answered, which denies; for those who run the place. */
      readonly error?: string
      readonly message?: string
    }
  /** The message does not have the declared form; `path` says where. */
  | { readonly kind: 'message_invalid'; readonly path: string; readonly message: string }
  /** The policy does not know the word: a broken question denies. */
  | { readonly kind: 'unknown_type' | 'unknown_resource' | 'unknown_action' | 'unknown_tenant' }

/** True if the reason speaks for the action. */
export function isAllowing(reason: Reason): boolean {
  switch (reason.kind) {
    case 'granted':
    case 'rule':
    case 'default':
    case 'capability':
      return true
    default:
      return false
  }
}

/** What a question can be about besides who, what and where. */
export type About = {
  readonly message?: MessageChange
  /** What the caller knows, for rules that read `context`. */
  readonly context?: Attributes
}

/** Attributes that a question brings along, laid over the stored ones; of the same name the supposed one counts. */
export type Supposed = {
  readonly subject?: Attributes
  readonly resource?: Attributes
  /** Of the tenant of the resource. */
  readonly tenant?: Attributes
  /** Laid over the `context` of the question. */
  readonly context?: Attributes
}

export type Question = About & {
  readonly subject: SubjectId
  readonly action: Action
  readonly resource: ResourceId
  /** Asked for good, with no message or context at hand: rules that read those are left open. */
  readonly standing?: true
  /**
   * The tenant the question is asked in. A resource that exists has a tenant: asked in another one it is unknown. One that
   * does not exist, and a type alone (`channel:`), is decided as a resource without attributes in that tenant: by roles on
   * the tenant, rules and default, never by roles on the resource. Absent: what does not exist is unknown.
   */
  readonly inTenant?: ResourceId
  /** Conditions read these instead of what is stored; `lookup` reads what is stored. */
  readonly supposed?: Supposed
}

/** The answer to one question at one revision. Deny is the default of every branch. */
export type Decision = {
  readonly allowed: boolean
  readonly reasons: readonly Reason[]
  readonly revision: Revision
  /** A standing answer that a rule over the single message or context may still turn. */
  readonly conditional?: true
  /** The earliest instant at which time alone could flip the answer; milliseconds since 1970. */
  readonly flipsAtMs?: number
}
