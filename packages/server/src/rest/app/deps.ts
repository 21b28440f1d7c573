// What the routes of our own API are given.

import type { KeyRing } from '../../access/key-ring.ts'
import type { Pictures } from '../../auth/avatar.ts'
import type { SetUpLink } from '../../auth/set-up-link.ts'
import type { SignIn } from '../../auth/sign-in.ts'
import type { Context } from '../../context.ts'
import type { Hub } from '../../hub.ts'

export type AppRest = {
  readonly context: Context
  readonly hub: Hub
  readonly ring: KeyRing
  readonly signIn: SignIn
  readonly pictures: Pictures
  readonly setUp: SetUpLink
  readonly secret: string
  readonly signUp: 'open' | 'invite' | 'closed'
  readonly publicUrl: () => string
  /** Origins whose pages may use cookies. */
  readonly origins: () => ReadonlySet<string>
  readonly maxBodyBytes: number
  readonly remoteAddress: (request: Request) => string
  readonly report: (what: string, error: unknown) => void
}
