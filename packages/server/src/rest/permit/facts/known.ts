// The users, tenants, instances and roles that requests name, by key or id.

import {
  exists,
  knowsRole,
  parseResourceId,
  parseSubjectId,
  type ResourceId,
  type RoleName,
  type SubjectId,
  tenantsOf,
  typeOf,
  type World,
} from '@sayso/policy'
import { isVisitor } from '../../../desk/visitors/visitor.ts'
import { isUuid } from '../ids.ts'
import type { PermitApp } from '../scope.ts'
import { notFound, Unprocessable } from '../trouble.ts'

const USER = 'user:'
const TENANT = 'tenant:'

export function userKey(subject: SubjectId): string {
  return subject.slice(USER.length)
}

export function tenantKey(tenant: ResourceId): string {
  return tenant.slice(TENANT.length)
}

/** @throws {Unprocessable} for a key that names nobody */
export function subjectNamed(key: string): SubjectId {
  try {
    return parseSubjectId(`${USER}${key}`)
  } catch {
    const msg = 'a user key has 1–256 characters, none of them a control character'
    throw new Unprocessable([{ loc: ['body', 'key'], msg, type: 'value_error' }])
  }
}

/** @throws {Unprocessable} for a key that names no resource */
export function resourceNamed(type: string, key: string): ResourceId {
  try {
    return parseResourceId(`${type}:${key}`)
  } catch {
    const msg = 'a key has 1–256 characters, none of them `#` or a control character'
    throw new Unprocessable([{ loc: ['body', 'key'], msg, type: 'value_error' }])
  }
}

/** The person of a key or id. @throws {PermitTrouble} `NOT_FOUND` */
export function userIn(app: PermitApp, world: World, text: string): SubjectId {
  const plain = `${USER}${text}` as SubjectId
  if (world.facts.person(plain) !== undefined) return plain
  const key = app.ids.keyOf('user', text, () => userKeys(world), world.revision)
  const subject = `${USER}${key}` as SubjectId
  if (world.facts.person(subject) === undefined) throw notFound('user', text)
  return subject
}

export function* userKeys(world: World): Generator<string> {
  for (const [subject, attributes] of world.facts.people()) {
    if (subject.startsWith(USER) && !isVisitor(attributes)) yield userKey(subject)
  }
}

/** What is called `default` is the document's own tenant, unless another one is called so. */
export const DEFAULT_TENANT = 'default'

export function tenantFound(app: PermitApp, world: World, text: string): ResourceId | undefined {
  const plain = `${TENANT}${text}` as ResourceId
  if (plain === world.policy.tenant || world.facts.resource(plain) !== undefined) return plain
  if (text === DEFAULT_TENANT) return world.policy.tenant
  if (!isUuid(text)) return undefined
  return [...tenantsOf(world)].find(
    (tenant) => app.ids.of('tenant', tenantKey(tenant)) === text.toLowerCase(),
  )
}

/** @throws {PermitTrouble} `NOT_FOUND` */
export function tenantIn(app: PermitApp, world: World, text: string): ResourceId {
  const tenant = tenantFound(app, world, text)
  if (tenant === undefined) throw notFound('tenant', text)
  return tenant
}

/** True for what is an instance of one of Permit's resources. */
export function isInstance(resource: ResourceId): boolean {
  return typeOf(resource) !== 'tenant'
}

/** The instance of `type:key` or an id, whether it exists or not. @throws {PermitTrouble} `NOT_FOUND` for an unknown type */
export function instanceNamed(app: PermitApp, world: World, text: string): ResourceId {
  const at = text.indexOf(':')
  if (at < 0) {
    const key = app.ids.keyOf('resource_instance', text, () => instances(world), world.revision)
    if (!key.includes(':')) throw notFound('resource instance', text)
    return key as ResourceId
  }
  const type = text.slice(0, at)
  if (type === 'tenant' || !world.policy.types.has(type)) throw notFound('resource', type)
  return resourceNamed(type, text.slice(at + 1))
}

/** @throws {PermitTrouble} `NOT_FOUND` */
export function instanceIn(app: PermitApp, world: World, text: string): ResourceId {
  const resource = instanceNamed(app, world, text)
  if (!exists(world, resource)) throw notFound('resource instance', text)
  return resource
}

export function* instances(world: World): Generator<ResourceId> {
  for (const type of world.policy.types.keys()) {
    if (type === 'tenant') continue
    for (const [resource] of world.facts.resourcesOfType(type)) yield resource
  }
}

/** A role that can be held there, by key or id. @throws {PermitTrouble} `NOT_FOUND` */
export function roleIn(app: PermitApp, world: World, text: string, on: ResourceId): RoleName {
  const type = typeOf(on)
  const isTenant = type === 'tenant'
  const plain = !isTenant && text.startsWith(`${type}#`) ? text.slice(type.length + 1) : text
  if (knowsRole(world.policy, plain, on)) return plain
  const { document } = world.policy
  const roles = Object.keys((isTenant ? document.tenant : document.types[type])?.roles ?? {})
  const id = (role: string) =>
    isTenant ? app.ids.of('role', role) : app.ids.of('resource_role', `${type}#${role}`)
  const role = isUuid(text) ? roles.find((each) => id(each) === text.toLowerCase()) : undefined
  if (role === undefined) throw notFound('role', text)
  return role
}
