// Two people, two browsers, one real server: they chat, and a right changes under their hands.

import { beforeEach, describe, expect, test } from 'vitest'
import type { Seat } from '../lib/browser.ts'
import { keyRest, listChannel } from '../lib/person.ts'
import type { Server } from '../lib/server.ts'
import { eachWithTwo } from '../lib/two.ts'
import { channelOf, home, inner, promotedTitle, readOnly, titleOf } from '../lib/words.ts'

let server: Server
let grace: Seat
let ada: Seat

eachWithTwo((two) => {
  ;({ server, grace, ada } = two)
})

async function promote(): Promise<void> {
  await (await grace.menuItem(ada.name, /^Promote/)).click()
}
async function demote(): Promise<void> {
  await (await grace.menuItem(ada.name, /^Demote/)).click()
}

describe('two people chat', () => {
  test('what one says, the other reads, at once and after a reload', async () => {
    await grace.say('Welcome, Ada.')
    await ada.message('Welcome, Ada.').waitFor()
    await ada.say('Good to be here.')
    await grace.message('Good to be here.').waitFor()
    await ada.page.reload()
    await ada.message('Welcome, Ada.').waitFor()
    await ada.message('Good to be here.').waitFor()
    expect(
      await ada.page.getByRole('log').getByText('Good to be here.', { exact: true }).count(),
    ).toBe(1)
    expect([...grace.troubles, ...ada.troubles]).toEqual([])
  })

  test('the stock client publishes from a terminal into the same channel', async () => {
    await keyRest(server).channels.get(channelOf(home)).publish('message', 'Hello from a terminal.')
    await ada.message('Hello from a terminal.').waitFor()
  })

  test('a read-only channel says so and takes no text', async () => {
    await ada.channel(readOnly).click()
    await ada.page.getByText(`You can read #${titleOf(readOnly)}, not write`).waitFor()
    expect(await ada.composer().count()).toBe(0)
  })

  test('an author edits and deletes her own message; others see both', async () => {
    await ada.say('Teh build is on staging.')
    const row = ada.message('Teh build is on staging.')
    await row.waitFor()
    await grace.message('Teh build is on staging.').waitFor()
    await ada.composer().press('ArrowUp')
    const edit = ada.page.getByRole('textbox', { name: /edit/i })
    await edit.fill('The build is on staging.')
    await edit.press('Enter')
    // The mark of the edit stands in the same line.
    const edited = /^The build is on staging\. ?\(edited\)/
    await grace.page.getByRole('log').getByText(edited).first().waitFor()
    await ada.page.getByRole('log').getByText(edited).first().click({ button: 'right' })
    await ada.page.getByRole('menuitem', { name: /^Delete/ }).click()
    // A reload sends at once what would wait for ten seconds.
    await ada.page.getByText(/Deleted in/).waitFor()
    await ada.page.reload()
    await grace.page.getByText(/^Message deleted/).waitFor()
    expect(await grace.page.getByRole('log').getByText(edited).count()).toBe(0)
  })
})

