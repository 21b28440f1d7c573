// Users, tenants, instances, role assignments and tuples as Permit's objects.

import {
  type Attributes,
  formatRelation,
  formatTuple,
  keyOf,
  knowsRole,
  type RelationTuple,
  type ResourceId,
  type RoleName,
  type RoleTuple,
  type SubjectId,
  tenantOf,
  typeOf,
  type World,
} from '@sayso/policy'
import type { IdKind } from '../ids.ts'
import { permissionsOf } from '../schema/views.ts'
import { beginning, type PermitApp } from '../scope.ts'
import { joinAttributes, PERSON_FIELDS, TENANT_FIELDS } from './attributes.ts'
import { isInstance, tenantKey, userKey } from './known.ts'
import type { FactNote } from './notes.ts'

type Notes = ReadonlyMap<string, FactNote>
const NO_NOTES: Notes = new Map()

/** A role somebody was given, with where. */
export type Held = { readonly role: RoleName; readonly on: ResourceId }

export class FactsView {
  readonly world: World
  readonly app: PermitApp
  readonly #notes: Notes
  readonly #since: string

  constructor(world: World, app: PermitApp, notes: Notes = NO_NOTES) {
    this.world = world
    this.app = app
    this.#notes = notes
    this.#since = beginning(world)
  }

