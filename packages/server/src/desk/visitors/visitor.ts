// Visitors are people to the policy, and nothing else of what people are: they do not sign in, and no list of people shows them.

import { createHmac } from 'node:crypto'
import type { Attributes, SubjectId, World } from '@sayso/policy'
import { deriveKey } from '../../auth/derived-key.ts'

/** Ids of visitors begin so; no account has such an id. */
export const VISITOR_PREFIX = 'v-'

/** True of what the facts know of a visitor. */
export function isVisitor(attributes: Attributes | undefined): boolean {
  return attributes?.visitor === true
}

/** True if somebody is known as a visitor. */
export function isVisitorHere(world: World, subject: SubjectId | undefined): boolean {
  return subject !== undefined && isVisitor(world.facts.person(subject))
}

export function subjectOfVisitor(visitor: string): SubjectId {
  return `user:${visitor}` as SubjectId
}

/** The id of somebody who has said nothing of themselves. */
export function anonymousId(randomId: (bytes?: number) => string): string {
  return `${VISITOR_PREFIX}${randomId(15)}`
}

/**
 * The id of a visitor whom the owner's server names: the same in every browser of theirs, and telling nobody the name.
 *
 * @param tenant key of the tenant: the same name in two tenants is two people
 * @param externalId as the owner's server calls them
 */
export function identifiedId(secret: string, tenant: string, externalId: string): string {
  const key = deriveKey(secret, 'ids of identified visitors')
  const said = JSON.stringify([tenant, externalId])
  const digest = createHmac('sha256', key).update(said).digest('base64url')
  return `${VISITOR_PREFIX}${digest.slice(0, 24)}`
}
