// The controls of a conversation and of the inbox by a user's hands: what each does is read back from the server, and seen by the
// other operator.

import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Seat } from '../lib/browser.ts'
import {
  button,
  callAs,
  type DeskPlace,
  dialog,
  inbox,
  log,
  note,
  openDesk,
  reply,
  taken,
} from '../lib/desk-place.ts'
import { closeClients } from '../lib/stock.ts'
import { askWidget } from '../lib/widget-visitor.ts'

let desk: DeskPlace
let grace: Seat
let ada: Seat
let read: DeskPlace['read']
let comes: DeskPlace['comes']

beforeAll(async () => {
  desk = await openDesk()
  ;({ grace, ada, read, comes } = desk)
})
afterEach(() => {
  closeClients()
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})
afterAll(async () => desk.close())

const ask = (path: string, body: object, device: string) => askWidget(desk, path, body, device)

/** An act of the menu in a conversation's head. */
async function act({ page }: Seat, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).first().click()
  await page.getByRole('menuitem', { name }).click()
}

test('labels are put on and taken off; what is put aside comes back when the visitor writes', async () => {
  const vera = await comes('Vera', 'The rye was burnt.')
  await taken(desk, vera)
  await button(ada, 'Add labels').click()
  await dialog(ada, 'Labels').getByLabel('Add labels').fill('refund, rye')
  await dialog(ada, 'Labels').getByRole('button', { name: 'Save' }).click()
  await button(grace, 'refund, rye').waitFor()
  expect((await read(vera.key)).labels).toEqual(['refund', 'rye'])
  await button(ada, 'refund, rye').click()
  // One begins in the field, whatever stands before it; Enter saves.
  await ada.page.keyboard.type('  ')
  expect(await dialog(ada, 'Labels').getByLabel('Add labels').inputValue()).toBe('  ')
  await dialog(ada, 'Labels').getByRole('button', { name: 'Remove refund' }).click()
  await dialog(ada, 'Labels').getByLabel('Add labels').press('Enter')
  await button(grace, 'rye').waitFor()
  expect((await read(vera.key)).labels).toEqual(['rye'])
  await act(ada, /^Put aside/)
  const aside = dialog(ada, 'Put Vera aside?')
  await aside.getByLabel('Until').selectOption({ label: 'In a week' })
  await aside.getByRole('button', { name: 'Put it aside' }).click()
  await grace.page.getByText('Aside until').waitFor()
  const { state, snoozedUntilMs = 0 } = await read(vera.key)
  expect(state).toBe('snoozed')
  expect(new Date(snoozedUntilMs).getHours()).toBe(9)
  await vera.channel.publish('text', { text: 'Is anybody there?' })
  for (const seat of [ada, grace]) await log(seat).getByText('The conversation is back').waitFor()
  expect(await read(vera.key)).toMatchObject({ state: 'open', assignee: { name: ada.name } })
})

test('a supervisor joins, leaves, reads along and whispers to somebody, who is told and led there', async () => {
  const wim = await comes('Wim', 'Do you have spelt?')
  await taken(desk, wim)
  await act(grace, /^Join/)
  await reply(grace).fill('We both look.')
  expect((await read(wim.key)).joined.map(({ name }) => name)).toEqual([grace.name])
  await reply(grace).press('Enter')
  await wim.hears('We both look.')
  await act(grace, /^Leave/)
  await expect.poll(async () => (await read(wim.key)).joined).toEqual([])
  await log(ada).getByText('Grace Hopper left').waitFor()
  const before = wim.heard.length
  await act(grace, /^Read along/)
  await grace.page.getByText('You read along').waitFor()
  await ada.open('/desk/operators')
  await ada.page.getByRole('heading', { name: 'Operators' }).waitFor()
  await note(grace).pressSequentially('Ask the mill, @Ad')
  await grace.page.getByRole('option', { name: /Ada Lovelace/ }).waitFor()
  await note(grace).press('Enter')
  await note(grace).pressSequentially('please')
  await note(grace).press('Enter')
  await ada.page.getByText('Grace Hopper names you in a note').waitFor()
  await button(ada, 'Read it').click()
  await log(ada).getByText('Ask the mill').waitFor()
  expect(new URL(ada.page.url()).pathname).toBe(`/desk/inbox/${wim.key}`)
  await reply(ada).fill('We have.')
  await reply(ada).press('Enter')
  await wim.hears('We have.')
  const bar = { name: 'You are reading along' }
  const tab = await grace.tab(`/desk/inbox/${wim.key}`)
  await grace.page.getByRole('region', bar).waitFor()
  await tab.getByRole('region', bar).getByRole('button', { name: 'Stop' }).click()
  for (const page of [tab, grace.page])
    await page.getByRole('region', bar).waitFor({ state: 'detached' })
  await tab.close()
  expect(await ada.page.getByRole('region', bar).count()).toBe(0)
  await act(grace, /^Read along/)
  await grace.page.getByRole('region', bar).waitFor()
  expect(wim.heard.slice(before).join()).not.toMatch(/mill|Grace/)
})