  #id(kind: IdKind, key: string): string {
    return this.app.ids.of(kind, key)
  }

  #head(kind: IdKind, key: string, fact: string) {
    const note = this.#notes.get(fact)
    return {
      id: this.#id(kind, key),
      ...this.app.names,
      created_at: note?.created ?? this.#since,
      updated_at: note?.updated ?? this.#since,
    }
  }

  /** The roles of a person that the policy knows: on tenants first, then by place and name. */
  held(subject: SubjectId): readonly Held[] {
    return this.world.facts
      .heldBy(subject)
      .flatMap(([on, roles]) => roles.map((role) => ({ role, on })))
      .filter(({ role, on }) => knowsRole(this.world.policy, role, on))
      .sort(
        (a, b) =>
          Number(isInstance(a.on)) - Number(isInstance(b.on)) ||
          order(a.on, b.on) ||
          order(a.role, b.role),
      )
  }

  user(subject: SubjectId) {
    const key = userKey(subject)
    const attributes = this.world.facts.person(subject) ?? {}
    const held = this.held(subject)
    const { first_name, last_name } = namesIn(attributes)
    return {
      key,
      ...this.#head('user', key, subject),
      email: textOr(attributes.email),
      first_name,
      last_name,
      attributes: joinAttributes(attributes, this.#notes.get(subject)?.hidden, PERSON_FIELDS),
      associated_tenants: this.#associated(held),
      roles: held.map(({ role, on }) => ({
        role,
        tenant: tenantKey(tenantOf(this.world, on)),
        ...(isInstance(on) && { resource: typeOf(on), resource_instance: on }),
      })),
    }
  }

  #associated(held: readonly Held[]) {
    const tenants = new Map<string, Held[]>()
    for (const each of held) {
      const tenant = tenantKey(tenantOf(this.world, each.on))
      tenants.set(tenant, [...(tenants.get(tenant) ?? []), each])
    }
    return [...tenants].map(([tenant, roles]) => ({
      tenant,
      status: 'active',
      roles: roles.filter(({ on }) => !isInstance(on)).map(({ role }) => role),
      resource_instance_roles: roles
        .filter(({ on }) => isInstance(on))
        .map(({ role, on }) => ({ role, resource: typeOf(on), resource_instance: keyOf(on) })),
    }))
  }

  tenantAttributes(tenant: ResourceId): Attributes {
    const attributes = this.world.facts.resource(tenant) ?? {}
    return joinAttributes(attributes, this.#notes.get(tenant)?.hidden, TENANT_FIELDS)
  }

  tenant(tenant: ResourceId) {
    const key = tenantKey(tenant)
    const attributes = this.world.facts.resource(tenant) ?? {}
    const own = this.tenantAttributes(tenant)
    const head = this.#head('tenant', key, tenant)
    const { title } = this.world.policy.document.tenant
    const name = tenant === this.world.policy.tenant ? title : undefined
    return {
      key,
      ...head,
      last_action_at: head.updated_at,
      name: textOr(attributes.title) ?? name ?? key,
      description: textOr(attributes.about),
      attributes: Object.keys(own).length === 0 ? null : own,
    }
  }

  instance(resource: ResourceId) {
    const [type, key] = [typeOf(resource), keyOf(resource)]
    const tenant = tenantKey(tenantOf(this.world, resource))
    return {
      key,
      resource: type,
      ...this.#head('resource_instance', resource, resource),
      resource_id: this.#id('resource', type),
      tenant,
      tenant_id: this.#id('tenant', tenant),
      attributes: this.instanceAttributes(resource),
    }
  }

  instanceAttributes(resource: ResourceId): Attributes {
    const held = this.world.facts.resource(resource) ?? {}
    return joinAttributes(held, this.#notes.get(resource)?.hidden, [])
  }

  assignment({ resource, role, subject }: RoleTuple) {
    const text = formatTuple({ resource, role, subject })
    const user = userKey(subject as SubjectId)
    const tenant = tenantKey(tenantOf(this.world, resource))
    const { updated_at: _, ...head } = this.#head('role_assignment', text, text)
    return {
      ...head,
      user,
      role,
      tenant,
      resource_instance: isInstance(resource) ? resource : null,
      resource: isInstance(resource) ? typeOf(resource) : null,
      user_id: this.#id('user', user),
      role_id: this.#roleId(role, resource),
      tenant_id: this.#id('tenant', tenant),
      resource_instance_id: isInstance(resource) ? this.#id('resource_instance', resource) : null,
    }
  }

  #roleId(role: RoleName, on: ResourceId): string {
    if (!isInstance(on)) return this.#id('role', role)
    return this.#id('resource_role', `${typeOf(on)}#${role}`)
  }

  detailed(tuple: RoleTuple) {
    const { resource, role, subject } = tuple
    const { id, created_at } = this.assignment(tuple)
    const user = this.user(subject as SubjectId)
    const tenant = this.tenant(tenantOf(this.world, resource))
    return {
      id,
      ...this.app.names,
      created_at,
      role: this.#roleDetail(role, resource),
      user: {
        id: user.id,
        key: user.key,
        email: user.email,
        first_name: user.first_name,
        last_name: user.last_name,
        attributes: user.attributes,
      },
      tenant: {
        id: tenant.id,
        key: tenant.key,
        name: tenant.name,
        attributes: tenant.attributes,
      },
      resource_instance: isInstance(resource)
        ? {
            id: this.#id('resource_instance', resource),
            key: keyOf(resource),
            resource: typeOf(resource),
            attributes: this.instanceAttributes(resource),
          }
        : null,
    }
  }

  #roleDetail(role: RoleName, on: ResourceId) {
    const { document } = this.world.policy
    const id = this.#roleId(role, on)
    if (!isInstance(on)) {
      const held = document.tenant.roles[role]
      const permissions = permissionsOf(document, held?.can ?? {})
      return { id, key: role, name: held?.title ?? role, permissions }
    }
    const held = document.types[typeOf(on)]?.roles[role]
    const can = { [typeOf(on)]: held?.can ?? [] }
    return {
      id,
      key: role,
      name: held?.title ?? role,
      permissions: permissionsOf(document, can).map((each) => each.slice(each.indexOf(':') + 1)),
    }
  }

  /** Permit's subject is what a resource points to. */
  tuple(tuple: RelationTuple) {
    const { resource, relation, target } = tuple
    const text = formatRelation(tuple)
    const tenant = tenantKey(tenantOf(this.world, resource))
    return {
      ...this.#head('relationship_tuple', text, text),
      subject: shown(target),
      relation,
      object: resource,
      tenant,
      subject_id: this.#endId(target),
      relation_id: this.#id('relation', `${typeOf(resource)}:${relation}`),
      object_id: this.#id('resource_instance', resource),
      tenant_id: this.#id('tenant', tenant),
    }
  }

  #endId(end: ResourceId): string {
    return isInstance(end) ? this.#id('resource_instance', end) : this.#id('tenant', tenantKey(end))
  }
}

/** Tenants have a name of their own among resources. */
export function shown(resource: ResourceId): string {
  return isInstance(resource) ? resource : `__${resource}`
}

/** What signing in calls somebody wins over what Permit was told before: the first word is the first name. */
function namesIn(attributes: Attributes) {
  const [first, last, name] = [
    textOr(attributes.first_name),
    textOr(attributes.last_name),
    textOr(attributes.name),
  ]
  if (name === null || name === fullName(first, last)) return { first_name: first, last_name: last }
  const at = name.indexOf(' ')
  if (at < 0) return { first_name: name, last_name: null }
  return { first_name: name.slice(0, at), last_name: name.slice(at + 1) }
}

export function fullName(first: string | null, last: string | null): string {
  return [first, last].filter((part) => part !== null && part !== '').join(' ')
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
