// Files in two browsers: attached, described, sent, looked at, saved; out of sight with the right; going on after a cut.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Seat, seatTwo } from '../lib/browser.ts'
import { keyRest } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelOf, home } from '../lib/words.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer({ env: { SAYSO_MAX_FILE_BYTES: '2000000' } })
  ;[grace, ada] = await seatTwo(server, browser)
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

const pick = (seat: Seat, ...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  seat.page.locator('.composer input[type=file]').setInputFiles(files)
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: PNG })
const note = (name: string, text: string) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
})
const send = (seat: Seat) => seat.page.locator('button.send')
const says = (seat: Seat) => seat.page.locator('.tray-says')

/** By a key: what the page does to delete is its own story. */
async function deleteNewest(of: Server): Promise<void> {
  const channel = keyRest(of).channels.get(channelOf(home))
  const [newest] = (await channel.history({ limit: 1 })).items
  if (newest !== undefined) await channel.deleteMessage(newest)
}

describe('files', () => {
  test('[C-13] a picture is described or not, sent, and opened by keyboard; focus comes back', async () => {
    await pick(ada, picture('harbour.png'))
    await says(ada)
      .getByText(/Describe the pictures/)
      .waitFor()
    expect(await send(ada).getAttribute('aria-disabled')).toBe('true')
    await ada.page.getByLabel('Describe harbour.png').fill('A harbour at dawn')
    await ada.composer().fill('Look at this')
    await ada.composer().press('Enter')
    const tile = grace.page.getByRole('button', { name: /^Open harbour.png: A harbour at dawn/ })
    await tile.waitFor()
    await tile.focus()
    await grace.page.keyboard.press('Enter')
    await grace.page.getByRole('dialog').getByAltText('A harbour at dawn').waitFor()
    await grace.page.keyboard.press('Escape')
    await grace.page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await tile.evaluate((element) => element === document.activeElement)).toBe(true)
    await ada.page.locator('.tray').waitFor({ state: 'detached' })
  })

  test('[C-13] several at once, one taken back, sent without a word', async () => {
    await pick(ada, note('one.txt', 'one'), note('two.txt', 'two'), picture('dot.png'))
    await ada.page.getByRole('button', { name: 'Remove one.txt' }).click()
    await says(ada).getByRole('button', { name: 'Send without descriptions' }).click()
    await ada.page.locator('button.send[aria-disabled=false]').click()
    await grace.page.getByRole('link', { name: 'Save two.txt' }).waitFor()
    expect(await grace.page.getByText('one.txt').count()).toBe(0)
    const [download] = await Promise.all([
      grace.page.waitForEvent('download'),
      grace.page.getByRole('link', { name: 'Save two.txt' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('two.txt')
  })

  test('[C-13] too large is said before a byte is sent', async () => {
    const large = { name: 'large.bin', mimeType: 'application/octet-stream' }
    await pick(ada, { ...large, buffer: Buffer.alloc(2_000_001) })
    await ada.page.getByText('Larger than 2 MB, which is the most here.').waitFor()
    await ada.page.getByRole('button', { name: 'Cancel large.bin' }).click()
    await ada.page.locator('.tray').waitFor({ state: 'detached' })
  })

  test('[C-13] an upload goes on after a cut, and after a reload', async () => {
    await ada.context.route('**/api/v1/uploads/**', (route) => route.abort())
    await pick(ada, note('long.txt', 'x'.repeat(900_000)))
    await ada.page.getByText('Paused until the server is reached').waitFor()
    await ada.page.reload()
    await ada.page.getByRole('button', { name: 'Cancel long.txt' }).waitFor()
    await ada.context.unroute('**/api/v1/uploads/**')
    await ada.page.evaluate(() => dispatchEvent(new Event('online')))
    await ada.page.getByRole('button', { name: 'Remove long.txt' }).waitFor()
    await ada.composer().press('Enter')
    await grace.page.getByRole('link', { name: 'Save long.txt' }).waitFor()
  })

  test('pasted and dropped files are attached', async () => {
    await ada.composer().evaluate((field) => {
      const data = new DataTransfer()
      data.items.add(new File(['pasted'], 'pasted.txt', { type: 'text/plain' }))
      field.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    })
    await ada.page.getByRole('button', { name: 'Remove pasted.txt' }).waitFor()
    await ada.page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }))
      const init = { dataTransfer: data, bubbles: true, cancelable: true }
      document.body.dispatchEvent(new DragEvent('dragenter', init))
      document.body.dispatchEvent(new DragEvent('dragover', init))
    })
    await ada.page.getByText('Drop files to attach them').waitFor()
    await ada.page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }))
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      )
    })
    await ada.page.getByRole('button', { name: 'Remove dropped.txt' }).waitFor()
    await ada.composer().press('Enter')
    await grace.page.getByRole('link', { name: 'Save dropped.txt' }).waitFor()
  })

  test('a message that is deleted takes its picture from every screen', async () => {
    await pick(ada, picture('brief.png'))
    await says(ada).getByRole('button', { name: 'Send without descriptions' }).click()
    await ada.page.locator('button.send[aria-disabled=false]').click()
    const tile = grace.page.getByRole('button', { name: /^Open brief.png/ })
    await tile.locator('img').waitFor()
    const width = await tile
      .locator('img')
      .evaluate((image: HTMLImageElement) => image.naturalWidth)
    expect(width).toBe(1)
    await deleteNewest(server)
    await tile.waitFor({ state: 'detached' })
    expect([...grace.troubles, ...ada.troubles]).toEqual([])
  })
})
