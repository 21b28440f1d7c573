// A token request signed by somebody who holds the key: its mac covers the six fields exactly as they were sent.

import { createHmac } from 'node:crypto'
import { sameText } from './same-text.ts'

/** The signed fields as they arrived: numbers as numbers, capability as text, absent ones absent. */
export type SignedTokenRequest = {
  readonly keyName: string
  readonly ttl?: number | string | null | undefined
  readonly capability?: string | null | undefined
  readonly clientId?: string | null | undefined
  readonly timestamp: number | string
  readonly nonce: string
  readonly mac?: string | null | undefined
}

/**
 * Computes the mac of a token request: HMAC-SHA-256 with the key's secret, base64, over the six fields in order,
 * each followed by one newline, empty ones included.
 */
export function tokenRequestMac(request: Omit<SignedTokenRequest, 'mac'>, secret: string): string {
  const { keyName, ttl, capability, clientId, timestamp, nonce } = request
  const fields = [keyName, ttl, capability, clientId, timestamp, nonce]
  const text = fields.map((field) => `${field ?? ''}\n`).join('')
  return createHmac('sha256', secret).update(text, 'utf8').digest('base64')
}

/** True if whoever made the request holds the key's secret. Age and nonce are the caller's to check. */
export function verifyTokenRequest(request: SignedTokenRequest, secret: string): boolean {
  return typeof request.mac === 'string' && sameText(request.mac, tokenRequestMac(request, secret))
}
