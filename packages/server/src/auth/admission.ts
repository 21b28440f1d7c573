// Who may make an account. Asked twice: before the library does any work, and at the one place where a person is
// written, so that a way in which nobody thought of is refused as well.

import { AsyncLocalStorage } from 'node:async_hooks'
import { APIError, addOAuthServerContext, getOAuthState } from 'better-auth/api'
import { readInvitation } from './invitation.ts'

/** Header with an invitation, on sign-up and on the start of a sign-in by a provider. */
export const INVITATION_HEADER = 'x-sayso-invitation'

export type SignUpMode = 'open' | 'invite' | 'closed'

export type Admission = {
  /** Runs `work` with the gate open: the server itself makes an account. */
  byServer<T>(work: () => Promise<T>): Promise<T>
  /** @throws {APIError} 403 with a way on, unless an account may be made with this invitation now */
  demand(invitation: string | undefined): void
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
}): Admission {
  const openedByServer = new AsyncLocalStorage<true>()
  return {
    byServer: (work) => openedByServer.run(true, work),
    demand: (invitation) => {
      if (openedByServer.getStore() === true || options.mode === 'open') return
      if (options.mode === 'closed') throw refusal('SIGN_UP_CLOSED', CLOSED)
      if (invitation === undefined) throw refusal('INVITATION_NEEDED', NEEDED)
      const reading = readInvitation(options.secret, invitation, options.now())
      if (!reading.ok && reading.reason === 'expired')
        throw refusal('INVITATION_EXPIRED', 'This invitation has ended. Ask for a new one.')
      if (!reading.ok) throw refusal('INVITATION_INVALID', INVALID)
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

function refusal(code: string, message: string): APIError {
  return new APIError('FORBIDDEN', { code, message })
}
