// What is done in the name of a key: asking for tokens, and taking them back.

import type { KeyId, RevocationTarget } from '@sayso/policy'
import {
  batchResult,
  errorInfo,
  parseRevocationBody,
  parseTokenRequest,
  WireInvalid,
} from '@sayso/protocol'
import type { Presented } from '../../access/authenticate.ts'
import type { KeyRing } from '../../access/key-ring.ts'
import { isFrom } from '../../auth/address-list.ts'
import { type KeySecrets, provingSecret, verifyTokenRequest } from '../../auth/session-token.ts'
import { requestToken } from '../../commands/request-token.ts'
import { revokeTokens } from '../../commands/revoke-tokens.ts'
import { answer } from './answer.ts'
import { readBody } from './body.ts'
import { presented } from './credentials.ts'
import type { Call, Route } from './route.ts'

export const keyRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/keys/:keyName/requestToken',
    needs: { who: 'key' },
    hidesMethods: true,
    run: issue,
  },
  {
    method: 'POST',
    path: '/keys/:keyName/revokeTokens',
    needs: { who: 'key' },
    run: revoke,
  },
]

async function issue({ c, deps }: Call): Promise<Response> {
  const body = await readBody(c, deps.maxBodyBytes)
  const keyName = c.req.param('keyName') ?? ''
  const request = parseTokenRequest(body, keyName)
  const signer = deps.ring.find(keyName)
  if (signer === undefined) throw new WireInvalid('key_not_found', `there is no key \`${keyName}\``)
  if (request.mac === undefined)
    proveUnsigned(deps.ring, presented(c).key, { keyName, address: deps.addressOf(c.req.raw) })
  else if (!isSigned(signer, signedFields(body, keyName))) {
    throw new WireInvalid('credentials_invalid', 'the mac of the token request is wrong')
  }
  deps.ring.uses.note(signer.key.id, deps.addressOf(c.req.raw))
  const issued = await requestToken(deps.context, { ...signer, keyName }, request)
  if ('refused' in issued) throw new WireInvalid(issued.refused, issued.message)
  return answer(c, 201, issued)
}

function isSigned(signer: KeySecrets, fields: Parameters<typeof verifyTokenRequest>[0]): boolean {
  return provingSecret(signer, (secret) => verifyTokenRequest(fields, secret)) !== undefined
}

const TARGETS: ReadonlySet<string> = new Set(['clientId', 'revocationKey', 'channel'])

async function revoke({ c, deps, version }: Call): Promise<Response> {
  const address = deps.addressOf(c.req.raw)
  const from = { keyName: c.req.param('keyName') ?? '', address }
  const key = provedKey(deps.ring, presented(c), from)
  const body = parseRevocationBody(await readBody(c, deps.maxBodyBytes))
  const { issuedBefore, allowReauthMargin: leavesTime } = body
  const targets = body.targets.map((text) => ({ text, target: targetOf(text) }))
  const known = targets.flatMap(({ target }) => target ?? [])
  const input = { key, targets: known, leavesTime, ...(address !== undefined && { address }) }
  const { issuedBeforeMs, appliesAtMs } = await revokeTokens(
    deps.context,
    issuedBefore === undefined ? input : { ...input, issuedBeforeMs: issuedBefore },
  )
  const results = targets.map(({ text, target }) =>
    target === undefined
      ? { target: text, error: errorInfo('bad_parameter', `\`${text}\` is no target`) }
      : { target: text, issuedBefore: issuedBeforeMs, appliesAt: appliesAtMs },
  )
  return answer(c, 201, version < 3 ? results : batchResult(results))
}

/** Which key is named, and where the request comes from. */
type From = { readonly keyName: string; readonly address: string | undefined }

/** Only the very key that signed tokens can take them back; a token cannot. */
function provedKey(ring: KeyRing, shown: Presented, { keyName, address }: From): KeyId {
  if (shown.token !== undefined) throw new WireInvalid('revocation_needs_key')
  if (shown.key === undefined) throw new WireInvalid('credentials_missing')
  const proof = ring.prove(shown.key)
  if (!proof.ok)
    throw new WireInvalid(proof.why === 'unknown_key' ? 'key_not_found' : 'credentials_invalid')
  if (!isFrom(proof.key.allowedAddresses, address)) throw new WireInvalid('key_address_refused')
  if (ring.nameOf(proof.key.id) !== keyName) throw new WireInvalid('revocation_wrong_key')
  ring.uses.note(proof.key.id, address)
  return proof.key.id
}

function targetOf(text: string): RevocationTarget | undefined {
  const colon = text.indexOf(':')
  const type = text.slice(0, colon)
  const value = text.slice(colon + 1)
  if (colon < 0 || value === '' || !TARGETS.has(type)) return undefined
  return { type: type as RevocationTarget['type'], value }
}

/** A request without a mac must carry the very key it asks for. */
function proveUnsigned(ring: KeyRing, key: string | undefined, { keyName, address }: From): void {
  const proof = key === undefined ? undefined : ring.prove(key)
  if (proof?.ok === true && ring.nameOf(proof.key.id) === keyName) {
    if (isFrom(proof.key.allowedAddresses, address)) return
    throw new WireInvalid('key_address_refused')
  }
  throw new WireInvalid(
    'credentials_invalid',
    'an unsigned token request must be authenticated with its key',
  )
}

/** The six fields exactly as they were sent: the mac covers their spelling. */
function signedFields(body: unknown, keyName: string): Parameters<typeof verifyTokenRequest>[0] {
  const sent = body as Parameters<typeof verifyTokenRequest>[0]
  return { ...sent, keyName: sent.keyName ?? keyName }
}
