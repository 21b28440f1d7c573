// What a policy knows by name: which resource governs a channel, how roles look. Questions of rights are `decide.ts`.

import { baseOf, qualifierOf, roomOf } from './channel-name.ts'
import { ownOr } from './compile-roles.ts'
import { type Policy, TENANT_TYPE } from './compiled.ts'
import type { PromotionDocument, RoleDocument, TenantRoleDocument } from './document-types.ts'
import type { ChannelName, ResourceId, RoleName } from './names.ts'
import { keyOf, typeOf } from './tuple.ts'

export { compilePolicy } from './compile.ts'
export { type Policy, type PolicyType, TENANT_RELATION, TENANT_TYPE } from './compiled.ts'

/** A role as screens show it. It carries no right. */
export type RoleFace = {
  readonly role: RoleName
  readonly on: ResourceId
  readonly title: string
  readonly glyph?: string
  readonly tone?: string
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
  if (typeOf(on) === TENANT_TYPE) return ownOr(policy.document.tenant.roles, role)
  return ownOr(ownOr(policy.document.types, typeOf(on))?.roles, role)
}

/** What promoting somebody on resources of this type does; undefined: there is no such thing. */
export function promotionOf(policy: Policy, type: string): PromotionDocument | undefined {
  return policy.document.settings?.promotions?.find((promotion) => promotion.type === type)
}
