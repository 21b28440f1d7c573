// What a policy document becomes when it is made ready for questions. `compile.ts` makes it, everything else reads it.

import type { Condition } from './condition/condition.ts'
import type { AttributeTypes, FieldRules, PolicyDocument, ScalarType } from './document-types.ts'
import type { Action, RelationName, ResourceId, RoleName } from './names.ts'

/** The type of tenants: that of the document and those that were made. A document declares it only to give them actions. */
export const TENANT_TYPE = 'tenant'

/** The reserved relation that says in which tenant a resource is; one per resource. */
export const TENANT_RELATION = 'tenant'

/** Who gets which message: a reserved action of governed types that rules may forbid or require, never allow. */
export const RECEIVE = 'receive'

/** What a role allows, each action with the roles it was inherited through, nearest first; empty if stated itself. */
export type RoleActions = ReadonlyMap<Action, readonly RoleName[]>

/** Roles that a rule speaks of: the named ones and all that extend them. Who holds any of them is meant. */
export type RoleSelection = {
  /** Roles held on the resource. */
  readonly here: ReadonlySet<RoleName>
  /** Roles held on the tenant. */
  readonly tenant: ReadonlySet<RoleName>
}

export type Rule = {
  readonly verb: 'allow' | 'forbid' | 'require'
  /** `*` is spelled out. `receive` never stands in an `allow`. */
  readonly actions: ReadonlySet<Action>
  /** Absent: everybody. Two empty sets: nobody, because the document names roles it does not have. */
  readonly to?: RoleSelection
  readonly unless?: RoleSelection
  readonly when?: Condition
  /** The rule counts while `fromMs <= timeMs < untilMs`. */
  readonly fromMs?: number
  readonly untilMs?: number
  /** Where it stands: `types.team.rules[2]`, `types.team.rules.<id>` if it has an id. */
  readonly statement: string
  /** What the person concerned reads when it denies. */
  readonly message?: string
}

/** The rules of a type that speak of one action, in the order of the document. */
export type RulesOfAction = {
  readonly allow: readonly Rule[]
  readonly forbid: readonly Rule[]
  readonly require: readonly Rule[]
}

/** Who holds `role` on what the resource points to by `via` has the role `gives` on the resource. */
export type Derivation = {
  readonly gives: RoleName
  readonly role: RoleName
  readonly via: RelationName
  /** The types that the relation may point to and that know the role; `tenant` stands for the tenant itself. */
  readonly targets: ReadonlySet<string>
  /** Stable; asked with the resource that gets the role as `resource`. */
  readonly when?: Condition
  /** Not for subjects to whom anything is assigned on the resource. */
  readonly exceptDirect: boolean
  /** `types.team.roles.chair.from[0]` */
  readonly statement: string
}

export type CompiledField = Omit<FieldRules, 'optional' | 'one_of' | 'items'> & {
  readonly isOptional: boolean
  readonly oneOf?: readonly (string | number | boolean | null)[]
  readonly items?: ScalarType
}
/** The data of a message is an object with these fields and no other. */
export type CompiledMessage = { readonly fields: ReadonlyMap<string, CompiledField> }

export type PolicyType = {
  readonly name: string
  /** In the order of the document. */
  readonly actions: readonly Action[]
  readonly actionSet: ReadonlySet<Action>
  /** What stands before and after `{key}`; absent: governs no channels. */
  readonly channels?: { readonly prefix: string; readonly suffix: string }
  /** What holds where nothing else does. */
  readonly default: 'deny' | 'allow'
  /** Roles held on one instance. */
  readonly roles: ReadonlyMap<RoleName, RoleActions>
  /** Roles held on the tenant, with what they allow on every instance of this type. */
  readonly tenantRoles: ReadonlyMap<RoleName, RoleActions>
  /** The roles on an instance that would allow an action, in the order of the document. */
  readonly grantedBy: ReadonlyMap<Action, readonly RoleName[]>
  /** Absent: any attribute. */
  readonly attributes?: AttributeTypes
  /** The types each relation may point to. */
  readonly relations: ReadonlyMap<RelationName, ReadonlySet<string>>
  /** How each role is derived; roles that are not are absent. */
  readonly rolesFrom: ReadonlyMap<RoleName, readonly Derivation[]>
  /** The same by relation and then by the role on the target: what walking down an edge asks. */
  readonly derives: ReadonlyMap<RelationName, ReadonlyMap<RoleName, readonly Derivation[]>>
  readonly rules: readonly Rule[]
  /** Only actions that some rule speaks of, `receive` among them. */
  readonly rulesOf: ReadonlyMap<Action, RulesOfAction>
  /** The *forbid* and *require* rules over `receive`. */
  readonly receiveRules: readonly Rule[]
  /** By message name, `*` for all others; absent: any message. */
  readonly messages?: ReadonlyMap<string, CompiledMessage>
  /** The instants at which rules start and end; sorted, each once. */
  readonly instants: readonly number[]
  /** Equal text: resources of the type are decided alike as far as the document goes. */
  readonly fingerprint: string
}

export type Policy = {
  readonly document: PolicyDocument
  /** `tenant:<key>`; it always exists. */
  readonly tenant: ResourceId
  readonly types: ReadonlyMap<string, PolicyType>
  /** The types that govern channels. */
  readonly governing: readonly PolicyType[]
  /** The type that rooms of the chat SDK belong to when their name is no governed channel. */
  readonly roomType?: PolicyType
  /** The instants of all types; sorted, each once. */
  readonly instants: readonly number[]
}
