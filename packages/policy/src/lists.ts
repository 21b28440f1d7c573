// Which resources, which people, which actions: the answers of `decide` turned around, page by page.

import type { PolicyType } from './compiled.ts'
import { decide, grantedActions } from './decide.ts'
import type { Question } from './decision.ts'
import type { Action, ResourceId, SubjectId } from './names.ts'
import {
  everybody,
  isOpenToStrangers,
  isSomebody,
  peopleOn,
  peopleWith,
  placesOf,
  resourcesByTenant,
  tenantRolesThatCount,
} from './reach.ts'
import { smallest } from './smallest.ts'
import { tenantOf } from './tenant.ts'
import { typeOf } from './tuple.ts'
import type { World } from './world.ts'

/** Where a page begins and how long it is. */
export type PageAsked = {
  /** The last id of the page before; absent for the first page. */
  readonly after?: string
  /** At most this many; at least 1. */
  readonly limit: number
}

/**
 * What single questions would bring along. Without it the question is one for good, and rules over single messages and
 * `context` are left open.
 */
export type Brought = Pick<Question, 'context' | 'supposed'>

const FOR_GOOD = { standing: true } as const

export type ListPage<T extends string> = {
  /** Sorted by code unit. */
  readonly ids: readonly T[]
  /** Give it as `after` to get the next page; absent on the last one. */
  readonly next?: T
}

/** The existing resources of a type on which a subject may do something. */
export function listResources(
  world: World,
  question: PageAsked & {
    readonly subject: SubjectId
    readonly action: Action
    readonly type: string
    readonly about?: Brought
  },
): ListPage<ResourceId> {
  const { subject, action, about = FOR_GOOD } = question
  const type = world.policy.types.get(question.type)
  if (!type) return { ids: [] }
  const isAllowed = (resource: ResourceId) =>
    decide(world, { subject, action, resource, ...about }).allowed
  return pageOf(() => resourcesInReach(world, type, subject, action), isAllowed, question)
}

/** Where open rules may count everything has to be asked, else only where the person holds something; some twice. */
function* resourcesInReach(
  world: World,
  type: PolicyType,
  subject: SubjectId,
  action: Action,
): Generator<ResourceId> {
  const { tenant } = world.policy
  if (typeOf(tenant) === type.name) yield tenant
  if (isOpenToStrangers(type, action)) {
    for (const [resource] of world.facts.resourcesOfType(type.name)) yield resource
    return
  }
  for (const place of placesOf(world, subject)) if (typeOf(place) === type.name) yield place
  yield* resourcesByTenant(world, type.name, subject, tenantRolesThatCount(type, action))
}

/** The people who may do something on a resource, and the visitor if everybody may. */
export function listSubjects(
  world: World,
  question: PageAsked & {
    readonly action: Action
    readonly resource: ResourceId
    readonly about?: Brought
  },
): ListPage<SubjectId> {
  const { resource, action, about = FOR_GOOD } = question
  const type = world.policy.types.get(typeOf(resource))
  if (!type) return { ids: [] }
  const isAllowed = (subject: SubjectId) =>
    isSomebody(world, subject) && decide(world, { subject, action, resource, ...about }).allowed
  return pageOf(() => peopleInReach(world, type, resource, action), isAllowed, question)
}

function* peopleInReach(
  world: World,
  type: PolicyType,
  resource: ResourceId,
  action: Action,
): Generator<SubjectId> {
  if (isOpenToStrangers(type, action)) {
    yield* everybody(world)
    return
  }
  yield* peopleOn(world, resource)
  yield* peopleWith(world, tenantOf(world, resource), tenantRolesThatCount(type, action))
}

/** What a subject may do on a resource, sorted. */
export function listActions(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  about?: Brought,
): readonly Action[] {
  if (about === undefined) return [...grantedActions(world, subject, resource)].sort()
  const { document } = world.policy
  const actions = document.types[typeOf(resource)]?.actions ?? []
  return actions
    .filter((action) => decide(world, { subject, action, resource, ...about }).allowed)
    .sort()
}

/**
 * One page of the names that pass. Takes the next few in order and asks about them, and again while there are too few:
 * a page of a long list costs one look at each name and about as many questions as it has lines.
 */
function pageOf<T extends string>(
  names: () => Iterable<T>,
  isAllowed: (name: T) => boolean,
  { after, limit }: PageAsked,
): ListPage<T> {
  const ids: T[] = []
  let from = after
  for (let take = 2 * limit + 16; ; take *= 4) {
    const next = smallest(names(), from, take)
    for (const name of next) {
      if (!isAllowed(name)) continue
      if (ids.length === limit) return { ids, ...lastOf(ids) }
      ids.push(name)
    }
    if (next.length < take) return { ids }
    from = next.at(-1)
  }
}

function lastOf<T extends string>(ids: readonly T[]): { next: T } | Record<string, never> {
  const next = ids.at(-1)
  return next === undefined ? {} : { next }
}
