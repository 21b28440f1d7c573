// How passwords stand in a users file: hashed as sign-in hashes them, so that the file alone opens nothing.

import { createHash, timingSafeEqual } from 'node:crypto'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { WeakPassword } from '../../auth/errors.ts'

export type FilePassword =
  | { readonly kind: 'hash'; readonly hash: string }
  | { readonly kind: 'clear'; readonly text: string }

/** Salt and scrypt hash, hexadecimal. */
const FORM = /^[0-9a-f]{32}:[0-9a-f]{128}$/

/**
 * The text to put into a users file for a password.
 *
 * @throws {WeakPassword} empty, or longer than 128 characters
 */
export async function passwordHash(password: string): Promise<string> {
  if (password === '' || password.length > 128)
    throw new WeakPassword('a password has 1 to 128 characters')
  return hashPassword(password)
}

export function isPasswordHash(text: string): boolean {
  return FORM.test(text)
}

/** Takes as long for a password in clear as for a hashed one, so that time does not tell which it is. */
export async function isPassword(expected: FilePassword, given: string): Promise<boolean> {
  if (expected.kind === 'hash') return verifyPassword({ hash: expected.hash, password: given })
  await hashPassword(given)
  return timingSafeEqual(digest(expected.text), digest(given))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
