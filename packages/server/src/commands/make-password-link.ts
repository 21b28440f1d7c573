// Make the token of a link with which somebody chooses a new password. Whoever has it can become that person, so it is in
// the audit log who made one.

import type { SubjectId } from '@sayso/policy'
import type { Context } from '../context.ts'
import { type Asker, auditBy } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { SESSION_KEY } from './found-app.ts'
import { mayPlace, requirePlace, TENANT_ACTIONS } from './require-place.ts'

/**
 * A person needs `manage-people` on the tenant, and `manage-app` if the other administers anything; a key the `admin` scope.
 *
 * @param make answers undefined if there is no account of this id
 * @throws {Failure} `denied`, `person_unknown`, `store_unavailable`
 */
export async function makePasswordLink(
  context: Context,
  asker: Asker,
  personId: string,
  make: () => Promise<string | undefined>,
): Promise<string> {
  const { world } = context.standing
  const subject = `user:${personId}` as SubjectId
  const other: Asker = {
    credential: { kind: 'token', key: SESSION_KEY, capability: { '*': ['*'] }, subject },
    mayBeAnyone: false,
  }
  requirePlace(world, asker, 'manage-people')
  // INVARIANT: nobody gets by becoming somebody else what they may not do themselves.
  if (TENANT_ACTIONS.some((action) => mayPlace(world, other, action)))
    requirePlace(world, asker, 'manage-app')
  await commit(context, {
    entries: [],
    records: [],
    audit: { command: 'make-password-link', ...auditBy(asker), target: subject },
  })
  const token = await make()
  if (token !== undefined) return token
  throw new Failure('person_unknown', 'nobody with this id has an account', {
    remedy: 'use the id of somebody who has signed in',
  })
}
