// What an installation keeps beside its database: the secret, and the name of its app.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseKeyString } from '@sayso/protocol'
import type { Settings } from './settings.ts'
import { word } from './word.ts'

export type Installation = {
  readonly secret: string
  readonly appId: string
  /** Set only when this start made the first key: it is shown once. */
  readonly firstKey:
    | {
        readonly keyId: string
        readonly secret: string
        readonly keyString: string
        readonly isNew: boolean
      }
    | undefined
}

/** Reads what is kept in the data folder; makes it the first time. Files are for the owner of the process only. */
export function openInstallation(
  settings: Pick<Settings, 'data' | 'secret' | 'rootKey'>,
): Installation {
  mkdirSync(settings.data, { recursive: true, mode: 0o700 })
  const secret =
    settings.secret ??
    kept(join(settings.data, 'secret'), () => randomBytes(32).toString('base64url'))
  const given = settings.rootKey === undefined ? undefined : parseKeyString(settings.rootKey)
  const appFile = join(settings.data, 'app')
  const isNew = !existsSync(appFile)
  const appId = kept(appFile, () => given?.appId ?? word(6))
  if (given !== undefined && given.appId !== appId) {
    throw new Error(
      `SAYSO_ROOT_KEY is a key of the app \`${given.appId}\`, but this data belongs to \`${appId}\`: use that name before the dot`,
    )
  }
  if (given !== undefined) {
    const keyString = `${given.appId}.${given.keyId}:${given.secret}`
    return {
      secret,
      appId,
      firstKey: { keyId: given.keyId, secret: given.secret, keyString, isNew },
    }
  }
  if (!isNew) return { secret, appId, firstKey: undefined }
  const keyId = word(6)
  const keySecret = randomBytes(24).toString('base64url')
  return {
    secret,
    appId,
    firstKey: { keyId, secret: keySecret, keyString: `${appId}.${keyId}:${keySecret}`, isNew },
  }
}

function kept(file: string, make: () => string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const made = make()
  writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
  return made
}
