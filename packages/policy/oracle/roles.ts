// Who holds which role where, by trying every fact against every rule until nothing new comes out.

import type { Question } from '../src/index.ts'
import { evaluate } from './condition.ts'
import {
  found,
  isThere,
  own,
  type State,
  seenResource,
  seenSubject,
  seenTenant,
  tenantOf,
  typeOf,
} from './state.ts'

/** `<resource>#<role>`: the same text a set is written as. */
export type Held = readonly string[]

export const isPending = (grant: { readonly notBeforeMs?: number | undefined }) =>
  grant.notBeforeMs !== undefined

/** What a question says besides the facts: the tenant it is asked in, and attributes that are supposed. */
export type Asking = Pick<Question, 'resource' | 'inTenant' | 'supposed'>

/** The tenant that counts for a resource; what does not exist is in the one it is asked in. */
export function tenantFor(state: State, resource: string, asked: Asking): string {
  const isAsked = resource === asked.resource && !isThere(state, resource)
  return isAsked && asked.inTenant !== undefined ? asked.inTenant : tenantOf(state, resource)
}

/** Everything the subject holds anywhere, known to the policy or not; the least fixed point. */
export function heldBy(state: State, subject: string, asked: Asking): Held {
  const held: string[] = []
  for (;;) {
    const more = [...assigned(state, subject, held), ...derived(state, subject, held, asked)]
    const fresh = [...new Set(more)].filter((one) => !held.includes(one))
    if (fresh.length === 0) return held
    held.push(...fresh)
  }
}

function assigned(state: State, subject: string, held: Held): string[] {
  return state.grants
    .filter((grant) => !isPending(grant))
    .filter((grant) => grant.subject === subject || held.includes(grant.subject))
    .map(({ resource, role }) => `${resource}#${role}`)
}

function derived(state: State, subject: string, held: Held, asked: Asking): string[] {
  return state.relations.flatMap(({ resource, relation, target }) => {
    const type = own(state.document.types, typeOf(resource))
    if (!own(type?.relations, relation)?.includes(typeOf(target))) return []
    return Object.entries(type?.roles ?? {}).flatMap(([name, role]) =>
      (role.from ?? [])
        .filter((way) => way.via === relation && isKnown(state, target, way.role))
        .filter((way) => held.includes(`${target}#${way.role}`))
        .filter((way) => !isExcepted(state, subject, resource, role, way))
        .filter(({ when }) => when === undefined || isTrue(state, subject, resource, when, asked))
        .map(() => `${resource}#${name}`),
    )
  })
}

/** A role that the policy does not know where it is held gives nothing, derivations included. */
function isKnown(state: State, resource: string, role: string): boolean {
  const { tenant, types } = state.document
  if (typeOf(resource) === 'tenant') return own(tenant.roles, role) !== undefined
  return own(own(types, typeOf(resource))?.roles, role) !== undefined
}

type Excepting = { readonly except_direct?: boolean }

/** Something is assigned to the person themself; what a set of theirs was given does not count. */
function isExcepted(
  state: State,
  subject: string,
  resource: string,
  role: Excepting,
  way: Excepting,
): boolean {
  if (role.except_direct !== true && way.except_direct !== true) return false
  return state.grants.some(
    (grant) => !isPending(grant) && grant.subject === subject && grant.resource === resource,
  )
}

function isTrue(
  state: State,
  subject: string,
  resource: string,
  when: string,
  asked: Asking,
): boolean {
  const scope = scopeOf(state, subject, resource, asked)
  return evaluate(when, scope, (id) => found(state, id)) === true
}

/** What is supposed of a resource or tenant is supposed of the one that is asked about, wherever it is read. */
export function scopeOf(state: State, subject: string, resource: string, asked: Asking) {
  const { supposed } = asked
  const tenant = tenantFor(state, resource, asked)
  const isAsked = resource === asked.resource
  const isIn = tenant === tenantFor(state, asked.resource, asked)
  return {
    subject: seenSubject(state, subject, supposed?.subject),
    resource: seenResource(state, resource, isAsked ? supposed?.resource : undefined),
    tenant: seenTenant(state, tenant, isIn ? supposed?.tenant : undefined),
  }
}

/** The bare names of roles held on one resource. */
export function rolesOn(held: Held, resource: string): string[] {
  return held
    .filter((one) => one.startsWith(`${resource}#`))
    .map((one) => one.slice(resource.length + 1))
}

/** A role and all it extends, by the names of one family of roles; unknown ones are nothing. */
export function closed(
  roles: Readonly<Record<string, { readonly extends?: readonly string[] }>>,
  role: string,
): string[] {
  const all: string[] = own(roles, role) ? [role] : []
  for (let i = 0; i < all.length; i += 1) {
    for (const next of own(roles, all[i] ?? '')?.extends ?? []) {
      if (own(roles, next) && !all.includes(next)) all.push(next)
    }
  }
  return all
}

/** What `to` and `unless` are compared with: held roles and what they extend, those of the tenant marked as such. */
export function referred(state: State, held: Held, resource: string, tenant: string): string[] {
  const roles = own(state.document.types, typeOf(resource))?.roles ?? {}
  const here = rolesOn(held, resource).flatMap((role) => closed(roles, role))
  const there = rolesOn(held, tenant).flatMap((role) => closed(state.document.tenant.roles, role))
  return [...here, ...there.map((role) => `tenant#${role}`)]
}
