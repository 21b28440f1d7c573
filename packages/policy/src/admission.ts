// Asking to be let in, and saying yes: planned from the document's settings, committed elsewhere.

import type { RightsChange, RoleTuple } from './change.ts'
import { exists } from './decide.ts'
import type { ResourceId, RoleName, SubjectId } from './names.ts'
import { promotionOf } from './policy.ts'
import { quote } from './quote.ts'
import { typeOf } from './tuple.ts'
import type { World } from './world.ts'

export type AdmissionRefusal = {
  readonly refused: 'no_admission' | 'unknown_resource' | 'no_request'
  readonly message: string
  readonly remedy: string
}

/** The role somebody gets who is let in to resources of a type; undefined: nobody can ask. */
export function admissionRole(world: World, resource: ResourceId): RoleName | undefined {
  const type = typeOf(resource)
  return world.policy.document.settings?.admissions?.find((each) => each.type === type)?.gives
}

/**
 * Plans to give what somebody asked for, and the request is done with: the role of the settings; or a role they hold for a
 * time, for longer, with what was given to end with it; or the end of a restraint.
 *
 * @param expiresAtMs when what is given ends by itself; absent: never. Milliseconds since 1970.
 */
export function planAdmit(
  world: World,
  resource: ResourceId,
  subject: SubjectId,
  expiresAtMs?: number,
): readonly RightsChange[] | AdmissionRefusal {
  if (!exists(world, resource)) {
    return {
      refused: 'unknown_resource',
      message: `${quote(resource)} does not exist`,
      remedy: 'check the name',
    }
  }
  const request = world.facts.request(subject, resource)
  const role = request?.role ?? admissionRole(world, resource)
  if (role === undefined) {
    return {
      refused: 'no_admission',
      message: `nobody can ask to be let in to ${quote(resource)}`,
      remedy: 'add an admission for its type to the settings of the policy',
    }
  }
  if (request === undefined) {
    return {
      refused: 'no_request',
      message: `${quote(subject)} does not ask to be let in to ${quote(resource)}`,
      remedy: 'the request may have been answered meanwhile; or give a role by itself',
    }
  }
  const tuple = { resource, role, subject }
  const given =
    request.role === undefined
      ? letIn(world, tuple, expiresAtMs)
      : isRestraint(world, role, resource)
        ? [{ kind: 'unassign' as const, tuple }]
        : prolonged(world, tuple, expiresAtMs)
  return [...given, { kind: 'remove-request', subject, resource }]
}

/** True for a role that holds people back: the settings say who may give it. */
export function isRestraint(world: World, role: RoleName, resource: ResourceId): boolean {
  const type = typeOf(resource)
  return (world.policy.document.settings?.restraints ?? []).some(
    (each) => each.type === type && each.gives === role,
  )
}

function letIn(world: World, tuple: RoleTuple, expiresAtMs?: number): readonly RightsChange[] {
  const held = world.facts.has(tuple) ? world.facts.grant(tuple) : undefined
  const lasts = held !== undefined && held.expiresAtMs === undefined
  return lasts || (held !== undefined && held.expiresAtMs === expiresAtMs)
    ? []
    : [assigned(tuple, expiresAtMs)]
}

/** Nothing for a role that has ended or was taken meanwhile, or never had an end. */
function prolonged(world: World, tuple: RoleTuple, expiresAtMs?: number): readonly RightsChange[] {
  const before = world.facts.grant(tuple)?.expiresAtMs
  if (before === undefined) return []
  const also = promotionOf(world.policy, typeOf(tuple.resource))?.also ?? []
  const withIt = also
    .map(({ role, on }): RoleTuple => ({ role, resource: on, subject: tuple.subject }))
    .filter((other) => world.facts.grant(other)?.expiresAtMs === before)
  return [tuple, ...withIt].map((each) => assigned(each, expiresAtMs))
}

function assigned(tuple: RoleTuple, expiresAtMs: number | undefined): RightsChange {
  return { kind: 'assign', tuple, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) }
}
