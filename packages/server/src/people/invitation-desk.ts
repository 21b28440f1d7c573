// Where sign-up brings an invitation: is it good, is it kept free meanwhile, is it used up.

import type { Attributes } from '@sayso/policy'
import { StaleRecord } from '@sayso/store'
import type { InvitationDesk } from '../auth/admission.ts'
import { acceptInvitation } from '../commands/accept-invitation.ts'
import { Failure } from '../commands/failure.ts'
import type { Context } from '../context.ts'
import {
  HOLD_MS,
  INVITATIONS,
  invitationId,
  invitationOf,
  type KeptInvitation,
  stateOf,
} from './invitations.ts'

/** Somebody who accepts. */
export type Invited = { readonly id: string; readonly email?: string; readonly name: string }

export type Desk = InvitationDesk & {
  /** The invitation of a genuine token; undefined if there is none. */
  find(token: string): Promise<KeptInvitation | undefined>
  /**
   * Accepts for somebody who is signed in.
   *
   * @throws {Failure} `invitation_unknown`, `conflict`
   */
  acceptFor(token: string, person: Invited): Promise<void>
}

/** Writers that meet try again this often. */
const MOST_ROUNDS = 5

export function invitationDesk(context: Context, secret: string): Desk {
  const find: Desk['find'] = async (token) => {
    const id = invitationId(secret, token)
    const record = id === undefined ? undefined : await context.store.record(INVITATIONS, id)
    return record && invitationOf(record)
  }
  const check: Desk['check'] = async (token, email) => {
    const invitation = await find(token)
    return invitation === undefined ? 'unknown' : stateOf(invitation, context.now(), email)
  }
  const hold: Desk['hold'] = async (token, email) => {
    const invitation = await find(token)
    if (invitation === undefined) return 'unknown'
    const state = stateOf(invitation, context.now(), email)
    if (state !== 'good') return state
    return (await held(context, invitation, email)) ? 'good' : 'used'
  }
  const acceptFor: Desk['acceptFor'] = async (token, person) => {
    for (let round = 1; ; round += 1) {
      const invitation = await find(token)
      if (invitation === undefined)
        throw new Failure('invitation_unknown', 'this invitation is not one of ours', {
          remedy: 'open the whole link again, or ask for another',
        })
      try {
        return await acceptInvitation(context, {
          invitation,
          person: { ...person, attributes: attributesOf(person) },
        })
      } catch (error) {
        // Somebody else wrote it meanwhile: what they wrote decides.
        const isRace = error instanceof Failure && error.code === 'conflict' && round < MOST_ROUNDS
        const isOpen = isRace && (await check(token, person.email ?? '')) === 'good'
        if (!isOpen) throw error
      }
    }
  }
  return {
    find,
    check,
    hold,
    acceptFor,
    accept: async (token, person) => {
      // A signed invitation, or one that gives nothing: nothing to use up.
      if (invitationId(secret, token) === undefined) return
      if ((await check(token, person.email)) !== 'good') return
      await acceptFor(token, { name: person.email, ...person })
    },
  }
}

async function held(
  context: Context,
  { id, version, ...invitation }: KeptInvitation,
  email: string,
): Promise<boolean> {
  const untilMs = context.now() + HOLD_MS
  const value = { ...invitation, held: { email: email.toLowerCase(), untilMs } }
  try {
    await context.store.transact({
      entries: [],
      records: [
        {
          collection: INVITATIONS,
          key: id,
          value: JSON.parse(JSON.stringify(value)),
          expectVersion: version,
        },
      ],
    })
    return true
  } catch (error) {
    if (error instanceof StaleRecord) return false
    throw error
  }
}

function attributesOf({ name, email }: Invited): Attributes {
  return { name, verified: false, ...(email === undefined ? {} : { email }) }
}
