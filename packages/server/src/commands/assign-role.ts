// Give or take one role, on a resource or on the tenant.

import {
  type Actor,
  isRestraint,
  knowsRole,
  type ResourceId,
  type RightsChange,
  type RoleName,
  type SubjectId,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { roleLines } from '../people/server-line.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireAssign, requireRestrain } from './may-assign.ts'

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
    const { kind, subject, role, resource, reason, notBeforeMs, expiresAtMs } = input
    if (isRestraint(world, role, resource)) requireRestrain(world, asker, input)
    else requireAssign(world, asker, input)
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
    const changes = [changeOf(world, input, actorOf(asker))]
    return {
      entries: [{ kind: 'rights', changes, cause }, ...roleLines(world, asker, input, changes)],
      audit: {
        command: cause.command,
        ...auditBy(asker),
        target: `${resource}#${role}@${subject}`,
        ...(reason === undefined ? {} : { reason }),
      },
    }
  })
}

function changeOf(world: World, input: AssignRole, by: Actor): RightsChange {
  const { kind, resource, role, subject, reason, notBeforeMs, expiresAtMs } = input
  const tuple = { resource, role, subject }
  if (kind === 'unassign') return { kind, tuple }
  const window = {
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  }
  // Who gave it is kept with what runs out, says why or holds back: somebody will ask.
  const isSigned =
    reason !== undefined || Object.keys(window).length > 0 || isRestraint(world, role, resource)
  return { kind, tuple, ...window, ...(isSigned ? { by, ...(reason && { reason }) } : {}) }
}
