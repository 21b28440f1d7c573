// Single changes that could turn a decision, those that do least first. Whether one does is for `nearest.ts` to try.

import type { RightsChange } from '../change.ts'
import type { PolicyType, Rule } from '../compiled.ts'
import type { Question, Reason, Step } from '../decision.ts'
import type { Attributes, ResourceId, RoleName } from '../names.ts'
import { tenantAsked } from '../tenant.ts'
import { typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import { type Asked, activeRules, pathOf, rulePath } from './path.ts'

/** Attributes tried per condition; a longer list means that nobody could name the one that matters. */
const MOST_ATTRIBUTES = 4

/** The changes worth trying against the answer that was given; may hold some that change nothing. */
export function editsAgainst(
  world: World,
  question: Question,
  reason: Reason,
): readonly RightsChange[] {
  const type = world.policy.types.get(typeOf(question.resource))
  if (!type) return []
  switch (reason.kind) {
    case 'unknown_resource':
      return [{ kind: 'put-resource', resource: question.resource, attributes: {} }]
    case 'unknown_tenant':
      return question.inTenant === undefined
        ? []
        : [{ kind: 'put-resource', resource: question.inTenant, attributes: {} }]
    case 'never_granted':
      return grants(world, type, question)
    case 'forbidden':
    case 'requirement':
      return escapes(world, question, type, reason.rule)
    case 'granted':
    case 'rule':
    case 'default':
      return [...cuts(world, question, reason), ...bans(world, type, question)]
    default:
      return []
  }
}

/** Giving a role that grants: roles of the resource before those of the tenant, the ones that allow least first. */
function grants(world: World, type: PolicyType, question: Question): readonly RightsChange[] {
  const { action } = question
  const rules = activeRules(world, type, question, 'allow')
  const here = weakestFirst(type.roles, [
    ...(type.grantedBy.get(action) ?? []),
    ...rules.flatMap(({ to }) => [...(to?.here ?? [])]),
  ])
  const onTenant = weakestFirst(type.tenantRoles, [
    ...[...type.tenantRoles].filter(([, can]) => can.has(action)).map(([role]) => role),
    ...rules.flatMap(({ to }) => [...(to?.tenant ?? [])]),
  ])
  return [
    ...assignments(question, question.resource, here),
    ...rules.flatMap((rule) => settings(world, question, rule)),
    ...assignments(question, tenantAsked(world, question), onTenant),
  ]
}

function weakestFirst(
  known: ReadonlyMap<RoleName, { readonly size: number }>,
  roles: readonly RoleName[],
): readonly RoleName[] {
  const strength = (role: RoleName) => known.get(role)?.size ?? 0
  return [...new Set(roles)].sort((a, b) => strength(a) - strength(b) || (a < b ? -1 : 1))
}

function assignments(
  { subject }: Question,
  resource: ResourceId,
  roles: Iterable<RoleName>,
): readonly RightsChange[] {
  return [...roles].map((role) => ({ kind: 'assign', tuple: { resource, role, subject } }))
}

/** Ways out of a rule that denies: losing the role it names, getting one it spares, or what its condition reads. */
function escapes(
  world: World,
  question: Question,
  type: PolicyType,
  statement: string,
): readonly RightsChange[] {
  const rule = type.rules.find((one) => one.statement === statement)
  if (!rule) return []
  return [
    ...(rule.to ? cutsOf(rulePath(world, question, rule).steps) : []),
    ...settings(world, question, rule),
    ...spares(world, type, question, rule),
  ]
}

function spares(
  world: World,
  type: PolicyType,
  question: Question,
  { unless }: Rule,
): readonly RightsChange[] {
  if (!unless) return []
  return [
    ...assignments(question, question.resource, weakestFirst(type.roles, [...unless.here])),
    ...assignments(
      question,
      tenantAsked(world, question),
      weakestFirst(type.tenantRoles, [...unless.tenant]),
    ),
  ]
}

/** Coming under a rule that forbids. */
function bans(world: World, type: PolicyType, question: Question): readonly RightsChange[] {
  return activeRules(world, type, question, 'forbid').flatMap((rule) => [
    ...assignments(question, question.resource, rule.to?.here ?? []),
    ...assignments(question, tenantAsked(world, question), rule.to?.tenant ?? []),
    ...settings(world, question, rule),
  ])
}

/** Taking away what the grant rests on. */
function cuts(world: World, question: Question, reason: Reason): readonly RightsChange[] {
  const { steps, asked } = pathOf(world, question, reason)
  const type = world.policy.types.get(typeOf(question.resource))
  const rule = reason.kind === 'rule' && type?.rules.find((one) => one.statement === reason.rule)
  return [
    ...cutsOf(steps),
    ...asked.flatMap((one) => settingsOf(world, question, one)),
    ...(rule && type ? spares(world, type, question, rule) : []),
  ]
}

/** What concerns only the person stands first, then what was given to sets, then relations. */
function cutsOf(steps: readonly Step[]): readonly RightsChange[] {
  const taken = steps.flatMap((step): RightsChange[] =>
    step.kind === 'assigned' ? [{ kind: 'unassign', tuple: step.tuple }] : [],
  )
  const parted = steps.flatMap((step): RightsChange[] =>
    step.kind === 'derived' ? [{ kind: 'unrelate', ...step.relation }] : [],
  )
  return [...taken, ...parted]
}

function settings(world: World, question: Question, { when }: Rule): readonly RightsChange[] {
  if (!when) return []
  return settingsOf(world, question, { condition: when, resource: question.resource })
}

/** Switching the yes-or-no attributes that a condition reads, of the resource and of the person. */
function settingsOf(
  world: World,
  { subject }: Question,
  { condition, resource }: Asked,
): readonly RightsChange[] {
  const { facts, policy } = world
  const ofResource = facts.resource(resource)
  const ofPerson = facts.person(subject)
  return [
    ...switched(condition.reads.resource, ofResource ?? {}, policy.types.get(typeOf(resource)))
      .filter(() => ofResource !== undefined)
      .map((attributes): RightsChange => ({ kind: 'put-resource', resource, attributes })),
    ...switched(condition.reads.subject, ofPerson ?? {}, policy.document.people)
      .filter(() => ofPerson !== undefined)
      .map((attributes): RightsChange => ({ kind: 'put-person', subject, attributes })),
  ]
}

const NAMES: ReadonlySet<string> = new Set(['*', 'id', 'type', 'key', 'anonymous'])

function switched(
  names: readonly string[],
  attributes: Attributes,
  declared: Pick<PolicyType, 'attributes'> | undefined,
): readonly Attributes[] {
  return names
    .filter((name) => !NAMES.has(name))
    .slice(0, MOST_ATTRIBUTES)
    .flatMap((name) => {
      const kind = declared?.attributes?.[name] ?? 'any'
      if (kind !== 'bool' && kind !== 'any') return []
      return valuesFor(attributes[name]).map((value) => ({ ...attributes, [name]: value }))
    })
}

function valuesFor(value: unknown): readonly boolean[] {
  if (typeof value === 'boolean') return [!value]
  return value === undefined ? [true, false] : []
}
