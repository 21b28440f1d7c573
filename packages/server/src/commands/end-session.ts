// A session has ended: every token it signed is dead, and who is connected by one is cut off.

import type { RightsChange } from '@sayso/policy'
import type { Context } from '../context.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { SESSION_KEY } from './found-app.ts'
import { SESSION_TOKEN_MS } from './issue-session-token.ts'
import { outlived } from './revoke-tokens.ts'

/** Beyond the life of any token that was asked for in the moment the session ended; milliseconds. */
const LAST_TOKEN_MS = 60_000

/**
 * Takes back the tokens of a session. When this returns, they open nothing any more, here and after a restart.
 *
 * A session never starts again, so tokens are meant whenever they were issued: also one that was being signed while the
 * session ended.
 *
 * @throws {Failure} `busy`, `store_unavailable`
 */
export async function endSession(
  context: Context,
  session: { readonly id: string; readonly personId: string },
): Promise<void> {
  const revocation = {
    key: SESSION_KEY,
    target: { type: 'revocationKey', value: session.id },
    issuedBeforeMs: context.now() + SESSION_TOKEN_MS + LAST_TOKEN_MS,
  } as const
  const change: RightsChange = { kind: 'revoke-tokens', revocation }
  await decideAndCommit(context, (world) => ({
    entries: [
      {
        kind: 'rights',
        changes: [change, ...outlived(world, context.now())],
        cause: { command: 'end-session' },
      },
    ],
    audit: {
      command: 'end-session',
      actor: `user:${session.personId}`,
      target: `user:${session.personId}`,
    },
  }))
}
