// Everything about who people are, put together: sign-in, mails, invitations, the users file.

import type { SubjectId } from '@sayso/policy'
import type { Dialect } from 'kysely'
import { sealer } from './auth/sealed.ts'
import { openSignIn, type SignIn } from './auth/sign-in.ts'
import { endSession } from './commands/end-session.ts'
import { registerPerson } from './commands/register-person.ts'
import type { Context } from './context.ts'
import { createOwner } from './create-owner.ts'
import { AnswerMails } from './desk/visitors/answer-mails.ts'
import type { Companion, HeldApps } from './held-apps.ts'
import { type Outbox, openOutbox } from './mail/outbox.ts'
import { smtpTransport } from './mail/transport.ts'
import type { Log } from './observe/log.ts'
import { recordEarlierSignIns } from './people/first-sign-ins.ts'
import { type Desk, invitationDesk } from './people/invitation-desk.ts'
import { attributesOf } from './people/person-attributes.ts'
import { UsersFile } from './people/users-file/users-file.ts'
import type { Settings } from './settings.ts'

export type People = {
  /** What the routes are given. */
  readonly doors: {
    readonly signIn: SignIn
    readonly desk: Desk
    /** Absent: this server sends no mails. */
    readonly outbox?: Outbox
    /** Whether there is a users file. */
    readonly hasNames: boolean
  }
  stop(): Promise<void>
}

export type PeopleOptions = {
  readonly settings: Settings
  readonly secret: string
  readonly core: {
    readonly context: Context
    readonly log: Log
    /** The apps beside the main one. */
    readonly held: Pick<HeldApps, 'attend'>
  }
  /** Of the store: accounts are written through its one writer. */
  readonly dialect: Dialect
  /** Where people reach this server. */
  readonly url: string
  readonly trustedOrigins: readonly string[]
}

/** @throws {SignInMisconfigured | UsersFileInvalid | Error} with a sentence */
export async function openPeople(options: PeopleOptions): Promise<People> {
  const { settings, secret, core } = options
  const { context, log } = core
  const usersFile = new UsersFile({
    path: settings.usersFile,
    context,
    secret,
    report: (error) => log.error('users file', error),
    tell: (people) => log.info('users file', { people }),
  })
  const outbox = await outboxOf(options)
  const answers = outbox && (await answerMailsOf(options, outbox))
  const leaveApps = core.held.attend((app) => mailsBeside(options, app.context, outbox))
  const desk = invitationDesk(context, secret)
  const signIn = await openSignInFor(options, { usersFile, desk, ...(outbox && { outbox }) })
  await recordEarlierSignIns(context, context.standing.world, signIn.accounts.ids)
  await createOwner(context, signIn, settings.owner)
  await usersFile.follow(signIn.accounts)
  return {
    doors: {
      signIn,
      desk,
      hasNames: settings.usersFile !== undefined,
      ...(outbox && { outbox }),
    },
    stop: async () => {
      await leaveApps()
      await Promise.all([usersFile.stop(), answers?.stop(), outbox?.stop()])
    },
  }
}

async function outboxOf({ settings, secret, core }: PeopleOptions): Promise<Outbox | undefined> {
  if (settings.mail === undefined) return undefined
  const { server, from } = settings.mail
  const { context, log } = core
  return openOutbox({
    context,
    sealer: sealer(secret, 'waiting mails'),
    transport: smtpTransport(server, from),
    place: () => {
      const { title, key } = context.standing.world.policy.document.tenant
      return title ?? key
    },
    timer: (run, ms) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    tell: (event, details) => log.info(event, details),
    report: (error) => log.error('mail', error),
  })
}

/** Answers that visitors of sites do not read are mailed. */
function answerMailsOf({ secret, core, url }: PeopleOptions, outbox: Outbox): Promise<AnswerMails> {
  const { context, log } = core
  const report = (error: unknown) => log.error('answer mails', error)
  const timer = (run: () => void, ms: number) => {
    const timeout = setTimeout(run, ms)
    return () => clearTimeout(timeout)
  }
  const publicUrl = () => url
  return new AnswerMails({ context, outbox, secret, publicUrl, timer, report }).start()
}

/** The same in an app beside the main one, by the outbox of all. */
async function mailsBeside(
  options: PeopleOptions,
  context: Context,
  outbox: Outbox | undefined,
): Promise<Companion> {
  const nothing = { stop: async () => undefined }
  if (outbox === undefined) return nothing
  const { core } = options
  return answerMailsOf({ ...options, core: { ...core, context } }, outbox).catch((error) => {
    core.log.error('answer mails', error)
    return nothing
  })
}

type Parts = { readonly usersFile: UsersFile; readonly desk: Desk; readonly outbox?: Outbox }

async function openSignInFor(options: PeopleOptions, parts: Parts): Promise<SignIn> {
  const { settings, secret, core, url } = options
  const { context, log } = core
  const { google, oidc } = settings
  const { outbox } = parts
  const signIn: SignIn = await openSignIn({
    dialect: options.dialect,
    secret,
    publicUrl: url,
    trustedOrigins: options.trustedOrigins,
    signUp: settings.signUp,
    rateLimit: settings.signInLimit,
    trustedProxies: settings.trustedProxies,
    now: Date.now,
    verifiedOnly: settings.verifiedOnly,
    claim: (name, untilMs) => context.store.claim(name, context.now(), untilMs),
    invitations: parts.desk,
    filePeople: parts.usersFile,
    sessionEnded: (session) => endSession(context, session),
    personChanged: (id) => refresh(context, signIn, id),
    log: (level, message) =>
      level === 'error' ? log.error('sign-in', message) : log.info('sign-in', { message }),
    ...(outbox === undefined ? {} : { post: outbox.post }),
    ...(google === undefined ? {} : { google }),
    ...(oidc === undefined ? {} : { oidc }),
  })
  return signIn
}

/** What is known of somebody has changed: open sessions are decided by it at once. */
async function refresh(context: Context, signIn: SignIn, id: string): Promise<void> {
  const subject = `user:${id}` as SubjectId
  if (context.standing.world.facts.person(subject) === undefined) return
  const person = await signIn.person(id)
  if (person === undefined) return
  const attributes = attributesOf(person)
  await registerPerson(context, { subject, attributes, owner: false, signsIn: false })
}
