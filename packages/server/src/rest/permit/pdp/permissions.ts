// What a user may do, tenant by tenant and instance by instance, and who may do something: checks turned around.

import {
  type Attributes,
  keyOf,
  peopleOn,
  placesOf,
  type ResourceId,
  type RoleName,
  rolesHeld,
  type SubjectId,
  tenantOf,
  tenantsOf,
  typeOf,
  type World,
} from '@sayso/policy'
import { instances, isInstance, tenantKey, userKey } from '../facts/known.ts'
import { FactsView } from '../facts/views.ts'
import type { PermitApp } from '../scope.ts'
import { answerOf } from './answer.ts'
import type { Resolved } from './question.ts'

export type PermissionsAsked = {
  readonly subject: SubjectId
  readonly attributes: Attributes
  readonly tenants?: readonly string[] | undefined
  readonly resources?: readonly string[] | undefined
  readonly types?: readonly string[] | undefined
  readonly context: Attributes
  /** Condition sets count as well. */
  readonly hasSets: boolean
}

type Entry = {
  readonly tenant: { readonly key: string; readonly attributes: Attributes }
  readonly resource?: {
    readonly type: string
    readonly key: string
    readonly attributes: Attributes
  }
  readonly permissions: readonly string[]
  readonly roles?: readonly string[]
}

/** By `__tenant:key` and `type:key`: every place where the user holds a role, with what it allows there. */
export function permissionsOf(
  app: PermitApp,
  world: World,
  asked: PermissionsAsked,
): Readonly<Record<string, Entry>> {
  const view = new FactsView(world, app)
  const found: Record<string, Entry> = {}
  for (const place of placesAsked(world, asked)) {
    const entry = isInstance(place)
      ? instanceEntry(view, place, asked)
      : tenantEntry(view, place, asked)
    if (entry) found[isInstance(place) ? place : `__${place}`] = entry
  }
  return found
}

function placesAsked(world: World, asked: PermissionsAsked): readonly ResourceId[] {
  const places = new Set(placesOf(world, asked.subject))
  if (asked.hasSets) for (const place of everyPlace(world)) places.add(place)
  return [...places].filter((place) => isMeant(world, asked, place))
}

function* everyPlace(world: World): Generator<ResourceId> {
  yield* tenantsOf(world)
  yield* instances(world)
}

function isMeant(
  world: World,
  { tenants, resources, types }: PermissionsAsked,
  place: ResourceId,
): boolean {
  const [name, type] = isInstance(place) ? [place, typeOf(place)] : [`__${place}`, '__tenant']
  return (
    (tenants?.includes(tenantKey(tenantOf(world, place))) ?? true) &&
    (resources?.includes(name) ?? true) &&
    (types?.includes(type) ?? true)
  )
}

function tenantEntry(
  view: FactsView,
  tenant: ResourceId,
  asked: PermissionsAsked,
): Entry | undefined {
  const { world } = view
  const { subject, hasSets } = asked
  const roles = rolesHeld(world, subject, tenant)
  const permissions = [...world.policy.types.values()].flatMap((type) =>
    type.actions
      .filter((action) => hasSets || roles.some((role) => type.tenantRoles.get(role)?.has(action)))
      .filter((action) => isAllowed(world, asked, { action, type: type.name, tenant }))
      .map((action) => `${type.name}:${action}`),
  )
  if (permissions.length === 0 && roles.length === 0) return undefined
  return {
    tenant: { key: tenantKey(tenant), attributes: view.tenantAttributes(tenant) },
    permissions,
    ...(roles.length > 0 && { roles }),
  }
}

function instanceEntry(
  view: FactsView,
  resource: ResourceId,
  asked: PermissionsAsked,
): Entry | undefined {
  const { world } = view
  const { subject, hasSets } = asked
  const type = world.policy.types.get(typeOf(resource))
  if (!type || world.facts.resource(resource) === undefined) return undefined
  const roles = rolesHeld(world, subject, resource)
  const tenant = tenantOf(world, resource)
  const permissions = type.actions
    .filter((action) => hasSets || roles.some((role) => type.roles.get(role)?.has(action)))
    .filter((action) => isAllowed(world, asked, { action, type: type.name, tenant, resource }))
    .map((action) => `${type.name}:${action}`)
  if (permissions.length === 0 && roles.length === 0) return undefined
  return {
    tenant: { key: tenantKey(tenant), attributes: view.tenantAttributes(tenant) },
    resource: {
      type: type.name,
      key: keyOf(resource),
      attributes: view.instanceAttributes(resource),
    },
    permissions,
    ...(roles.length > 0 && { roles }),
  }
}

function isAllowed(
  world: World,
  { subject, attributes, context }: PermissionsAsked,
  on: {
    readonly action: string
    readonly type: string
    readonly tenant: ResourceId
    readonly resource?: ResourceId
  },
): boolean {
  const question: Resolved = {
    subject,
    action: on.action,
    type: on.type,
    resource: on.resource ?? (`${on.type}:` as ResourceId),
    isInstance: on.resource !== undefined,
    tenant: on.tenant,
    isElsewhere: false,
    supposed: { subject: attributes, resource: {}, context },
  }
  return answerOf(world, question).allow
}

type Grant = {
  readonly user: string
  readonly tenant: string
  readonly resource: string
  readonly role: RoleName
}

/** The users whose roles allow something, each with the roles that do. */
export function authorizedUsers(world: World, asked: Resolved): Readonly<Record<string, Grant[]>> {
  const { action, tenant, resource } = asked
  const type = world.policy.types.get(asked.type)
  if (!type || tenant === undefined || asked.isElsewhere) return {}
  const granting = (roles: ReadonlyMap<RoleName, ReadonlyMap<string, unknown>>) =>
    new Set([...roles].filter(([, can]) => can.has(action)).map(([role]) => role))
  const found: Record<string, Grant[]> = {}
  const add = (place: ResourceId, roles: ReadonlySet<RoleName>) => {
    for (const grant of grantsOn(world, asked, tenant, place, roles)) {
      found[grant.user] = [...(found[grant.user] ?? []), grant]
    }
  }
  if (asked.isInstance) add(resource, granting(type.roles))
  add(tenant, granting(type.tenantRoles))
  return found
}

function* grantsOn(
  world: World,
  asked: Resolved,
  tenant: ResourceId,
  place: ResourceId,
  granting: ReadonlySet<RoleName>,
): Generator<Grant> {
  if (granting.size === 0) return
  const resource = isInstance(place) ? place : `__${place}`
  for (const subject of peopleOn(world, place)) {
    const roles = rolesHeld(world, subject, place).filter((role) => granting.has(role))
    if (roles.length === 0 || !answerOf(world, { ...asked, subject }).allow) continue
    const user = userKey(subject)
    for (const role of roles) yield { user, tenant: tenantKey(tenant), resource, role }
  }
}
