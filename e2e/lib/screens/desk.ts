// The screens of the desk as they stand, and everything that opens on them.

import type { Page } from 'playwright-core'
import { desk } from './desk-furniture.ts'
import type { Place } from './place.ts'
import type { Shown } from './shown.ts'

type Act = (page: Page) => Promise<unknown>

const heading: Act = (page) => page.getByRole('heading', { level: 1 }).first().waitFor()
const log: Act = (page) => page.getByRole('log').locator('article').first().waitFor()
const row: Act = (page) => page.locator('.inbox .conv').first().waitFor()
const dialogStands: Act = (page) =>
  page.getByRole('dialog').filter({ visible: true }).first().waitFor()

/** A button that opens a dialog. On a phone some are in the menu instead. */
const dialog =
  (name: string | RegExp): Act =>
  async (page) => {
    const inSight = page.getByRole('button', { name }).filter({ visible: true })
    if ((await inSight.count()) > 0) await inSight.first().click()
    else await item(name)(page)
    await dialogStands(page)
  }
const menu =
  (name: string | RegExp): Act =>
  async (page) => {
    await page.getByRole('button', { name }).filter({ visible: true }).first().click()
    await page.getByRole('menu').filter({ visible: true }).waitFor()
  }
const item =
  (name: string | RegExp): Act =>
  async (page) => {
    await menu('More')(page)
    await page.getByRole('menuitem', { name }).first().click()
  }
const fromMore =
  (name: RegExp): Act =>
  async (page) => {
    await item(name)(page)
    await dialogStands(page)
  }

type Said = {
  readonly path: string | (() => string)
  readonly settled: Act
  readonly openings?: Readonly<Record<string, Act>>
} & Partial<Pick<Shown<string>, 'who' | 'hold' | 'fail' | 'act'>>

function screen(name: string, said: Said): readonly Shown<string>[] {
  const { path, openings = {}, ...rest } = said
  const where = (_place: Place) => `/desk${typeof path === 'string' ? path : path()}`
  const shown = { who: 'grace', ...rest, screen: `desk ${name}`, path: where } as const
  return [
    { ...shown, state: 'full' },
    ...Object.entries(openings).map(([state, act]) => ({ ...shown, state, act })),
  ]
}

const LISTS = /\/api\/v1\/desk\/conversations\?/
const one = (key: 'waiting' | 'mine' | 'others' | 'aside' | 'over') => () => `/inbox/${desk[key]}`

export const DESK_SCREENS: readonly Shown<string>[] = [
  ...screen('inbox', {
    path: '',
    settled: row,
    openings: {
      filters: async (page) => {
        await page.getByRole('button', { name: 'Filters' }).click()
        await page.getByLabel('State').waitFor()
      },
      search: async (page) => {
        await page.getByRole('button', { name: 'Search', exact: true }).click()
        await page.getByRole('searchbox').fill('glaze')
      },
      status: menu(/change your status|Taking chats/),
      keys: async (page) => {
        await page.keyboard.press('?')
        await dialogStands(page)
      },
    },
  }),
  ...screen('empty inbox', {
    path: '?view=team&label=none',
    settled: (page) => page.getByText('No conversation fits').waitFor(),
  }),
  ...screen('inbox that loads', {
    path: '',
    settled: (page) => page.locator('.inbox-bones').waitFor(),
    hold: LISTS,
  }),
  ...screen('inbox that fails', {
    path: '',
    settled: (page) => page.getByRole('button', { name: 'Try again' }).first().waitFor(),
    fail: LISTS,
  }),
  ...screen('list of all', { path: '?view=all', settled: row }),
  ...screen('waiting', { path: one('waiting'), settled: log }),
  ...screen('conversation', {
    path: one('mine'),
    settled: log,
    openings: {
      menu: menu('More'),
      transfer: dialog('Transfer…'),
      close: dialog('Close'),
      labels: dialog(/glaze/),
      aside: fromMore(/^Put aside/),
      block: fromMore(/^Block/),
      about: async (page) => {
        await page
          .getByRole('button', { name: 'About the visitor' })
          .filter({ visible: true })
          .click()
        await page.getByRole('complementary').filter({ visible: true }).waitFor()
      },
      replies: async (page) => {
        await page.getByRole('textbox', { name: /^Reply to/ }).fill('/hel')
        await page.getByRole('listbox').waitFor()
      },
      note: async (page) => {
        await page.getByRole('radio', { name: 'Note' }).check({ force: true })
        await page.getByRole('textbox', { name: 'Note for the desk' }).fill('@Ad')
        await page.getByRole('listbox').waitFor()
      },
    },
  }),
  ...screen("another's", { path: one('others'), settled: log, openings: { menu: menu('More') } }),
  ...screen('put aside', { path: one('aside'), settled: log }),
  ...screen('closed', { path: one('over'), settled: log }),
  ...screen('not open', {
    path: one('mine'),
    who: 'ada',
    settled: (page) => page.getByText(/not open to you/).waitFor(),
  }),
  ...screen('visitors', {
    path: '/visitors',
    settled: heading,
    openings: { write: dialog(/^Write to/) },
  }),
  ...screen('operators', {
    path: '/operators',
    settled: heading,
    openings: { capacity: dialog(/^Capacity/) },
  }),
  ...screen('replies', {
    path: '/replies',
    settled: heading,
    openings: { make: dialog('New reply') },
  }),
  ...screen('reports', { path: '/reports', settled: heading }),
  ...screen('widgets', { path: '/widgets', settled: heading }),
  ...screen('builder', {
    path: () => `/widgets/${encodeURIComponent(desk.widget)}`,
    settled: (page) => page.getByRole('button', { name: 'Save' }).waitFor(),
  }),
  ...screen('new widget', {
    path: '/widgets/new',
    settled: (page) =>
      page
        .getByRole('button', { name: /^(Make|Create)/ })
        .first()
        .waitFor(),
  }),
  ...screen('teams', { path: '/teams', settled: heading, openings: { invite: dialog(/^Invite/) } }),
  ...screen('nowhere', { path: '/nowhere', settled: heading }),
  ...screen('not for one', { path: '/widgets', who: 'ada', settled: heading }),
]
