// Who may make an account. Asked twice: before the library does any work, and at the one place where a person is
// written, so that a way in which nobody thought of is refused as well.

import { AsyncLocalStorage } from 'node:async_hooks'
import { APIError, addOAuthServerContext, getOAuthState } from 'better-auth/api'
import { readInvitation } from './invitation.ts'

/** Header with an invitation, on sign-up and on the start of a sign-in by a provider. */
export const INVITATION_HEADER = 'x-sayso-invitation'

export type SignUpMode = 'open' | 'invite' | 'closed'

/** What an invitation that is kept is worth now, to whoever has this e-mail. */
export type InvitationState = 'good' | 'unknown' | 'used' | 'ended' | 'revoked' | 'for_another'

/** Invitations that are kept: each makes one account. */
export type InvitationDesk = {
  check(token: string, email: string): Promise<InvitationState>
  /** `good`: it is kept free for this e-mail while its account is made, for a minute. */
  hold(token: string, email: string): Promise<InvitationState>
  /** Uses it up and gives what it promises. */
  accept(token: string, person: { readonly id: string; readonly email: string }): Promise<unknown>
}

export type Admission = {
  /** Runs `work` with the gate open: the server itself makes an account. */
  byServer<T>(work: () => Promise<T>): Promise<T>
  /** @throws {APIError} 403 with a way on, unless an account may be made with this invitation now */
  demand(invitation: string | undefined, email: string): Promise<void>
  /** The same for the moment in which the account is made: nobody else uses the invitation meanwhile. */
  hold(invitation: string | undefined, email: string): Promise<void>
  /** The account is made: the invitation is used up, and what it promises is given. */
  accept(
    invitation: string | undefined,
    person: { readonly id: string; readonly email: string },
  ): Promise<void>
  /** Keeps the invitation of a request, if it has one, for the way back from a provider. */
  remember(headers: Headers | undefined): Promise<void>
  /** The invitation this request came with: its header, or what was remembered when it left for a provider. */
  invitation(headers: Headers | undefined): Promise<string | undefined>
}

/** Makes the gate for a mode of sign-up. */
export function admission(options: {
  readonly mode: SignUpMode
  readonly secret: string
  readonly now: () => number
  readonly desk?: InvitationDesk | undefined
}): Admission {
  const openedByServer = new AsyncLocalStorage<true>()
  const { desk } = options
  const stateOf = async (
    invitation: string,
    email: string,
    ask: 'check' | 'hold',
  ): Promise<InvitationState> => {
    const reading = readInvitation(options.secret, invitation, options.now())
    if (reading.ok) return 'good'
    if (reading.reason === 'expired') return 'ended'
    return desk === undefined ? 'unknown' : desk[ask](invitation, email)
  }
  const admit = async (invitation: string | undefined, email: string, ask: 'check' | 'hold') => {
    if (openedByServer.getStore() === true) return
    if (options.mode === 'closed') throw refusal('SIGN_UP_CLOSED', CLOSED)
    if (invitation === undefined) {
      if (options.mode === 'open') return
      throw refusal('INVITATION_NEEDED', NEEDED)
    }
    const state = await stateOf(invitation, email, ask)
    // Where anybody may come in, an invitation that is worth nothing keeps nobody out.
    if (state !== 'good' && options.mode === 'invite') throw refusal(...REFUSALS[state])
  }
  return {
    byServer: (work) => openedByServer.run(true, work),
    demand: (invitation, email) => admit(invitation, email, 'check'),
    hold: (invitation, email) => admit(invitation, email, 'hold'),
    accept: async (invitation, person) => {
      if (invitation === undefined || openedByServer.getStore() === true) return
      await desk?.accept(invitation, person)
    },
    remember: async (headers) => {
      const invitation = headers?.get(INVITATION_HEADER)
      if (invitation) await addOAuthServerContext({ invitation })
    },
    invitation: async (headers) => {
      const given = headers?.get(INVITATION_HEADER)
      if (given) return given
      const state = (await getOAuthState()) as { readonly serverContext?: unknown } | null
      const context = state?.serverContext as { readonly invitation?: unknown } | undefined
      return typeof context?.invitation === 'string' ? context.invitation : undefined
    },
  }
}

const CLOSED = 'No new accounts are made here. Ask whoever runs this place, or sign in.'
const NEEDED = 'New accounts need an invitation here. Ask somebody inside for an invitation link.'
const INVALID =
  'This invitation is not one of ours. Open the whole link again, or ask for a new one.'

const REFUSALS: Readonly<
  Record<Exclude<InvitationState, 'good'>, readonly [code: string, message: string]>
> = {
  unknown: ['INVITATION_INVALID', INVALID],
  ended: ['INVITATION_EXPIRED', 'This invitation has ended. Ask for a new one.'],
  used: ['INVITATION_USED', 'This invitation was used already. Sign in, or ask for a new one.'],
  revoked: ['INVITATION_REVOKED', 'This invitation was taken back. Ask whoever sent it.'],
  for_another: [
    'INVITATION_FOR_ANOTHER',
    'This invitation is for another e-mail. Use the address it was sent to.',
  ],
}

function refusal(code: string, message: string): APIError {
  return new APIError('FORBIDDEN', { code, message })
}
