// The conversation and what lies over it.

import type { Page } from 'playwright-core'
import { inner, readOnly } from '../words.ts'
import {
  at,
  button,
  chat,
  fromMenu,
  menuOf,
  newest,
  offline,
  press,
  refuse,
  switcher,
  text,
} from './acts.ts'
import type { Shown, State } from './shown.ts'

export const CONVERSATION: readonly Shown[] = [
  { screen: 'chat', state: 'full', who: 'ada', path: at(chat()), settled: newest },
  {
    screen: 'chat',
    state: 'empty',
    who: 'zoe',
    path: at('/chat/random'),
    settled: text(/Nothing has been said|first message/),
  },
  {
    screen: 'chat',
    state: 'loading',
    who: 'ada',
    path: at(chat()),
    isMute: true,
    settled: (page) => page.locator('main[aria-busy=true]').first().waitFor(),
  },
  {
    screen: 'chat',
    state: 'error',
    who: 'ada',
    path: at(chat()),
    fail: /\/channels\/[^/]+\/messages/,
    settled: button('Try again'),
  },
  {
    screen: 'chat',
    state: 'offline',
    who: 'ada',
    path: at(chat()),
    settled: newest,
    act: offline,
  },
  {
    screen: 'chat',
    state: 'muted',
    who: 'mia',
    path: at(chat()),
    settled: text(/write here again/),
  },
  {
    screen: 'chat',
    state: 'read-only',
    who: 'ada',
    path: at(`/chat/${readOnly}`),
    settled: text(/, not write$/),
  },
  {
    screen: 'chat',
    state: 'refused',
    who: 'zoe',
    path: at(chat()),
    settled: newest,
    act: refuse,
  },
  { screen: 'chat', state: 'closed', who: 'bo', path: at(chat()), settled: text(/^Banned from/) },
  {
    screen: 'request',
    state: 'closed',
    who: 'ada',
    path: at(`/chat/${inner}`),
    settled: button('Request access'),
  },
  {
    screen: 'request',
    state: 'full',
    who: 'bo',
    path: at(`/chat/${inner}`),
    settled: button('Take the request back'),
  },
  {
    screen: 'no channel',
    state: 'closed',
    who: 'ada',
    path: at('/chat/nowhere'),
    settled: text(/is not open to you/),
  },
  {
    screen: 'message menu',
    state: 'dialog',
    who: 'grace',
    path: at(chat()),
    settled: newest,
    act: menuOf('Look at this'),
  },
  {
    screen: 'writing',
    state: 'full',
    who: 'ada',
    path: at(chat()),
    settled: newest,
    act: async (page) => {
      await page.locator('#composer').fill('A **bold** word for @')
      await page.getByRole('listbox').waitFor()
    },
  },
  {
    screen: 'emoji',
    state: 'dialog',
    who: 'ada',
    path: at(chat()),
    settled: newest,
    act: async (page) => {
      // Phones have a keyboard for it: the button is there where there is room.
      await page.setViewportSize({ width: 1440, height: 840 })
      await press('Emoji')(page)
      await page.getByRole('gridcell').or(page.getByRole('option')).first().waitFor()
    },
  },
  {
    screen: 'editing',
    state: 'full',
    who: 'grace',
    path: at(chat()),
    settled: newest,
    act: async (page) => {
      await page.locator('#composer').focus()
      await page.keyboard.press('ArrowUp')
      await page.getByRole('textbox', { name: /edit/i }).waitFor()
    },
  },
  {
    screen: 'lightbox',
    state: 'dialog',
    who: 'ada',
    path: at(chat()),
    settled: newest,
    act: async (page) => {
      await press(/^Open harbour.png/)(page)
      await page.getByRole('dialog').getByAltText('A harbour at dawn').waitFor()
    },
  },
  {
    screen: 'report',
    state: 'dialog',
    who: 'ada',
    path: at(chat()),
    settled: newest,
    act: fromMenu('Look at this', /^Report/),
  },
  {
    screen: 'earlier versions',
    state: 'dialog',
    who: 'grace',
    path: at(chat()),
    settled: newest,
    act: fromMenu('Buy cheap', /^Earlier/),
  },
]
export const SWITCHER: readonly Shown[] = [
  {
    screen: 'switcher',
    state: 'empty',
    typed: 'zzzz',
    ready: (page: Page) => page.locator('dialog.switcher p.dim[role=status]').waitFor(),
  },
  {
    screen: 'switcher',
    state: 'full',
    typed: 'harbour',
    ready: (page: Page) => page.getByRole('option', { name: /harbour lights/ }).waitFor(),
  },
].map(({ screen, state, typed, ready }) => ({
  screen,
  state: state as State,
  who: 'ada',
  path: at(chat()),
  settled: newest,
  act: async (page) => {
    await switcher(page, typed)
    await ready(page)
  },
}))
