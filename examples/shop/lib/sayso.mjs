// Sayso as the shop's own service: started beside it, and given the widget of this shop once.

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../../packages/server/dist/bin.js', import.meta.url))

/** The API key of this installation: made at first start and kept beside the data. */
function rootKey(data) {
  const path = join(data, 'root.key')
  mkdirSync(data, { recursive: true })
  if (!existsSync(path)) {
    const secret = randomBytes(24).toString('base64url').replaceAll(/[-_]/g, 'x')
    writeFileSync(path, `shop.root:${secret}`, { mode: 0o600 })
  }
  return readFileSync(path, 'utf8').trim()
}

/** Starts Sayso and resolves when it listens. */
export async function startSayso({ data, port }) {
  const key = rootKey(data)
  const child = spawn(process.execPath, [BIN], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      SAYSO_DATA: join(data, 'sayso'),
      SAYSO_ROOT_KEY: key,
      // The shop is asked about its customers on this machine.
      SAYSO_PRIVATE_WEBHOOKS: 'on',
      SAYSO_LOG: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  let said = ''
  const url = await new Promise((resolve, reject) => {
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
  return { url, call: caller(url, key), ended, stop, said: () => said }
}

/** Calls of Sayso's API with the root key; what is refused is thrown as its own sentence. */
function caller(url, key) {
  return async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = await response.json()
    if (!response.ok)
      throw new Error(answer.detail ?? answer.title ?? `Sayso said ${response.status}`)
    return answer
  }
}

/**
 * The shop's widget: made at the first start, with a key that proves customers and a secret that signs questions. Both are said
 * once, and kept beside the shop's data.
 */
export async function widgetOf(call, { data, shopUrl }) {
  const path = join(data, 'widget.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'))
  const made = await call('POST', '/desk/widgets', {
    name: 'Terre',
    sites: [shopUrl, shopUrl.replace('127.0.0.1', 'localhost')],
    look: { colour: '#8a4b2f' },
    context: { url: `${shopUrl}/sayso/context`, cacheSeconds: 30 },
  })
  const key = await call('POST', `/desk/widgets/${made.id}/keys`)
  const kept = {
    id: made.id,
    key: { id: key.id, secret: key.secret },
    contextSecret: made.contextSecret,
  }
  writeFileSync(path, JSON.stringify(kept), { mode: 0o600 })
  return kept
}
