// What sign-in is told when it is opened.

import type { Dialect } from 'kysely'
import type { SignUpMode } from './admission.ts'
import type { OidcClient } from './oidc-sign-in.ts'

export type SignInOptions = {
  /** Of the store: everything is written through its one writer. */
  readonly dialect: Dialect
  /** The installation secret; keys are derived from it, one per use. Changing it ends every session. */
  readonly secret: string
  /** Where people reach this server, for example `http://127.0.0.1:8080`. Cookies are `Secure` only for https. */
  readonly publicUrl: string
  /** Further origins whose pages may sign in. */
  readonly trustedOrigins: readonly string[]
  readonly signUp: SignUpMode
  /** Counts sign-in attempts per address in the database; off only for tests. */
  readonly rateLimit: boolean
  readonly google?: { readonly clientId: string; readonly clientSecret: string }
  /** Any OpenID Connect provider, by discovery. */
  readonly oidc?: OidcClient
  /** Addresses or ranges (`10.0.0.0/8`) of proxies whose `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: readonly string[]
  /** Milliseconds since 1970; for invitations. The library keeps its sessions by the wall clock. */
  readonly now: () => number
  /** Hears of trouble that nobody is answered with. Default: nobody. */
  readonly log?: (level: 'warn' | 'error', message: string) => void
}
