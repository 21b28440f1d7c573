// The path behind a decision: how the person comes to the role, and what the document says of it.

import { type PolicyType, type RoleSelection, type Rule, TENANT_TYPE } from '../compiled.ts'
import type { Condition } from '../condition/condition.ts'
import { exists } from '../decide.ts'
import type { Question, Reason, Step } from '../decision.ts'
import { Walk } from '../engine/walk.ts'
import { wayTo } from '../engine/way-to.ts'
import type { ResourceId, RoleName } from '../names.ts'
import { premiseOf } from '../scope.ts'
import { tenantAsked } from '../tenant.ts'
import { typeOf } from '../tuple.ts'
import type { World } from '../world.ts'

/** A condition that was asked, and the resource it was asked about. */
export type Asked = { readonly condition: Condition; readonly resource: ResourceId }

export type Path = {
  /** From the person to the action, or to the rule that denies. */
  readonly steps: readonly Step[]
  /** The conditions that had to hold. */
  readonly asked: readonly Asked[]
}

export const NO_PATH: Path = { steps: [], asked: [] }

/** The path to what a decision gives as its reason; empty if nothing led there. */
export function pathOf(world: World, question: Question, reason: Reason): Path {
  switch (reason.kind) {
    case 'granted':
      return grantedPath(world, question, reason)
    case 'rule':
    case 'forbidden':
    case 'requirement': {
      const type = world.policy.types.get(typeOf(question.resource))
      const rule = type?.rules.find(({ statement }) => statement === reason.rule)
      return rule ? rulePath(world, question, rule) : NO_PATH
    }
    case 'default': {
      const statement = `types.${typeOf(question.resource)}.default`
      return { steps: [{ kind: 'default', statement }], asked: [] }
    }
    default:
      return NO_PATH
  }
}

function grantedPath(
  world: World,
  question: Question,
  { role, on, via }: Extract<Reason, { kind: 'granted' }>,
): Path {
  const { resource, action } = question
  const way = wayToRole(world, question, on, (one) => one === role) ?? NO_PATH
  const from = via.at(-1) ?? role
  const statement = `${roleStatement(world, on, from)}.can`
  const allows: Step = {
    kind: 'allows',
    role: from,
    on,
    action,
    statement: on === resource ? statement : `${statement}.${typeOf(resource)}`,
  }
  return { steps: [...way.steps, ...inheritedSteps(on, role, via), allows], asked: way.asked }
}

function roleStatement(world: World, on: ResourceId, role: RoleName): string {
  if (typeOf(on) === TENANT_TYPE && !isOwnType(world, on, role)) return `tenant.roles.${role}`
  return `types.${typeOf(on)}.roles.${role}`
}

/** A document may declare a type for the tenant itself, with roles of its own. */
function isOwnType(world: World, on: ResourceId, role: RoleName): boolean {
  const isOnTenant = Object.hasOwn(world.policy.document.tenant.roles, role)
  return !isOnTenant && world.policy.types.get(typeOf(on))?.roles.has(role) === true
}

function inheritedSteps(on: ResourceId, role: RoleName, via: readonly RoleName[]): Step[] {
  return via.map((from, index) => ({
    kind: 'inherits',
    role: via[index - 1] ?? role,
    from,
    on,
  }))
}

/** How the person comes under a rule: to a role it names, if it names any, and to the rule. */
export function rulePath(world: World, question: Question, rule: Rule): Path {
  const asked = rule.when ? [{ condition: rule.when, resource: question.resource }] : []
  const step: Step = { kind: 'rule', statement: rule.statement }
  const way = (rule.to && wayToAny(world, question, rule.to)) ?? NO_PATH
  return { steps: [...way.steps, step], asked: [...way.asked, ...asked] }
}

/** The way to a role of a selection; undefined if the person holds none. On the resource first, then on the tenant. */
export function wayToAny(
  world: World,
  question: Question,
  { here, tenant }: RoleSelection,
): Path | undefined {
  const { resource } = question
  // What does not exist has no roles on it, whatever was said of its name.
  const onIt = exists(world, resource)
    ? wayToRole(world, question, resource, (role) => here.has(role))
    : undefined
  return (
    onIt ?? wayToRole(world, question, tenantAsked(world, question), (role) => tenant.has(role))
  )
}

function wayToRole(
  world: World,
  question: Question,
  on: ResourceId,
  isMeant: (role: RoleName) => boolean,
): Path | undefined {
  const walk = new Walk(world, question.subject, undefined, premiseOf(world, question))
  const place = walk.version.tables.places.find(on)
  const names = walk.direct(place).names
  const role = names.find(isMeant) ?? walk.held(place).names.find(isMeant)
  if (role === undefined) return undefined
  const steps = wayTo(walk, place, role)
  return { steps, asked: steps.flatMap((step) => askedBy(world, step)) }
}

function askedBy(world: World, step: Step): readonly Asked[] {
  if (step.kind !== 'derived') return []
  const ways = world.policy.types.get(typeOf(step.on))?.rolesFrom.get(step.role)
  const when = ways?.find(({ statement }) => statement === step.statement)?.when
  return when ? [{ condition: when, resource: step.on }] : []
}

/** The rules of a verb about an action that the clock leaves on. */
export function activeRules(
  world: World,
  type: PolicyType | undefined,
  { action }: Question,
  verb: 'allow' | 'forbid' | 'require',
): readonly Rule[] {
  const rules = type?.rulesOf.get(action)?.[verb] ?? []
  return rules.filter(
    ({ fromMs = Number.NEGATIVE_INFINITY, untilMs = Number.POSITIVE_INFINITY }) =>
      fromMs <= world.timeMs && world.timeMs < untilMs,
  )
}
