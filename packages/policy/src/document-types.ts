// The shape of a policy document once validated. `document/` reads YAML into it; everything else only sees this.

import type { Action, Attributes, RelationName, ResourceId, RoleName } from './names.ts'

/** What an attribute holds. `int` is a whole number, `any` every JSON value. */
export type AttributeType = 'string' | 'bool' | 'int' | 'double' | 'list' | 'map' | 'any'
export type AttributeTypes = Readonly<Record<string, AttributeType>>

/** One way to come to a role: whoever holds `role` on what the resource points to by the relation `via`. */
export type DerivationDocument = {
  readonly role: RoleName
  readonly via: RelationName
  /** A CEL expression over stored facts: `subject`, `resource` (the one the role is derived on), `tenant`, `lookup`. */
  readonly when?: string
  /** Not for those who were given any role on the resource themselves. */
  readonly except_direct?: boolean
}

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
  readonly from?: readonly DerivationDocument[]
  /** `except_direct` for every derivation of the role. */
  readonly except_direct?: boolean
}

/** A role of the type, or `tenant#<role>` for one on the tenant. */
export type RoleRef = string

/**
 * A rule on top of the roles: exactly one of `allow`, `forbid`, `require`.
 *
 * Any *allow* grants; a *forbid* takes away whoever grants; a *require* must hold whoever grants. `'*'` means every
 * action of the type; `receive` (who gets which message) may be forbidden and required, never allowed.
 */
export type RuleDocument = {
  /** Unique in the type. */
  readonly id?: string
  readonly allow?: Action | readonly Action[]
  readonly forbid?: Action | readonly Action[]
  readonly require?: Action | readonly Action[]
  /** Whom it concerns: holders of one of these roles, or of one that extends it. Absent: everybody. */
  readonly to?: readonly RoleRef[]
  /** Whom it does not concern, even so. */
  readonly unless?: readonly RoleRef[]
  /** A CEL expression. */
  readonly when?: string
  /** A sentence for the person concerned when the rule denies. */
  readonly message?: string
  /** ISO-8601 instants: the rule counts from the first until before the second. */
  readonly from?: string
  readonly until?: string
}

export type FieldType = 'string' | 'bool' | 'int' | 'number' | 'list' | 'map' | 'any'
export type ScalarType = 'string' | 'bool' | 'int' | 'number'
export type FieldRules = {
  readonly type: FieldType
  readonly optional?: boolean
  /** Characters of a string, items of a list. */
  readonly max_length?: number
  readonly one_of?: readonly (string | number | boolean | null)[]
  /** What a list holds. */
  readonly items?: ScalarType
}
/** The short form is the bare type. */
export type FieldSchema = FieldType | FieldRules
/** The data of a message is an object with these fields and no other. */
export type MessageSchema = { readonly fields: Readonly<Record<string, FieldSchema>> }

export type RetentionDocument = {
  /** 1–36 500 */
  readonly days: number
}

export type ResourceTypeDocument = {
  /** How screens call the type; its name if absent. */
  readonly title?: string
  /** What holds where no role and no rule says anything; deny if absent. */
  readonly default?: 'deny' | 'allow'
  /** The realtime channels it governs, with `{key}` once: `chat:{key}`. Absent: none. */
  readonly channels?: string
  /** How long what is said in its channels is kept; absent: for good. */
  readonly retention?: RetentionDocument
  readonly actions: readonly Action[]
  /** Declared attributes; once there are any, an unknown one is refused. */
  readonly attributes?: AttributeTypes
  /** The types that each relation may point to. */
  readonly relations?: Readonly<Record<RelationName, readonly string[]>>
  readonly roles: Readonly<Record<RoleName, RoleDocument>>
  readonly rules?: readonly RuleDocument[]
  /** What may be published, by message name; `*` stands for all names not listed. Absent: anything. */
  readonly messages?: Readonly<Record<string, MessageSchema>>
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

/** Who may do `action` on a resource of `type` may give and take the role `gives` there. */
export type RestraintDocument = {
  readonly type: string
  readonly action: Action
  readonly gives: RoleName
}

/** The role that whoever makes a resource of `type` for people gets on it. */
export type CreationDocument = { readonly type: string; readonly gives: RoleName }

/** The type of conversations between a few people, and the role each of them has there. */
export type DirectDocument = { readonly type: string; readonly gives: RoleName }

/** What a place may want two people for. */
export const SECOND_PERSON_ACTIONS = [
  'apply-policy',
  'end-hold',
  'erase-person',
  'remove-app',
  'revoke-key',
] as const
export type SecondPersonAction = (typeof SECOND_PERSON_ACTIONS)[number]

/**
 * Support conversations: their type, and the roles that its commands give on one of them. The type declares a relation `team`
 * to `group` if conversations may be of a team.
 */
export type DeskDocument = {
  readonly type: string
  /** Of whoever asks for help. */
  readonly visitor: RoleName
  /** Of the operator who answers; one at a time. */
  readonly assigned: RoleName
  /** Of operators who came in beside. */
  readonly joined: RoleName
  /** Of who looks on in silence; absent: nobody gets a role for it. */
  readonly watching?: RoleName
  /** Conversations that one operator answers at once, where nobody said otherwise; default 5. */
  readonly capacity?: number
  /** Seconds without a connection after which an operator is offline; default 60. */
  readonly offline_after?: number
  /** Seconds after that until what they have waits again; absent: they keep it. */
  readonly requeue_after?: number
}

export type SettingsDocument = {
  /** Where people land. */
  readonly home?: ResourceId
  /** Given once to everybody who signs in for the first time. */
  readonly sign_in?: readonly RoleOn[]
  /** Given to the owner besides `sign_in`. */
  readonly owner?: readonly RoleOn[]
  readonly promotions?: readonly PromotionDocument[]
  readonly admissions?: readonly AdmissionDocument[]
  readonly restraints?: readonly RestraintDocument[]
  readonly creations?: readonly CreationDocument[]
  /** At most one: a set of people has one conversation. */
  readonly directs?: readonly DirectDocument[]
  /** What one person asks for and another one has to approve. */
  readonly second_person?: readonly SecondPersonAction[]
  /** Absent: there are no support conversations. */
  readonly desk?: DeskDocument
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

/** A declared attribute of people as a form shows it. */
export type PersonFieldDocument = {
  /** How screens call it; its name if absent. */
  readonly title?: string
  readonly about?: string
  /** The only values there are. */
  readonly one_of?: readonly (string | number | boolean)[]
  /** Default `people`: whoever manages people, and keys. `keys`: only the owner's own server, by an API key. */
  readonly set_by?: 'people' | 'keys'
}

export type PolicyDocument = {
  readonly version: 1
  readonly tenant: {
    readonly key: string
    readonly title?: string
    readonly attributes?: AttributeTypes
    readonly roles: Readonly<Record<RoleName, TenantRoleDocument>>
  }
  readonly people?: {
    readonly attributes?: AttributeTypes
    /** What forms say and take of declared attributes. */
    readonly fields?: Readonly<Record<string, PersonFieldDocument>>
  }
  readonly types: Readonly<Record<string, ResourceTypeDocument>>
  readonly namespaces?: Readonly<Record<string, NamespaceDocument>>
  readonly settings?: SettingsDocument
  /** Instances made when an app is created from this document; later they are facts. */
  readonly seed?: {
    /** Tenants too. */
    readonly resources?: Readonly<Record<string, Attributes>>
    /** The tenants of seeded resources, where that is not the one of the document. */
    readonly tenants?: Readonly<Record<string, string>>
  }
}
