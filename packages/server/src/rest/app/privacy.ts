// What somebody may ask of what is kept of them: all of it, and that it goes.

import { foldRights } from '@sayso/policy'
import { makeZip } from 'client-zip'
import * as z from 'zod'
import type { Accounts } from '../../auth/accounts.ts'
import { PasswordTries } from '../../auth/password-tries.ts'
import type { Person, SignedIn } from '../../auth/sign-in.ts'
import { erasePerson } from '../../commands/erase-person.ts'
import { Failure } from '../../commands/failure.ts'
import { ownData } from '../../own/own-data.ts'
import { hasOwner } from '../../people/owner.ts'
import { removalOf, requestsOf } from '../../people/removal.ts'
import type { AppRest, Privacy } from './deps.ts'
import { grantsOf } from './grant-view.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { signedIn, subjectOf } from './visitor.ts'

const tag = 'people'
const needs = { who: 'session' } as const

/** How old a sign-in may be that stands for a password; milliseconds. */
const RECENT_MS = 600_000

const count = z.int()
export const receiptShape = z
  .object({
    id: z.string().describe('names the erasure in the audit log'),
    sessions: count,
    messages: count.describe('0 if they are kept'),
    reactions: count,
    files: count,
    own: count.describe('drafts, read marks, settings and the like'),
    records: count.describe('invitations, waiting webhooks, link previews'),
    presence: count,
    entries: count.describe('of the log, rewritten'),
    auditLines: count.describe('that no longer say who it was'),
  })
  .meta({ id: 'ErasureReceipt', description: 'What was removed.' })

export const messages = z.enum(['keep', 'delete'])
const termsShape = z
  .object({
    confirmBy: z.enum(['password', 'recent-sign-in']),
    recent: z.boolean().describe('the sign-in is recent enough to stand for a password'),
    messages: messages.describe('what becomes of messages if nothing else is said'),
    obstacle: z.enum(['last-owner', 'users-file']).optional().describe('why it cannot be done'),
  })
  .meta({ id: 'ErasureTerms' })

export const privacyRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/me/export',
    id: 'exportOwnData',
    tag,
    summary: 'Everything that is kept of the signed-in person',
    about:
      'A ZIP archive, made while it is read: profile, sessions, roles and requests as JSON; messages in every version, reactions, kept state and audit lines as JSON lines; and the content of their files.',
    needs,
    answers: { 200: { what: 'The archive.', type: 'application/zip' } },
    run: async ({ c, deps }) => exported(deps, await signedIn(deps, c)),
  }),
  route({
    method: 'GET',
    path: '/me/erasure',
    id: 'readErasureTerms',
    tag,
    summary: 'What deleting one’s account would take',
    needs,
    answers: { 200: json('The terms.', termsShape) },
    run: async ({ c, deps }) => c.json(await termsOf(deps, await signedIn(deps, c))),
  }),
  route({
    method: 'POST',
    path: '/me/erasure',
    id: 'eraseOwnAccount',
    tag,
    summary: 'Delete one’s account',
    about:
      'Confirmed by the password; without one by a sign-in of the last ten minutes. When this answers, everything is gone: sessions, connections, roles, requests, files, what was kept, and the messages if `messages` says `delete`. It cannot be undone.',
    needs,
    body: {
      schema: z.strictObject({
        password: z.string().max(1_000).optional(),
        messages: messages.optional().describe('absent: as the server is set'),
      }),
      example: { password: 'four unrelated words', messages: 'delete' },
    },
    answers: { 200: json('It is done.', receiptShape) },
    problems: ['confirmation_wrong', 'in_users_file', 'too_many', 'conflict', 'on_hold'],
    run: async ({ c, deps, asker, body }) => {
      const person = await signedIn(deps, c)
      const { erasures, deletedMessages } = privacyOf(deps)
      await requireConfirmed(deps, person, body.password)
      const extent = body.messages ?? deletedMessages
      const texts = textsOf(person)
      await erasures.begin(person.id, extent, () =>
        erasePerson(deps.context, asker, { person: person.id, extent, texts }),
      )
      return c.json(await erasures.run(person.id))
    },
  }),
]

