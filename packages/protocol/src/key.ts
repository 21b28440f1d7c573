// API keys as text: `app.key:secret`. The part before the colon is the key's name and is public.

import type { KeyId } from '@sayso/policy'

/** A key string taken apart. */
export type ParsedKey = {
  readonly appId: string
  readonly keyId: KeyId
  /** `appId.keyId` */
  readonly keyName: string
  readonly secret: string
}

const keyPattern = /^([^.:\s]+)\.([^:\s]+):([^:.\s]+)$/
const namePattern = /^([^.:\s]+)\.([^:\s]+)$/
const maxKeyLength = 1024

/**
 * Takes a key string apart; undefined if it is none. A secret with a dot, colon or white space is none either: stock
 * clients refuse to start with such a key.
 */
export function parseKeyString(text: string): ParsedKey | undefined {
  const [, appId, keyId, secret] = text.length > maxKeyLength ? [] : (keyPattern.exec(text) ?? [])
  if (appId === undefined || keyId === undefined || secret === undefined) return undefined
  return { appId, keyId: keyId as KeyId, keyName: `${appId}.${keyId}`, secret }
}

/** Takes a key's name apart, `app.key`; undefined if it is none. */
export function parseKeyName(text: string): Pick<ParsedKey, 'appId' | 'keyId'> | undefined {
  const [, appId, keyId] = text.length > maxKeyLength ? [] : (namePattern.exec(text) ?? [])
  return appId === undefined || keyId === undefined ? undefined : { appId, keyId: keyId as KeyId }
}
