// Whether a set of rights changes speaks of what the policy and the facts know. Said before it is committed or tried out.

import { isDeepStrictEqual } from 'node:util'
import {
  ANONYMOUS,
  type AttributeProblem,
  type Attributes,
  checkAttributes,
  checkPersonAttributes,
  exists,
  foldRights,
  isSubjectSet,
  knowsRole,
  type RightsChange,
  type SubjectId,
  setParts,
  TENANT_RELATION,
  TENANT_TYPE,
  typeOf,
  type World,
} from '@sayso/policy'
import { Failure } from './failure.ts'

/** Changes of one call at most. */
export const MAX_CHANGES = 1_000

/**
 * Checks the changes one after the other, each against the world the earlier ones lead to.
 *
 * @throws {Failure} `role_unknown`, `resource_unknown`, `person_unknown`, `invalid`, naming the first that does not fit
 */
export function requireValid(world: World, changes: readonly RightsChange[]): void {
  if (changes.length === 0) throw new Failure('invalid', 'there is nothing to change')
  if (changes.length > MAX_CHANGES) {
    throw new Failure('invalid', `${changes.length} changes are more than ${MAX_CHANGES}`, {
      remedy: 'split them over several calls',
    })
  }
  let now = world
  // Checks read the policy and which resources there are, nothing else: only that is folded, and only when it is asked.
  let unfolded: RightsChange[] = []
  for (const change of changes) {
    const asks = change.kind === 'assign' || change.kind === 'relate'
    if (unfolded.length > 0 && (asks || unfolded.some(({ kind }) => kind === 'put-policy'))) {
      now = foldRights(now, unfolded, now.revision)
      unfolded = []
    }
    requireOne(now, change)
    if (MAKES[change.kind] === true) unfolded.push(change)
  }
}

const MAKES: Partial<Record<RightsChange['kind'], true>> = {
  'put-resource': true,
  'remove-resource': true,
  'put-policy': true,
}

function requireOne(world: World, change: RightsChange): void {
  switch (change.kind) {
    case 'assign':
      return requireAssignment(world, change)
    case 'relate':
      return requireRelation(world, change)
    case 'put-person':
      return requireAttributes(
        (attributes) => checkPersonAttributes(world.policy.document.people, attributes),
        world.facts.person(change.subject),
        change.attributes,
      )
    case 'put-resource':
      return requireResource(world, change)
    case 'remove-resource':
      if (change.resource !== world.policy.tenant) return
      throw new Failure('invalid', 'the tenant of the policy cannot be removed', {
        remedy: 'remove other tenants, or what is in this one',
      })
    default:
  }
}

function requireAssignment(world: World, change: Extract<RightsChange, { kind: 'assign' }>): void {
  const { tuple, notBeforeMs, expiresAtMs } = change
  const { role, resource, subject } = tuple
  if (!knowsRole(world.policy, role, resource)) {
    throw new Failure('role_unknown', `the policy knows no role \`${role}\` on \`${resource}\``, {
      remedy: 'name a role of the policy document',
    })
  }
  if (!exists(world, resource)) throw unknown(resource)
  const set = isSubjectSet(subject) ? setParts(subject) : undefined
  if (set !== undefined && !knowsRole(world.policy, set.role, set.resource)) {
    throw new Failure(
      'role_unknown',
      `the policy knows no role \`${set.role}\` on \`${set.resource}\``,
      {
        remedy: 'name a role of the policy document',
      },
    )
  }
  if (notBeforeMs !== undefined && expiresAtMs !== undefined && expiresAtMs <= notBeforeMs) {
    throw new Failure('invalid', 'the grant would end before it starts', {
      remedy: 'let `expires_at` be after `not_before`',
    })
  }
}

function requireRelation(world: World, change: Extract<RightsChange, { kind: 'relate' }>): void {
  const { resource, relation, target } = change
  for (const each of [resource, target]) if (!exists(world, each)) throw unknown(each)
  // The reserved relation needs no declaration; the fold takes a resource out of the tenant it was in.
  if (relation === TENANT_RELATION && typeOf(target) === TENANT_TYPE) {
    if (typeOf(resource) !== TENANT_TYPE) return
    throw new Failure('invalid', 'a tenant is in no other', {
      remedy: 'relate resources of other types',
    })
  }
  const known = world.policy.types.get(typeOf(resource))?.relations.get(relation)
  if (known === undefined || !known.has(typeOf(target))) {
    throw new Failure(
      'invalid',
      `\`${relation}\` is no relation from \`${typeOf(resource)}\` to \`${typeOf(target)}\``,
      { remedy: 'declare it under `relations` of the type' },
    )
  }
}

function requireResource(
  world: World,
  change: Extract<RightsChange, { kind: 'put-resource' }>,
): void {
  const type = typeOf(change.resource)
  const before = world.facts.resource(change.resource)
  if (type === TENANT_TYPE) {
    const declared = world.policy.document.tenant.attributes
    return requireAttributes((each) => checkAttributes(declared, each), before, change.attributes)
  }
  const known = world.policy.types.get(type)
  if (known === undefined) {
    throw new Failure('invalid', `the policy knows no type \`${type}\``, {
      remedy: 'name a type of the policy document',
    })
  }
  requireAttributes((each) => checkAttributes(known.attributes, each), before, change.attributes)
}

/** What stays as it was is not looked at: it was taken once, perhaps before anything was declared. */
function requireAttributes(
  check: (attributes: Attributes) => readonly AttributeProblem[],
  before: Attributes | undefined,
  attributes: Attributes,
): void {
  const changed = Object.entries(attributes).filter(
    ([name, value]) => !isDeepStrictEqual(before?.[name], value),
  )
  const [problem] = check(Object.fromEntries(changed))
  if (problem === undefined) return
  throw new Failure('invalid', problem.message, { remedy: problem.remedy })
}

function unknown(resource: string): Failure {
  return new Failure('resource_unknown', `there is no \`${resource}\``, { remedy: 'make it first' })
}

/** The changes, after those that make known to the facts whom they give roles to: lists and trials count known people. */
export function withPeople(
  world: World,
  changes: readonly RightsChange[],
): readonly RightsChange[] {
  const named = new Set<SubjectId>()
  for (const change of changes) {
    if (change.kind !== 'assign') continue
    const { subject } = change.tuple
    const isPerson = !isSubjectSet(subject) && subject !== ANONYMOUS
    if (isPerson && world.facts.person(subject) === undefined) named.add(subject)
  }
  for (const change of changes) if (change.kind === 'put-person') named.delete(change.subject)
  const made = [...named].map(
    (subject) => ({ kind: 'put-person', subject, attributes: {} }) as const,
  )
  return [...made, ...changes]
}
