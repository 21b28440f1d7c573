// Banned from the whole place: the connection ends, the page says why and until when, nothing of the chat is left on the
// device but one's own drafts, and the server connects nobody who is banned, whatever page they use.

import type * as Ably from 'ably'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { heard } from '../lib/heard.ts'
import { clientOf, type Person, signUp } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { home } from '../lib/words.ts'

let browser: Browser
let server: Server
let ada: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer({ env: { SAYSO_APPEAL: 'mailto:people@example.com' } })
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  await ada.enter()
})
afterAll(async () => {
  await ada.context.close()
  await browser.close()
  await server.remove()
})

const authorization = `Bearer ${KEY}`

async function call(method: string, path: string, body?: object): Promise<Response> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(answer.ok, await answer.clone().text()).toBe(true)
  return answer
}

const ban = (person: string, more: object = {}) =>
  call('POST', '/role_assignments', { person, role: 'banned', on: 'tenant:default', ...more })
const pardon = (person: string) =>
  call('DELETE', '/role_assignments', { person, role: 'banned', on: 'tenant:default' })

const idOf = async (seat: Seat) => {
  const answer = await seat.context.request.get(`${server.url}/api/v1/session`)
  return ((await answer.json()) as { person: { id: string } }).person.id
}

test('the page says why, until when and where to turn to; drafts stay, all else goes; it opens again', async () => {
  const { page } = ada
  await ada.open(`/chat/${home}`)
  await ada.composer().fill('What I had begun to say')
  await ada.page.getByText(/^(This is where|Nothing has been said)/).waitFor()
  const id = await idOf(ada)
  const expires_at = new Date(Date.now() + 3 * 3_600_000).toISOString()
  await ban(id, { expires_at, reason: 'spam in every channel' })
  await page.getByRole('heading', { name: /^You are banned from Sayso until / }).waitFor()
  await page.getByText(/^Banned from the place by .*“spam in every channel”/).waitFor()
  expect(
    await page.getByRole('link', { name: 'Ask for another decision' }).getAttribute('href'),
  ).toBe('mailto:people@example.com')
  // The draft is theirs, and nothing else is left: on the page, in the storage of the device.
  await page.getByText('What I had begun to say').waitFor()
  expect(await page.getByRole('navigation', { name: 'Channels' }).count()).toBe(0)
  const keys = await page.evaluate(() => Object.keys(localStorage))
  expect(keys.filter((key) => key.startsWith(`sayso.${id}.`))).toEqual([
    `sayso.${id}.draft.${home}`,
  ])
  // Loading the page anew does not help.
  await page.reload()
  await page.getByRole('heading', { name: /^You are banned/ }).waitFor()
  await pardon(id)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await ada.composer().waitFor()
  expect(await ada.composer().inputValue()).toBe('What I had begun to say')
  expect(ada.troubles).toEqual([])
})

test('the server ends the connection and gives no token, to any client', async () => {
  const bo: Person = await signUp(server, 'Bo Diddley')
  const client = clientOf(server, bo)
  const states = heard<Ably.ConnectionStateChange>()
  client.connection.on((change) => states.add(change))
  await client.connection.once('connected')
  await ban(bo.id)
  // Asked for another token, it gets none: this is where a stock client stops, or waits to ask again.
  await states.first(({ current }) => current === 'disconnected' || current === 'failed')
  await expect(bo.token()).rejects.toThrow(/403.*shut_out/)
  const { connections = [], items = connections } = (await (
    await call('GET', `/connections?person=${bo.id}&state=open`)
  ).json()) as { connections?: object[]; items?: object[] }
  expect(items).toEqual([])
  client.close()
})
