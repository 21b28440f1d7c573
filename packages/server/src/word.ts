// Random names: ids of apps and keys.

import { randomBytes } from 'node:crypto'

/** Letters and digits only: it stands in addresses and before dots and colons. */
export function word(characters: number): string {
  const text = randomBytes(characters * 2)
    .toString('base64url')
    .replaceAll(/[^A-Za-z0-9]/g, '')
  return text.slice(0, characters).padEnd(characters, 'x')
}
