// Accounts as the server itself looks at them: sessions and their ends, links made by hand, people of the users file.

import { randomBytes } from 'node:crypto'
import type { betterAuth } from 'better-auth'
import { type Dialect, Kysely } from 'kysely'
import { EmailTaken } from './errors.ts'
import { inventedEmail, markOf, personOfMark } from './file-people.ts'
import { RESET_LINK_S } from './mailed-links.ts'

/** One place somebody is signed in at. Times are milliseconds since 1970. */
export type OpenSession = {
  readonly id: string
  readonly startedAtMs: number
  /** When it was last renewed: once a day, as long as it is used. */
  readonly seenAtMs: number
  readonly endsAtMs: number
  /** As the browser names itself; for screens only. */
  readonly device?: string
  readonly address?: string
}

/** Somebody of the users file. Absent e-mail: they sign in by their id. */
export type FileAccount = { readonly id: string; readonly name: string; readonly email?: string }

type Auth = ReturnType<typeof betterAuth>
type Internal = Awaited<Auth['$context']>['internalAdapter']

export type Accounts = {
  /** The sessions of a person that have not ended, the latest first. */
  sessions(personId: string): Promise<readonly OpenSession[]>
  /** Ends one of a person's sessions; false if they have none of that id. */
  endSession(personId: string, sessionId: string): Promise<boolean>
  /** Ends a person's sessions, all of them but perhaps one; answers how many. */
  endSessions(personId: string, except?: string): Promise<number>
  /** A one-time token with which a new password can be chosen; undefined if there is no such account. */
  resetToken(personId: string): Promise<string | undefined>
  /** Whether somebody signs in by a password of their own. */
  hasPassword(personId: string): Promise<boolean>
  /** Whether this is their password. Attempts are counted by the caller. */
  isPassword(personId: string, password: string): Promise<boolean>
  /** True for somebody of the users file: their account is the file's. */
  isOfFile(personId: string): Promise<boolean>
  /** Ends an account with its sessions and whatever was waiting for it; answers how many sessions. May be repeated. */
  remove(personId: string): Promise<number>
  /** Ids of everybody who has an account. */
  ids(): Promise<readonly string[]>
  /**
   * Makes or renews the account of somebody in the users file.
   *
   * @throws {EmailTaken} an account that is not of the file has this id or e-mail
   */
  putFileAccount(account: FileAccount): Promise<void>
  /** Ends the account of somebody who is no longer in the file, with every session. */
  removeFileAccount(personId: string): Promise<void>
}

/** @param current the library as it is now; it is opened anew when a provider comes back */
export function accounts(current: () => Auth, dialect: Dialect, now: () => number): Accounts {
  const internal = async (): Promise<Internal> => (await current().$context).internalAdapter
  const live = async (personId: string) => {
    const all = await (await internal()).listSessions(personId)
    return all.filter(({ expiresAt }) => expiresAt.getTime() > now())
  }
  const endSessions = async (personId: string, except?: string) => {
    const ending = (await live(personId)).filter(({ id }) => id !== except)
    for (const { token } of ending) await (await internal()).deleteSession(token)
    return ending.length
  }
  const hashOf = async (personId: string) => {
    const hash = (await (await internal()).findCredentialAccount(personId))?.password
    return hash && personOfMark(hash) === undefined ? hash : undefined
  }
  return {
    sessions: async (personId) =>
      (await live(personId))
        .map(openSessionOf)
        .sort((a, b) => b.seenAtMs - a.seenAtMs || b.startedAtMs - a.startedAtMs),
    endSession: async (personId, sessionId) => {
      const found = (await live(personId)).find(({ id }) => id === sessionId)
      if (found === undefined) return false
      await (await internal()).deleteSession(found.token)
      return true
    },
    endSessions,
    hasPassword: async (personId) => (await hashOf(personId)) !== undefined,
    isPassword: async (personId, password) => {
      const hash = await hashOf(personId)
      if (hash === undefined) return false
      return (await current().$context).password.verify({ hash, password })
    },
    isOfFile: async (personId) => isOfFile(await internal(), personId),
    remove: async (personId) => {
      const adapter = await internal()
      const email = (await adapter.findUserById(personId))?.email
      const ended = await endSessions(personId)
      if (email !== undefined) await adapter.deleteUser(personId)
      await removeWaiting(dialect, [personId, ...(email === undefined ? [] : [email])])
      return ended
    },
    resetToken: async (personId) => {
      const adapter = await internal()
      if ((await adapter.findUserById(personId)) === null) return undefined
      const token = randomBytes(24).toString('base64url')
      await adapter.createVerificationValue({
        value: personId,
        identifier: `reset-password:${token}`,
        expiresAt: new Date(now() + RESET_LINK_S * 1_000),
      })
      return token
    },
    ids: () => accountIds(dialect),
    putFileAccount: async (account) => putFileAccount(current(), account),
    removeFileAccount: async (personId) => {
      const adapter = await internal()
      if (await isOfFile(adapter, personId)) await adapter.deleteUser(personId)
    },
  }
}

