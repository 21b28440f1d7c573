// The ways to sign in: which are on, which are not, and which are set up so that they cannot work.

import type { Settings } from '../settings.ts'

export type WayIn = {
  readonly id: string
  readonly kind: 'password' | 'google' | 'oidc' | 'users-file' | 'tokens'
  readonly state: 'on' | 'off' | 'misconfigured'
  /** A sentence without a stop; never a secret. */
  readonly detail?: string
  /** The settings that change it. */
  readonly settings: readonly string[]
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])

/** @param oidcProblem why the OpenID provider cannot be used now */
export function waysIn(settings: Settings, oidcProblem: string | undefined): readonly WayIn[] {
  const { google, oidc, usersFile, jwks, verifiedOnly } = settings
  const noWayBack =
    settings.publicUrl === undefined && !LOOPBACK.has(settings.host)
      ? 'people are sent back to an address: set SAYSO_PUBLIC_URL'
      : undefined
  return [
    {
      id: 'password',
      kind: 'password',
      state: 'on',
      ...(verifiedOnly && { detail: 'once the e-mail is confirmed' }),
      settings: ['SAYSO_SIGN_UP', 'SAYSO_VERIFIED_ONLY', 'SAYSO_SIGN_IN_LIMIT'],
    },
    {
      id: 'google',
      kind: 'google',
      ...stateOf(google !== undefined, noWayBack, undefined),
      settings: ['SAYSO_GOOGLE_CLIENT_ID', 'SAYSO_GOOGLE_CLIENT_SECRET'],
    },
    {
      id: 'oidc',
      kind: 'oidc',
      ...stateOf(oidc !== undefined, oidcProblem ?? noWayBack, oidc && new URL(oidc.issuer).host),
      settings: [
        'SAYSO_OIDC_ISSUER',
        'SAYSO_OIDC_CLIENT_ID',
        'SAYSO_OIDC_CLIENT_SECRET',
        'SAYSO_OIDC_TITLE',
      ],
    },
    {
      id: 'users-file',
      kind: 'users-file',
      ...stateOf(usersFile !== undefined, undefined, undefined),
      settings: ['SAYSO_USERS'],
    },
    {
      id: 'jwks',
      kind: 'tokens',
      ...stateOf(jwks !== undefined, undefined, jwks && `tokens of \`${jwks.issuer}\``),
      settings: ['SAYSO_JWKS', 'SAYSO_JWKS_ISSUER', 'SAYSO_JWKS_AUDIENCE', 'SAYSO_JWKS_KEY'],
    },
  ]
}

function stateOf(
  isSet: boolean,
  problem: string | undefined,
  detail: string | undefined,
): Pick<WayIn, 'state' | 'detail'> {
  if (!isSet) return { state: 'off' }
  if (problem !== undefined) return { state: 'misconfigured', detail: problem }
  return { state: 'on', ...(detail === undefined ? {} : { detail }) }
}
