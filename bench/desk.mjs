// The desk on a visitor's screen: from an operator's send, by the stock client, to the paint in the widget's frame on a page of a site;
// and from a claim to the inbox of another operator. Beside a bare socket that writes a row into a bare page, in the same browser.

import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { Realtime } from 'ably'
import { chromium } from 'playwright-core'
import { WebSocketServer } from 'ws'
import { findBrowser } from '../scripts/browser.mjs'
import { quantile } from './lib/numbers.mjs'
import { installProbe } from './lib/page-probe.mjs'
import { ROUNDS, run, say, wait } from './lib/run.mjs'
import { startServer } from './lib/server.mjs'

const POLICY = fileURLToPath(new URL('../packages/server/default-policy.yaml', import.meta.url))
/** Of the operator in one round, and of the bare socket. */
const MESSAGES = Number(process.env.MESSAGES ?? 200) / ROUNDS
const CLAIMS = 40
/** Nothing is sent while the one before is drawn, nor in step with frames; milliseconds. */
const PAUSE_MS = 40
const LIMIT_MS = 150

const BARE = `<!doctype html><meta charset="utf-8"><title>bare</title><body><div role="log"></div><script>
const socket = new WebSocket('ws://' + location.host)
socket.onmessage = ({ data }) => {
  const row = document.createElement('p')
  row.textContent = data
  document.querySelector('[role=log]').append(row)
}</script>`

/** A site with the widget on its page, a bare page, and the bare page's socket. */
async function openSite(page) {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(request.url === '/bare' ? BARE : page())
  })
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    tell: (text) => {
      for (const socket of sockets.clients) socket.send(text)
    },
  }
}

/** An operator with a session and the stock client, which is connected. */
async function operatorOf(server, name, role) {
  const base = `http://127.0.0.1:${server.port}`
  const body = JSON.stringify({
    name,
    email: `${name}@example.com`,
    password: 'four unrelated words here',
  })
  const headers = { 'content-type': 'application/json', origin: base }
  const made = await fetch(`${base}/api/auth/sign-up/email`, { method: 'POST', headers, body })
  const cookie = made.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const session = await (await fetch(`${base}/api/v1/session`, { headers: { cookie } })).json()
  const { id } = session.person
  await server.api('POST', '/role_assignments', { person: id, role, on: 'tenant:default' })
  const client = new Realtime({
    authUrl: `${base}/api/realtime/token`,
    authHeaders: { cookie },
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    logLevel: 0,
  })
  await client.connection.whenState('connected')
  const call = async (method, path, said) => {
    const answer = await fetch(`${base}/api/v1/desk${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(said === undefined ? {} : { body: JSON.stringify(said) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  return { id, client, call }
}

async function openBrowser() {
  const executablePath = findBrowser()
  return chromium.launch({
    args: ['--no-sandbox'],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
}

/** Milliseconds from sending each text to its paint. */
async function drawn(frame, what, count, send) {
  const times = []
  for (let at = 0; at < count; at += 1) {
    const text = `${what} number ${at}.`
    const shown = frame.evaluate((words) => globalThis.probe.shown('[role=log]', words), text)
    await wait(PAUSE_MS + (at % 17))
    const begunMs = performance.timeOrigin + performance.now()
    await send(text)
    times.push((await shown).dateMs - begunMs)
  }
  return times
}

/** The visitor's panel, with a conversation that the operator has. */
async function openTalk(browser, site, operator) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  await page.addInitScript(installProbe)
  await page.goto(site.origin)
  await page.getByRole('button', { name: 'Chat with us' }).click()
  const panel = page.frameLocator('sayso-widget iframe')
  const field = panel.getByRole('textbox', { name: 'Write a message' })
  await field.fill('Where is it?')
  await field.press('Enter')
  await panel.getByRole('log').getByText('Where is it?', { exact: true }).waitFor()
  const { items } = await operator.call('GET', '/conversations?view=waiting')
  await operator.call('POST', `/conversations/${items[0].key}/claim`)
  const channel = operator.client.channels.get(items[0].channel)
  await channel.attach()
  const frame = await (await page.locator('sayso-widget iframe').elementHandle()).contentFrame()
  return { channel, frame }
}

async function openBare(browser, site) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  await page.addInitScript(installProbe)
  await page.goto(`${site.origin}/bare`)
  return page
}

/** Milliseconds from each claim to the news of it at another operator. */
async function claims(server, widget, one, other) {
  const told = new Map()
  await other.client.channels.get('[desk]').subscribe('conversation', ({ data }) => {
    if (data.state === 'open') told.get(data.key)?.(performance.now())
  })
  const times = []
  const bare = []
  for (let at = 0; at < CLAIMS; at += 1) {
    const session = await fetch(
      `http://127.0.0.1:${server.port}/widget/v1/session?widget=${widget}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      },
    )
    const { visitor } = await session.json()
    const opened = await server.api('POST', '/desk/conversations', { visitor: visitor.id, widget })
    const { key } = JSON.parse(opened.text).conversation
    const news = new Promise((resolve) => told.set(key, resolve))
    const begun = performance.now()
    await one.call('POST', `/conversations/${key}/claim`)
    times.push((await news) - begun)
    const askedAt = performance.now()
    await server.time()
    bare.push(performance.now() - askedAt)
    await one.call('POST', `/conversations/${key}/close`, {})
  }
  return { times, bare }
}

