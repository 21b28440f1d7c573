// A policy document made ready for questions: roles closed over `extends` in one place, channels mapped to resources.

import { baseOf, qualifierOf, roomOf } from './channel-name.ts'
import type {
  PolicyDocument,
  PromotionDocument,
  ResourceTypeDocument,
  RoleDocument,
  TenantRoleDocument,
} from './document-types.ts'
import type { Action, ChannelName, ResourceId, RoleName } from './names.ts'
import { keyOf, typeOf } from './tuple.ts'

/** The type whose one instance is the tenant itself. A document declares it only to give the tenant actions. */
export const TENANT_TYPE = 'tenant'

/** What a role allows, each action with the roles it was inherited through, nearest first; empty if stated itself. */
export type RoleActions = ReadonlyMap<Action, readonly RoleName[]>

export type PolicyType = {
  readonly name: string
  /** In the order of the document. */
  readonly actions: readonly Action[]
  readonly actionSet: ReadonlySet<Action>
  /** What stands before and after `{key}`; absent: governs no channels. */
  readonly channels?: { readonly prefix: string; readonly suffix: string }
  /** Roles held on one instance. */
  readonly roles: ReadonlyMap<RoleName, RoleActions>
  /** Roles held on the tenant, with what they allow on every instance of this type. */
  readonly tenantRoles: ReadonlyMap<RoleName, RoleActions>
  /** The roles on an instance that would allow an action, in the order of the document. */
  readonly grantedBy: ReadonlyMap<Action, readonly RoleName[]>
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
}

/** A role as screens show it. It carries no right. */
export type RoleFace = {
  readonly role: RoleName
  readonly on: ResourceId
  readonly title: string
  readonly glyph?: string
  readonly tone?: string
}

/** Compiles a validated document; an unknown word in one that is not grants nothing. */
export function compilePolicy(document: PolicyDocument): Policy {
  const types = new Map(
    Object.entries(document.types).map(([name, type]): [string, PolicyType] => [
      name,
      compileType(document, name, type),
    ]),
  )
  const governing = [...types.values()].filter((type) => type.channels !== undefined)
  const roomType = roomTypeOf(document, types, governing)
  return {
    document,
    tenant: `${TENANT_TYPE}:${document.tenant.key}` as ResourceId,
    types,
    governing,
    ...(roomType && { roomType }),
  }
}

function compileType(
  document: PolicyDocument,
  name: string,
  type: ResourceTypeDocument,
): PolicyType {
  const actionSet = new Set(type.actions)
  const roles = closeRoles(type.roles, (role) => role.can, actionSet)
  const onTenant = closeRoles(document.tenant.roles, (role) => ownOr(role.can, name), actionSet)
  return {
    name,
    actions: type.actions,
    actionSet,
    ...(type.channels !== undefined && { channels: splitPattern(type.channels) }),
    roles,
    tenantRoles: onTenant,
    grantedBy: new Map(
      type.actions.map((action) => [
        action,
        [...roles].filter(([, allowed]) => allowed.has(action)).map(([role]) => role),
      ]),
    ),
  }
}

function splitPattern(pattern: string): { prefix: string; suffix: string } {
  const [prefix = '', suffix = ''] = pattern.split('{key}')
  return { prefix, suffix }
}

/** Rooms go where people land, or to the only type there is. With several and no home they stay ungoverned. */
function roomTypeOf(
  document: PolicyDocument,
  types: ReadonlyMap<string, PolicyType>,
  governing: readonly PolicyType[],
): PolicyType | undefined {
  const home = document.settings?.home
  const type = home === undefined ? undefined : types.get(typeOf(home))
  if (type?.channels) return type
  return governing.length === 1 ? governing[0] : undefined
}

/** Own properties only: a document must not reach `constructor` and the like. */
function ownOr<V>(record: Readonly<Record<string, V>> | undefined, key: string): V | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}

type Extending = { readonly extends?: readonly RoleName[] }

