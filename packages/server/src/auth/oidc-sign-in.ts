// Sign-in by any OpenID Connect provider: code flow with PKCE, verified id token, profile completed from userinfo.

import type { BetterAuthPlugin } from 'better-auth'
import { type OAuth2Tokens, validateAuthorizationCode } from 'better-auth/oauth2'
import { genericOAuth } from 'better-auth/plugins'
import { decodeJwt } from 'jose'
import type { OidcProvider } from './oidc-discovery.ts'
import { nameOfProfile } from './person-name.ts'

/** Id of the OpenID Connect provider in paths and accounts; stays the same when the issuer changes. */
export const OIDC_ID = 'oidc'

export type OidcClient = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** On the button; the issuer's host if absent. */
  readonly title?: string
}

/** Longest wait for userinfo; milliseconds. */
const LIMIT_MS = 10_000

/** Teaches the library one provider. */
export function oidcSignIn(client: OidcClient, provider: OidcProvider): BetterAuthPlugin {
  return genericOAuth({
    config: [
      {
        providerId: OIDC_ID,
        name: client.title ?? OIDC_ID,
        discoveryUrl: provider.discoveryUrl,
        requireIdTokenVerification: true,
        clientId: client.clientId,
        clientSecret: client.clientSecret,
        scopes: ['openid', 'profile', 'email'],
        pkce: true,
        disableProviderLogout: true,
        getToken: (grant) => exchange(client, provider, grant),
        getUserInfo: (tokens) => profileOf(provider, tokens),
        mapProfileToUser: (profile) => ({ name: nameOfProfile(profile) }),
      },
    ],
  })
}

type Grant = {
  readonly code: string
  readonly redirectURI: string
  readonly codeVerifier?: string | undefined
}

/** Trades the code for tokens. A proof that is refused spends no code, so the other one may be tried. */
async function exchange(
  client: OidcClient,
  provider: OidcProvider,
  grant: Grant,
): Promise<OAuth2Tokens> {
  let refusal: unknown
  for (const authentication of provider.proofs) {
    try {
      const tokens = await validateAuthorizationCode({
        ...grant,
        options: { clientId: client.clientId, clientSecret: client.clientSecret },
        tokenEndpoint: provider.tokenUrl,
        authentication,
      })
      // Without one nothing binds the answer to this sign-in.
      if (!tokens.idToken) throw new Error('the provider answered without an id token')
      return tokens
    } catch (error) {
      refusal = error
      if (!isClientRefused(error)) break
    }
  }
  throw refusal
}

function isClientRefused(error: unknown): boolean {
  const { status, error: code } = (error ?? {}) as {
    readonly status?: unknown
    readonly error?: unknown
  }
  return status === 401 || code === 'invalid_client'
}

type Profile = Readonly<Record<string, unknown>> & { readonly sub: string }

/**
 * The person as the provider knows them. The library has verified the id token before this is asked; what it leaves
 * out is taken from userinfo, but only of the same person, and `email_verified` only along with its e-mail.
 */
async function profileOf(provider: OidcProvider, tokens: OAuth2Tokens) {
  const claims = tokens.idToken ? (decodeJwt(tokens.idToken) as Profile) : undefined
  if (!claims) return null
  const isWhole = claims.email && claims.name && claims.picture
  const more = isWhole ? {} : await userInfoOf(provider, tokens, claims.sub)
  const profile = { ...more, ...claims }
  const emailFrom = claims.email ? claims : more
  return {
    ...profile,
    email: textOf(emailFrom.email) ?? null,
    emailVerified: emailFrom.email_verified === true || emailFrom.email_verified === 'true',
    name: textOf(profile.name),
    image: textOf(profile.picture),
  }
}

async function userInfoOf(
  provider: OidcProvider,
  tokens: OAuth2Tokens,
  subject: string,
): Promise<Readonly<Record<string, unknown>>> {
  if (!provider.userInfoUrl || !tokens.accessToken) return {}
  const response = await fetch(provider.userInfoUrl, {
    headers: { accept: 'application/json', authorization: `Bearer ${tokens.accessToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch(() => undefined)
  const body: unknown = response?.ok ? await response.json().catch(() => undefined) : undefined
  const found = (body ?? {}) as Readonly<Record<string, unknown>>
  return found.sub === subject ? found : {}
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