test('a blocked visitor is out at once and not let in again; the conversation is closed', async () => {
  const bo = await comes('Bo', 'You are all fools.')
  await taken(desk, bo)
  await act(grace, /^Block the visitor/)
  const asked = dialog(grace, 'Block Bo?')
  await asked.getByText('This conversation is closed for good, in your name.').waitFor()
  await asked.getByLabel(/^Reason/).fill('insults')
  await asked.getByLabel(/^Reason/).press('Enter')
  await grace.page.getByText('Bo is blocked').waitFor()
  for (const { page } of [grace, ada]) {
    await page.getByText('Grace Hopper closed this conversation').waitFor()
    await page.getByText('The visitor was blocked.').first().waitFor()
  }
  expect(await read(bo.key)).toMatchObject({ state: 'closed', closeReason: 'blocked' })
  await expect.poll(() => bo.channel.state, { timeout: 10_000 }).not.toBe('attached')
  const again = await askWidget(desk, '/session', { device: bo.device })
  expect(again.code).toBe('not_available')
  const { items } = await desk.owner<{ items: { command: string; reason?: string }[] }>(
    'GET',
    '/audit',
  )
  expect(items).toContainEqual(
    expect.objectContaining({ command: 'block-visitor', reason: 'insults' }),
  )
  await act(grace, /^Let the visitor in again/)
  await grace.page.getByText('Bo may come in again').waitFor()
  const back = await askWidget(desk, '/session', { device: bo.device })
  expect(back.code).toBeUndefined()
  expect(await read(bo.key)).toMatchObject({ state: 'closed' })
})

test('closed with a reason and a summary, which stand by the next one; a word of it is found again', async () => {
  const cleo = await comes('Cleo', 'Is there marzipan in the stollen?')
  await taken(desk, cleo)
  await button(ada, 'Close').click()
  const asked = dialog(ada, /^Close the conversation with Cleo/)
  await asked.getByLabel('Reason').selectOption({ label: 'Other…' })
  await asked.getByLabel('Which?').fill('Told by phone')
  await asked.getByLabel('Summary').fill('Allergic to almonds.')
  await asked.getByRole('button', { name: 'Close it' }).click()
  await grace.page.getByText('Ada Lovelace closed this conversation').waitFor()
  const closed = { state: 'closed', closeReason: 'Told by phone', summary: 'Allergic to almonds.' }
  expect(await read(cleo.key)).toMatchObject(closed)
  const next = await ask('/conversations', { text: 'And the panettone?' }, cleo.device)
  const { key } = next.conversation as { key: string }
  await grace.open(`/desk/inbox/${key}`)
  const earlier = grace.page.getByRole('region', { name: 'Earlier conversations' })
  await earlier.getByText('Allergic to almonds.').waitFor()
  await earlier.getByText(/Told by phone/).waitFor()
  await button(grace, 'Search').click()
  await grace.page.getByRole('searchbox').fill('marzipan')
  const found = inbox(grace).getByRole('link', { name: /Cleo/ })
  await found.locator('mark', { hasText: 'marzipan' }).waitFor()
  await found.click()
  await log(grace).getByText('Is there marzipan in the stollen?').waitFor()
  expect(new URL(grace.page.url()).pathname).toBe(`/desk/inbox/${cleo.key}`)
})

