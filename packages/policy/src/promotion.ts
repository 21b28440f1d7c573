// What promote, demote, signing in and creating an app change: planned from the document's settings, committed elsewhere.

import type { RightsChange } from './change.ts'
import { exists } from './decide.ts'
import type { PolicyDocument, PromotionDocument, RoleOn } from './document-types.ts'
import type { ResourceId, RoleName, SubjectId } from './names.ts'
import { promotionOf, TENANT_RELATION } from './policy.ts'
import { quote } from './quote.ts'
import { typeOf } from './tuple.ts'
import type { World } from './world.ts'

/** Why there is nothing to plan; the message is for whoever asked. */
export type Refusal = {
  readonly refused:
    | 'no_promotion'
    | 'unknown_person'
    | 'unknown_resource'
    | 'already_promoted'
    | 'not_promoted'
  readonly message: string
  readonly remedy: string
}

/** The changes of one entry, or why there are none. Whether the actor may is asked before. */
export type Plan = readonly RightsChange[] | Refusal

/**
 * Plans to give a person the promoted role on a resource, in place of the ordinary one, and all that comes with it.
 *
 * @param expiresAtMs when it ends by itself, milliseconds since 1970; then the ordinary role stays beside it, to be there
 *   at the end. A promotion that ends by itself may be made again, with another end or none.
 */
export function planPromote(
  world: World,
  resource: ResourceId,
  subject: SubjectId,
  expiresAtMs?: number,
): Plan {
  const promotion = promotionFor(world, resource, subject)
  if ('refused' in promotion) return promotion
  const { gives, replaces, also = [] } = promotion
  const holds = rolesHeld(world, subject)
  const isHeld = (role: RoleName, on: ResourceId) =>
    holds(role, on) && !ends(world, subject, role, on)
  if (isHeld(gives, resource)) {
    return {
      refused: 'already_promoted',
      message: `${quote(subject)} is ${quote(gives)} on ${quote(resource)} already`,
      remedy: 'nothing needs to be done',
    }
  }
  // Where the person is promoted, the promoted role stands in for the ordinary one.
  const promotedOn = (on: ResourceId) => on === resource || holds(gives, on)
  const extras = also.filter(({ role, on }) => !(role === replaces && promotedOn(on)))
  const isTimed = expiresAtMs !== undefined
  const goes = !isTimed && holds(replaces, resource)
  const window = isTimed ? { expiresAtMs } : {}
  return [
    ...(goes ? [unassign(subject, replaces, resource)] : []),
    { ...assign(subject, gives, resource), ...window },
    ...extras
      .filter(({ role, on }) => !isHeld(role, on))
      .map(({ role, on }) => ({ ...assign(subject, role, on), ...window })),
  ]
}

function ends(world: World, subject: SubjectId, role: RoleName, resource: ResourceId): boolean {
  return world.facts.grant({ resource, role, subject })?.expiresAtMs !== undefined
}

/** Plans the way back. What came with the promotion goes when the person is promoted on no other such resource. */
export function planDemote(world: World, resource: ResourceId, subject: SubjectId): Plan {
  const promotion = promotionFor(world, resource, subject)
  if ('refused' in promotion) return promotion
  const { gives, replaces, also = [] } = promotion
  const holds = rolesHeld(world, subject)
  if (!holds(gives, resource)) {
    return {
      refused: 'not_promoted',
      message: `${quote(subject)} is not ${quote(gives)} on ${quote(resource)}`,
      remedy: 'nothing needs to be done',
    }
  }
  const goes = isPromotedElsewhere(world, resource, subject, gives) ? [] : also
  const staysOut = goes.some(({ role, on }) => role === replaces && on === resource)
  const givesBack = !staysOut && !holds(replaces, resource)
  return [
    unassign(subject, gives, resource),
    ...(givesBack ? [assign(subject, replaces, resource)] : []),
    ...goes
      .filter(({ role, on }) => holds(role, on))
      .map(({ role, on }) => unassign(subject, role, on)),
  ]
}

function promotionFor(
  world: World,
  resource: ResourceId,
  subject: SubjectId,
): PromotionDocument | Refusal {
  const promotion = promotionOf(world.policy, typeOf(resource))
  if (!promotion) {
    return {
      refused: 'no_promotion',
      message: `there is no promotion on ${quote(resource)}`,
      remedy: 'give the role by itself, or add a promotion to the settings of the policy',
    }
  }
  if (!exists(world, resource)) {
    return {
      refused: 'unknown_resource',
      message: `${quote(resource)} does not exist`,
      remedy: 'check the name',
    }
  }
  if (world.facts.person(subject) === undefined) {
    return {
      refused: 'unknown_person',
      message: `nobody here is ${quote(subject)}`,
      remedy: 'let the person sign in once, or check the id',
    }
  }
  return promotion
}

function rolesHeld(world: World, subject: SubjectId) {
  return (role: RoleName, on: ResourceId): boolean =>
    world.facts.rolesOf(subject, on).includes(role)
}

function isPromotedElsewhere(
  world: World,
  resource: ResourceId,
  subject: SubjectId,
  gives: RoleName,
): boolean {
  for (const [other, roles] of world.facts.heldBy(subject)) {
    const counts = other !== resource && typeOf(other) === typeOf(resource) && exists(world, other)
    if (counts && roles.includes(gives)) return true
  }
  return false
}

function assign(subject: SubjectId, role: RoleName, resource: ResourceId): RightsChange {
  return { kind: 'assign', tuple: { resource, role, subject } }
}

function unassign(subject: SubjectId, role: RoleName, resource: ResourceId): RightsChange {
  return { kind: 'unassign', tuple: { resource, role, subject } }
}

/** What a person gets on signing in for the first time. */
export function signInGrants(
  document: PolicyDocument,
  subject: SubjectId,
): readonly RightsChange[] {
  return grants(document.settings?.sign_in, subject)
}

/** What the owner gets besides `signInGrants`. */
export function ownerGrants(document: PolicyDocument, subject: SubjectId): readonly RightsChange[] {
  return grants(document.settings?.owner, subject)
}

function grants(roles: readonly RoleOn[] = [], subject: SubjectId): readonly RightsChange[] {
  return roles.map(({ role, on }) => assign(subject, role, on))
}

/** The resources a new app starts with, and the tenants they are in. */
export function seedChanges({ seed }: PolicyDocument): readonly RightsChange[] {
  const made = Object.entries(seed?.resources ?? {}).map(
    ([resource, attributes]): RightsChange => ({
      kind: 'put-resource',
      resource: resource as ResourceId,
      attributes,
    }),
  )
  const put = Object.entries(seed?.tenants ?? {}).map(
    ([resource, tenant]): RightsChange => ({
      kind: 'relate',
      resource: resource as ResourceId,
      relation: TENANT_RELATION,
      target: tenant as ResourceId,
    }),
  )
  return [...made, ...put]
}
