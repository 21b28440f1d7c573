// People of the users file, as far as sign-in knows them: an id for an e-mail, a mark in place of a hash, and nothing of
// theirs that could be changed over the network.

import { APIError, getSessionFromCtx } from 'better-auth/api'
import type { Before } from './mailed-links.ts'
import type { FilePeople } from './sign-in-options.ts'

const MARK = 'users-file:'
/** The library wants an e-mail of everybody; nobody can have one in this domain (RFC 2606). */
const NO_EMAIL = '@users-file.invalid'

/** What the account of somebody in the file holds in place of a hash. No password hashes to it. */
export function markOf(personId: string): string {
  return MARK + personId
}

/** Whose mark this is; undefined for a hash. */
export function personOfMark(hash: string): string | undefined {
  return hash.startsWith(MARK) ? hash.slice(MARK.length) : undefined
}

/** The e-mail of somebody who has none, for the library alone. */
export function inventedEmail(personId: string): string {
  return `${Buffer.from(personId).toString('hex')}${NO_EMAIL}`
}

export function isInvented(email: string): boolean {
  return email.endsWith(NO_EMAIL)
}

const THEIR_OWN: ReadonlySet<string> = new Set([
  '/change-password',
  '/change-email',
  '/update-user',
  '/link-social',
  '/unlink-account',
])

/**
 * Lets people of the file sign in by their id, and refuses to change what the file says.
 *
 * @returns what the library is to be given instead; undefined: go on
 */
export async function filePeopleGuard(
  ctx: Before,
  filePeople: FilePeople | undefined,
): Promise<object | undefined> {
  if (filePeople === undefined) return undefined
  const body = (ctx.body ?? {}) as { readonly email?: unknown }
  if (ctx.path === '/sign-in/email' && typeof body.email === 'string') {
    const email = filePeople.emailOf(body.email)
    return email === undefined ? undefined : { context: { body: { ...body, email } } }
  }
  if (!THEIR_OWN.has(ctx.path)) return undefined
  const session = await getSessionFromCtx(ctx)
  if (session === null || !filePeople.has(session.user.id)) return undefined
  throw new APIError('FORBIDDEN', {
    code: 'IN_USERS_FILE',
    message:
      'Your account stands in the users file of this server. Whoever runs it changes it there.',
  })
}
