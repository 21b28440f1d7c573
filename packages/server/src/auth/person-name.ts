// The names people go by: one line of visible text, taken from what a provider knows if need be.

const MAX_CHARACTERS = 80
// Controls, line ends, and the marks that reorder text on other people's screens.
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Trims a name; undefined if it is empty, too long, or would not stand on one line as written. */
export function cleanName(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined
  const trimmed = name.trim()
  const isGood =
    trimmed !== '' && [...trimmed].length <= MAX_CHARACTERS && trimmed.search(UNSEEN) < 0
  return isGood ? trimmed : undefined
}

/** A name for somebody a provider vouches for: never fails, at worst the part of the e-mail before the `@`. */
export function nameOfProfile(profile: Readonly<Record<string, unknown>>): string {
  const email = typeof profile.email === 'string' ? profile.email : ''
  const candidates = [profile.name, profile.preferred_username, email.split('@')[0]]
  for (const candidate of candidates) {
    if (typeof candidate !== 'string') continue
    const visible = candidate.replace(UNSEEN, ' ').trim()
    const name = cleanName([...visible].slice(0, MAX_CHARACTERS).join(''))
    if (name !== undefined) return name
  }
  return 'Somebody'
}
