// Connection keys: who shows one may continue that connection. Signed, so that a key outlives a restart of the server.

import { createHmac, timingSafeEqual } from 'node:crypto'

export type KeyReading =
  /** Of this process: the connection must still be known. */
  | { readonly kind: 'ours'; readonly connectionId: string }
  /** Of an earlier process of this installation. */
  | { readonly kind: 'earlier'; readonly connectionId: string }
  | { readonly kind: 'unknown' }

export type ConnectionKeys = {
  /** `<connectionId>!<boot>-<nonce>-<mac>`; URL-safe; different each time. */
  make(connectionId: string, identity: string): string
  read(key: string, identity: string): KeyReading
}

const SHAPE = /^([\w-]{6,64})!(\w{4,32})-(\w{4,32})-([0-9a-f]{32})$/

/**
 * @param secret the installation's; a restart keeps it
 * @param boot   names this process
 * @param nonce  unguessable and new at every call; letters and digits only
 */
export function connectionKeys(secret: string, boot: string, nonce: () => string): ConnectionKeys {
  const mac = (...parts: readonly string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['connection key', ...parts]))
      .digest('hex')
      .slice(0, 32)
  return {
    make(connectionId, identity) {
      const fresh = nonce()
      return `${connectionId}!${boot}-${fresh}-${mac(connectionId, boot, fresh, identity)}`
    },
    read(key, identity) {
      const found = SHAPE.exec(key)
      if (found === null) return { kind: 'unknown' }
      const [, connectionId = '', madeBy = '', fresh = '', given = ''] = found
      const expected = mac(connectionId, madeBy, fresh, identity)
      if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return { kind: 'unknown' }
      return { kind: madeBy === boot ? 'ours' : 'earlier', connectionId }
    },
  }
}