test('in a dialog a choice by keys does not confirm it, Enter does; Escape leaves everything as it was', async () => {
  const lou = await comes('Lou', 'Is the rye vegan?')
  await taken(desk, lou)
  await button(ada, 'Close').click()
  const asked = dialog(ada, /^Close the conversation with Lou/)
  const reason = asked.getByLabel('Reason')
  const { keyboard } = ada.page
  await expect.poll(() => reason.evaluate((field) => field.matches(':focus'))).toBe(true)
  for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'Enter']) await keyboard.press(key)
  await expect.poll(() => reason.inputValue()).toBe('noAnswer')
  expect(await asked.count()).toBe(1)
  await keyboard.press('Escape')
  await asked.waitFor({ state: 'detached' })
  expect((await read(lou.key)).state).toBe('open')
  await button(ada, 'Close').click()
  await asked.getByLabel('Summary').fill('Yes.')
  await keyboard.press('Enter')
  expect(await asked.getByLabel('Summary').inputValue()).toBe('Yes.\n')
  await keyboard.press('Control+Enter')
  await ada.page.getByText('Ada Lovelace closed this conversation').waitFor()
  expect(await read(lou.key)).toMatchObject({ state: 'closed', closeReason: 'Answered' })
})

test('filters narrow the list and are kept when the page is loaded again', async () => {
  const fay = await comes('Fay', 'I ordered a cake.')
  const guy = await comes('Guy', 'I ordered a tart.')
  for (const { key } of [fay, guy])
    await callAs(desk, grace, 'POST', `/desk/conversations/${key}/claim`, {})
  await callAs(desk, grace, 'PATCH', `/desk/conversations/${fay.key}`, { labels: ['wedding'] })
  await grace.open('/desk?view=mine')
  await inbox(grace).getByRole('link', { name: /Guy/ }).waitFor()
  await button(grace, 'Filters').click()
  const filters = dialog(grace, 'Filters')
  await filters.getByLabel('Label').selectOption('wedding')
  await filters.getByLabel('State').selectOption({ label: 'Open' })
  await inbox(grace).getByRole('link', { name: /Guy/ }).waitFor({ state: 'detached' })
  await grace.page.reload()
  await inbox(grace).getByRole('link', { name: /Fay/ }).waitFor()
  expect(await inbox(grace).getByRole('link', { name: /Guy/ }).count()).toBe(0)
  expect(Object.fromEntries(new URL(grace.page.url()).searchParams)).toEqual({
    view: 'mine',
    label: 'wedding',
    state: 'open',
  })
})

const blurred = (field: Locator) => field.evaluate((element: HTMLElement) => element.blur())

test('the whole way by keys', async () => {
  await comes('Jim', 'Are you open on Mondays?')
  const kim = await comes('Kim', 'Are you open on Sundays?')
  await ada.open('/desk?view=waiting')
  const { keyboard } = ada.page
  await inbox(ada).getByRole('link', { name: /Kim/ }).waitFor()
  const rows = inbox(ada).locator('.conv')
  const at = () => rows.evaluateAll((all) => all.indexOf(document.activeElement as HTMLElement))
  const last = (await rows.count()) - 1
  for (let step = 0; step <= last; step += 1) await keyboard.press('j')
  expect(await at()).toBe(last)
  await keyboard.press('k')
  expect(await at()).toBe(last - 1)
  await keyboard.press('j')
  // Whoever came last waits shortest, and stands last.
  await keyboard.press('Enter')
  await button(ada, 'Take it').waitFor()
  expect(new URL(ada.page.url()).pathname).toBe(`/desk/inbox/${kim.key}`)
  await keyboard.press('c')
  await button(ada, 'Transfer…').waitFor()
  expect((await read(kim.key)).assignee?.name).toBe(ada.name)
  await blurred(reply(ada))
  await keyboard.press('n')
  await note(ada).waitFor()
  await note(ada).press('?')
  expect(await note(ada).inputValue()).toBe('?')
  await note(ada).fill('A regular.')
  await note(ada).press('Enter')
  await log(ada).getByText('A regular.').waitFor()
  await blurred(note(ada))
  await keyboard.press('r')
  await reply(ada).fill('From eight.')
  await reply(ada).press('Enter')
  await kim.hears('From eight.')
  await blurred(reply(ada))
  await keyboard.press('t')
  await dialog(ada, 'Hand the conversation on').waitFor()
  await keyboard.press('Escape')
  await keyboard.press('/')
  await ada.page.getByRole('searchbox').waitFor()
  await keyboard.press('Escape')
  await keyboard.press('?')
  await dialog(ada, 'Keys of the desk').waitFor()
  await keyboard.press('Escape')
  await keyboard.press('e')
  await dialog(ada, /^Close the conversation with Kim/).waitFor()
  await keyboard.press('Enter')
  await ada.page.getByText('Ada Lovelace closed this conversation').waitFor()
  expect((await read(kim.key)).state).toBe('closed')
})

