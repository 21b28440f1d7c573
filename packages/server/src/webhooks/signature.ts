// Signatures as Standard Webhooks has them: HMAC-SHA256 over id, time and body.

import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** A new secret in its text form. */
export function makeSecret(): string {
  return `${PREFIX}${randomBytes(32).toString('base64')}`
}

/** @see https://www.standardwebhooks.com — `webhook-id`, `webhook-timestamp`, `webhook-signature` */
export function signedHeaders(
  secret: string,
  id: string,
  nowMs: number,
  body: string,
): Readonly<Record<string, string>> {
  const seconds = Math.floor(nowMs / 1_000)
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  return {
    'content-type': 'application/json',
    'user-agent': 'Sayso',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  }
}
