// The desk: somebody waits and appears, one of two operators has them, notes stay inside, and whoever loses a conversation loses it
// on the screen, with who has it now.

import type { InboundMessage, RealtimeChannel } from 'ably'
import { afterEach, expect, test } from 'vitest'
import { findings } from '../lib/axe.ts'
import type { Seat } from '../lib/browser.ts'
import { KEY, type Server } from '../lib/server.ts'
import { closeClients, realtime } from '../lib/stock.ts'
import { eachWithTwo } from '../lib/two.ts'

let server: Server
let grace: Seat
let ada: Seat

eachWithTwo((two) => {
  ;({ server, grace, ada } = two)
})
afterEach(() => {
  closeClients()
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  expect([path, response.status < 300], text).toEqual([path, true])
  return JSON.parse(text) as T
}

async function idOf(seat: Seat): Promise<string> {
  const answer = await seat.page.request.get(`${server.url}/api/v1/session`)
  return ((await answer.json()) as { person: { id: string } }).person.id
}

type Opened = { readonly conversation: { readonly key: string; readonly channel: string } }

/** Somebody on the site, with a conversation of theirs, by the stock client. */
class Visitor {
  readonly heard: InboundMessage[] = []
  readonly key: string
  readonly channel: RealtimeChannel

  private constructor(key: string, channel: RealtimeChannel) {
    this.key = key
    this.channel = channel
  }

  static async comes(text: string): Promise<Visitor> {
    const { id: widget } = await call<{ id: string }>('POST', '/desk/widgets', { name: 'Shop' })
    const session = await fetch(`${server.url}/widget/v1/session?widget=${widget}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ page: { url: 'https://shop.example/orders', title: 'Orders' } }),
    })
    const { token, visitor } = (await session.json()) as { token: string; visitor: { id: string } }
    const opened = await call<Opened>('POST', '/desk/conversations', {
      visitor: visitor.id,
      widget,
      text,
    })
    const { key, channel } = opened.conversation
    const made = new Visitor(key, realtime(server.port, { token }).channels.get(channel))
    await made.channel.subscribe((message) => made.heard.push(message))
    return made
  }

  async hears(text: string): Promise<void> {
    await expect.poll(() => JSON.stringify(this.heard), { timeout: 10_000 }).toContain(text)
  }
}

async function makeOperator(seat: Seat): Promise<void> {
  const person = await idOf(seat)
  await call('POST', '/role_assignments', { person, role: 'operator', on: 'tenant:default' })
}

const reply = (seat: Seat) => seat.page.getByRole('textbox', { name: /^Reply to/ })
const row = (seat: Seat, text: string) =>
  seat.page.getByRole('region', { name: 'Inbox' }).getByRole('link', { name: new RegExp(text) })

test('from waiting to closed: live, one has it, notes stay inside, a transfer is seen by both', async () => {
  await makeOperator(ada)
  await Promise.all([grace.open('/desk'), ada.open('/desk')])
  await ada.page.getByText(/^Nobody waits/).waitFor()
  const visitor = await Visitor.comes('Where is my order?')
  // It appears by itself, at both.
  await row(ada, 'Where is my order').click()
  await row(grace, 'Where is my order').click()
  await ada.page.getByRole('button', { name: 'Take it' }).click()
  await reply(ada).fill('I am looking.')
  await reply(ada).press('Enter')
  await visitor.hears('I am looking.')
  await visitor.channel.publish('text', { text: 'Thank you!' })
  await ada.page.getByRole('log').getByText('Thank you!').waitFor()
  // A note is read by the desk and by nobody else.
  await ada.page.getByRole('radio', { name: 'Note' }).check({ force: true })
  const note = ada.page.getByRole('textbox', { name: 'Note for the desk' })
  await note.fill('Two parcels at the wrong entrance.')
  await note.press('Enter')
  await grace.page.getByRole('log').getByText('Two parcels').waitFor()
  expect(await findings(ada.page)).toEqual([])
  // Handed on: it leaves one screen and comes to the other.
  await reply(ada).or(note).first().fill('a draft that is kept')
  await ada.page.getByRole('button', { name: 'Transfer…' }).click()
  const dialog = ada.page.getByRole('dialog')
  await dialog.getByLabel('To', { exact: true }).selectOption(`user:${await idOf(grace)}`)
  await dialog.getByRole('button', { name: 'Hand it on' }).click()
  await ada.page.getByRole('heading', { name: /no longer with you/ }).waitFor()
  await ada.page.getByText('a draft that is kept').waitFor()
  expect(await ada.page.getByText('Thank you!').count()).toBe(0)
  await reply(grace).fill('It is on its way.')
  await reply(grace).press('Enter')
  await visitor.hears('It is on its way.')
  expect(JSON.stringify(visitor.heard)).not.toContain('Two parcels')
  // Closed for good, and said so.
  await grace.page.getByRole('button', { name: 'Close', exact: true }).click()
  await grace.page.getByText(/It cannot be opened again/).waitFor()
  await grace.page.getByRole('button', { name: 'Close it' }).click()
  await grace.page.getByText(/closed this conversation/).waitFor()
  await expect(visitor.channel.publish('text', { text: 'Still there?' })).rejects.toThrow()
})

test('whoever comes second reads who was faster; an operator who is none any more loses what is open', async () => {
  await makeOperator(ada)
  const visitor = await Visitor.comes('Do you ship to the Azores?')
  await ada.open(`/desk/inbox/${visitor.key}?view=waiting`)
  await ada.page.getByRole('button', { name: 'Take it' }).waitFor()
  await row(ada, 'Azores').waitFor()
  // What comes by itself says that the page listens: who took what meanwhile is told to nobody afterwards.
  const other = await Visitor.comes('Is the shop open?')
  await row(ada, 'Is the shop open').waitFor()
  const taken = await grace.page.request.post(
    `${server.url}/api/v1/desk/conversations/${visitor.key}/claim`,
    { data: {}, headers: { origin: server.url } },
  )
  expect(taken.status()).toBe(200)
  await ada.page.getByText('Grace Hopper took it and has it now.').waitFor()
  await ada.open(`/desk/inbox/${other.key}`)
  await ada.page.getByRole('button', { name: 'Take it' }).click()
  await reply(ada).fill('half an answer')
  const person = await idOf(ada)
  await call('DELETE', '/role_assignments', { person, role: 'operator', on: 'tenant:default' })
  await ada.page.getByRole('heading', { name: /no longer with you/ }).waitFor()
  expect(await ada.page.getByText('Is the shop open?').count()).toBe(0)
  await ada.page.getByText('half an answer').waitFor()
})

test('somebody is invited with a role of the desk, and is an operator when they come in', async () => {
  await grace.open('/desk/teams')
  await grace.page.getByRole('button', { name: 'Invite somebody' }).click()
  const dialog = grace.page.getByRole('dialog')
  await dialog.getByLabel('Role from the start').selectOption({ label: 'Operator' })
  expect(await findings(grace.page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const address = await grace.page.getByLabel('Link', { exact: true }).inputValue()
  const token = new URL(address).searchParams.get('invite') ?? ''
  const made = await fetch(`${server.url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: server.url,
      'x-sayso-invitation': token,
    },
    body: JSON.stringify({
      name: 'Olga Neu',
      email: 'olga@example.com',
      password: 'four unrelated words here',
    }),
  })
  const cookie = made.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const session = await fetch(`${server.url}/api/v1/session`, { headers: { cookie } })
  expect([made.status, session.status]).toEqual([200, 200])
  const own = await fetch(`${server.url}/api/v1/desk/me`, { headers: { cookie } })
  expect(((await own.json()) as { name: string }).name).toBe('Olga Neu')
})
