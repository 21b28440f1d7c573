// Which app a key or token says it is of. A claim, for finding the keys that will prove it or not; nothing else.

import { parseKeyString } from '@sayso/protocol'
import type { Presented } from './authenticate.ts'

const MAX_CHARACTERS = 65_536

export function claimedApp(presented: Pick<Presented, 'key' | 'token'>): string | undefined {
  const { token, key } = presented
  // Our own API and others take a key as a bearer token.
  const isToken = token !== undefined && !token.includes(':')
  return isToken ? appOfToken(token, 2) : parseKeyString(token ?? key ?? '')?.appId
}

function appOfToken(token: string, unwrappings: number): string | undefined {
  if (token.length > MAX_CHARACTERS) return undefined
  const parts = token.split('.', 6)
  if (parts.length === 2) return parts[0]
  if (parts.length === 3) return appOfHeader(parts[0] ?? '')
  if (parts.length !== 1 || unwrappings === 0) return undefined
  return appOfToken(Buffer.from(token, 'base64').toString('utf8'), unwrappings - 1)
}

function appOfHeader(header: string): string | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))
    const kid =
      typeof value === 'object' && value !== null && 'kid' in value ? value.kid : undefined
    return typeof kid === 'string' ? kid.split('.', 1)[0] : undefined
  } catch {
    return undefined
  }
}
