// What visitors of a site are mailed: answers they did not read, with a link back that works once, and transcripts. A real
// SMTP server, and the doors that the widget and operators use.

import * as Ably from 'ably'
import { afterEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../lib/browser.ts'
import { type Mailbox, openMailbox } from '../lib/mailbox.ts'
import { clientOf, owner, type Person } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'

const closers: (() => Promise<unknown> | undefined)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

type Json = Record<string, unknown>
type Conversation = { readonly key: string; readonly channel: string }

async function called(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: unknown,
) {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Json }
}

/** A server that mails, with a widget and an operator. */
async function shop(said: Json = {}) {
  const mailbox = await openMailbox()
  closers.push(() => mailbox.close())
  const server = await startServer({ env: mailbox.env })
  closers.push(() => server.remove())
  const grace = await owner(server)
  return { server, mailbox, grace, widget: await widgetOf(server, said) }
}

async function widgetOf(server: Server, said: Json = {}): Promise<string> {
  const made = await called(
    `${server.url}/api/v1/desk/widgets`,
    'POST',
    { authorization: `Bearer ${KEY}` },
    { name: 'Shop', mailAfterSeconds: 1, ...said },
  )
  return String(made.body.id)
}

const door = (server: Server, method: string, path: string, device?: string, body?: unknown) =>
  called(
    `${server.url}/widget/v1${path}`,
    method,
    device === undefined ? {} : { authorization: `Bearer ${device}` },
    body,
  )

/** A visitor who left their e-mail, and what they wrote. */
async function wrote(server: Server, widget: string, email: string) {
  const session = await door(server, 'POST', `/session?widget=${widget}`, undefined, {})
  const device = String(session.body.device)
  const opened = await door(server, 'POST', '/conversations', device, {
    text: 'Where is my order?',
    form: { email, name: 'Mo' },
  })
  const visitor = (session.body.visitor as { id: string }).id
  return { device, visitor, conversation: opened.body.conversation as Conversation }
}

/** The operator takes it and answers, by the stock client. */
async function answer(server: Server, grace: Person, { key, channel }: Conversation, text: string) {
  const claimed = await called(`${server.url}/api/v1/desk/conversations/${key}/claim`, 'POST', {
    cookie: grace.cookie,
    origin: server.url,
  })
  expect([200, 409]).toContain(claimed.status)
  const client = clientOf(server, grace)
  closers.push(async () => client.close())
  await client.channels.get(channel).publish('text', { text })
}

const proofIn = (link: string) => new URL(link).hash.replace('#return=', '')

const returned = (server: Server, widget: string, proof: string) =>
  door(server, 'POST', `/session?widget=${widget}`, undefined, { proof })

async function answered(said: Json = {}): Promise<{
  server: Server
  mailbox: Mailbox
  widget: string
  link: string
  text: string
  came: Awaited<ReturnType<typeof wrote>>
}> {
  const { server, mailbox, grace, widget } = await shop(said)
  const came = await wrote(server, widget, 'mo@example.com')
  await answer(server, grace, came.conversation, 'It comes tomorrow.')
  const mail = await mailbox.next('mo@example.com')
  return { server, mailbox, widget, link: mail.link, text: mail.text, came }
}

