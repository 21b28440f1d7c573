// JWTs that another issuer signed with RS256 or ES256, proved by its published keys. The proof may have to fetch those,
// so it is made before the token is used; what is used stays synchronous.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import { readClaims } from './jwt.ts'
import { CLOCK_LEEWAY_MS, MAX_TOKEN_CHARACTERS, refuse, type TokenReading } from './token-claims.ts'

/** An RSA key proves the one, a P-256 key the other; no key of theirs proves anything else. */
const ALGORITHMS = ['RS256', 'ES256']
/** A proof only bridges the moment until the token is used; milliseconds. */
const PROOF_LASTS_MS = 30_000
const MOST_PROOFS = 10_000

export type JwksSettings = {
  /** An https (or loopback http) address, or a file. */
  readonly source: string
  readonly issuer: string
  readonly audience: string
  /** Name of the API key their tokens count as signed by. */
  readonly keyName: string
}

export type ForeignTokens = {
  /** True if the token says it was signed by such an issuer: then it has to be proved first. */
  claims(token: string): boolean
  /** Proves a token. Never throws: what was not proved is refused when it is used. */
  prove(token: string): Promise<void>
  /** What a token says that was proved just before. */
  read(token: string, nowMs: number): TokenReading
}

type Proof = { readonly claims: Readonly<Record<string, unknown>>; readonly untilMs: number }

/** @throws {Error} if a file cannot be read as a key set */
export function foreignTokens(settings: JwksSettings, now: () => number): ForeignTokens {
  const { issuer, audience, keyName } = settings
  const keys = keySetOf(settings.source)
  const proofs = new Map<string, Proof>()
  return {
    claims: (token) => ALGORITHMS.includes(algorithmOf(plain(token))),
    async prove(token) {
      const text = plain(token)
      // Whoever does not even claim to be of the issuer is refused without asking anybody.
      if (issuerOf(text) !== issuer) return
      const clockTolerance = CLOCK_LEEWAY_MS / 1000
      const currentDate = new Date(now())
      const options = { algorithms: ALGORITHMS, issuer, audience, clockTolerance, currentDate }
      const claims = await jwtVerify(text, keys, options).then(
        ({ payload }) => payload,
        payloadIfLate,
      )
      if (claims === undefined) return
      for (const [name, { untilMs }] of proofs)
        if (untilMs < now() || proofs.size >= MOST_PROOFS) proofs.delete(name)
      proofs.set(nameOf(text), { claims, untilMs: now() + PROOF_LASTS_MS })
    },
    read(token, nowMs) {
      const proof = proofs.get(nameOf(plain(token)))
      if (proof === undefined || proof.untilMs < nowMs)
        return refuse('invalid_jwt', 'the JWT is not one of the configured issuer for this server')
      const { sub } = proof.claims
      const identity = { 'x-ably-clientId': sub, ...proof.claims }
      const reading = readClaims(keyName, identity, nowMs)
      return reading.ok ? { ok: true, claims: { ...reading.claims, isForeign: true } } : reading
    },
  }
}

/** A token that was good and has ended is told so: its signature was checked before its end. */
function payloadIfLate(error: unknown): JWTPayload | undefined {
  return error instanceof errors.JWTExpired ? error.payload : undefined
}

function keySetOf(source: string): JWTVerifyGetKey {
  if (/^https?:\/\//.test(source))
    return createRemoteJWKSet(new URL(source), { timeoutDuration: 5_000, cooldownDuration: 3_000 })
  return createLocalJWKSet(JSON.parse(readFileSync(source, 'utf8')) as JSONWebKeySet)
}

/** Clients send tokens in base64 over REST. */
function plain(token: string): string {
  if (token.length > MAX_TOKEN_CHARACTERS || token.includes('.')) return token
  return Buffer.from(token, 'base64').toString('utf8')
}

function algorithmOf(token: string): string {
  if (token.length > MAX_TOKEN_CHARACTERS) return ''
  try {
    const { alg, 'x-ably-token': carried } = decodeProtectedHeader(token)
    // Of a token that carries another only the inner one counts, and that is one of ours.
    return carried === undefined ? (alg ?? '') : ''
  } catch {
    return ''
  }
}

function issuerOf(token: string): string | undefined {
  if (token.length > MAX_TOKEN_CHARACTERS) return undefined
  try {
    return decodeJwt(token).iss
  } catch {
    return undefined
  }
}

function nameOf(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}
