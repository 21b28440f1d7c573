// The shop: pages, accounts and orders of its own, the support chat on every page. Start it and open what it prints.

import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { attributesOf, isSigned } from './lib/context.mjs'
import { openCustomers, PASSWORD } from './lib/customers.mjs'
import { identityOf } from './lib/identity.mjs'
import {
  accountPage,
  homePage,
  ICON,
  lostPage,
  STYLE,
  studioPage,
  thingPage,
} from './lib/pages.mjs'
import { startSayso, widgetOf } from './lib/sayso.mjs'

const MAX_BODY_BYTES = 8_192
const COOKIE = 'shop'
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8095' },
    'sayso-port': { type: 'string', default: '8096' },
    data: { type: 'string', default: fileURLToPath(new URL('data', import.meta.url)) },
  },
})
const shopUrl = `http://127.0.0.1:${values.port}`
const customers = openCustomers(values.data)
const sayso = await startSayso({ data: values.data, port: Number(values['sayso-port']) })
const widget = await widgetOf(sayso.call, { data: values.data, shopUrl })

/** Only our own pages and Sayso's: what a shop that takes care would say. */
const POLICY = [
  "default-src 'none'",
  `script-src ${sayso.url}`,
  "style-src 'self'",
  `frame-src ${sayso.url}`,
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join('; ')

function tokenIn(request) {
  const found = /(?:^|;\s*)shop=([\w-]+)/.exec(request.headers.cookie ?? '')
  return found?.[1]
}

/** What every page is made of: who is signed in, and the proof of it for the widget. */
function given(request) {
  const token = tokenIn(request)
  const customer = token === undefined ? undefined : customers.signedIn(token)
  const common = { widget, saysoUrl: sayso.url }
  return customer === undefined
    ? common
    : { ...common, customer, identity: identityOf(customer, widget) }
}

async function bodyOf(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('That is too much.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const html = (status, text) => ({ status, type: 'text/html; charset=utf-8', text })
const json = (status, value) => ({ status, type: 'application/json', text: JSON.stringify(value) })
const to = (location, cookie) => ({
  status: 303,
  headers: { location, ...(cookie !== undefined && { 'set-cookie': cookie }) },
  text: '',
})

const routes = {
  'GET /': (request) => html(200, homePage(given(request))),
  'GET /studio': (request) => html(200, studioPage(given(request))),
  'GET /icon.svg': () => ({ status: 200, type: 'image/svg+xml', text: ICON }),
  'GET /style.css': () => ({ status: 200, type: 'text/css; charset=utf-8', text: STYLE }),
  'GET /account': (request) => {
    const common = given(request)
    const orders = common.customer === undefined ? [] : customers.orders(common.customer.id)
    return html(200, accountPage(common, orders))
  },
  'POST /sign-in': async (request) => {
    const form = new URLSearchParams(await bodyOf(request))
    const token = customers.signIn(form.get('email'), form.get('password'))
    if (token === undefined)
      return html(
        401,
        accountPage(given(request), [], 'This e-mail and this password do not go together.'),
      )
    return to('/account', `${COOKIE}=${token}; HttpOnly; SameSite=Lax; Path=/`)
  },
  'POST /sign-out': (request) => {
    const token = tokenIn(request)
    if (token !== undefined) customers.signOut(token)
    return to('/', `${COOKIE}=; Max-Age=0; Path=/`)
  },
  'POST /sayso/context': async (request) => {
    const body = await bodyOf(request)
    if (!isSigned(widget.contextSecret, request.headers, body))
      return json(401, { message: 'This question is not signed.' })
    const attributes = attributesOf(customers, JSON.parse(body))
    return attributes === undefined ? json(404, {}) : json(200, { attributes })
  },
}

async function answerTo(request) {
  const path = new URL(request.url ?? '/', shopUrl).pathname
  const thing = /^\/things\/(\w+)$/.exec(path)?.[1]
  if (request.method === 'GET' && thing !== undefined) {
    const text = thingPage(thing, given(request))
    if (text !== undefined) return html(200, text)
  }
  const route = routes[`${request.method} ${path}`]
  return route === undefined ? html(404, lostPage(given(request))) : route(request)
}

const server = createServer((request, response) => {
  answerTo(request).then(
    ({ status, type, headers = {}, text }) => {
      response.writeHead(status, {
        ...(type !== undefined && { 'content-type': type }),
        'content-security-policy': POLICY,
        // The chat asks who shows it; the whole address it need not know.
        'referrer-policy': 'strict-origin-when-cross-origin',
        'x-content-type-options': 'nosniff',
        ...headers,
      })
      response.end(text)
    },
    (error) => {
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' })
      response.end(`${error.message}\n`)
    },
  )
})

server.listen(Number(values.port), '127.0.0.1', () => {
  process.stdout.write(`${sayso.said()}
The shop is at ${shopUrl}. Sign in there as ines@example.com with "${PASSWORD}", or stay a guest.
Its operators answer at ${sayso.url}/desk.
`)
})

let isStopping = false
async function stop(code) {
  if (isStopping) return
  isStopping = true
  server.close()
  server.closeAllConnections()
  customers.close()
  await sayso.stop()
  process.exit(code)
}
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(0))
sayso.ended.then(() => stop(1))
