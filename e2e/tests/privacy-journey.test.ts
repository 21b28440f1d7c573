// Taking one's data along and deleting one's account, on the pages; choices that are in step on two devices.

import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { PASSWORD, Seat } from '../lib/browser.ts'
import type { Server } from '../lib/server.ts'
import { eachWithTwo } from '../lib/two.ts'
import { home } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat

eachWithTwo((two) => {
  ;({ browser, server, grace, ada } = two)
})

const section = (seat: Seat) => seat.page.getByRole('dialog', { name: 'Settings' })

describe('privacy', () => {
  test('the archive is saved and has what one wrote', async () => {
    await ada.say('A line for the archive.')
    await grace.message('A line for the archive.').waitFor()
    await ada.open(`/chat/${home}?settings=privacy`)
    const saved = ada.page.waitForEvent('download')
    const [download] = await Promise.all([
      saved,
      section(ada).getByRole('button', { name: 'Export my data' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^my-data-\d{4}-\d{2}-\d{2}\.zip$/)
    const archive = readFileSync(await download.path())
    expect(archive.includes('A line for the archive.')).toBe(true)
    await section(ada)
      .getByText(/^Saved,/)
      .waitFor()
  })

  test('deleting asks for name and password by keys alone, then one is out and no name is left', async () => {
    await ada.say('Words that stay.')
    await grace.message('Words that stay.').waitFor()
    await ada.open(`/chat/${home}?settings=privacy`)
    const dialog = section(ada)
    await dialog.getByRole('radio', { name: /^Leave them/ }).waitFor()
    const name = dialog.getByLabel(/^Type your name/)
    const password = dialog.getByLabel('Your password')
    await name.fill('Ada')
    await password.fill('not the one at all')
    await password.press('Enter')
    await dialog.getByText('This is not your name as it stands above.').waitFor()
    expect(await name.evaluate((node) => node === document.activeElement)).toBe(true)
    await name.fill('Ada Lovelace')
    await name.press('Enter')
    await dialog.getByText('This is not your password.').waitFor()
    expect(await password.evaluate((node) => node === document.activeElement)).toBe(true)
    await password.fill(PASSWORD)
    await password.press('Enter')
    await ada.page.getByRole('link', { name: 'Sign in' }).first().waitFor()
    await grace.page.reload()
    await grace.message('Words that stay.').waitFor()
    await grace.page.getByRole('log').getByText('Deleted person').first().waitFor()
    expect(await grace.page.getByText(ada.name).count()).toBe(0)
    const kept = await ada.page.evaluate(() => Object.keys(localStorage))
    expect(kept.filter((key) => key.includes('.draft.') || key.includes('.own.'))).toEqual([])
    expect([...grace.troubles, ...ada.troubles]).toEqual([])
  })
})

describe('choices', () => {
  test('of one device are those of another', async () => {
    const other = await ada.tab('/chat')
    await other.evaluate(() => localStorage.removeItem('sayso.choices'))
    await ada.open(`/chat/${home}?settings=appearance`)
    await section(ada).getByRole('radio', { name: 'Compact' }).check({ force: true })
    const fresh = await Seat.take(server, browser, ada.name)
    await fresh.context.addCookies(await ada.context.cookies())
    await fresh.open('/chat')
    await fresh.page.locator('html[data-density=compact]').waitFor()
    await fresh.context.close()
  })
})
