// Conversations between a few people: of which type they are, who is in one, what it is called for whom.

import { createHash } from 'node:crypto'
import type { ResourceId, RoleName, SubjectId, World } from '@sayso/policy'
import { typeOf } from '@sayso/policy'
import type { PartnerView } from '@sayso/protocol'
import { nameOf } from './roles.ts'

const KEY_PREFIX = 'dm-'

/** The type of direct conversations and the role of those who are in one; undefined: the policy has none. */
export function directsOf(
  world: World,
): { readonly type: string; readonly gives: RoleName } | undefined {
  return world.policy.document.settings?.directs?.[0]
}

/** The conversation of these people, made or not: the same for the same people in whatever order. */
export function directBetween(type: string, people: readonly SubjectId[]): ResourceId {
  const digest = createHash('sha256')
    .update(JSON.stringify([...people].sort()))
    .digest('hex')
  return `${type}:${KEY_PREFIX}${digest.slice(0, 24)}` as ResourceId
}

/** Everybody in a direct conversation, by name; undefined for any other resource. */
export function partnersOf(world: World, resource: ResourceId): readonly PartnerView[] | undefined {
  if (directsOf(world)?.type !== typeOf(resource)) return undefined
  const people = world.facts.resource(resource)?.people
  if (!Array.isArray(people)) return undefined
  return people
    .filter((id): id is string => typeof id === 'string')
    .map((id) => partner(world, id))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}

/** What a conversation is called for one of those in it: the names of the others. */
export function titleFor(partners: readonly PartnerView[], me: SubjectId | undefined): string {
  const others = partners.filter(({ id }) => `user:${id}` !== me)
  return (others.length === 0 ? partners : others).map(({ name }) => name).join(', ')
}

function partner(world: World, id: string): PartnerView {
  const subject = `user:${id}` as SubjectId
  const { picture } = world.facts.person(subject) ?? {}
  const path = `/api/v1/people/${encodeURIComponent(id)}/picture`
  return { id, name: nameOf(world, subject), ...(picture === true ? { picture: path } : {}) }
}
