// Asking to be let in, and saying yes: planned from the document's settings, committed elsewhere.

import type { RightsChange } from './change.ts'
import { exists } from './decide.ts'
import type { ResourceId, RoleName, SubjectId } from './names.ts'
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

/** Plans to let somebody in who asked: the role of the settings, and the request is done with. */
export function planAdmit(
  world: World,
  resource: ResourceId,
  subject: SubjectId,
): readonly RightsChange[] | AdmissionRefusal {
  if (!exists(world, resource)) {
    return {
      refused: 'unknown_resource',
      message: `${quote(resource)} does not exist`,
      remedy: 'check the name',
    }
  }
  const role = admissionRole(world, resource)
  if (role === undefined) {
    return {
      refused: 'no_admission',
      message: `nobody can ask to be let in to ${quote(resource)}`,
      remedy: 'add an admission for its type to the settings of the policy',
    }
  }
  if (world.facts.request(subject, resource) === undefined) {
    return {
      refused: 'no_request',
      message: `${quote(subject)} does not ask to be let in to ${quote(resource)}`,
      remedy: 'the request may have been answered meanwhile; or give a role by itself',
    }
  }
  const given: RightsChange = { kind: 'assign', tuple: { resource, role, subject } }
  const isHeld = world.facts.has(given.tuple)
  return [...(isHeld ? [] : [given]), { kind: 'remove-request', subject, resource }]
}