export function privacyOf({ privacy }: AppRest): Privacy {
  if (privacy === undefined) throw new Error('people are of the main app')
  return privacy
}

/** What says who somebody is. */
export function textsOf({ name, email, pictureUrl }: Person): readonly string[] {
  return [name, email, email?.toLowerCase(), pictureUrl].filter(
    (text): text is string => text !== undefined && text !== '',
  )
}

function exported(deps: AppRest, person: SignedIn): Promise<Response> {
  const { sessionId: _sessionId, ...profile } = person
  return dataOf(deps, person.id, profile, 'my-data')
}

/** The archive of everything that is kept of somebody. */
export async function dataOf(
  deps: AppRest,
  id: string,
  profile: Readonly<Record<string, unknown>>,
  called = 'data',
): Promise<Response> {
  const { context, signIn } = deps
  const { store, files } = context
  const { world } = context.standing
  const subject = subjectOf({ id })
  const documents = {
    profile: { ...profile, attributes: world.facts.person(subject) ?? {} },
    sessions: await signIn.accounts.sessions(id),
    roles: grantsOf(world, subject),
    requests: requestsOf(world, subject).map((resource) => ({
      resource,
      ...world.facts.request(subject, resource),
    })),
  }
  const { eraser } = privacyOf(deps)
  const data = ownData({ person: id, store, files, eraser, documents })
  const at = new Date(context.now()).toISOString().slice(0, 10)
  return new Response(makeZip(data, { buffersAreUTF8: true }), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${called}-${at}.zip"`,
      'cache-control': 'no-store',
    },
  })
}

async function termsOf(deps: AppRest, person: SignedIn) {
  const { accounts } = deps.signIn
  const hasPassword = await accounts.hasPassword(person.id)
  const obstacle = await obstacleOf(deps, person)
  return {
    confirmBy: hasPassword ? 'password' : 'recent-sign-in',
    recent: await isRecent(accounts, person, deps.context.now()),
    messages: privacyOf(deps).deletedMessages,
    ...(obstacle !== undefined && { obstacle }),
  }
}

async function obstacleOf({ context, signIn }: AppRest, person: SignedIn) {
  if (await signIn.accounts.isOfFile(person.id)) return 'users-file'
  const { world } = context.standing
  const after = foldRights(world, removalOf(world, subjectOf(person)), world.revision)
  return hasOwner(world) && !hasOwner(after) ? 'last-owner' : undefined
}

const tries = new PasswordTries()

/** @throws {ApiProblem} `confirmation_wrong`, `in_users_file`, `too_many` */
async function requireConfirmed(
  { signIn, context }: AppRest,
  person: SignedIn,
  password: string | undefined,
): Promise<void> {
  const { accounts } = signIn
  if (await accounts.isOfFile(person.id)) {
    throw new ApiProblem(
      'in_users_file',
      'your account stands in the users file of this server',
      'ask whoever runs it to take you out of the file',
    )
  }
  if (!(await accounts.hasPassword(person.id))) {
    if (await isRecent(accounts, person, context.now())) return
    throw new ApiProblem(
      'confirmation_wrong',
      'you signed in too long ago for this',
      'sign out, sign in again, and repeat it within ten minutes',
    )
  }
  const waitMs = tries.waitMs(person.id, context.now())
  if (waitMs > 0) {
    throw new Failure('too_many', 'the password was wrong too often', {
      remedy: `try again in ${Math.ceil(waitMs / 60_000)} minutes`,
    })
  }
  if (password !== undefined && (await accounts.isPassword(person.id, password)))
    return tries.right(person.id)
  tries.wrong(person.id, context.now())
  throw new ApiProblem('confirmation_wrong', 'this is not your password', 'check it and try again')
}

async function isRecent(accounts: Accounts, person: SignedIn, nowMs: number): Promise<boolean> {
  const sessions = await accounts.sessions(person.id)
  const mine = sessions.find(({ id }) => id === person.sessionId)
  return mine !== undefined && nowMs - mine.startedAtMs < RECENT_MS
}
