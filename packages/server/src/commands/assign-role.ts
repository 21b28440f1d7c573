// Give or take one role, on a resource or on the tenant.

import { knowsRole, type ResourceId, type RoleName, type SubjectId } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, actorOf } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireVerb } from './may.ts'

export type AssignRole = {
  readonly kind: 'assign' | 'unassign'
  readonly subject: SubjectId
  readonly role: RoleName
  readonly resource: ResourceId
  readonly reason?: string
}

/**
 * Assigns or unassigns a role. When this returns, it holds in every open session.
 * A person needs an action called `assign-role` on the resource, a key needs the `admin` scope.
 *
 * @throws {Failure} `denied`, `role_unknown`, `person_unknown`, `busy`, `store_unavailable`
 */
export async function assignRole(
  context: Context,
  asker: Asker,
  input: AssignRole,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requireVerb(world, asker, 'assign-role', input.resource)
    const { kind, subject, role, resource, reason } = input
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
      entries: [{ kind: 'rights', changes: [{ kind, tuple: { resource, role, subject } }], cause }],
      audit: {
        command: cause.command,
        actor: actorOf(asker),
        target: `${resource}#${role}@${subject}`,
        ...(reason === undefined ? {} : { reason }),
      },
    }
  })
}
