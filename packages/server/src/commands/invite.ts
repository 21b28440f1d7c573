// Invite somebody: a link that works once, with the roles it gives.

import { exists, knowsRole, type World } from '@sayso/policy'
import type { Context } from '../context.ts'
import {
  INVITATIONS,
  type Invitation,
  type KeptInvitation,
  newInvitationId,
  type PromisedRole,
} from '../people/invitations.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireAssign } from './may-assign.ts'
import { requirePlace } from './require-place.ts'

export type Invite = Pick<Invitation, 'email' | 'note' | 'roles' | 'endsAtMs'>

/**
 * Keeps an invitation. A person needs `invite` on the tenant, a key the `admin` scope; and whatever giving each promised role
 * needs, now and again when it is accepted.
 *
 * @throws {Failure} `denied`, `role_unknown`, `resource_unknown`, `invalid`, `busy`, `store_unavailable`
 */
export async function invite(
  context: Context,
  asker: Asker,
  input: Invite,
): Promise<KeptInvitation> {
  const id = newInvitationId(context.now(), context.randomId())
  const invitation: Invitation = {
    ...input,
    ...(input.email === undefined ? {} : { email: input.email.toLowerCase() }),
    by: actorOf(asker),
  }
  await decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'invite')
    if (input.endsAtMs <= context.now())
      throw new Failure('invalid', 'the invitation would have ended already', {
        remedy: 'let `expires_at` be later',
      })
    for (const promised of input.roles) requirePromise(world, asker, promised)
    const { email, roles, endsAtMs } = invitation
    return {
      entries: [],
      records: [
        {
          collection: INVITATIONS,
          key: id,
          value: JSON.parse(JSON.stringify(invitation)),
          expectVersion: 0,
        },
      ],
      audit: {
        command: 'invite',
        ...auditBy(asker),
        target: email ?? id,
        details: { id, roles: [...roles], endsAtMs },
      },
    }
  })
  const kept = await context.store.record(INVITATIONS, id)
  return { id, version: kept?.version ?? 0, ...invitation }
}

/** Whether somebody may promise this role. @throws {Failure} `denied`, `role_unknown`, `resource_unknown`, `invalid` */
export function requirePromise(world: World, asker: Asker, promised: PromisedRole): void {
  const { role, on: resource, notBeforeMs, expiresAtMs } = promised
  requireAssign(world, asker, { role, resource })
  if (!knowsRole(world.policy, role, resource))
    throw new Failure('role_unknown', `the policy knows no role \`${role}\` on \`${resource}\``, {
      remedy: 'name a role of the policy document',
    })
  if (!exists(world, resource))
    throw new Failure('resource_unknown', `there is no \`${resource}\``, {
      remedy: 'make it first',
    })
  if (notBeforeMs !== undefined && expiresAtMs !== undefined && expiresAtMs <= notBeforeMs)
    throw new Failure('invalid', 'the role would end before it starts', {
      remedy: 'let `expires_at` be later',
    })
}