/** Closes every role over `extends`: the one place where roles come to their actions. */
function closeRoles<R extends Extending>(
  roles: Readonly<Record<RoleName, R>>,
  can: (role: R) => readonly Action[] | undefined,
  actions: ReadonlySet<Action>,
): ReadonlyMap<RoleName, RoleActions> {
  const stated = new Map<RoleName, readonly Action[]>()
  for (const [name, role] of Object.entries(roles)) {
    const words = can(role) ?? []
    stated.set(name, words.includes('*') ? [...actions] : words.filter((word) => actions.has(word)))
  }
  const close = (name: RoleName): RoleActions => {
    const allowed = new Map<Action, readonly RoleName[]>()
    for (const path of inheritance(roles, name)) {
      for (const action of stated.get(path.at(-1) ?? name) ?? []) {
        if (!allowed.has(action)) allowed.set(action, path)
      }
    }
    return allowed
  }
  return new Map(Object.keys(roles).map((name) => [name, close(name)]))
}

/** The ways from a role to all it inherits from, shortest first; a cycle ends where it began. */
function inheritance(
  roles: Readonly<Record<RoleName, Extending>>,
  start: RoleName,
): readonly (readonly RoleName[])[] {
  const seen = new Set([start])
  const paths: (readonly RoleName[])[] = [[]]
  // Grows while it is walked: breadth first.
  for (const path of paths) {
    for (const next of ownOr(roles, path.at(-1) ?? start)?.extends ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      paths.push([...path, next])
    }
  }
  return paths
}

/** The resource that governs a channel, whether it exists or not; undefined if no type governs such names. */
export function resourceOf(policy: Policy, channel: string): ResourceId | undefined {
  if (qualifierOf(channel) !== '') return undefined
  const base = baseOf(channel)
  const room = roomOf(base)
  return room === undefined ? governedResource(policy, base) : resourceOfRoom(policy, room)
}

function governedResource(policy: Policy, name: string): ResourceId | undefined {
  for (const type of policy.governing) {
    const { prefix = '', suffix = '' } = type.channels ?? {}
    const isOurs =
      name.length > prefix.length + suffix.length &&
      name.startsWith(prefix) &&
      name.endsWith(suffix)
    if (!isOurs) continue
    return `${type.name}:${name.slice(prefix.length, name.length - suffix.length)}` as ResourceId
  }
  return undefined
}

/**
 * The resource a room of the chat SDK stands for: `<room>::$chat` is governed like the channel of the same key.
 *
 * A room called like a governed channel is that channel's resource; any other name is a key of the rooms' type.
 */
function resourceOfRoom(policy: Policy, room: string): ResourceId | undefined {
  const governed = governedResource(policy, room)
  if (governed !== undefined || !policy.roomType) return governed
  return `${policy.roomType.name}:${room}` as ResourceId
}

/** The channel a resource governs, as clients spell it; undefined if its type governs none. */
export function channelOf(policy: Policy, resource: ResourceId): ChannelName | undefined {
  const channels = policy.types.get(typeOf(resource))?.channels
  if (!channels) return undefined
  return `${channels.prefix}${keyOf(resource)}${channels.suffix}` as ChannelName
}

/** True if the policy knows the role on resources of this kind, or on its tenant. */
export function knowsRole(policy: Policy, role: RoleName, on: ResourceId): boolean {
  return roleDocument(policy, role, on) !== undefined
}

/** How screens show a role; by its bare name if the policy does not know it. */
export function roleView(policy: Policy, role: RoleName, on: ResourceId): RoleFace {
  const { title = role, glyph, tone } = roleDocument(policy, role, on) ?? {}
  return {
    role,
    on,
    title,
    ...(glyph !== undefined && { glyph }),
    ...(tone !== undefined && { tone }),
  }
}

function roleDocument(
  policy: Policy,
  role: RoleName,
  on: ResourceId,
): RoleDocument | TenantRoleDocument | undefined {
  if (on === policy.tenant) return ownOr(policy.document.tenant.roles, role)
  return ownOr(ownOr(policy.document.types, typeOf(on))?.roles, role)
}

/** What promoting somebody on resources of this type does; undefined: there is no such thing. */
export function promotionOf(policy: Policy, type: string): PromotionDocument | undefined {
  return policy.document.settings?.promotions?.find((promotion) => promotion.type === type)
}