/** Closes the open dialog and presses a key before the browser has drawn again, from wherever the focus is then. */
const closedAndPressed = ({ page }: Seat, key: string) =>
  page.evaluate((pressed) => {
    document.querySelector<HTMLDialogElement>('dialog[open]')?.requestClose()
    const from = document.activeElement ?? document.body
    const init = { key: pressed, bubbles: true, cancelable: true, composed: true }
    from.dispatchEvent(new KeyboardEvent('keydown', init))
    return from.localName
  }, key)

test('keys work at once after a dialog has closed, and with the focus on a choice', async () => {
  const lou = await comes('Lou', 'Do you sell flour?')
  await taken(desk, lou)
  await blurred(reply(ada))
  await ada.page.keyboard.press('t')
  await dialog(ada, 'Hand the conversation on').waitFor()
  expect(await closedAndPressed(ada, '/')).toBe('select')
  await ada.page.getByRole('searchbox').waitFor()
  await ada.page.keyboard.press('Escape')
  await ada.page.getByRole('radio', { name: 'Reply' }).focus()
  await ada.page.keyboard.press('n')
  await note(ada).waitFor()
})

test('two take at the same moment: one has it, the other reads who was faster', async () => {
  const zoe = await comes('Zoe', 'Me first, please.')
  // Both have pressed before the server hears of either.
  let held = 0
  let go: () => void = () => undefined
  const both = new Promise<void>((resolve) => {
    go = resolve
  })
  const seats = [grace, ada]
  for (const seat of seats) {
    await seat.open(`/desk/inbox/${zoe.key}`)
    await seat.page.route('**/claim', async (route) => {
      held += 1
      if (held === seats.length) go()
      await both
      await route.continue()
    })
  }
  await Promise.all(seats.map((seat) => button(seat, 'Take it').click()))
  const winnerOf = async () => (await read(zoe.key)).assignee?.name
  await expect.poll(winnerOf).toBeDefined()
  const name = await winnerOf()
  const winner = name === ada.name ? ada : grace
  const loser = winner === ada ? grace : ada
  await reply(winner).waitFor()
  await loser.page.getByText(`${name} was faster`).first().waitFor()
  expect(await reply(loser).count()).toBe(0)
  for (const seat of seats) await seat.page.unroute('**/claim')
})

test('buttons that a right turns off stay where they are, and say why', async () => {
  await desk.role('POST', 'supervisor')
  const una = await comes('Una', 'Which flour is it?')
  await ada.open(`/desk/inbox/${una.key}`)
  // Nobody has it: it is given to somebody, not handed on.
  await button(ada, 'Assign…').waitFor()
  expect(await button(ada, 'Transfer…').count()).toBe(0)
  await button(ada, 'Close').focus()
  await desk.role('DELETE', 'supervisor')
  const reason = (name: string) =>
    button(ada, name).evaluate((element) => {
      const id = element.getAttribute('aria-describedby')
      return id === null ? '' : (document.getElementById(id)?.textContent ?? '')
    })
  await expect.poll(() => reason('Close')).toBe('You can no longer close it.')
  expect(await button(ada, 'Close').getAttribute('aria-disabled')).toBe('true')
  expect(await reason('Assign…')).toBe('You can no longer give it to somebody.')
  expect(await reason('Add labels')).toBe('You can no longer change its labels.')
  // The focus is where it was, and the button does nothing.
  await ada.page.keyboard.press('Enter')
  expect(await ada.page.locator('dialog[open]').count()).toBe(0)
  expect(await button(ada, 'Close').evaluate((element) => element === document.activeElement)).toBe(
    true,
  )
})
