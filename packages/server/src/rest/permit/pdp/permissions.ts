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
import { instances, isInstance, tenantKey } from '../facts/known.ts'
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

function* placesAsked(world: World, asked: PermissionsAsked): Generator<ResourceId> {
  const { subject, tenants, resources, types, hasSets } = asked
  const places = new Set(placesOf(world, subject))
  if (hasSets) {
    for (const tenant of tenantsOf(world)) places.add(tenant)
    for (const instance of instances(world)) places.add(instance)
  }
  for (const place of places) {
    const name = isInstance(place) ? place : `__${place}`
    const type = isInstance(place) ? typeOf(place) : '__tenant'
    const isMeant =
      (tenants === undefined || tenants.includes(tenantKey(tenantOf(world, place)))) &&
      (resources === undefined || resources.includes(name)) &&
      (types === undefined || types.includes(type))
    if (isMeant) yield place
  }
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
  const { action, tenant, resource, isInstance: hasKey } = asked
  const type = world.policy.types.get(asked.type)
  if (!type || tenant === undefined || asked.isElsewhere) return {}
  const onTenant = [...type.tenantRoles].filter(([, can]) => can.has(action)).map(([role]) => role)
  const here = hasKey
    ? [...type.roles].filter(([, can]) => can.has(action)).map(([role]) => role)
    : []
  const found: Record<string, Grant[]> = {}
  const places: readonly (readonly [ResourceId, readonly RoleName[]])[] = hasKey
    ? [
        [resource, here],
        [tenant, onTenant],
      ]
    : [[tenant, onTenant]]
  for (const [place, granting] of places) {
    if (granting.length === 0) continue
    for (const subject of peopleOn(world, place)) {
      const roles = rolesHeld(world, subject, place).filter((role) => granting.includes(role))
      if (roles.length === 0 || !answerOf(world, { ...asked, subject }).allow) continue
      const user = subject.slice('user:'.length)
      const where = isInstance(place) ? place : `__${place}`
      const grants = roles.map((role) => ({
        user,
        tenant: tenantKey(tenant),
        resource: where,
        role,
      }))
      found[user] = [...(found[user] ?? []), ...grants]
    }
  }
  return found
}
