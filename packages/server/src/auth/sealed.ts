// Keeps API key secrets readable to this installation only: they sign tokens, so they cannot be hashed.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { deriveKey } from './derived-key.ts'

const FORMAT = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The text was sealed under another secret, was altered, or is not sealed text at all. */
export class SealBroken extends Error {
  readonly code = 'seal_broken'
  readonly remedy =
    'start with the `SAYSO_SECRET` this data was written with; if it is lost, remove the key and make a new one'
}

export type Sealer = {
  /** Encrypts; two seals of the same text differ. */
  seal(plain: string): string
  /** @throws {SealBroken} the secret changed or the text was altered */
  open(sealed: string): string
}

/**
 * AES-256-GCM under a key derived from the installation secret.
 * Form: `v1.<nonce>.<ciphertext and tag>`, both base64url.
 *
 * @param label what is sealed; what was sealed under one does not open under another
 */
export function sealer(secret: string, label = 'seal key secrets'): Sealer {
  const key = deriveKey(secret, label)

  const seal = (plain: string): string => {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(FORMAT))
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${FORMAT}.${nonce.toString('base64url')}.${body.toString('base64url')}`
  }

  const open = (sealed: string): string => {
    const [format, nonceText = '', bodyText = '', ...rest] = sealed.split('.')
    const nonce = Buffer.from(nonceText, 'base64url')
    const body = Buffer.from(bodyText, 'base64url')
    const isSealed =
      format === FORMAT &&
      rest.length === 0 &&
      nonce.length === NONCE_BYTES &&
      body.length >= TAG_BYTES
    if (!isSealed) throw new SealBroken('the stored key secret is not in a sealed form')
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      .setAAD(Buffer.from(FORMAT))
      .setAuthTag(body.subarray(body.length - TAG_BYTES))
    try {
      const start = decipher.update(body.subarray(0, body.length - TAG_BYTES))
      return Buffer.concat([start, decipher.final()]).toString('utf8')
    } catch {
      throw new SealBroken('the stored key secret was sealed under another `SAYSO_SECRET`')
    }
  }

  return { seal, open }
}
