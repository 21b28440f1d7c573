// Invitations that are kept: what one says, what its link is, and what it is worth now. Pure, but for the keys.

import { createHmac } from 'node:crypto'
import type { ResourceId, RoleName } from '@sayso/policy'
import type { StoredRecord } from '@sayso/store'
import type { InvitationState } from '../auth/admission.ts'
import { deriveKey } from '../auth/derived-key.ts'
import { sameText } from '../auth/same-text.ts'

export const INVITATIONS = 'invitations'

/** A role given on acceptance; milliseconds since 1970. */
export type PromisedRole = {
  readonly role: RoleName
  readonly on: ResourceId
  readonly notBeforeMs?: number
  readonly expiresAtMs?: number
}

/** A kept invitation. What opens it is in no record: the link is made from its id and the installation's secret. */
export type Invitation = {
  /** Absent: whoever has the link. Lower case. */
  readonly email?: string
  readonly note?: string
  readonly roles: readonly PromisedRole[]
  /** `user:…` or `key:…` */
  readonly by: string
  readonly endsAtMs: number
  /** When it was last mailed. */
  readonly sentAtMs?: number
  readonly revokedAtMs?: number
  readonly accepted?: { readonly by: string; readonly atMs: number }
  /** An account is being made with it. */
  readonly held?: { readonly email: string; readonly untilMs: number }
}

export type KeptInvitation = { readonly id: string; readonly version: number } & Invitation

/** How long an account may take to be made; milliseconds. */
export const HOLD_MS = 60_000

/** The latest sort first: a list is read from the newest on. @param random letters and digits */
export function newInvitationId(nowMs: number, random: string): string {
  return `i${(LAST_INSTANT_MS - nowMs).toString(36)}${random}`
}

/** The last instant a date can name. */
const LAST_INSTANT_MS = 8.64e15

/** Letters first, so that it is never taken for a signed invitation, which begins with digits. */
const FORM = /^(i[A-Za-z0-9]{8,40})\.([A-Za-z0-9_-]{43})$/

export function invitationOf({ key, version, value }: StoredRecord): KeptInvitation {
  return { id: key, version, ...(value as unknown as Invitation) }
}

/** What whoever holds the link sends back. */
export function invitationToken(secret: string, id: string): string {
  return `${id}.${mac(secret, id)}`
}

/** The id in a token that is genuine; undefined for any other text. */
export function invitationId(secret: string, token: string): string | undefined {
  const [, id = '', given = ''] = FORM.exec(token) ?? []
  return sameText(given, mac(secret, id)) && id !== '' ? id : undefined
}

function mac(secret: string, id: string): string {
  const key = deriveKey(secret, 'kept invitations')
  return createHmac('sha256', key).update(`invitation ${id}`).digest('base64url')
}

/** What an invitation is worth now; to whoever has `email`, if one is given. */
export function stateOf(invitation: Invitation, nowMs: number, email?: string): InvitationState {
  if (invitation.accepted !== undefined) return 'used'
  if (invitation.revokedAtMs !== undefined) return 'revoked'
  if (invitation.endsAtMs <= nowMs) return 'ended'
  if (email === undefined) return 'good'
  const address = email.toLowerCase()
  if (invitation.email !== undefined && invitation.email !== address) return 'for_another'
  const { held } = invitation
  return held !== undefined && held.untilMs > nowMs && held.email !== address ? 'used' : 'good'
}
