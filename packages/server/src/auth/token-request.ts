// Whether whoever made a token request holds the key: its mac covers the six fields exactly as they were sent.

import { createHmac } from 'node:crypto'
import { type SignedFields, tokenRequestText } from '@sayso/protocol'
import { sameText } from './same-text.ts'

/** The signed fields as they arrived, uninterpreted, and the mac that came with them. */
export type SignedTokenRequest = SignedFields & { readonly mac?: string | null }

/** Computes the mac of a token request: HMAC-SHA-256 over its text with the key's secret, base64. */
export function tokenRequestMac(fields: SignedFields, secret: string): string {
  return createHmac('sha256', secret).update(tokenRequestText(fields), 'utf8').digest('base64')
}

/** True if the request was signed with the key's secret. Age and nonce are the caller's to check. */
export function verifyTokenRequest(
  { mac, ...fields }: SignedTokenRequest,
  secret: string,
): boolean {
  return typeof mac === 'string' && sameText(mac, tokenRequestMac(fields, secret))
}
