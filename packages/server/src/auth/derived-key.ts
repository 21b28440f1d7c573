// Every key of sign-in comes from the one installation secret, by HKDF and a label: no two uses share a key.

import { hkdfSync } from 'node:crypto'

/**
 * Derives the key of one use from the installation secret; HKDF-SHA-256, 32 bytes.
 *
 * @param label what the key is for; a changed label makes everything made with the old one unreadable
 */
export function deriveKey(secret: string, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'sayso', label, 32))
}