describe('an answer that is not read', () => {
  test('is mailed with what was said and a link that opens the conversation, once', async () => {
    const { server, widget, link, text, came } = await answered()
    expect(text).toContain('It comes tomorrow.')
    expect(text).toContain('Grace Hopper has answered you at Shop')
    expect(
      link.startsWith(`${server.url}/widget/frame?widget=${encodeURIComponent(widget)}#return=`),
    ).toBe(true)
    const back = await returned(server, widget, proofIn(link))
    expect(back).toMatchObject({
      status: 200,
      body: { visitor: { id: came.visitor }, conversation: { key: came.conversation.key } },
    })
    expect(back.body.device).not.toBe(came.device)
    expect(await returned(server, widget, proofIn(link))).toMatchObject({
      status: 401,
      body: { code: 'proof_invalid' },
    })
    const reader = new Ably.Rest({
      endpoint: '127.0.0.1',
      port: server.port,
      tls: false,
      token: String(back.body.token),
    })
    const { items } = await reader.channels.get(came.conversation.channel).history()
    expect(items.some(({ data }) => (data as Json)?.text === 'It comes tomorrow.')).toBe(true)
  })

  test('opens in a browser by its link, and again there without it', async () => {
    const { link } = await answered()
    const browser = await openBrowser()
    try {
      const page = await browser.newPage()
      page.setDefaultTimeout(15_000)
      for (const address of [link, link]) {
        await page.goto(address)
        await page.getByRole('log').getByText('It comes tomorrow.').waitFor()
        // The proof stands in no history.
        expect(new URL(page.url()).hash).toBe('')
        await page.goto('about:blank')
      }
      const stranger = await (await browser.newContext()).newPage()
      await stranger.goto(link)
      await stranger.getByRole('textbox').first().waitFor({ timeout: 15_000 })
      expect(await stranger.getByText('It comes tomorrow.').count()).toBe(0)
    } finally {
      await browser.close()
    }
  })

  test('whose link was altered, or is of another tenant, opens nothing', async () => {
    const { server, widget, link } = await answered({ look: { hidesNames: true } })
    const proof = proofIn(link)
    await called(
      `${server.url}/api/v1/tenants/north`,
      'PUT',
      { authorization: `Bearer ${KEY}` },
      { attributes: {} },
    )
    const north = await widgetOf(server, { tenant: 'north' })
    const [said = '', mac] = proof.split('.')
    const [visitor, , nonce, endsAtMs] = JSON.parse(
      Buffer.from(said, 'base64url').toString(),
    ) as unknown[]
    const forged = Buffer.from(JSON.stringify([visitor, 'north', nonce, endsAtMs])).toString(
      'base64url',
    )
    for (const [where, text] of [
      [north, proof],
      [widget, `${forged}.${mac}`],
      [north, `${forged}.${mac}`],
      [widget, 'nonsense'],
    ] as const)
      expect((await returned(server, where, text)).body.code).toBe('proof_invalid')
    expect((await returned(server, widget, proof)).status).toBe(200)
  })

  test('is not mailed to whoever has read it, and is mailed by the name of the site where names are hidden', async () => {
    const { server, mailbox, grace, widget } = await shop({ look: { hidesNames: true } })
    const reads = await wrote(server, widget, 'reads@example.com')
    await answer(server, grace, reads.conversation, 'Read this.')
    const transcript = await door(
      server,
      'GET',
      `/conversations/${reads.conversation.key}/transcript?format=json`,
      reads.device,
    )
    const lines = transcript.body.lines as { serial: string; text: string }[]
    const read = lines.find(({ text }) => text === 'Read this.')?.serial
    const marked = await door(
      server,
      'POST',
      `/conversations/${reads.conversation.key}/marks`,
      reads.device,
      { read },
    )
    expect(marked.status).toBe(204)
    const away = await wrote(server, widget, 'away@example.com')
    await answer(server, grace, away.conversation, 'Read that.')
    const mail = await mailbox.next('away@example.com')
    expect(mail.subject).toBe('Shop has answered you at Shop')
    expect(mail.text).not.toContain('Grace')
    expect(mailbox.mails.filter(({ to }) => to === 'reads@example.com')).toEqual([])
  })

  test('is mailed after a crash as well', async () => {
    const { server: first, mailbox, grace, widget } = await shop({ mailAfterSeconds: 2 })
    const came = await wrote(first, widget, 'crash@example.com')
    await answer(first, grace, came.conversation, 'After the crash.')
    await first.kill('SIGKILL')
    const server = await first.restart()
    closers.push(() => server.kill('SIGTERM'))
    expect((await mailbox.next('crash@example.com')).text).toContain('After the crash.')
  })
})

describe('a message that is left when nobody is there', () => {
  test('waits as a conversation, and its answer is mailed', async () => {
    const { server, mailbox, grace, widget } = await shop({ hours: { zone: 'UTC', week: {} } })
    const session = await door(server, 'POST', `/session?widget=${widget}`, undefined, {})
    const left = await door(server, 'POST', '/offline', String(session.body.device), {
      name: 'Noa',
      email: 'noa@example.com',
      text: 'Call me.',
    })
    expect(left).toMatchObject({
      status: 201,
      body: { isNew: true, conversation: { state: 'waiting' } },
    })
    await answer(server, grace, left.body.conversation as Conversation, 'We do.')
    expect((await mailbox.next('noa@example.com')).text).toContain('We do.')
  })
})

describe('a transcript', () => {
  test('is mailed to whom the visitor says, five times in an hour', async () => {
    const { server, mailbox, widget } = await shop()
    const came = await wrote(server, widget, 'mo@example.com')
    const path = `/conversations/${came.conversation.key}/transcript`
    const ask = () => door(server, 'POST', path, came.device, { email: 'me@example.com' })
    for (let time = 0; time < 5; time += 1) expect((await ask()).status).toBe(202)
    const mail = await mailbox.next('me@example.com')
    expect(mail.subject).toBe('Your conversation with Shop')
    expect(mail.text).toContain('Where is my order?')
    expect(await ask()).toMatchObject({ status: 429, body: { code: 'slow_down' } })
  })
})
