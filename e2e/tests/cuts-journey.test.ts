// The network is cut again and again, from a tenth of a second to ten minutes, while others write, edit and delete: the
// list ends equal to the server's, in order, with nothing twice, and the banner says what is so. The page's clock is
// moved on by hand; the server, the sockets and the cuts are real.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { type Link, openLink } from '../lib/link.ts'
import { readThrough, tail } from '../lib/log-view.ts'
import { keyRest } from '../lib/person.ts'
import { seeded } from '../lib/random.ts'
import { freePort, type Server, startServer } from '../lib/server.ts'
import { channelOf, home } from '../lib/words.ts'

const CUTS = Number(process.env.CUTS ?? 12)
const SEED = Number(process.env.SEED ?? 20_261_122)
const LEAST_MS = 100
const MOST_MS = 600_000
/** Messages compared after each cut; the whole list is compared at the end. */
const TAIL = 25

let browser: Browser
let server: Server
let link: Link
let ada: Seat
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  const port = await freePort()
  link = await openLink(port)
  const url = `http://127.0.0.1:${link.port}`
  server = await startServer({ port, env: { SAYSO_PUBLIC_URL: url } })
  // Ada is beyond the link; what is said meanwhile is said this side of it.
  ada = await Seat.take({ ...server, url }, browser, 'Ada Lovelace')
  page = ada.page
})
afterAll(async () => {
  await ada.context.close()
  await browser.close()
  await link.close()
  await server.remove()
})

const random = seeded(SEED)
const channel = () => keyRest(server).channels.get(channelOf(home))
const banner = () => page.locator('.banner')

/** Something is said, edited and deleted while the link is down. */
async function change(cut: number): Promise<void> {
  const words = 1 + random.int(12)
  await channel().publish(
    Array.from({ length: words }, (_, index) => ({
      name: 'message',
      clientId: 'bo',
      data: `Word ${cut * 100 + index}.`,
    })),
  )
  const { items } = await channel().history({ limit: TAIL })
  const pick = () => items[random.int(items.length)]
  const [edited, deleted] = [pick(), pick()]
  if (edited?.serial !== undefined && edited.action !== 'message.delete')
    await channel().updateMessage({ serial: edited.serial, data: `Edit ${cut}.` })
  if (random.int(3) === 0 && deleted?.serial !== undefined)
    await channel().deleteMessage({ serial: deleted.serial, data: '' })
}

/** Every message of the server, oldest first, as the list shows it. */
async function ofServer(): Promise<readonly string[]> {
  const said: string[] = []
  let found: Awaited<ReturnType<ReturnType<typeof channel>['history']>> | null =
    await channel().history({ limit: 1_000 })
  while (found !== null) {
    for (const { action, data } of found.items) {
      const mark = action === 'message.update' ? ' (edited)' : ''
      said.push(action === 'message.delete' ? 'deleted' : `${data}${mark}`)
    }
    found = found.hasNext() ? await found.next() : null
  }
  return said.reverse()
}

/** The page's time goes on until the list agrees; a gap is loaded when the banner offers it. */
async function agreed(cut: string): Promise<void> {
  const wanted = (await ofServer()).slice(-TAIL)
  const load = banner().getByRole('button', { name: 'Load' })
  await expect
    .poll(
      async () => {
        await page.clock.fastForward(1_000)
        if ((await load.count()) > 0) await load.click()
        return tail(page, TAIL)
      },
      { timeout: 30_000, message: cut },
    )
    .toEqual(wanted)
  await expect
    .poll(
      async () => {
        await page.clock.fastForward(1_000)
        return banner().count()
      },
      { timeout: 15_000, message: `${cut}: the banner goes` },
    )
    .toBe(0)
}

test(`after ${CUTS} cuts the list is the server's (seed ${SEED})`, async () => {
  await page.clock.install()
  await ada.becomeOwner()
  await ada.open(`/chat/${home}`)
  await ada.composer().waitFor()
  for (let cut = 1; cut <= CUTS; cut += 1) {
    const share = random.int(10_001) / 10_000
    const ms = Math.round(LEAST_MS * (MOST_MS / LEAST_MS) ** share)
    const name = `cut ${cut} of ${ms} ms`
    if (ms < 300) link.cut()
    else link.shut()
    await change(cut)
    const isMine = random.int(3) === 0
    if (isMine) await ada.say(`Mine ${cut}.`)
    await page.clock.fastForward(ms)
    if (ms > 3_000) await banner().getByText('Reconnecting.').waitFor()
    link.open()
    if (isMine) {
      const arrived = async () => {
        await page.clock.fastForward(3_000)
        return (await ofServer()).filter((text) => text === `Mine ${cut}.`).length
      }
      await expect.poll(arrived, { timeout: 30_000, message: name }).toBe(1)
    }
    await agreed(name)
  }
  expect(await readThrough(page)).toEqual(await ofServer())
  expect(ada.troubles).toEqual([])
})
