// The screens of the dashboard as they stand, and everything that opens on them: dialogs, menus, side sheets.

import type { Locator, Page } from 'playwright-core'
import { admin } from '../admin.ts'
import { home, inner } from '../words.ts'
import type { Place } from './place.ts'
import type { Shown } from './shown.ts'

type Opened = Shown<string>
type Act = (page: Page) => Promise<unknown>

const WEBHOOK = { url: 'https://hooks.example/sayso', events: ['rights.changed'], about: 'Wall' }

/** What the screens need besides: a key, a webhook, a group, a tenant, a timed grant, an access request, what was refused. */
export async function furnishAdmin({ server }: Place): Promise<void> {
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await admin(server, method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const { items } = (await call('GET', '/people')) as { items: { id: string; name: string }[] }
  const id = (name: string) => items.find((one) => one.name.startsWith(name))?.id ?? ''
  await call('POST', '/keys', { name: 'pump', permissions: { 'chat:*': ['subscribe'] } })
  await call('POST', '/webhooks', WEBHOOK)
  await call('POST', '/groups', { key: 'crew', title: 'Crew' })
  await call('PUT', '/tenants/tenant:north', { attributes: { title: 'North' } })
  const expires_at = new Date(Date.now() + 86_400_000).toISOString()
  await call('POST', '/changes', {
    changes: [
      { assign: `channel:${inner}#viewer@user:${id('Zoe')}`, expires_at, reason: 'has a look' },
    ],
  })
  for (const action of ['publish', 'pin'])
    await call('POST', '/explain', {
      subject: `user:${id('Bo')}`,
      action,
      resource: `channel:${home}`,
    })
}

const heading: Act = (page) => page.getByRole('heading', { level: 1 }).first().waitFor()
const rows: Act = (page) => page.getByRole('row').nth(1).waitFor()

/** A screen as it is, with what opens on it. */
function screen(
  name: string,
  path: string | ((place: Place) => string),
  settled: Act,
  openings: Readonly<Record<string, Act>> = {},
): readonly Opened[] {
  const shown = { screen: `admin ${name}`, who: 'grace', settled } as const
  const where = typeof path === 'string' ? () => `/admin/${path}` : path
  return [
    { ...shown, state: 'full', path: where },
    ...Object.entries(openings).map(([state, act]) => ({ ...shown, state, path: where, act })),
  ]
}

const dialogOf = (page: Page) => page.getByRole('dialog').filter({ visible: true }).first()
/** A button that opens a dialog. */
const dialog =
  (button: string | RegExp): Act =>
  async (page) => {
    await button$(page, button).click()
    await dialogOf(page).waitFor()
  }
/** A button that opens a menu. */
const menu =
  (button: string | RegExp): Act =>
  async (page) => {
    await button$(page, button).click()
    await page.getByRole('menu').filter({ visible: true }).waitFor()
  }
const rowMenu = menu(/^What to do with/)
/** What is opened by an item of the menu of a row. */
const byRow =
  (item: string | RegExp): Act =>
  async (page) => {
    await rowMenu(page)
    await page.getByRole('menuitem', { name: item }).first().click()
    await dialogOf(page).waitFor()
  }
/** The first row, as a sheet beside the table. */
const sheet: Act = async (page) => {
  await page.getByRole('row').nth(1).getByRole('gridcell').first().press('Enter')
  await page.getByRole('complementary').filter({ visible: true }).last().waitFor()
}
const picker =
  (button: RegExp): Act =>
  async (page) => {
    await button$(page, button).click()
    await page.locator('.popup:popover-open').waitFor()
  }

function button$(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name }).filter({ visible: true }).first()
}

/** The page of somebody, by the table of people. */
const person: Act = async (page) => {
  await rows(page)
  await page.getByRole('row').filter({ hasText: 'Ada' }).getByRole('gridcell').nth(1).click()
  await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor()
  await page.getByRole('heading', { name: 'Attributes' }).waitFor()
}

const QUESTION = `who=user:nobody&action=publish&on=channel:${home}`

export const ADMIN_SCREENS: readonly Opened[] = [
  ...screen('overview', 'overview', heading),
  ...screen('policy matrix', 'policy/matrix', (page) => page.getByRole('grid').waitFor(), {
    'new role': dialog('New role'),
    'type menu': menu('Resource type'),
    'new type': async (page) => {
      await menu('Resource type')(page)
      await page.getByRole('menuitem', { name: 'New type' }).click()
      await dialogOf(page).waitFor()
    },
  }),
  ...screen('policy rules', 'policy/rules/channel', heading, {
    'new rule': dialog('Add rule'),
    'a rule': async (page) => {
      await page.locator('.rules .rule').first().click()
      await dialogOf(page).waitFor()
    },
  }),
  ...screen('policy people', 'policy/people', heading, { 'new field': dialog(/^Declare/) }),
  ...screen('policy tests', 'policy/tests', heading),
  ...screen('policy text', 'policy/text', (page) => page.locator('.cm-content').waitFor()),
  ...screen('policy history', 'policy/history', heading),
  ...screen('people', 'people', rows, { columns: menu('Columns'), invite: dialog('Invite…') }),
  ...screen('person', 'people', person, {
    'give a role': dialog('Give a role…'),
    'password link': dialog('Make a password link…'),
    erase: dialog('Erase…'),
    'sign out': dialog('Sign out everywhere…'),
  }),
  ...screen('groups', 'groups', rows, { 'new group': dialog('Make a group…') }),
  ...screen('group', 'groups/crew', heading, {
    'add somebody': dialog('Add somebody…'),
    remove: dialog('Remove the group…'),
  }),
  ...screen('grants', 'grants', rows, {
    give: dialog('Give a role…'),
    sheet,
    columns: menu('Columns'),
  }),
  ...screen('requests', 'requests', heading),
  ...screen('explain', `explain?${QUESTION}`, (page) => page.locator('.verdict').waitFor(), {
    'who is picked': picker(/^Person/),
    'when is picked': picker(/^When/),
  }),
  ...screen(
    'explain, past',
    () => `/admin/explain?${QUESTION}&at=${new Date(Date.now() - 1_000).toISOString()}`,
    heading,
  ),
  ...screen('keys', 'keys', rows, { 'row menu': rowMenu, revoke: byRow('Revoke'), sheet }),
  ...screen('new key', 'keys?new=1', heading),
  ...screen('audit', 'audit', rows, {
    sheet,
    export: menu('Take along'),
    saved: menu('Saved filters'),
    columns: menu('Columns'),
  }),
  ...screen('readers', 'audit?part=readers', heading),
  ...screen('decisions', 'decisions', rows, { export: menu('Take along') }),
  ...screen('connections', 'connections', heading),
  ...screen('resources', 'resources', rows, { new: dialog('New resource'), sheet }),
  ...screen('apps', 'apps', heading, { 'new app': dialog('New app') }),
  ...screen('tenants', 'apps?part=tenants', rows, { 'new tenant': dialog('New tenant') }),
  ...screen('webhooks', 'webhooks', rows, {
    new: dialog('New webhook'),
    sheet,
    'row menu': rowMenu,
    remove: byRow('Remove'),
  }),
  ...screen('installation', 'installation', heading),
  ...screen('analytics', 'analytics?report=denials', heading),
]
