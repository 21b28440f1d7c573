// Give or take one role, on a resource or on the tenant.

import {
  decide,
  knowsRole,
  type ResourceId,
  type RoleName,
  type SubjectId,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, actorOf } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'

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
    requireAssign(world, asker, input.resource)
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

function requireAssign(world: World, asker: Asker, resource: ResourceId): void {
  const { credential } = asker
  if (credential.kind === 'key') {
    if (world.keys.get(credential.key)?.scopes.includes('admin') === true) return
    throw new Failure('denied', 'this key may not change rights', {
      remedy: 'use a key with the `admin` scope',
    })
  }
  const subject = credential.subject
  const allowed =
    subject !== undefined && decide(world, { subject, action: 'assign-role', resource }).allowed
  if (!allowed) {
    throw new Failure('denied', `you may not assign roles on \`${resource}\``, {
      remedy: 'ask somebody who may, or use a key with the `admin` scope',
    })
  }
}
