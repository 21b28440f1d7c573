// The link that makes the owner: one per start, while there is no owner, and for a day only.

import { sameText } from './same-text.ts'

/** A link ends this long after the start that made it; milliseconds. */
export const SET_UP_LINK_MS = 86_400_000

const TOKEN_BYTES = 32

/**
 * Makes the token of a set-up link: 256 bits, base64url.
 *
 * @param random answers that many unpredictable bytes, as `randomBytes` of `node:crypto` does
 */
export function makeSetUpToken(random: (bytes: number) => Uint8Array): string {
  return Buffer.from(random(TOKEN_BYTES)).toString('base64url')
}

/** `wrong`: not this start's token. `ended`: a day has passed, restart for a new link. `used`: there is an owner. */
export type SetUpAnswer = 'good' | 'wrong' | 'ended' | 'used'

/** The set-up link of this process. It knows nothing of the store: say `use()` when the owner is committed. */
export class SetUpLink {
  readonly expiresMs: number
  readonly #token: string
  #isUsed = false

  constructor(token: string, madeAtMs: number) {
    this.#token = token
    this.expiresMs = madeAtMs + SET_UP_LINK_MS
  }

  /** Whether `token` opens set-up now. A wrong token is `wrong` whatever else is true: it learns nothing. */
  check(token: string, nowMs: number): SetUpAnswer {
    if (!sameText(token, this.#token)) return 'wrong'
    if (this.#isUsed) return 'used'
    return nowMs < this.expiresMs ? 'good' : 'ended'
  }

  /** Closes the link for good: the owner exists. */
  use(): void {
    this.#isUsed = true
  }

  /** The address to print at the start. */
  url(publicUrl: string): string {
    const url = new URL('/setup', publicUrl)
    url.searchParams.set('token', this.#token)
    return url.href
  }
}
