// Facts and ids as text: `channel:lobby#speaker@user:ada`, `channel:lobby#parent@server:one`, `group:crew#member`.

import type { RelationTuple, RoleTuple } from './change.ts'
import {
  ANONYMOUS,
  type ResourceId,
  type RoleName,
  type SubjectId,
  type SubjectSet,
} from './names.ts'
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
 * Reads `<type>:<key>#<role>`: everybody who holds that role there.
 *
 * @throws {NameInvalid}
 */
export function parseSubjectSet(text: string): SubjectSet {
  const hash = text.indexOf('#')
  if (hash < 0 || !NAME_PATTERN.test(text.slice(hash + 1))) {
    throw new NameInvalid(`${quote(text)} is not a set of people`, 'write `<type>:<key>#<role>`')
  }
  parseResourceId(text.slice(0, hash))
  return text as SubjectSet
}

/** The set of those who hold a role somewhere. */
export function subjectSet(resource: ResourceId, role: RoleName): SubjectSet {
  return `${resource}#${role}` as SubjectSet
}

/** True for a set; false for a person or visitor, whose id may hold any letter. */
export function isSubjectSet(who: SubjectId | SubjectSet): who is SubjectSet {
  return !who.startsWith('user:') && who !== ANONYMOUS && who.includes('#')
}

/** Whose role where makes the set: the inverse of `subjectSet`. */
export function setParts(set: SubjectSet): {
  readonly resource: ResourceId
  readonly role: RoleName
} {
  const hash = set.indexOf('#')
  return { resource: set.slice(0, hash) as ResourceId, role: set.slice(hash + 1) }
}

/**
 * Reads `resource#role@subject`; the subject is a person, a visitor or a set. Whether the policy knows the words is
 * another question.
 *
 * @throws {NameInvalid}
 */
export function parseTuple(text: string): RoleTuple {
  const [resource, role, who] = splitTuple(text, 'a role assignment', '#<role>@user:<id>')
  const isPlain = who.startsWith('user:') || !who.includes('#')
  return { resource, role, subject: isPlain ? parseSubjectId(who) : parseSubjectSet(who) }
}

/** The inverse of `parseTuple`. */
export function formatTuple(tuple: RoleTuple): string {
  return `${tuple.resource}#${tuple.role}@${tuple.subject}`
}

/**
 * Reads `resource#relation@target`.
 *
 * @throws {NameInvalid}
 */
export function parseRelation(text: string): RelationTuple {
  const [resource, relation, target] = splitTuple(text, 'a relation', '#<relation>@<type>:<key>')
  return { resource, relation, target: parseResourceId(target) }
}

/** The inverse of `parseRelation`. */
export function formatRelation({ resource, relation, target }: RelationTuple): string {
  return `${resource}#${relation}@${target}`
}

function splitTuple(text: string, what: string, shape: string): [ResourceId, string, string] {
  const hash = text.indexOf('#')
  const at = text.indexOf('@', hash)
  const name = text.slice(hash + 1, at)
  if (hash < 0 || at < 0 || !NAME_PATTERN.test(name)) {
    throw new NameInvalid(`${quote(text)} is not ${what}`, `write \`<type>:<key>${shape}\``)
  }
  return [parseResourceId(text.slice(0, hash)), name, text.slice(at + 1)]
}

/** The type in `<type>:<key>`. */
export function typeOf(resource: ResourceId): string {
  return resource.slice(0, resource.indexOf(':'))
}

/** The key in `<type>:<key>`; it may hold colons itself. */
export function keyOf(resource: ResourceId): string {
  return resource.slice(resource.indexOf(':') + 1)
}
