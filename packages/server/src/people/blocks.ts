// Who does not want to be written to by whom: said by the conversation of the two, whether it was ever begun or not. What it
// forbids is the policy's to say.

import type { Attributes, ResourceId, SubjectId, World } from '@sayso/policy'
import { directBetween, directsOf } from './directs.ts'
import { idOf } from './roles.ts'

/** Ids of those who closed a conversation, and the same as rules read it. */
export type BlockedBy = { readonly blocked?: true; readonly blockedBy?: readonly string[] }

export function blockersIn(attributes: Attributes | undefined): readonly string[] {
  const by = attributes?.blockedBy
  return Array.isArray(by) ? by.filter((id): id is string => typeof id === 'string') : []
}

/** The attributes of a conversation closed by these; by nobody: open again. */
export function blockedBy(by: readonly string[]): BlockedBy {
  return by.length === 0 ? {} : { blocked: true, blockedBy: by }
}

/** Who closed the conversation of two, the first by the second or the other way round; empty: it is open. */
export function blockersBetween(world: World, one: SubjectId, other: SubjectId): readonly string[] {
  const type = directsOf(world)?.type
  if (type === undefined || one === other) return []
  return blockersIn(world.facts.resource(directBetween(type, [one, other])))
}

/** Ids of the people somebody has blocked and who are still registered. */
export function blockedOf(world: World, subject: SubjectId): readonly SubjectId[] {
  const type = directsOf(world)?.type
  if (type === undefined) return []
  const me = idOf(subject)
  const found: SubjectId[] = []
  for (const [, attributes] of world.facts.resourcesOfType(type)) {
    if (!blockersIn(attributes).includes(me) || !Array.isArray(attributes.people)) continue
    const other = attributes.people.find((id) => id !== me)
    const person = `user:${other}` as SubjectId
    if (typeof other === 'string' && world.facts.person(person) !== undefined) found.push(person)
  }
  return found
}

/** As a partner of a conversation may know it: closed by oneself, or not by oneself. */
export function blockSeen(
  world: World,
  subject: SubjectId | undefined,
  resource: ResourceId,
): 'mine' | 'other' | undefined {
  const by = blockersIn(world.facts.resource(resource))
  if (by.length === 0) return undefined
  return subject !== undefined && by.includes(idOf(subject)) ? 'mine' : 'other'
}
