// From what a connection or request presents to who asks. Synchronous: no await lies between proof and use.

import {
  type Capability,
  CapabilityInvalid,
  type Credential,
  delegable,
  type KeyId,
  parseCapability,
  revokedAtMs,
  type SubjectId,
  type TokenFacts,
} from '@sayso/policy'
import { parseKeyName } from '@sayso/protocol'
import { isFrom } from '../auth/address-list.ts'
import { readToken } from '../auth/session-token.ts'
import type { TokenClaims, TokenFailure } from '../auth/token-claims.ts'
import type { Asker } from '../commands/asker.ts'
import { governed } from '../commands/issue-session-token.ts'
import { type KeyRing, sealedOf } from './key-ring.ts'

export type Presented = {
  readonly key?: string
  readonly token?: string
  /** The identity the client wants. */
  readonly clientId?: string
}

export type Authenticated = {
  readonly asker: Asker
  /** Name of the key that proves it, `app.key`. */
  readonly keyName: string
  /** Absent for a key. */
  readonly tokenEndsAtMs?: number
  /** The only addresses and networks it may be shown from; absent: anywhere. */
  readonly addresses?: readonly string[]
}

/** Why nobody was recognised. Names are rows of the wire's error table. */
export type Unrecognised = {
  readonly name:
    | 'credentials_missing'
    | 'credentials_invalid'
    | 'credentials_incompatible'
    | 'client_id_invalid'
    | 'key_not_found'
    | 'app_not_found'
    | 'token_expired'
    | 'token_revoked'
    | 'jwt_invalid'
    | 'token_unparseable'
    | 'token_address_refused'
    | 'key_address_refused'
  readonly message: string
  /** When a good token ended; milliseconds. */
  readonly endedAtMs?: number
}

export type Recognition =
  | { readonly ok: true; readonly who: Authenticated }
  | { readonly ok: false; readonly failure: Unrecognised }

/**
 * Proves a key or token, settles the identity, and holds whoever comes to where it may be used from. It counts as a use of
 * the key.
 *
 * @param address where they come from; undefined: not known, so that nothing that is bound to an address holds
 */
export function authenticate(
  ring: KeyRing,
  presented: Presented,
  nowMs: number,
  address: string | undefined,
): Recognition {
  const recognition = examine(ring, presented, nowMs)
  if (!recognition.ok) return recognition
  const { addresses, asker } = recognition.who
  if (!isFrom(addresses, address)) {
    return asker.credential.kind === 'key'
      ? refuse('key_address_refused', 'the key may not be used from this address')
      : refuse('token_address_refused', 'the token is bound to another address')
  }
  ring.uses.note(asker.credential.key, asker.credential.kind === 'key' ? address : undefined)
  return recognition
}

/** The same wherever it comes from, and no use: for looking at a token, not for letting anybody in. */
export function examine(ring: KeyRing, presented: Presented, nowMs: number): Recognition {
  if (presented.clientId === '') return refuse('client_id_invalid', 'the clientId is empty')
  if (presented.token !== undefined)
    return byToken(ring, presented.token, presented.clientId, nowMs)
  if (presented.key !== undefined) return byKey(ring, presented.key, presented.clientId)
  return refuse('credentials_missing', 'neither a key nor a token was given')
}

function byKey(ring: KeyRing, keyString: string, clientId: string | undefined): Recognition {
  const proof = ring.prove(keyString)
  if (!proof.ok) {
    // Which apps there are is nobody's business: a key of none is a key that is not there.
    return proof.why === 'unknown_key' || proof.why === 'unknown_app'
      ? refuse('key_not_found', 'there is no such key')
      : refuse('credentials_invalid', 'the key or its secret is wrong')
  }
  if (clientId === '*') return refuse('client_id_invalid', 'a connection cannot be called `*`')
  const credential: Credential = { kind: 'key', key: proof.key.id }
  const { allowedAddresses: addresses } = proof.key
  return {
    ok: true,
    who: {
      ...(addresses === undefined ? {} : { addresses }),
      keyName: ring.nameOf(proof.key.id),
      asker: {
        credential,
        provenBy: proof.provenBy,
        mayBeAnyone: clientId === undefined,
        ...(clientId === undefined ? {} : { clientId }),
      },
    },
  }
}

