// A session has ended: every token it signed is dead, and who is connected by one is cut off.

import type { RightsChange } from '@sayso/policy'
import type { AuditLine } from '@sayso/store'
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
      ...(enders.get(context)?.get(session.id) ?? { actor: `user:${session.personId}` }),
      target: `user:${session.personId}`,
    },
  }))
}

type Ender = Pick<AuditLine, 'actor' | 'address' | 'reason'>

/** Who ends a session, where that is not its own person: the library that keeps sessions knows nobody else. */
const enders = new WeakMap<Context, Map<string, Ender>>()

/** The sessions that end while `work` runs were ended by whoever asks: their audit lines say so. */
export async function endedBy<T>(
  context: Context,
  ender: Ender,
  sessions: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const known = enders.get(context) ?? new Map<string, Ender>()
  enders.set(context, known)
  for (const session of sessions) known.set(session, ender)
  try {
    return await work()
  } finally {
    for (const session of sessions) known.delete(session)
  }
}
