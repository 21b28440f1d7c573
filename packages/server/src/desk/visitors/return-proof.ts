// What a mailed link proves: that whoever opens it reads the mail of a visitor. It works once, and not for ever.

import { createHmac } from 'node:crypto'
import { deriveKey } from '../../auth/derived-key.ts'
import { sameText } from '../../auth/same-text.ts'

/** How long a link works; milliseconds. */
export const RETURN_MS = 7 * 86_400_000

const FORM = /^([A-Za-z0-9_-]{1,600})\.([A-Za-z0-9_-]{43})$/

export type ReturnProof = {
  /** Id of the visitor. */
  readonly visitor: string
  /** Key of the tenant. */
  readonly tenant: string
  /** Makes two links different. */
  readonly nonce: string
  readonly endsAtMs: number
}

/** @param appId a link of one app proves nothing in another */
export function returnProof(secret: string, appId: string, proof: ReturnProof): string {
  const { visitor, tenant, nonce, endsAtMs } = proof
  const said = Buffer.from(JSON.stringify([visitor, tenant, nonce, endsAtMs])).toString('base64url')
  return `${said}.${macOf(secret, appId, said)}`
}

/** Undefined if it proves nothing. Whether it was used before is not looked at. */
export function readReturnProof(
  secret: string,
  appId: string,
  text: string,
  nowMs: number,
): ReturnProof | undefined {
  const [, said = '', mac = ''] = FORM.exec(text) ?? []
  if (!sameText(mac, macOf(secret, appId, said))) return undefined
  const [visitor, tenant, nonce, endsAtMs] = JSON.parse(
    Buffer.from(said, 'base64url').toString('utf8'),
  ) as [string, string, string, number]
  return endsAtMs > nowMs ? { visitor, tenant, nonce, endsAtMs } : undefined
}

function macOf(secret: string, appId: string, said: string): string {
  const key = deriveKey(secret, 'links back into conversations')
  return createHmac('sha256', key).update(`${appId}.${said}`).digest('base64url')
}
