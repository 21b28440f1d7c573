// What is waited for and done on a screen, as people do it.

import type { Page } from 'playwright-core'
import { home } from '../words.ts'

export const text = (words: RegExp | string) => (page: Page) =>
  page.getByText(words).first().waitFor()
export const button = (name: RegExp | string) => (page: Page) =>
  page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().waitFor()
export const said = (words: string) => (page: Page) =>
  page.getByRole('log').first().getByText(words, { exact: true }).waitFor()
export const newest = said('Look at this')
export const inPane = (words: RegExp | string) => (page: Page) =>
  page.locator('.aside:not(.edge)').getByText(words).first().waitFor()
/** A pane that is still waiting for its content; its frame is there. */
export const framed = (page: Page) => page.locator('.aside:not(.edge) > .bar').waitFor()
export const press = (name: RegExp | string) => async (page: Page) =>
  page.getByRole('button', { name }).first().click()
const row = (page: Page, words: string) =>
  page.getByRole('article').filter({ hasText: words }).first()
export const menuOf = (words: string) => async (page: Page) => {
  await row(page, words).click({ button: 'right', position: { x: 60, y: 8 } })
  await page.getByRole('menu').waitFor()
}
export const fromMenu = (words: string, item: RegExp) => async (page: Page) => {
  await menuOf(words)(page)
  await page.getByRole('menuitem', { name: item }).click()
  await page.getByRole('dialog').waitFor()
}
export const ofPerson = (person: string, item?: RegExp) => async (page: Page) => {
  await press(`Actions for ${person}`)(page)
  await page.getByRole('menu').waitFor()
  if (item === undefined) return
  await page.getByRole('menuitem', { name: item }).click()
  await page.getByRole('dialog').waitFor()
}
export const fromRail = (item: string) => async (page: Page) => {
  await press('Channels and messages')(page)
  await page.getByRole('menuitem', { name: item }).click()
  await page.getByRole('dialog').waitFor()
}

export const chat = (query = '') => `/chat/${home}${query === '' ? '' : `?${query}`}`
export const at = (path: string) => () => path

/** Without a connection: what is there stays, and the page says so. */
export async function offline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  // Beside a pane that covers it on a phone it is there too.
  await page.locator('.banner[data-kind=offline]').waitFor({ state: 'attached' })
}

export async function switcher(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const dialog = page.locator('dialog.switcher')
  await dialog.waitFor()
  await page.keyboard.type(typed)
}

/** Longer than a message may be. */
export async function refuse(page: Page): Promise<void> {
  const composer = page.locator('#composer')
  await composer.fill('too much '.repeat(9_000))
  await composer.press('Enter')
  await page.getByRole('button', { name: 'Discard' }).waitFor()
}
export const API = /\/api\/v1\/(?!session|me\/state)/
