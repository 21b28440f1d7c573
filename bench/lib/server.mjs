// Our built server as its own process on a fresh folder, and the calls the benchmarks make of it.

import { createHmac } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { startNode } from './child.mjs'

const BIN = fileURLToPath(new URL('../../packages/server/dist/bin.js', import.meta.url))
export const POLICY = fileURLToPath(new URL('../policy.yaml', import.meta.url))
/** In the repository and not in the system's temporary folder, which may be memory: a flush must meet a disk. */
const FOLDERS = fileURLToPath(new URL('../../.tmp/', import.meta.url))

export const KEY = 'bench.root:Kq3vYt8mPz5wRn2xHc7B'
export const KEY_PATH = `/?v=6&format=json&key=${KEY}`

/** Where everybody is, and what a promotion opens besides: see `policy.yaml`. */
export const STAGE = 'hall:stage'
export const BACKSTAGE = 'hall:backstage'

/**
 * @param preload a module to look into the server process with
 * @param more    further settings
 */
export async function startServer(preload, more = {}) {
  if (!existsSync(BIN)) throw new Error('the server is not built: `npm run build` first')
  mkdirSync(FOLDERS, { recursive: true })
  const folder = mkdtempSync(`${FOLDERS}bench-`)
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const settings = {
    PORT: '0',
    SAYSO_DATA: folder,
    SAYSO_POLICY: POLICY,
    SAYSO_ROOT_KEY: KEY,
    SAYSO_SIGN_IN_LIMIT: 'off',
    SAYSO_LOG: 'error',
    ...more,
  }
  const { child, pid, port } = await startNode(BIN, settings, preload)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  /** One request on the one kept connection, so that all calls are measured alike. */
  const call = (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body)
      const length = { 'content-type': 'application/json', 'content-length': text.length }
      const options = { agent, method, path, port, host: '127.0.0.1' }
      const sent = request({ ...options, headers: { ...length, ...headers } }, (response) => {
        let answer = ''
        response.on('data', (chunk) => {
          answer += chunk
        })
        response.on('end', () => {
          if (response.statusCode < 300) resolve({ text: answer, headers: response.headers })
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`))
        })
      })
      sent.on('error', reject)
      sent.end(text)
    })
  return {
    child,
    pid,
    port,
    folder,
    /** A call of our own API with the root key. */
    api: (method, path, body) => call(method, `/api/v1${path}`, body, bearer),
    /** A call of the Permit-shaped API, as its SDK makes them. */
    permit: (method, path, body) => call(method, path, body, bearer),
    /** The cheapest call there is: what a round trip costs with nothing behind it. */
    time: () => call('GET', '/time'),
    move: (command, person) =>
      call('POST', `/api/v1/channels/${STAGE.split(':')[1]}/${command}`, { person }, bearer),
    publish: (channel, data) => call('POST', `/channels/${channel}/messages`, { data }, basic),
    writes: async () => {
      const { text } = await call('GET', '/metrics')
      return Number(/^sayso_socket_writes_total (\d+)$/m.exec(text)?.[1])
    },
    signUp: (name) => signUp(call, port, name),
  }
}

const bearer = { authorization: `Bearer ${KEY}` }
const basic = { authorization: `Basic ${Buffer.from(KEY).toString('base64')}` }

/** Makes an account through the public door; answers with the person's id. */
async function signUp(call, port, name) {
  const person = { name, email: `${name}@example.com`, password: 'correct horse battery' }
  const origin = { origin: `http://127.0.0.1:${port}` }
  const { headers } = await call('POST', '/api/auth/sign-up/email', person, origin)
  const cookie = headers['set-cookie'].map((each) => each.split(';')[0]).join('; ')
  const session = await call('GET', '/api/v1/session', undefined, { cookie })
  return JSON.parse(session.text).person.id
}

/** Where a person connects, with a token the owner's own server would have signed: so the policy is asked. */
export function personPath(clientId) {
  const [keyName, secret] = KEY.split(':')
  const seconds = Math.floor(Date.now() / 1000)
  const claims = { iat: seconds - 10, exp: seconds + 3600, 'x-ably-clientId': clientId }
  const signed = [{ alg: 'HS256', typ: 'JWT', kid: keyName }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const mac = createHmac('sha256', secret).update(signed).digest('base64url')
  return `/?v=6&format=json&access_token=${signed}.${mac}`
}
