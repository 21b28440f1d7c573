// What can change about rights. Each value is one durable fact of the log; folding them in order gives the world.

import type { Capability, Match } from './capability.ts'
import type { PolicyDocument } from './document-types.ts'
import type {
  Action,
  Attributes,
  KeyId,
  RelationName,
  ResourceId,
  RoleName,
  SubjectId,
  SubjectSet,
} from './names.ts'

/** One stored role assignment, in text `channel:lobby#speaker@user:ada` or `channel:lobby#speaker@group:crew#member`. */
export type RoleTuple = {
  readonly resource: ResourceId
  readonly role: RoleName
  readonly subject: SubjectId | SubjectSet
}

/** One stored relation between resources, in text `channel:lobby#parent@server:one`. */
export type RelationTuple = {
  readonly resource: ResourceId
  readonly relation: RelationName
  readonly target: ResourceId
}

/** The person or key that ran a command. */
export type Actor = SubjectId | `key:${string}`

/** What is known about an assignment besides who, what and where. Times are milliseconds since 1970. */
export type Grant = {
  /**
   * Pending: grants nothing, whatever the clock says, until a change assigns it without this. The instant says when that
   * change is due.
   */
  readonly notBeforeMs?: number
  /** When a change that takes it back is due. */
  readonly expiresAtMs?: number
  readonly by?: Actor
  readonly reason?: string
}

/** Where an API key may be used besides realtime and its REST. */
export type KeyScope = 'admin' | 'decisions'

/** An API key as rights see it; the sealed secret rides along so that it commits with the rest. */
export type KeyRecord = {
  readonly id: KeyId
  readonly name: string
  /** What the key itself may do. */
  readonly capability: Capability
  /** What tokens signed by it may do at most; absent means `capability`. */
  readonly mayDelegate?: Capability
  readonly scopes: readonly KeyScope[]
  /**
   * Only the channels that resources of this tenant govern, for the key and for tokens it signs, as the resources move.
   * Absent: every channel.
   */
  readonly tenant?: ResourceId
  /** False: tokens it signed cannot be taken back before their end; absent: they can. */
  readonly revocableTokens?: boolean
  /** How entries of these maps, and of tokens it signs, count together; absent: `union`. */
  readonly match?: Match
  /** The secret, encrypted by the server; opaque here. */
  readonly sealedSecret: string
  /** The secret it had before, which holds until then. A change without it ends it. */
  readonly previous?: { readonly sealedSecret: string; readonly untilMs: number }
  readonly createdAtMs: number
  /** When a change that removes it is due. */
  readonly expiresAtMs?: number
  /** Where it may be used from itself: addresses and networks, as the server reads them. Absent: anywhere. */
  readonly allowedAddresses?: readonly string[]
  /** What it is a key of, as Permit's API has it; absent: this environment. */
  readonly level?: 'organization' | 'project'
  /** The project of a project's key. */
  readonly project?: string
}

/** Somebody asks to be let in. It gives no right; it waits for somebody who may answer. */
export type AccessRequest = {
  readonly atMs: number
  /** What they said with it. */
  readonly note?: string
  /** For how long they ask; absent: for good. Milliseconds. */
  readonly forMs?: number
  /** A role they hold there: one with an end is to last longer, a restraint is to end. Absent: they ask to be let in. */
  readonly role?: RoleName
}

/** Which tokens of a key: all for one clientId, with one revocation key, whose capability names a resource, or by their id. */
export type RevocationTarget = {
  readonly type: 'clientId' | 'revocationKey' | 'channel' | 'tokenId'
  readonly value: string
}

/** One taking back. */
export type Revocation = {
  readonly key: KeyId
  readonly target: RevocationTarget
  /** Tokens issued before this instant are meant; milliseconds. */
  readonly issuedBeforeMs: number
  /** Until then they hold; absent: they are dead at once; milliseconds. */
  readonly appliesAtMs?: number
  /** When a change that forgets it is due, as no token that it means can live any more; milliseconds. */
  readonly untilMs?: number
}

/** One rights change. Who and why stand in the `Cause` and audit line that commit with it. */
export type RightsChange =
  /** Assigning again replaces everything the grant said. */
  | ({ readonly kind: 'assign'; readonly tuple: RoleTuple } & Grant)
  | { readonly kind: 'unassign'; readonly tuple: RoleTuple }
  | { readonly kind: 'put-person'; readonly subject: SubjectId; readonly attributes: Attributes }
  /** Nobody of that name is registered any more. Their roles and requests stay: who removes them takes those as well. */
  | { readonly kind: 'remove-person'; readonly subject: SubjectId }
  | {
      readonly kind: 'put-resource'
      readonly resource: ResourceId
      readonly attributes: Attributes
    }
  /**
   * Takes along the roles held on it, the requests for it and the relations from and to it; a tenant also everything that is
   * in it, likewise.
   */
  | { readonly kind: 'remove-resource'; readonly resource: ResourceId }
  /** By the relation `tenant` a resource joins a tenant and leaves the one before. */
  | ({ readonly kind: 'relate' } & RelationTuple)
  | ({ readonly kind: 'unrelate' } & RelationTuple)
  /** Moves the world's time forward, never back; rules with an instant read it. */
  | { readonly kind: 'pass-time'; readonly atMs: number }
  | {
      readonly kind: 'put-request'
      readonly subject: SubjectId
      readonly resource: ResourceId
      readonly request: AccessRequest
    }
  | {
      readonly kind: 'remove-request'
      readonly subject: SubjectId
      readonly resource: ResourceId
    }
  /** `text` is the document as its author wrote it; `document` the validated value that decides. */
  | { readonly kind: 'put-policy'; readonly document: PolicyDocument; readonly text: string }
  | { readonly kind: 'put-key'; readonly key: KeyRecord }
  | { readonly kind: 'remove-key'; readonly key: KeyId }
  | { readonly kind: 'revoke-tokens' | 'forget-revocation'; readonly revocation: Revocation }

/** Who caused a change and why, as people affected may be told. */
export type Cause = {
  /** The command that ran, for example `promote`. */
  readonly command: string
  /** The person or key that ran it; absent when the server itself did. */
  readonly by?: Actor
  readonly reason?: string
}

/** The actions of one resource gained and lost by one change, for one subject. */
export type PermissionDiff = {
  readonly resource: ResourceId
  readonly gained: readonly Action[]
  readonly lost: readonly Action[]
}