function line(what, values, limit) {
  const [p50, p95] = [quantile(values, 0.5), quantile(values, 0.95)]
  const beside = limit === undefined ? '' : `   ${(p95 / limit).toFixed(2)} of ${limit} at p95`
  say(
    `${what.padEnd(52)} p50 ${p50.toFixed(1).padStart(7)}   p95 ${p95.toFixed(1).padStart(7)} ms${beside}`,
  )
  return {
    p50,
    p95,
    count: values.length,
    ...(limit === undefined ? {} : { toLimit: p95 / limit }),
  }
}

await run(600, async () => {
  const server = await startServer(undefined, { SAYSO_POLICY: POLICY })
  let widget = ''
  const base = `http://127.0.0.1:${server.port}`
  const site = await openSite(
    () =>
      `<!doctype html><html lang="en"><title>A shop</title><script async src="${base}/widget.js" data-widget="${widget}"></script><h1>A shop</h1>`,
  )
  const limits = { sessions: 10_000, conversations: 1_000, messages: 1_000 }
  const made = await server.api('POST', '/desk/widgets', {
    name: 'A shop',
    sites: [site.origin],
    limits,
  })
  widget = JSON.parse(made.text).id
  const olga = await operatorOf(server, 'olga', 'operator')
  const sue = await operatorOf(server, 'sue', 'supervisor')
  await olga.call('PUT', '/me', { status: 'available' })
  const browser = await openBrowser()
  const bare = await openBare(browser, site)
  const { channel, frame } = await openTalk(browser, site, olga)
  const [own, floor] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    const said = (text) => channel.publish('text', { text })
    own.push(...(await drawn(frame, `Round ${round} by the desk,`, MESSAGES, said)))
    floor.push(...(await drawn(bare, `Round ${round} by a socket,`, MESSAGES, site.tell)))
  }
  const inbox = await claims(server, widget, olga, sue)
  await browser.close()
  const screen = line('from an operator’s send to the visitor’s screen', own, LIMIT_MS)
  const echo = line('a bare socket and a row in a bare page', floor)
  const claimed = line('from a claim to the other operator’s inbox', inbox.times)
  const time = line('GET /time on a kept connection', inbox.bare)
  const toFloor = { p50: screen.p50 / echo.p50, p95: screen.p95 / echo.p95 }
  say(`\n${toFloor.p50.toFixed(2)} times the bare page at p50, ${toFloor.p95.toFixed(2)} at p95`)
  return { screen, echo, toFloor, claimed, time }
})