function byToken(
  ring: KeyRing,
  token: string,
  wanted: string | undefined,
  nowMs: number,
): Recognition {
  const reading = isForeign(ring, token)
    ? ring.foreign.read(token, nowMs)
    : readToken(token, (keyName) => ring.find(keyName), nowMs)
  if (!reading.ok) {
    const { message, endedAtMs } = reading.failure
    const ended = endedAtMs === undefined ? {} : { endedAtMs }
    return { ok: false, failure: { name: nameOf(ring, reading.failure), message, ...ended } }
  }
  const { claims } = reading
  const found = ring.find(claims.keyName)
  if (found === undefined)
    return refuse('credentials_invalid', 'the key that signed the token is gone')
  const identity = identityOf(claims.clientId, wanted)
  if (!identity.ok) return refuse('credentials_incompatible', identity.why)
  const { clientId } = identity
  const held = heldBy(ring, claims)
  if (held === undefined) return refuse('jwt_invalid', 'the capability of the token is not valid')
  const credential: Credential = {
    kind: 'token',
    key: found.key.id,
    ...held,
    ...(clientId === undefined ? {} : { subject: `user:${clientId}` as SubjectId }),
  }
  const facts = factsOf(claims, found.key.id, held.capability ?? delegable(found.key))
  const revoked = revokedAtMs(ring.world(), facts)
  if (revoked !== undefined && revoked <= nowMs)
    return refuse('token_revoked', 'the token was revoked')
  const mayBeAnyone = claims.clientId === '*' && clientId === undefined
  const provenBy = sealedOf(found.key, claims.isByPrevious === true)
  return {
    ok: true,
    who: {
      keyName: claims.keyName,
      tokenEndsAtMs: claims.expiresMs,
      ...(claims.addresses === undefined ? {} : { addresses: claims.addresses }),
      asker: {
        credential,
        mayBeAnyone,
        token: facts,
        ...saidBy(claims),
        ...(claims.isForeign === true ? {} : { provenBy }),
        ...(clientId === undefined ? {} : { clientId }),
      },
    },
  }
}

/** What the token says of its bearer besides. */
function saidBy({ userClaims, viewer }: TokenClaims): Pick<Asker, 'claims' | 'viewer'> {
  return {
    claims: userClaims,
    ...(viewer === undefined ? {} : { viewer: viewer as SubjectId }),
  }
}

type RingWithForeign = KeyRing & Required<Pick<KeyRing, 'foreign'>>

function isForeign(ring: KeyRing, token: string): ring is RingWithForeign {
  return ring.foreign?.claims(token) === true
}

/**
 * Makes what a token needs before it can be recognised, if anything: proof by keys that may have to be fetched.
 * Undefined if nothing is needed, so that nobody waits for it.
 */
export function proveFirst(ring: KeyRing, { token }: Presented): Promise<void> | undefined {
  return token !== undefined && isForeign(ring, token) ? ring.foreign.prove(token) : undefined
}

type Held = { readonly capability?: Capability }

/**
 * What a token says it holds: nothing, if it leaves that to its key; one of another issuer holds what the policy governs.
 * Undefined if what it says is no capability.
 */
function heldBy(ring: KeyRing, { capability, isForeign, isRead }: TokenClaims): Held | undefined {
  if (capability === undefined)
    return isForeign === true ? { capability: governed(ring.world()) } : {}
  if (isRead === true) return { capability }
  try {
    return { capability: parseCapability(capability) }
  } catch (error) {
    if (error instanceof CapabilityInvalid) return undefined
    throw error
  }
}

function factsOf(claims: TokenClaims, key: KeyId, capability: Capability): TokenFacts {
  const { clientId, revocationKey, issuedMs, id } = claims
  return {
    key,
    issuedAtMs: issuedMs,
    resources: Object.keys(capability),
    ...(clientId === undefined ? {} : { clientId }),
    ...(revocationKey === undefined ? {} : { revocationKey }),
    ...(id === undefined ? {} : { id }),
  }
}

/** A token of another app is of nobody here; one of the main app, of a key that is gone. Other apps are as if not there. */
function nameOf(ring: KeyRing, { name, keyName = '' }: TokenFailure): Unrecognised['name'] {
  if (name !== 'unknown_key') return tokenFailures[name]
  const isNowhere = ring.isHidden || parseKeyName(keyName)?.appId !== ring.appId
  return isNowhere ? 'app_not_found' : tokenFailures[name]
}

const tokenFailures = {
  unparseable: 'token_unparseable',
  invalid_jwt: 'jwt_invalid',
  expired: 'token_expired',
  unknown_key: 'credentials_invalid',
} as const

type Identity =
  | { readonly ok: true; readonly clientId?: string }
  | { readonly ok: false; readonly why: string }

function identityOf(token: string | undefined, wanted: string | undefined): Identity {
  if (wanted === undefined || wanted === '*') {
    if (token === undefined || token === '*') return { ok: true }
    return { ok: true, clientId: token }
  }
  if (token === '*' || token === wanted) return { ok: true, clientId: wanted }
  return { ok: false, why: `the token is not for the clientId \`${wanted}\`` }
}

function refuse(name: Unrecognised['name'], message: string): Recognition {
  return { ok: false, failure: { name, message } }
}
