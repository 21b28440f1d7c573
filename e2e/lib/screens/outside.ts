// Screens before one is in, and around the conversation: the list of channels, notices, oneself, the settings.

import { at, button, chat, fromRail, press } from './acts.ts'
import type { Shown } from './shown.ts'

export const OUTSIDE: readonly Shown[] = [
  {
    screen: 'home',
    state: 'empty',
    who: 'nobody',
    path: at('/'),
    settled: button(/Start chatting/),
  },
  { screen: 'home', state: 'full', who: 'ada', path: at('/'), settled: button(/Start chatting/) },
  {
    screen: 'home',
    state: 'error',
    who: 'ada',
    path: at('/'),
    settled: button('Try again'),
    fail: /api\/v1\/session/,
  },
  {
    screen: 'sign-in',
    state: 'empty',
    who: 'nobody',
    path: at('/login'),
    settled: button(/^Sign in$/),
  },
  {
    screen: 'sign-in',
    state: 'refused',
    who: 'nobody',
    path: at('/login'),
    settled: button(/^Sign in$/),
    act: async (page) => {
      await page
        .getByLabel('E-mail or name')
        .or(page.getByLabel('E-mail'))
        .first()
        .fill('x@y.example')
      await page.getByLabel('Password', { exact: true }).fill('not the password')
      await page.locator('form button[type=submit]').click()
      await page.getByText(/do not fit together/).waitFor()
    },
  },
  {
    screen: 'sign-up',
    state: 'full',
    who: 'nobody',
    path: at('/login'),
    settled: button(/^Make an account/),
    act: async (page) => {
      await press(/^Make an account/)(page)
      await page.getByLabel('Your name').fill('Ada')
      await page.getByLabel('Password', { exact: true }).fill('short')
    },
  },
  {
    screen: 'forgot',
    state: 'empty',
    who: 'nobody',
    path: at('/forgot'),
    settled: (page) => page.getByRole('heading').first().waitFor(),
  },
  {
    screen: 'reset',
    state: 'error',
    who: 'nobody',
    path: at('/reset'),
    settled: (page) => page.getByRole('heading').first().waitFor(),
  },
  {
    screen: 'set-up',
    state: 'closed',
    who: 'nobody',
    path: at('/setup?token=used'),
    settled: (page) => page.getByRole('heading').first().waitFor(),
  },
]
export const RAIL: readonly Shown[] = [
  {
    screen: 'channels',
    state: 'full',
    who: 'ada',
    path: at(chat('pane=channels')),
    settled: button(/general/i),
  },
  {
    screen: 'you',
    state: 'full',
    who: 'ada',
    path: at(chat('pane=you')),
    settled: (page) => page.getByRole('button', { name: 'Sign out' }).first().waitFor(),
  },
  {
    screen: 'notices',
    state: 'empty',
    who: 'ada',
    path: at(chat('pane=channels')),
    settled: button(/^Notices/),
    act: press(/^Notices/),
  },
  ...(['New channel', 'Browse channels', 'New message'] as const).map(
    (item): Shown => ({
      screen: item.toLowerCase(),
      state: 'dialog',
      who: 'grace',
      path: at(chat('pane=channels')),
      settled: button('Channels and messages'),
      act: fromRail(item),
    }),
  ),
]
const SECTIONS = [
  'all',
  'profile',
  'account',
  'devices',
  'privacy',
  'appearance',
  'language',
  'keyboard',
  'accessibility',
] as const

export const SETTINGS: readonly Shown[] = SECTIONS.map((section) => ({
  screen: `settings: ${section}`,
  state: 'full',
  who: 'ada',
  path: at(chat(`settings=${section}`)),
  settled: (page) => page.locator('dialog.settings').waitFor(),
}))
