// What every new app starts with: the policy document, the key that signs sessions, and its first key.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { KeyId } from '@sayso/policy'
import { parsePolicy } from '@sayso/policy/document'
import type { Sealer } from './auth/sealed.ts'
import { foundApp, putRootKey } from './commands/found-app.ts'
import type { OneApp } from './one-app.ts'

export type FirstKey = { readonly keyId: string; readonly secret: string }

/** Founds an app in its empty store; one that was founded keeps what it has. */
export type Founder = (app: OneApp, firstKey?: FirstKey) => Promise<void>

/** @param policyFile absent: the default policy. @throws {PolicyInvalid | Error} with a sentence */
export function founder(policyFile: string | undefined, seal: Sealer): Founder {
  const text = readFileSync(
    policyFile ?? new URL('../default-policy.yaml', import.meta.url),
    'utf8',
  )
  const document = parsePolicy(text)
  const key = (id: string, name: string, secret: string) => {
    return { id: id as KeyId, name, sealedSecret: seal.seal(secret) }
  }
  return async (app, firstKey) => {
    const secret = randomBytes(32).toString('base64url')
    const sessionKey = key('session', 'Sessions of signed-in people', secret)
    await foundApp(app.context, { document, text, sessionKey })
    if (firstKey !== undefined)
      await putRootKey(app.context, key(firstKey.keyId, 'Root', firstKey.secret))
  }
}
