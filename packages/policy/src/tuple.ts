// Role assignments and resource ids as text: `channel:lobby#speaker@user:ada`, as in tests, logs and documents.

import type { RoleTuple } from './change.ts'
import type { ResourceId, SubjectId } from './names.ts'
import { quote } from './quote.ts'

/** Also the pattern of the published schema. */
export const RESOURCE_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}:[^#\p{Cc}]{1,256}$/u
const SUBJECT = /^(?:user:[^\p{Cc}]{1,256}|anonymous:)$/u
/** Names of types, roles, actions and tenants. */
export const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** The text names no resource, subject, role or tuple. */
export class NameInvalid extends Error {
  readonly code = 'name_invalid'
  readonly remedy: string
  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}

/**
 * Reads `<type>:<key>`; the key is 1–256 characters without `#` and control characters.
 *
 * @throws {NameInvalid}
 */
export function parseResourceId(text: string): ResourceId {
  if (RESOURCE_PATTERN.test(text)) return text as ResourceId
  throw new NameInvalid(`${quote(text)} is not a resource`, 'write `<type>:<key>`')
}

/**
 * Reads `user:<id>` or `anonymous:`; the id is 1–256 characters without control characters.
 *
 * @throws {NameInvalid}
 */
export function parseSubjectId(text: string): SubjectId {
  if (SUBJECT.test(text)) return text as SubjectId
  throw new NameInvalid(`${quote(text)} is not a subject`, 'write `user:<id>`')
}

/**
 * Reads `resource#role@subject`. Whether the policy knows the words is another question.
 *
 * @throws {NameInvalid}
 */
export function parseTuple(text: string): RoleTuple {
  const hash = text.indexOf('#')
  const at = text.indexOf('@', hash)
  const role = text.slice(hash + 1, at)
  if (hash < 0 || at < 0 || !NAME_PATTERN.test(role)) {
    throw new NameInvalid(
      `${quote(text)} is not a role assignment`,
      'write `<type>:<key>#<role>@user:<id>`',
    )
  }
  return {
    resource: parseResourceId(text.slice(0, hash)),
    role,
    subject: parseSubjectId(text.slice(at + 1)),
  }
}

/** The inverse of `parseTuple`. */
export function formatTuple(tuple: RoleTuple): string {
  return `${tuple.resource}#${tuple.role}@${tuple.subject}`
}

/** The type in `<type>:<key>`. */
export function typeOf(resource: ResourceId): string {
  return resource.slice(0, resource.indexOf(':'))
}

/** The key in `<type>:<key>`; it may hold colons itself. */
export function keyOf(resource: ResourceId): string {
  return resource.slice(resource.indexOf(':') + 1)
}