describe('a right changes under their hands', () => {
  test('promote: the channel and the controls appear on the other screen; demote: they go, the draft stays', async () => {
    await grace.say('First words.')
    await ada.message('First words.').waitFor()
    await ada.composer().fill('half a thought')
    const second = await ada.tab(`/chat/${home}`)
    await second.getByRole('log').waitFor()
    expect(await ada.channel(inner).count()).toBe(0)

    await promote()
    await ada.channel(inner).waitFor()
    await second
      .getByRole('navigation', { name: 'Channels' })
      .getByRole('link', { name: new RegExp(titleOf(inner)) })
      .waitFor()
    await ada.page
      .getByText(new RegExp(`You are now an? ${promotedTitle}`, 'i'))
      .first()
      .waitFor()
    await ada.message('First words.').click({ button: 'right' })
    await ada.page.getByRole('menuitem', { name: /^Delete/ }).waitFor()
    await ada.page.keyboard.press('Escape')
    const line = grace.page.getByRole('log').getByText(new RegExp(`${ada.name} was made`))
    await line.waitFor()
    expect(await line.count()).toBe(1)
    expect(await ada.composer().inputValue()).toBe('half a thought')

    await second
      .getByRole('link', { name: new RegExp(titleOf(inner)) })
      .first()
      .click()
    await second.getByRole('textbox', { name: /^Message #/ }).fill('between us')
    await second.keyboard.press('Enter')
    await second.getByRole('log').getByText('between us').waitFor()

    await demote()
    await ada.channel(inner).waitFor({ state: 'detached' })
    await second
      .getByText(`You no longer have access to #${titleOf(inner)}`)
      .first()
      .waitFor()
    await second.getByRole('log').getByText('between us').waitFor({ state: 'detached' })
    expect(await ada.composer().inputValue()).toBe('half a thought')
    await ada.composer().press('Enter')
    await grace.message('half a thought').waitFor()
    expect([...grace.troubles, ...ada.troubles]).toEqual([])
  })

  test('a reload in between keeps the answer true', async () => {
    await promote()
    await ada.channel(inner).waitFor()
    await ada.page.reload()
    await ada.channel(inner).waitFor()
    await ada.channel(inner).click()
    await ada.composer().waitFor()
    await demote()
    await ada.page.reload()
    await ada.page
      .getByText(`#${titleOf(inner)}`)
      .or(ada.page.getByText(`#${inner}`))
      .first()
      .waitFor()
    expect(await ada.composer().count()).toBe(0)
    expect(await ada.channel(inner).count()).toBe(0)
  })

  test('a moderator deletes what somebody else wrote, and cannot any more once demoted', async () => {
    await grace.say('Link spam.')
    await ada.message('Link spam.').waitFor()
    await promote()
    await ada.channel(inner).waitFor()
    await ada.message('Link spam.').click({ button: 'right' })
    await ada.page.getByRole('menuitem', { name: /^Delete/ }).click()
    await ada.page.getByText(/Deleted in/).waitFor()
    await ada.page.reload()
    await grace.page.getByText(new RegExp(`Message deleted by ${ada.name}`)).waitFor()
  })
})

describe('a channel one may know of and not enter', () => {
  const ask = () => ada.page.getByRole('button', { name: 'Request access' })
  const locked = () => ada.channel(inner).and(ada.page.getByRole('link', { name: /Request/ }))

  beforeEach(async () => {
    expect(await ada.channel(inner).count()).toBe(0)
    await listChannel(server, inner, true)
    await locked().waitFor()
  })

  test('is shown locked; a request is answered by who may, and opens it in place', async () => {
    await locked().click()
    await ada.page.getByLabel(/A word to/).fill('I can help with spam.')
    await ask().click()
    await ada.page.getByText('You have asked to be let in.', { exact: false }).waitFor()

    await grace.page
      .getByText(`asks to enter #${titleOf(inner)}`)
      .first()
      .waitFor()
    await grace.channel(inner).click()
    await grace.page.getByText('I can help with spam.').waitFor()
    await grace.page.getByRole('button', { name: new RegExp(`^Let in ${ada.name}`) }).click()

    await ada.composer().waitFor()
    await grace.page
      .getByRole('log')
      .getByText(new RegExp(`${ada.name} was made`))
      .waitFor()
    await grace.page.getByText('I can help with spam.').waitFor({ state: 'detached' })
    await ada.say('Thank you.')
    await grace.message('Thank you.').waitFor()
    expect([...grace.troubles, ...ada.troubles]).toEqual([])
  })

  test('stays locked when the answer is no, and says who said so', async () => {
    await locked().click()
    await ask().click()
    await grace.channel(inner).click()
    await grace.page.getByRole('button', { name: new RegExp(`^Decline ${ada.name}`) }).click()
    await ada.page
      .getByText(`You were not let in to #${titleOf(inner)}`)
      .first()
      .waitFor()
    await ask().waitFor()
    expect(await ada.composer().count()).toBe(0)
  })

  test('a request can be taken back, and a channel that is not listed any more is gone', async () => {
    await locked().click()
    await ask().click()
    await ada.page.getByRole('button', { name: 'Take the request back' }).click()
    await ask().waitFor()
    await listChannel(server, inner, false)
    await locked().waitFor({ state: 'detached' })
    expect(await ask().count()).toBe(0)
  })

  test('who loses a listed channel sees it locked, with nothing of it left', async () => {
    await promote()
    await ada.channel(inner).click()
    await ada.say('between us')
    await ada.message('between us').waitFor()
    await demote()
    await ada.page
      .getByText(`You no longer have access to #${titleOf(inner)}`)
      .first()
      .waitFor()
    await ask().waitFor()
    expect(await ada.page.getByText('between us').count()).toBe(0)
  })
})

describe('the connection breaks', () => {
  test('network cut and reconnect: nothing is lost, nothing doubled, the banner says so', async () => {
    await ada.say('Before the cut.')
    await grace.message('Before the cut.').waitFor()
    await ada.context.setOffline(true)
    await ada.say('Written while away.')
    await grace.say('Said while Ada was away.')
    await grace.message('Said while Ada was away.').waitFor()
    await ada.context.setOffline(false)
    await ada.message('Said while Ada was away.').waitFor()
    await grace.message('Written while away.').waitFor()
    for (const seat of [grace, ada]) {
      for (const text of ['Before the cut.', 'Written while away.', 'Said while Ada was away.']) {
        expect(await seat.message(text).count(), `${seat.name}: ${text}`).toBe(1)
      }
    }
  })

  test('server restart mid-conversation: both go on where they were', async () => {
    await ada.say('Before the restart.')
    await grace.message('Before the restart.').waitFor()
    await server.kill('SIGTERM')
    await ada.say('Written while it was down.')
    server = await server.restart()
    await grace.message('Written while it was down.').waitFor()
    await grace.say('And on we go.')
    await ada.message('And on we go.').waitFor()
    await promote()
    await ada.channel(inner).waitFor()
    for (const text of ['Before the restart.', 'Written while it was down.', 'And on we go.']) {
      expect(await ada.message(text).count(), text).toBe(1)
      expect(await grace.message(text).count(), text).toBe(1)
    }
  })
})
