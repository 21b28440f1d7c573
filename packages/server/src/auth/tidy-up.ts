// Clears what sign-in leaves behind: accounts cut in half by a crash, sessions and one-time values that have ended.

import { type Dialect, Kysely } from 'kysely'

type Tables = {
  readonly auth_user: { readonly id: string; readonly createdAt: string }
  readonly auth_account: { readonly userId: string }
  readonly auth_session: { readonly expiresAt: string }
  readonly auth_verification: { readonly expiresAt: string }
}

/** Somebody may be signing up on another process right now; only older halves are broken. Milliseconds. */
const HALF_MADE_MS = 600_000

/**
 * Runs once per start. A person without any account cannot sign in, and would keep the e-mail from ever being used.
 * Times are ISO 8601 in UTC, so they compare as text.
 */
export async function tidyUp(dialect: Dialect, nowMs: number): Promise<void> {
  // Not destroyed: the dialect's connection belongs to the store.
  const db = new Kysely<Tables>({ dialect })
  const now = new Date(nowMs).toISOString()
  const before = new Date(nowMs - HALF_MADE_MS).toISOString()
  await db
    .deleteFrom('auth_user')
    .where('createdAt', '<', before)
    .where('id', 'not in', db.selectFrom('auth_account').select('userId'))
    .execute()
  await db.deleteFrom('auth_session').where('expiresAt', '<', now).execute()
  await db.deleteFrom('auth_verification').where('expiresAt', '<', now).execute()
}
