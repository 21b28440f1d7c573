// Take an invitation back, or note that it was sent again.

import type { Context } from '../context.ts'
import {
  INVITATIONS,
  type Invitation,
  invitationOf,
  type KeptInvitation,
  stateOf,
} from '../people/invitations.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

export type ChangeInvitation = {
  readonly id: string
  /** `send`: its mail goes out now. `revoke`: its link works no more. */
  readonly kind: 'send' | 'revoke'
}

/**
 * Changes an invitation that is open. Needs what inviting needs.
 *
 * @throws {Failure} `denied`, `invitation_unknown`, `conflict`: it was used, taken back or has ended; `busy`,
 *   `store_unavailable`
 */
export async function changeInvitation(
  context: Context,
  asker: Asker,
  { id, kind }: ChangeInvitation,
): Promise<KeptInvitation> {
  requirePlace(context.standing.world, asker, 'invite')
  const record = await context.store.record(INVITATIONS, id)
  if (record === undefined)
    throw new Failure('invitation_unknown', 'there is no such invitation', {
      remedy: 'list the invitations',
    })
  const { version, ...before } = invitationOf(record)
  const state = stateOf(before, context.now())
  if (state !== 'good')
    throw new Failure('conflict', `the invitation is ${WORDS[state] ?? state} already`, {
      remedy: 'make another',
    })
  const { id: _id, ...invitation } = before
  const at = context.now()
  const after: Invitation = {
    ...invitation,
    ...(kind === 'send' ? { sentAtMs: at } : { revokedAtMs: at }),
  }
  await decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'invite')
    return {
      entries: [],
      records: [
        {
          collection: INVITATIONS,
          key: id,
          value: JSON.parse(JSON.stringify(after)),
          expectVersion: version,
        },
      ],
      audit: {
        command: `${kind}-invitation`,
        ...auditBy(asker),
        target: invitation.email ?? id,
        details: { id },
      },
    }
  })
  return { id, version, ...after }
}

const WORDS: Readonly<Record<string, string>> = {
  used: 'used',
  revoked: 'taken back',
  ended: 'over',
}
