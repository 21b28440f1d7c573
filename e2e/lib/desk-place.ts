// A desk for the tests of a file: a server, a supervisor and an operator with a page each, and a widget that visitors come in by.

import type { Browser, Locator } from 'playwright-core'
import { openBrowser, type Seat, seatTwo } from './browser.ts'
import { makeWidget, ownerOf } from './desk.ts'
import { type Server, startServer } from './server.ts'
import { WidgetVisitor } from './widget-visitor.ts'

export type Named = { readonly id: string; readonly name: string }

/** The members of a conversation that the tests look at. */
export type Talk = {
  readonly state: string
  readonly assignee?: Named
  readonly joined: readonly Named[]
  readonly labels: readonly string[]
  readonly snoozedUntilMs?: number
  readonly closeReason?: string
  readonly summary?: string
}

export type DeskPlace = {
  readonly browser: Browser
  readonly server: Server
  readonly owner: ReturnType<typeof ownerOf>
  /** Owns the place. */
  readonly grace: Seat
  /** An operator. */
  readonly ada: Seat
  /** Id of the widget. */
  readonly widget: string
  /** Gives Ada a role on the place (`POST`), or takes it (`DELETE`). */
  readonly role: (method: 'POST' | 'DELETE', role: string) => Promise<unknown>
  /** A conversation as it is at the server. */
  readonly read: (key: string) => Promise<Talk>
  /** Somebody comes and writes. */
  readonly comes: (name: string, text: string) => Promise<WidgetVisitor>
  readonly close: () => Promise<void>
}

/** Both are available and have room for all that a file brings. */
export async function openDesk(): Promise<DeskPlace> {
  const browser = await openBrowser()
  const server = await startServer()
  const owner = ownerOf(server)
  const [grace, ada] = await seatTwo(server, browser)
  const { items } = await owner<{ items: Named[] }>('GET', '/people')
  const person = items.find(({ name }) => name === ada.name)?.id ?? ''
  const role: DeskPlace['role'] = (method, name) =>
    owner(method, '/role_assignments', { person, role: name, on: 'tenant:default' })
  await role('POST', 'operator')
  for (const { id } of items) await owner('PUT', `/desk/operators/${id}`, { capacity: 50 })
  for (const seat of [grace, ada])
    await callAs({ server }, seat, 'PUT', '/desk/me', { status: 'available' })
  // Everybody comes from one address here.
  const widget = await makeWidget(server, { name: 'Bakery', limits: { conversations: 100 } })
  return {
    browser,
    server,
    owner,
    grace,
    ada,
    widget,
    role,
    read: (key) => owner<Talk>('GET', `/desk/conversations/${key}`),
    comes: (name, text) => WidgetVisitor.comes({ server, widget }, name, text),
    async close() {
      await browser.close()
      await server.remove()
    },
  }
}

/** A call of the API with the session of a page. @throws if it is refused */
export async function callAs<T>(
  { server }: Pick<DeskPlace, 'server'>,
  seat: Seat,
  method: string,
  path: string,
  data?: object,
): Promise<T> {
  const answer = await seat.page.request.fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { origin: server.url },
    ...(data === undefined ? {} : { data }),
  })
  const text = await answer.text()
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

export const button = ({ page }: Seat, name: string): Locator =>
  page.getByRole('button', { name, exact: true })
export const dialog = ({ page }: Seat, name: string | RegExp): Locator =>
  page.getByRole('dialog', { name })
export const log = ({ page }: Seat): Locator => page.getByRole('log')
export const reply = ({ page }: Seat): Locator => page.getByRole('textbox', { name: /^Reply to/ })
export const note = ({ page }: Seat): Locator =>
  page.getByRole('textbox', { name: 'Note for the desk' })
export const inbox = ({ page }: Seat): Locator => page.getByRole('region', { name: 'Inbox' })

/** Ada takes it with her hands; Grace looks at it too. */
export async function taken({ ada, grace }: DeskPlace, { key }: WidgetVisitor): Promise<void> {
  await ada.open(`/desk/inbox/${key}`)
  await button(ada, 'Take it').click()
  await reply(ada).waitFor()
  await grace.open(`/desk/inbox/${key}`)
  await log(grace).locator('article').first().waitFor()
}
