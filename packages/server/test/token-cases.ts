// The table of tokens, put together.

import {
  type CaseKeys,
  encode,
  hmac,
  type Json,
  type Signing,
  type TokenCase,
} from './token-case.ts'
import { bound, single } from './token-cases-bound.ts'
import {
  ceilings,
  claimShapes,
  doubled,
  native,
  permissions,
  shapes,
  spans,
  taken,
  times,
} from './token-cases-claims.ts'
import { algorithms, keyIds, signatures } from './token-cases-signed.ts'

export type { Answer, CaseKeys } from './token-case.ts'

/**
 * @param trap an address that nobody may ask
 * @param here the address they are shown from, IPv4
 */
export function tokenCases(
  keys: CaseKeys,
  nowMs: number,
  { trap, here }: { readonly trap: string; readonly here: string },
): readonly TokenCase[] {
  const now = Math.floor(nowMs / 1000)
  const { full } = keys
  const header = { alg: 'HS256', typ: 'JWT', kid: full.keyName }
  const claims = { iat: now - 10, exp: now + 600 }
  const raw = (head: string, body: string, { secret, mac = hmac }: Signing = full) => {
    const signed = `${encode(head)}.${encode(body)}`
    return `${signed}.${mac(signed, secret)}`
  }
  const jwt = (head: Json, body: Json, signing: Signing = full) =>
    raw(JSON.stringify({ ...header, ...head }), JSON.stringify({ ...claims, ...body }), signing)
  const by = (key: { readonly keyName: string; readonly secret: string }, body: Json = {}) =>
    jwt({ kid: key.keyName }, body, key)
  const good = jwt({}, {})
  const make = { now, jwt, raw, by, good, keys, header, claims, trap, here }
  return [
    ...algorithms(make),
    ...signatures(make),
    ...keyIds(make),
    ...times(make),
    ...spans(make),
    ...claimShapes(make),
    ...doubled(make),
    ...permissions(make),
    ...shapes(make),
    ...taken(make),
    ...bound(make),
    ...single(make),
    ...ceilings(make),
    ...native(make, nowMs),
  ]
}