type StoredSession = Awaited<ReturnType<Internal['listSessions']>>[number]

function openSessionOf(session: StoredSession): OpenSession {
  const { id, createdAt, updatedAt, expiresAt, userAgent, ipAddress } = session
  return {
    id,
    startedAtMs: createdAt.getTime(),
    seenAtMs: updatedAt.getTime(),
    endsAtMs: expiresAt.getTime(),
    ...(userAgent ? { device: userAgent.slice(0, 200) } : {}),
    ...(ipAddress ? { address: ipAddress } : {}),
  }
}

async function isOfFile(adapter: Internal, personId: string): Promise<boolean> {
  return (await adapter.findCredentialAccount(personId))?.password === markOf(personId)
}

async function putFileAccount(auth: Auth, account: FileAccount): Promise<void> {
  const { adapter, internalAdapter } = await auth.$context
  const { id, name, email = inventedEmail(id) } = account
  const known = await internalAdapter.findUserById(id)
  const sameEmail = (await internalAdapter.findUserByEmail(email.toLowerCase()))?.user
  if (sameEmail !== undefined && sameEmail.id !== id)
    throw new EmailTaken(`an account that is not of the users file has the e-mail \`${email}\``)
  if (known !== null && !(await isOfFile(internalAdapter, id)))
    throw new EmailTaken(`an account that is not of the users file has the id \`${id}\``)
  const said = { name, email: email.toLowerCase(), emailVerified: true }
  if (known === null) {
    const at = new Date()
    await adapter.create({
      model: 'user',
      data: { id, ...said, createdAt: at, updatedAt: at },
      forceAllowId: true,
    })
    await internalAdapter.createAccount({
      userId: id,
      accountId: id,
      providerId: 'credential',
      password: markOf(id),
    })
  } else if (known.name !== said.name || known.email !== said.email) {
    await internalAdapter.updateUser(id, said)
  }
}

async function accountIds(dialect: Dialect): Promise<readonly string[]> {
  // Not destroyed: the dialect's connection belongs to the store.
  const db = new Kysely<{ readonly auth_user: { readonly id: string } }>({ dialect })
  return (await db.selectFrom('auth_user').select('id').execute()).map(({ id }) => id)
}

/** Removes one-time values that name any of these: links for a new password, confirmations. */
async function removeWaiting(dialect: Dialect, names: readonly string[]): Promise<void> {
  type Waiting = { readonly identifier: string; readonly value: string }
  const db = new Kysely<{ readonly auth_verification: Waiting }>({ dialect })
  for (const name of names) {
    await db
      .deleteFrom('auth_verification')
      .where(({ eb, fn, or }) =>
        or([
          eb(fn('instr', ['identifier', eb.val(name)]), '>', 0),
          eb(fn('instr', ['value', eb.val(name)]), '>', 0),
        ]),
      )
      .execute()
  }
}
