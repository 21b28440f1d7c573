// What sign-in is told when it is opened.

import type { Dialect } from 'kysely'
import type { Outbox } from '../mail/outbox.ts'
import type { InvitationDesk, SignUpMode } from './admission.ts'
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
  /** Takes mails; absent: what needs one says so. */
  readonly post?: Outbox['post']
  /** Whether signing in by password needs a confirmed e-mail; needs `post`. Default false. */
  readonly verifiedOnly?: boolean
  /** True exactly once for a name until then; for links that work once. Absent: they end by time alone. */
  readonly claim?: (name: string, untilMs: number) => Promise<boolean>
  /** Invitations that are kept; absent: only signed ones, which need nothing. */
  readonly invitations?: InvitationDesk
  readonly filePeople?: FilePeople
  /** Awaited before the one who ended it is answered. */
  readonly sessionEnded?: (session: {
    readonly id: string
    readonly personId: string
  }) => Promise<void>
  /** A name or an e-mail is another now, or is confirmed. Awaited before the answer. */
  readonly personChanged?: (personId: string) => Promise<void>
  /** Hears of trouble that nobody is answered with. Default: nobody. */
  readonly log?: (level: 'warn' | 'error', message: string) => void
}

/** People whose names and passwords stand in a file: nothing of theirs is changed here. */
export type FilePeople = {
  has(personId: string): boolean
  /** The e-mail by which the library knows, or would know, whoever signs in by a name; undefined: it is an e-mail. */
  emailOf(login: string): string | undefined
  verify(personId: string, password: string): Promise<boolean>
}
