// The policy layer: may this subject do this on this resource? Roles, rules and the type's default say yes; a rule that
// forbids, or one that requires what does not hold, says no whoever said yes; everything else is no.

import { TENANT_TYPE } from './compiled.ts'
import type { Decision, Question, Reason } from './decision.ts'
import { Case, existsAt } from './engine/case.ts'
import { engineOf, versionIn } from './engine/engine.ts'
import { type ActionRow, setBit, type TypeTable } from './engine/type-table.ts'
import { rolesKnown, Walk } from './engine/walk.ts'
import type { Action, ResourceId, SubjectId } from './names.ts'
import { aboutOf, premiseOf } from './scope.ts'
import { keyOf, typeOf } from './tuple.ts'
import type { World } from './world.ts'

/** Answers one question at the world's revision; an unknown type, resource or action denies and says so. */
export function decide(world: World, question: Question): Decision {
  const { subject, action, resource } = question
  const walk = new Walk(world, subject, undefined, premiseOf(world, question))
  const place = walk.version.tables.places.find(resource)
  const table = walk.engine.typeOf(resource, place)
  if (!table) return unknown(world, 'unknown_type')
  const row = table.actions.get(action)
  if (!row) return unknown(world, 'unknown_action')
  const asked = askedCase(walk, table, place, question)
  return typeof asked === 'string' ? unknown(world, asked) : decisionOf(asked, row, action)
}

/**
 * Answers a question about a type and none of its resources, as `decide` does for what does not exist in that tenant:
 * by roles on the tenant, rules and default. Conditions see a resource with an empty key.
 *
 * @param question `inTenant` absent: in the tenant of the document
 */
export function decideOfType(
  world: World,
  { type, ...question }: Omit<Question, 'resource'> & { readonly type: string },
): Decision {
  const { inTenant = world.policy.tenant } = question
  return decide(world, { ...question, inTenant, resource: `${type}:` as ResourceId })
}

/** The case of a question about what exists, or about what does not in a tenant; else what of it is unknown. */
function askedCase(walk: Walk, table: TypeTable, place: number, question: Question) {
  const { resource, inTenant, standing } = question
  const about = standing ? undefined : aboutOf(question)
  if (existsAt(walk, resource, place)) {
    const asked = new Case(walk, table, place, resource, about)
    return inTenant === undefined || inTenant === asked.tenantName ? asked : 'unknown_resource'
  }
  const isNamedTenant = table.type.name === TENANT_TYPE && keyOf(resource) !== ''
  if (inTenant === undefined || isNamedTenant) return 'unknown_resource'
  const tenantPlace = walk.version.tables.places.find(inTenant)
  const isTenant = typeOf(inTenant) === TENANT_TYPE && existsAt(walk, inTenant, tenantPlace)
  if (!isTenant) return 'unknown_tenant'
  // Nothing is read of its name, whatever was said of it.
  return new Case(walk, table, -1, resource, about, tenantPlace)
}

/** The answer of `decide` alone: without reasons, for whoever asks often. */
export function isAllowed(world: World, question: Question): boolean {
  const { subject, action, resource, standing } = question
  if (question.inTenant !== undefined || question.supposed !== undefined) {
    return decide(world, question).allowed
  }
  const version = versionIn(world)
  const engine = engineOf(world.policy, version)
  const person = version.tables.people.find(subject)
  const place = version.tables.places.find(resource)
  const table = engine.typeOf(resource, place)
  const row = table?.actions.get(action)
  if (!table || !row || !existsAt({ version, world }, resource, place)) return false
  const held = rolesKnown(version, engine, person, place)
  const tenant = engine.tenantPlaceOf(version, place)
  const heldOnTenant = rolesKnown(version, engine, person, tenant)
  const settled = held && heldOnTenant && engine.answer(table, row, held, heldOnTenant)
  if (settled !== undefined) return settled
  const walk = new Walk(world, subject, person)
  const about = standing ? undefined : question
  const asked = new Case(walk, table, place, resource, about, tenant, { held, heldOnTenant })
  return held && heldOnTenant ? asked.isAllowedUnsettled(row) : asked.isAllowed(row)
}

function unknown({ revision }: World, kind: Unknown): Decision {
  return { allowed: false, reasons: [{ kind }], revision }
}
type Unknown = 'unknown_type' | 'unknown_action' | 'unknown_resource' | 'unknown_tenant'

function decisionOf(asked: Case, row: ActionRow, action: Action): Decision {
  const { world } = asked.walk
  const reason: Reason = asked.denial(row) ?? asked.grant(row, action)
  const allowed = reason.kind === 'granted' || reason.kind === 'rule' || reason.kind === 'default'
  const decision = { allowed, reasons: [reason], revision: world.revision }
  const isConditional = allowed && !asked.table.isPlain && asked.isConditional(row)
  const flipsAtMs = flipsAt(asked, row)
  if (!isConditional && flipsAtMs === undefined) return decision
  return {
    ...decision,
    ...(isConditional && { conditional: true }),
    ...(flipsAtMs !== undefined && { flipsAtMs }),
  }
}

/** The earliest instant at which an assignment in play starts or ends, or a rule about the action does. */
function flipsAt({ walk, place, tenantPlace }: Case, { instants }: ActionRow): number | undefined {
  const isTimeless = !walk.version.mayHaveWindows(walk.person)
  if (isTimeless && instants.length === 0) return undefined
  const { timeMs } = walk.world
  const next = Math.min(
    instants.find((instant) => instant > timeMs) ?? Number.POSITIVE_INFINITY,
    walk.nextWindowMs(place),
    walk.nextWindowMs(tenantPlace),
  )
  return next < Number.POSITIVE_INFINITY ? next : undefined
}

/** True if the resource was made, or is the tenant. */
export function exists(world: World, resource: ResourceId): boolean {
  return resource === world.policy.tenant || world.facts.resource(resource) !== undefined
}

/** Undefined if the resource does not exist or its type is unknown. */
function standingCase(world: World, subject: SubjectId, resource: ResourceId): Case | undefined {
  const walk = new Walk(world, subject)
  const place = walk.version.tables.places.find(resource)
  const table = walk.engine.typeOf(resource, place)
  if (!table || !existsAt(walk, resource, place)) return undefined
  return new Case(walk, table, place, resource, undefined)
}

/**
 * The actions that a standing decision allows a subject on a resource, in the order of the document: `decide` for all of
 * them at once.
 */
export function grantedActions(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
): readonly Action[] {
  const asked = standingCase(world, subject, resource)
  if (!asked) return []
  const granted = asked.table.noActions()
  for (const row of asked.table.actions.values()) {
    if (asked.isAllowed(row)) setBit(granted, row.number)
  }
  return asked.table.list(granted)
}
