// Give or take one role, on a resource or on the tenant.

import {
  type Actor,
  decide,
  knowsRole,
  type ResourceId,
  type RightsChange,
  type RoleName,
  type SubjectId,
  typeOf,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireVerb } from './may.ts'

export type AssignRole = {
  readonly kind: 'assign' | 'unassign'
  readonly subject: SubjectId
  readonly role: RoleName
  readonly resource: ResourceId
  readonly reason?: string
  /** When it starts and ends by itself; milliseconds since 1970. */
  readonly notBeforeMs?: number
  readonly expiresAtMs?: number
}

/**
 * Assigns or unassigns a role. When this returns, it holds in every open session.
 * A person needs an action called `assign-role` on the resource, or the one that the policy's restraints name for the
 * role; a key needs the `admin` scope.
 *
 * @throws {Failure} `denied`, `role_unknown`, `person_unknown`, `busy`, `store_unavailable`
 */
export async function assignRole(
  context: Context,
  asker: Asker,
  input: AssignRole,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requireAssign(world, asker, input)
    const { kind, subject, role, resource, reason, notBeforeMs, expiresAtMs } = input
    if (expiresAtMs !== undefined && expiresAtMs <= (notBeforeMs ?? context.now()))
      throw new Failure('invalid', 'the role would end before it starts', {
        remedy: 'let `expires_at` be later',
      })
    if (!knowsRole(world.policy, role, resource)) {
      throw new Failure('role_unknown', `the policy knows no role \`${role}\` on \`${resource}\``, {
        remedy: 'name a role of the policy document',
      })
    }
    if (kind === 'assign' && world.facts.person(subject) === undefined) {
      throw new Failure('person_unknown', `there is nobody called \`${subject}\``)
    }
    const cause = {
      command: `${kind}-role`,
      by: actorOf(asker),
      ...(reason === undefined ? {} : { reason }),
    }
    return {
      entries: [{ kind: 'rights', changes: [changeOf(input, actorOf(asker))], cause }],
      audit: {
        command: cause.command,
        ...auditBy(asker),
        target: `${resource}#${role}@${subject}`,
        ...(reason === undefined ? {} : { reason }),
      },
    }
  })
}

function changeOf(input: AssignRole, by: Actor): RightsChange {
  const { kind, resource, role, subject, reason, notBeforeMs, expiresAtMs } = input
  const tuple = { resource, role, subject }
  if (kind === 'unassign') return { kind, tuple }
  const window = {
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  }
  // Who gave it is kept with what runs out or says why: somebody will ask.
  const isSigned = reason !== undefined || Object.keys(window).length > 0
  return { kind, tuple, ...window, ...(isSigned ? { by, ...(reason && { reason }) } : {}) }
}

/** @throws {Failure} `denied` */
export function requireAssign(
  world: World,
  asker: Asker,
  { role, resource }: Pick<AssignRole, 'role' | 'resource'>,
): void {
  const restraint = world.policy.document.settings?.restraints?.find(
    ({ type, gives }) => type === typeOf(resource) && gives === role,
  )
  const { credential } = asker
  const subject = credential.kind === 'token' ? credential.subject : undefined
  if (restraint !== undefined && subject !== undefined) {
    const { action } = restraint
    if (decide(world, { subject, action, resource, standing: true }).allowed) return
  }
  requireVerb(world, asker, 'assign-role', resource)
}
