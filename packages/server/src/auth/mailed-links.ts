// Links that come by mail: choosing a new password, confirming an e-mail, changing it. The library makes and proves them;
// here is what they say, that asking tells nobody who has an account, and that a link for another address works once.

import { createHash } from 'node:crypto'
import type { BetterAuthOptions } from 'better-auth'
import { APIError, getSessionFromCtx } from 'better-auth/api'
import { decodeJwt } from 'jose'
import * as z from 'zod'
import type { Occasion } from '../mail/texts.ts'
import type { SignInOptions } from './sign-in-options.ts'

/** How long a link for a new password holds, in seconds. */
export const RESET_LINK_S = 1_800
/** How long a link that confirms an address holds, in seconds. */
export const CONFIRM_LINK_S = 86_400

/** Any call of the library before it acts. */
export type Before = Parameters<typeof getSessionFromCtx>[0]

/** What a mail is addressed to. */
type Addressee = { readonly id: string; readonly name: string; readonly email: string }

/** Work that is done after the answer, so that neither its outcome nor its length tells anything. */
export type AfterAnswer = {
  reset(email: string): void
  confirm(email: string): void
}

/** The library's settings for mails; without a way to send them, only those that need none. */
export function mailedLinks(options: SignInOptions): {
  readonly emailAndPassword: Partial<NonNullable<BetterAuthOptions['emailAndPassword']>>
  readonly emailVerification?: NonNullable<BetterAuthOptions['emailVerification']>
} {
  const { post } = options
  const place = { resetPasswordTokenExpiresIn: RESET_LINK_S }
  if (post === undefined) return { emailAndPassword: place }
  const send = async (to: Addressee, occasion: Occasion, forSeconds: number): Promise<void> => {
    if (options.filePeople?.has(to.id)) return
    await post(to.email, occasion, options.now() + forSeconds * 1_000)
  }
  const login = new URL('/login', options.publicUrl).href
  return {
    emailAndPassword: {
      ...place,
      requireEmailVerification: options.verifiedOnly === true,
      sendResetPassword: ({ user, token }) =>
        send(
          user,
          { kind: 'reset', name: user.name, link: resetLink(options, token) },
          RESET_LINK_S,
        ),
      onPasswordReset: ({ user }) =>
        send(user, { kind: 'password-changed', name: user.name, link: login }, CONFIRM_LINK_S),
      onExistingUserSignUp: ({ user }) =>
        send(user, { kind: 'has-account', name: user.name, link: login }, CONFIRM_LINK_S),
    },
    emailVerification: {
      expiresIn: CONFIRM_LINK_S,
      sendOnSignUp: true,
      sendOnSignIn: true,
      sendVerificationEmail: async ({ user, token }) => {
        const link = pageLink(options, '/confirm', token)
        const kind = isForNewAddress(token) ? 'change-email' : 'confirm'
        await send(user, { kind, name: user.name, link }, CONFIRM_LINK_S)
      },
    },
  }
}

/** Where a new password is chosen. */
export function resetLink(options: Pick<SignInOptions, 'publicUrl'>, token: string): string {
  return pageLink(options, '/reset', token)
}

/** The token stands behind the `#`: browsers keep that to themselves, so no log of any server on the way has it. */
function pageLink({ publicUrl }: Pick<SignInOptions, 'publicUrl'>, page: string, token: string) {
  return `${new URL(page, publicUrl).href}#${encodeURIComponent(token)}`
}

function isForNewAddress(token: string): boolean {
  return typeof decodeJwt(token).updateTo === 'string'
}

/** What a call about mailed links passes first; a value instead is the answer. */
export async function beforeMailedLink(
  ctx: Before,
  options: SignInOptions,
  afterAnswer: AfterAnswer,
): Promise<object | undefined> {
  switch (ctx.path) {
    case '/request-password-reset':
    case '/send-verification-email':
      return askedForLink(ctx, options, afterAnswer)
    case '/verify-email':
      await useOnce(ctx, options)
      return undefined
    case '/change-email':
      requireMail(options)
      return undefined
    default:
      return undefined
  }
}

const emailSchema = z.email().max(320)

/** Answers alike whoever asks and whatever the address: the work is done afterwards. */
function askedForLink(
  ctx: Before,
  options: SignInOptions,
  afterAnswer: AfterAnswer,
): object | undefined {
  // Without a request it is that work.
  if (ctx.request === undefined) return undefined
  requireMail(options)
  const email = emailSchema.safeParse((ctx.body as { email?: unknown } | undefined)?.email)
  if (!email.success) throw new APIError('BAD_REQUEST', { code: 'INVALID_EMAIL' })
  if (ctx.path === '/request-password-reset') afterAnswer.reset(email.data)
  else afterAnswer.confirm(email.data)
  return ctx.json({ status: true })
}

function requireMail({ post }: SignInOptions): void {
  if (post !== undefined) return
  throw new APIError('SERVICE_UNAVAILABLE', {
    code: 'MAIL_OFF',
    message:
      'This server sends no mails. Ask whoever runs it: they can make a link for you to open.',
  })
}

/** A link for another address would work again after a change back: it is used up by the first who brings it. */
async function useOnce(ctx: Before, { claim }: SignInOptions): Promise<void> {
  const token = (ctx.query as { token?: unknown } | undefined)?.token
  if (claim === undefined || typeof token !== 'string' || token.length > 4_096) return
  const untilMs = endOf(token)
  if (untilMs === undefined) return
  const name = createHash('sha256').update(token).digest('base64url')
  if (await claim(`mailed-link:${name}`, untilMs)) return
  throw new APIError('BAD_REQUEST', { code: 'INVALID_TOKEN' })
}

/** When a link for another address ends; undefined for any other text, which the library judges. */
function endOf(token: string): number | undefined {
  try {
    const { updateTo, exp } = decodeJwt(token)
    return typeof updateTo === 'string' && exp !== undefined ? exp * 1_000 : undefined
  } catch {
    return undefined
  }
}

/** Tells the present address that it is about to be replaced. */
export async function afterMailedLink(ctx: Before, options: SignInOptions): Promise<void> {
  if (ctx.path !== '/change-email' || options.post === undefined) return
  const session = await getSessionFromCtx(ctx)
  const newEmail = (ctx.body as { newEmail?: unknown } | undefined)?.newEmail
  if (!session || typeof newEmail !== 'string') return
  const { email, name } = session.user
  const untilMs = options.now() + CONFIRM_LINK_S * 1_000
  await options.post(email, { kind: 'email-changing', name, newEmail }, untilMs)
}
