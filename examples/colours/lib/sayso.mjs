// Sayso as this example's own service: started with its policy, spoken to with its root key, which stays here.

import { spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TOKEN_SECONDS = 600
const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** The API key of this installation: made at first start and kept beside the data. */
export function rootKey(data) {
  const path = join(data, 'root.key')
  mkdirSync(data, { recursive: true })
  if (!existsSync(path)) {
    const secret = randomBytes(24).toString('base64url').replaceAll(/[-_]/g, 'x')
    writeFileSync(path, `colours.root:${secret}`, { mode: 0o600 })
  }
  return readFileSync(path, 'utf8').trim()
}

/**
 * Starts Sayso and resolves when it listens.
 *
 * @param style `deny` or `allow`: which of the two policies a new board starts with
 */
export async function startSayso({ data, key, port, style }) {
  const child = spawn(process.execPath, [here('../../../packages/server/dist/bin.js')], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      SAYSO_DATA: join(data, style),
      SAYSO_POLICY: here(`../policy-${style}.yaml`),
      SAYSO_ROOT_KEY: key,
      SAYSO_SIGN_UP: 'closed',
      SAYSO_LOG: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const url = await new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      const found = /is running at (\S+)/.exec(said)
      if (found) resolve(found[1])
    })
    ended.then((code) => reject(new Error(`Sayso ended with ${code}; is it built?`)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { url, port: Number(new URL(url).port), call: caller(url, key), ended, stop }
}

/** Calls of Sayso's API with the root key; what is refused is thrown as its own sentence. */
function caller(url, key) {
  return async (path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = await response.json()
    if (!response.ok)
      throw new Error(answer.detail ?? answer.title ?? `Sayso said ${response.status}`)
    return answer
  }
}

/** A token for one person: who they are and for how long. What they may is the policy's to say. */
export function tokenFor(user, key) {
  const [keyName, secret] = key.split(':')
  const now = Math.floor(Date.now() / 1000)
  const header = { alg: 'HS256', typ: 'JWT', kid: keyName }
  const claims = { iat: now - 5, exp: now + TOKEN_SECONDS, 'x-ably-clientId': user.id }
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
