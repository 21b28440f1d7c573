// The shape of a policy document once validated. `document/` reads YAML into it; everything else only sees this.

import type { Action, Attributes, ResourceId, RoleName } from './names.ts'

/** A role bundled for one resource type. */
export type RoleDocument = {
  /** How screens call it; the role name if absent. */
  readonly title?: string
  /** Icon name and tone for screens; they carry no right. */
  readonly glyph?: string
  readonly tone?: string
  /** Roles of the same type whose actions this one has as well. */
  readonly extends?: readonly RoleName[]
  /** `['*']` means every action of the type. */
  readonly can?: readonly Action[]
}

export type ResourceTypeDocument = {
  /** The realtime channels it governs, with `{key}` once: `chat:{key}`. Absent: none. */
  readonly channels?: string
  readonly actions: readonly Action[]
  readonly roles: Readonly<Record<RoleName, RoleDocument>>
}

/** A role on a whole tenant: actions per resource type, held on every instance. */
export type TenantRoleDocument = {
  readonly title?: string
  readonly glyph?: string
  readonly tone?: string
  readonly extends?: readonly RoleName[]
  readonly can?: Readonly<Record<string, readonly Action[]>>
}

export type RoleOn = { readonly role: RoleName; readonly on: ResourceId }

/** What *Promote* gives on a resource of `type`, and what *Demote* gives back. */
export type PromotionDocument = {
  readonly type: string
  readonly gives: RoleName
  readonly replaces: RoleName
  /** Given with the promotion; taken when no promotion of this kind remains anywhere. */
  readonly also?: readonly RoleOn[]
}

/** The role that people get on a resource of `type` when they asked to be let in and somebody says yes. */
export type AdmissionDocument = { readonly type: string; readonly gives: RoleName }

export type SettingsDocument = {
  /** Where people land. */
  readonly home?: ResourceId
  /** Given once to everybody who signs in for the first time. */
  readonly sign_in?: readonly RoleOn[]
  /** Given to the owner besides `sign_in`. */
  readonly owner?: readonly RoleOn[]
  readonly promotions?: readonly PromotionDocument[]
  readonly admissions?: readonly AdmissionDocument[]
}

/** How channels behave whose name begins with the namespace's and `:`, or is it. */
export type NamespaceDocument = {
  /** Default true. False: messages live two minutes in memory, for who comes back. */
  readonly persisted?: boolean
  /** Default true. False: messages are not edited, deleted or annotated. */
  readonly mutable?: boolean
  /** Default false. True: only people with an identity. */
  readonly identified?: boolean
}

export type PolicyDocument = {
  readonly version: 1
  readonly tenant: {
    readonly key: string
    readonly title?: string
    readonly roles: Readonly<Record<RoleName, TenantRoleDocument>>
  }
  readonly types: Readonly<Record<string, ResourceTypeDocument>>
  readonly namespaces?: Readonly<Record<string, NamespaceDocument>>
  readonly settings?: SettingsDocument
  /** Instances made when an app is created from this document; later they are facts. */
  readonly seed?: { readonly resources?: Readonly<Record<string, Attributes>> }
}
