// The answer to a check: what the policy decides, told with the codes that Permit's tools know.

import {
  type Decision,
  decide,
  type Reason,
  type ResourceId,
  type SubjectId,
  tenantOf,
  typeOf,
  type World,
} from '@sayso/policy'
import { isSetRuleId } from '../conditions/sets.ts'
import { isInstance, tenantKey, userKey } from '../facts/known.ts'
import type { PermitApp } from '../scope.ts'
import { type Check, type Resolved, resolve } from './question.ts'

export type Answer = {
  readonly allow: boolean
  readonly asked: Resolved
  readonly decision?: Decision
}

/** Answers a check; whatever is not known is a deny. */
export function answerCheck(app: PermitApp, world: World, check: Check): Answer {
  return answerOf(world, resolve(app, world, check))
}

export function answerOf(world: World, asked: Resolved): Answer {
  const { subject, action, resource, tenant, supposed } = asked
  if (subject === undefined || tenant === undefined) return { allow: false, asked }
  const { context, ...rest } = supposed
  const question = { subject, action, resource, inTenant: tenant, context, supposed: rest }
  const decision = decide(world, question)
  // Condition sets are for users: who is none matches none.
  const isForUsers = setRuleIn(decision) !== undefined
  const isKnown = world.facts.person(subject) !== undefined
  return { allow: decision.allowed && (isKnown || !isForUsers), asked, decision }
}

/** The id of the set rule that allows, if one does. */
export function setRuleIn({ reasons }: Decision): string | undefined {
  const [reason] = reasons
  if (reason?.kind !== 'rule') return undefined
  const id = reason.rule.slice(reason.rule.lastIndexOf('.') + 1)
  return isSetRuleId(id) ? id : undefined
}

/** The request as it was understood. */
export function queryOf({
  subject,
  action,
  type,
  resource,
  isInstance: hasKey,
  tenant,
  supposed,
}: Resolved) {
  const key = hasKey ? resource.slice(type.length + 1) : null
  return {
    user: { key: subject === undefined ? null : userKey(subject), attributes: supposed.subject },
    action,
    resource: {
      type,
      key,
      tenant: tenant === undefined ? null : tenantKey(tenant),
      attributes: supposed.resource,
    },
    context: supposed.context,
  }
}

type Pair = { readonly user_set: string; readonly resource_set: string }

/** One block for each model: roles, condition sets, the policy's own rules. */
export function debugOf(world: World, answer: Answer, pairs: (id: string) => Pair | undefined) {
  const { asked, decision, allow } = answer
  const reason = decision?.reasons[0]
  const isRole = allow && reason?.kind === 'granted'
  const set = allow && decision ? setRuleIn(decision) : undefined
  const isOwn = allow && !isRole && set === undefined
  return {
    request: queryOf(asked),
    rbac: isRole
      ? { ...block(true, 'allowed', 'a role allows it'), allowing_roles: [roleNamed(reason)] }
      : denial(world, answer),
    abac: abacOf(world, asked, set, set === undefined ? undefined : pairs(set)),
    custom: customOf(isOwn, reason),
  }
}

function block(allow: boolean, code: string, reason: string) {
  return { allow, code, reason, support_link: null }
}

function roleNamed({ role, on }: Extract<Reason, { kind: 'granted' }>): string {
  return isInstance(on) ? `${typeOf(on)}#${role}` : role
}

const REASONS = {
  no_such_resource: 'there is no such resource',
  no_such_action: 'the resource has no such action',
  no_such_tenant: 'there is no such tenant',
  user_not_synced: 'there is no such user',
  no_user_roles: 'the user has no roles',
  no_role_in_tenant: 'the user has no role in the tenant of the resource',
  no_permission: 'no role of the user allows the action',
} as const

function denial(world: World, answer: Answer) {
  const code = denialCode(world, answer)
  return block(false, code, REASONS[code])
}

function denialCode(world: World, { asked, decision }: Answer): keyof typeof REASONS {
  const { subject, type, action, tenant } = asked
  const known = world.policy.types.get(type)
  if (!known) return 'no_such_resource'
  if (!known.actionSet.has(action)) return 'no_such_action'
  if (tenant === undefined || decision?.reasons[0]?.kind === 'unknown_tenant')
    return 'no_such_tenant'
  if (subject === undefined || world.facts.person(subject) === undefined) return 'user_not_synced'
  const held = world.facts.heldBy(subject)
  if (held.length === 0 && !world.facts.sizes.assignments) return 'no_user_roles'
  if (held.length === 0) return 'no_user_roles'
  if (asked.isElsewhere || !isHeldIn(world, subject, tenant)) return 'no_role_in_tenant'
  return 'no_permission'
}

function isHeldIn(world: World, subject: SubjectId, tenant: ResourceId): boolean {
  return world.facts.heldBy(subject).some(([on]) => tenantOf(world, on) === tenant)
}

function abacOf(world: World, { type }: Resolved, set: string | undefined, pair: Pair | undefined) {
  if (set !== undefined) {
    return {
      ...block(true, 'allowed', 'a pair of condition sets allows it'),
      ...(pair && { usersets: [pair.user_set], resourcesets: [pair.resource_set] }),
    }
  }
  const rules = world.policy.document.types[type]?.rules ?? []
  return rules.some(({ id }) => isSetRuleId(id))
    ? block(false, 'no_matching_rules', 'no pair of condition sets allows it')
    : block(false, 'disabled', 'there are no condition sets for this resource')
}

/** What the policy says beyond roles and sets: it may allow more, and take away. */
function customOf(isOwn: boolean, reason: Reason | undefined) {
  if (isOwn) return block(true, 'allowed', 'a rule of the policy allows it')
  if (reason?.kind === 'forbidden' || reason?.kind === 'requirement') {
    return block(false, reason.kind, reason.message ?? 'a rule of the policy takes it away')
  }
  return block(false, 'disabled', 'no other rule of the policy speaks of it')
}
