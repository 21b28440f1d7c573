// The example's own server: signs four people in, hands each a token, writes ticks for whoever may, and serves the page.

import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { COLOURS, mayTick, seat, tick, ticks } from './lib/board.mjs'
import { buildPage } from './lib/page.mjs'
import { rootKey, startSayso, tokenFor } from './lib/sayso.mjs'
import { cookieFor, NO_COOKIE, USERS, userBy, userOf } from './lib/users.mjs'

const MAX_BODY_BYTES = 4_096
const { values } = parseArgs({
  options: {
    style: { type: 'string', default: 'deny' },
    port: { type: 'string', default: '8090' },
    'sayso-port': { type: 'string', default: '8091' },
    data: { type: 'string', default: fileURLToPath(new URL('data', import.meta.url)) },
  },
})
if (!['deny', 'allow'].includes(values.style)) throw new Error('--style is `deny` or `allow`')

const painters = USERS.filter(({ role }) => role === 'painter')
const key = rootKey(values.data)
const [sayso, files] = await Promise.all([
  startSayso({ data: values.data, key, port: Number(values['sayso-port']), style: values.style }),
  buildPage(),
])
await seat(sayso.call, USERS)

class Refused extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

function signedIn(request) {
  const user = userOf(request.headers.cookie, key)
  if (user === undefined) throw new Refused(401, 'Sign in first.')
  return user
}

async function mustTick(request) {
  const user = signedIn(request)
  if (!(await mayTick(sayso.call, user)))
    throw new Refused(403, 'Only an administrator ticks colours.')
}

async function bodyOf(request) {
  const isOurs = (request.headers['content-type'] ?? '').startsWith('application/json')
  if (!isOurs) throw new Refused(415, 'Send JSON.')
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Refused(413, 'That is too much.')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) ?? {}
  } catch {
    throw new Refused(400, 'That is not JSON.')
  }
}

const about = ({ id, name }) => ({ id, name })

const routes = {
  'POST /login': async (request, response) => {
    const { name, password } = await bodyOf(request)
    const user = userBy(name, password)
    if (user === undefined) throw new Refused(401, 'That name and password do not go together.')
    response.setHeader('set-cookie', cookieFor(user, key))
    return about(user)
  },
  'POST /logout': async (_request, response) => {
    response.setHeader('set-cookie', NO_COOKIE)
    return {}
  },
  'GET /me': async (request) => ({
    ...about(signedIn(request)),
    port: sayso.port,
    painters: painters.map(about),
  }),
  'GET /token': async (request) => ({ token: tokenFor(signedIn(request), key) }),
  'GET /ticks': async (request) => {
    await mustTick(request)
    return ticks(sayso.call, painters)
  },
  'PUT /ticks': async (request) => {
    await mustTick(request)
    const { person, colours } = await bodyOf(request)
    const isKnown = painters.some(({ id }) => id === person)
    const areColours = Array.isArray(colours) && colours.every((one) => COLOURS.includes(one))
    if (!isKnown || !areColours) throw new Refused(400, 'Name a painter and some of the colours.')
    return tick(sayso.call, person, colours)
  },
}

async function serve(request, response) {
  const path = new URL(request.url ?? '/', 'http://here').pathname
  const file = request.method === 'GET' ? files.get(path) : undefined
  if (file !== undefined) {
    response.writeHead(200, { 'content-type': file[0] }).end(file[1])
    return
  }
  const route = routes[`${request.method} ${path}`]
  if (route === undefined) throw new Refused(404, 'There is nothing here.')
  const answer = await route(request, response)
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(answer))
}

const server = createServer((request, response) => {
  response.setHeader('cache-control', 'no-store')
  serve(request, response).catch((error) => {
    response.writeHead(error.status ?? 502, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ message: error.message }))
  })
})

server.listen(Number(values.port), '127.0.0.1', () => {
  process.stdout.write(
    `The board is at http://127.0.0.1:${server.address().port} (${values.style})\n`,
  )
})

let isStopping = false
async function stop(code) {
  if (isStopping) return
  isStopping = true
  server.close()
  server.closeAllConnections()
  await sayso.stop()
  process.exit(code)
}
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(0))
sayso.ended.then(() => stop(1))
