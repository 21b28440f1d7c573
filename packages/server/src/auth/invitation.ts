// Invitations: signed and stateless. Whoever holds one may make an account while sign-up is by invitation.

import { createHmac } from 'node:crypto'
import { deriveKey } from './derived-key.ts'
import { sameText } from './same-text.ts'

/** How long an invitation holds unless said otherwise: 7 days, in milliseconds. */
export const INVITATION_MS = 7 * 86_400_000

const FORM = /^(\d{1,16})\.([A-Za-z0-9_-]{43})$/

/** `expired`: was good, ask for a new one. `invalid`: was never ours, or made under another secret. */
export type InvitationReading =
  | { readonly ok: true; readonly expiresMs: number }
  | { readonly ok: false; readonly reason: 'expired' | 'invalid' }

/** Makes an invitation that ends by itself; safe in a URL. */
export function makeInvitation(secret: string, nowMs: number, ttlMs = INVITATION_MS): string {
  const expiresText = String(Math.floor(nowMs + ttlMs))
  return `${expiresText}.${mac(secret, expiresText)}`
}

/** Reads an invitation; never throws. */
export function readInvitation(secret: string, token: string, nowMs: number): InvitationReading {
  const [, expiresText = '', given = ''] = FORM.exec(token) ?? []
  if (!sameText(given, mac(secret, expiresText))) return { ok: false, reason: 'invalid' }
  const expiresMs = Number(expiresText)
  return expiresMs > nowMs ? { ok: true, expiresMs } : { ok: false, reason: 'expired' }
}

function mac(secret: string, expiresText: string): string {
  const key = deriveKey(secret, 'invitations')
  return createHmac('sha256', key).update(`invitation ${expiresText}`).digest('base64url')
}
