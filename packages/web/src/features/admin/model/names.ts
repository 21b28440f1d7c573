// Names of the API as screens show them: subjects, resources, grants as text. Pure.

import type { Shapes } from '@sayso/client/manage'

export type Role = Pick<Shapes.PolicyRole, 'role' | 'on' | 'title' | 'glyph' | 'tone'>

/** `user:ada` is `ada`; a set stays as it is. */
export function idOf(subject: string): string {
  return subject.startsWith('user:') ? subject.slice('user:'.length) : subject
}

export function isPerson(subject: string): boolean {
  return subject.startsWith('user:')
}

/** `channel:launch` is `#launch`, whatever its type; the type stands beside it where it matters. */
export function placeOf(resource: string): string {
  const colon = resource.indexOf(':')
  const [type, key] = [resource.slice(0, colon), resource.slice(colon + 1)]
  return type === 'channel' ? `#${key}` : type === 'tenant' ? key : resource
}

export function typeOf(resource: string): string {
  return resource.slice(0, Math.max(0, resource.indexOf(':')))
}

/** `group:crew#member` is `crew`. */
export function groupOf(set: string): string | undefined {
  return /^group:([^#]+)#/.exec(set)?.[1]
}

/** A role given on a resource, as text. */
export function grantOf(resource: string, role: string, subject: string): string {
  return `${resource}#${role}@${subject}`
}

/** Roles one can be given there: those of its type, or of the tenant. */
export function rolesFor(roles: readonly Role[], resource: string): readonly Role[] {
  const type = typeOf(resource)
  return roles.filter(({ on }) => on === type)
}

export function roleNamed(
  roles: readonly Role[] | undefined,
  role: string,
  resource: string,
): Pick<Role, 'title' | 'glyph' | 'tone'> {
  return (
    roles?.find((each) => each.role === role && each.on === typeOf(resource)) ?? { title: role }
  )
}
