// From a refusal to its explanation: whoever may ask why is led there, everybody else has the reason in words.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { KEY, ROOT, type Server, startServer } from '../lib/server.ts'
import { home, titleOf } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat

/** The default policy, in which whoever archives a channel also closes it to moderation. */
async function strictPolicy(): Promise<string> {
  const text = await readFile(join(ROOT, 'packages/server/default-policy.yaml'), 'utf8')
  const at = text.indexOf('- publish', text.indexOf('- id: archived'))
  const folder = await mkdtemp(join(tmpdir(), 'sayso-why-'))
  const path = join(folder, 'policy.yaml')
  await writeFile(
    path,
    `${text.slice(0, at)}- mute\n          - set-pace\n          ${text.slice(at)}`,
  )
  return path
}

let policy: string

beforeAll(async () => {
  browser = await openBrowser()
  policy = await strictPolicy()
  server = await startServer({ env: { SAYSO_POLICY: policy } })
  grace = await Seat.take(server, browser, 'Grace Hopper')
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  await grace.enter(server.setUpUrl)
  await ada.enter()
})
afterAll(async () => {
  await Promise.all([grace, ada].map(({ context }) => context.close()))
  await browser.close()
  await server.remove()
  await rm(dirname(policy), { recursive: true })
})
afterEach(() => expect([...grace.troubles, ...ada.troubles]).toEqual([]))

const ATTACHED = 11

/** A page that does not hear of changes of rights while it is held: what it does then is refused by the server. */
async function deafened(page: Page) {
  let isDeaf = false
  const late: (() => void)[] = []
  const hear = (socket: WebSocketRoute) => {
    const far = socket.connectToServer()
    socket.onMessage((message) => far.send(message))
    far.onMessage((message) => {
      const pass = () => socket.send(message)
      const { channel = '', action } = JSON.parse(String(message)) as {
        channel?: string
        action?: number
      }
      const isOfRights = channel.startsWith('[permissions]') || action === ATTACHED
      if (isDeaf && isOfRights) late.push(pass)
      else pass()
    })
  }
  await page.routeWebSocket(/./, hear)
  return {
    hold: () => {
      isDeaf = true
    },
    release: () => {
      isDeaf = false
      for (const pass of late.splice(0)) pass()
    },
  }
}

/** As the owner's own server. */
async function archive(archived: boolean): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/channels/${home}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ archived }),
  })
  expect(answer.status).toBe(200)
}

/** Something is written in the moment in which it is forbidden. */
async function refusedWhileWriting(seat: Seat) {
  const ears = await deafened(seat.page)
  await seat.open(`/chat/${home}`)
  await seat.composer().waitFor()
  await seat.page.getByText(/^(This is where|Nothing has been said)/).waitFor()
  ears.hold()
  await archive(true)
  await seat.say('One more thing.')
  const row = seat.page.getByRole('article').filter({ hasText: 'One more thing.' })
  await row
    .getByRole('alert')
    .filter({ hasText: 'Not sent: your rights changed while you wrote.' })
    .waitFor()
  ears.release()
  return row
}

test('a message that was refused leads whoever may ask why to the explanation of that refusal', async () => {
  const row = await refusedWhileWriting(grace)
  await row.getByRole('link', { name: 'Why?' }).click()
  await grace.page.waitForURL(/\/admin\/explain\/[\w-]+$/)
  await grace.page.getByText(/takes it away, whatever a role allows\./).waitFor()
  await archive(false)
})

test('so does a closed composer, by the question it stands for', async () => {
  await archive(true)
  await grace.open(`/chat/${home}`)
  const card = grace.page.locator('form').filter({ hasText: `#${titleOf(home)} is archived` })
  await card.getByRole('link', { name: 'Why?' }).click()
  await grace.page.waitForURL(/\/admin\/explain\?who=user/)
  await grace.page.getByText(/takes it away, whatever a role allows\./).waitFor()
  await archive(false)
})

test('so do the items of menus that are turned off while they are open: by pointer, and by keys', async () => {
  await ada.open(`/chat/${home}`)
  await ada.composer().waitFor()
  await grace.open(`/chat/${home}`)
  await grace.composer().waitFor()
  // Of somebody else: one's own has no menu while it is on its way.
  await ada.say('To be answered.')
  await grace.message('To be answered.').click({ button: 'right' })
  const { page } = grace
  const items = page.getByRole('menuitem')
  await items.filter({ hasText: 'Reply' }).waitFor()
  expect(await page.getByRole('menuitem', { name: 'Why?' }).count()).toBe(0)
  await archive(true)
  const why = page.getByRole('menuitem', { name: 'Why? Reply' })
  await why.waitFor()
  await page.keyboard.press('End')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Why?')
  await why.click()
  await page.waitForURL(/\/admin\/explain\?who=user.*action=publish/)
  await page.getByText(/takes it away, whatever a role allows\./).waitFor()
  await archive(false)
  await grace.open(`/chat/${home}`)
  await page.getByRole('button', { name: 'Actions for Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: /^Mute/ }).waitFor()
  await archive(true)
  await page.getByRole('menuitem', { name: /^Why\? Mute/ }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/admin\/explain\?who=user.*action=mute/)
  await archive(false)
})

test('and the settings of a channel, which keep what was begun in them', async () => {
  await grace.open(`/chat/${home}?pane=details`)
  const { page } = grace
  const pane = page.getByRole('complementary')
  await pane.getByLabel('Slow mode').waitFor()
  await archive(true)
  await pane.getByRole('link', { name: 'Why?' }).click()
  await page.waitForURL(/\/admin\/explain\?who=user.*action=set-pace/)
  await archive(false)
})

test('everybody else is told in words, and led nowhere', async () => {
  const row = await refusedWhileWriting(ada)
  await ada.page.getByText(`#${titleOf(home)} is archived`).waitFor()
  expect(await row.getByRole('link').count()).toBe(0)
  expect(await ada.page.getByRole('link', { name: 'Why?' }).count()).toBe(0)
  // The refused text is kept.
  await row.getByRole('button', { name: 'Copy' }).waitFor()
  await archive(false)
})
