// The screens of the dashboard as they stand, and everything that opens on them: dialogs, menus, side sheets.

import type { Locator, Page } from 'playwright-core'
import { home, inner, titleOf } from '../words.ts'
import { furnished } from './admin-furniture.ts'
import type { Place } from './place.ts'
import type { Shown } from './shown.ts'

type Opened = Shown<string>
type Act = (page: Page) => Promise<unknown>

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
/** On a phone the filters are folded. */
const filters: Act = async (page) => {
  const folded = page.locator('details.folded:not([open]) > summary')
  if (await folded.isVisible()) await folded.click()
  await menu('Saved filters')(page)
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

/** The first item of a list that says something, and the dialog behind one of its buttons. */
const inItem =
  (text: string | RegExp, button: string): Act =>
  async (page) => {
    const item = page.getByRole('listitem').filter({ hasText: text }).first()
    await item.getByRole('button', { name: button }).click()
    await dialogOf(page).waitFor()
  }
/** Of a row that is named, the dialog behind an item of its menu. */
const ofRow =
  (name: string, item: string | RegExp): Act =>
  async (page) => {
    await menu(new RegExp(`^What to do with ${name}`))(page)
    await page.getByRole('menuitem', { name: item }).first().click()
    await dialogOf(page).waitFor()
  }
/** Two people chosen, and what is to become of both. */
const bulk =
  (button: string): Act =>
  async (page) => {
    for (const name of ['Ada Lovelace', 'Bo Diddley'])
      await page.getByRole('checkbox', { name: `Select ${name}` }).check()
    await dialog(button)(page)
  }
const cell: Act = (page) => page.getByRole('gridcell').first().click()
const review: Act = async (page) => {
  await page.getByRole('complementary', { name: 'What this changes' }).waitFor()
  await page.getByRole('heading', { name: 'In words' }).waitFor()
}

const onDraft = (part: string, query = '') =>
  `/admin/policy/${part}?draft=${furnished.draft}${query}`

const POLICY: readonly Opened[] = [
  ...screen('policy matrix', 'policy/matrix', (page) => page.getByRole('grid').waitFor(), {
    'new role': dialog('New role'),
    'type menu': menu('Resource type'),
    'a cell': cell,
    'new type': async (page) => {
      await menu('Resource type')(page)
      await page.getByRole('menuitem', { name: 'New type' }).click()
      await dialogOf(page).waitFor()
    },
    'edit type': async (page) => {
      await menu('Resource type')(page)
      await page.getByRole('menuitem', { name: 'Edit type' }).click()
      await dialogOf(page).waitFor()
    },
    'edit role': async (page) => {
      await page.getByRole('rowheader').first().click()
      await dialogOf(page).waitFor()
    },
    compare: async (page) => {
      await button$(page, 'Compare roles').click()
      await page.getByLabel('Second role').waitFor()
    },
    undo: dialog(/^Undo$/),
  }),
  ...screen(
    'policy draft',
    () => onDraft('matrix'),
    (page) => page.getByRole('link', { name: 'Review and apply' }).waitFor(),
    { discard: dialog('Discard') },
  ),
  ...screen('policy review', () => onDraft('matrix', '&review=1'), review, {
    plan: async (page) => {
      await page.getByLabel('Reason, kept in the audit log').fill('Rooms are small')
      await dialog('Plan…')(page)
    },
    shadow: dialog('Try in shadow…'),
  }),
  ...screen('policy planned', 'policy/planned', (page) => button$(page, 'Move…').waitFor(), {
    move: dialog('Move…'),
    'take back': dialog('Take back…'),
    'what it changes': async (page) => {
      await page.getByText('What it changes').first().click()
      await page.getByLabel('Difference from the policy in force').waitFor()
    },
  }),
  ...screen('policy shadow', 'policy/shadow', (page) => button$(page, 'End it').waitFor(), {
    end: dialog('End it'),
  }),
  ...screen('policy rules', 'policy/rules/channel', heading, {
    'new rule': dialog('Add rule'),
    'a rule': async (page) => {
      await page.locator('.rules .rule').first().click()
      await dialogOf(page).waitFor()
    },
  }),
  ...screen('policy people', 'policy/people', heading, { 'new field': dialog(/^Declare/) }),
  ...screen('policy tests', 'policy/tests', heading, { 'new test': dialog('Add test') }),
  ...screen('policy test', 'policy/tests/first', (page) => page.locator('.cm-content').waitFor(), {
    remove: dialog('Remove test'),
  }),
  ...screen('policy graph', 'policy/graph', heading),
  ...screen('policy text', 'policy/text', (page) => page.locator('.cm-content').waitFor()),
  ...screen('policy history', 'policy/history', rows, {
    sheet,
    restore: async (page) => {
      await page.getByRole('row').nth(2).getByRole('gridcell').first().press('Enter')
      await dialog('Restore')(page)
    },
  }),
]

const PEOPLE: readonly Opened[] = [
  ...screen('people', 'people', rows, {
    columns: menu('Columns'),
    'row menu': rowMenu,
    invite: dialog('Invite…'),
    'give to many': bulk('Give a role…'),
    'take from many': bulk('Take a role…'),
    'many to a group': bulk('Add to a group…'),
  }),
  ...screen('person', 'people', person, {
    'give a role': dialog('Give a role…'),
    'password link': dialog('Make a password link…'),
    erase: dialog('Erase…'),
    'sign out': dialog('Sign out everywhere…'),
  }),
  ...screen('view as', () => `/admin/people/${furnished.person}/view`, heading),
  ...screen('groups', 'groups', rows, { 'new group': dialog('Make a group…') }),
  ...screen('group', 'groups/crew', rows, {
    'add somebody': dialog('Add somebody…'),
    'give a role': dialog('Give the group a role…'),
    'take out': byRow('Take out…'),
    remove: dialog('Remove the group…'),
  }),
  ...screen('grants', 'grants', rows, {
    give: dialog('Give a role…'),
    sheet,
    'row menu': rowMenu,
    'another end': byRow('Change its end…'),
    end: byRow('End now…'),
    columns: menu('Columns'),
  }),
  ...screen('requests', 'requests', (page) => button$(page, 'Admit…').waitFor(), {
    admit: dialog('Admit…'),
    decline: inItem(inner, 'Decline…'),
    approve: inItem('wants to apply', 'Approve…'),
    'approve first': inItem('The key', 'Approve…'),
    'decline approval': inItem('The key', 'Decline…'),
  }),
]

/** A place chosen in a dialog, by its name. */
const placed =
  (button: string, label: string): Act =>
  async (page) => {
    await dialog(button)(page)
    await dialogOf(page)
      .getByRole('button', { name: `${label} Choose…` })
      .click()
    await page.getByRole('combobox', { name: label }).fill(home)
    await page.locator('[role=listbox][aria-busy=false]').waitFor()
    await page.getByRole('option', { name: `#${home}` }).click()
    await dialogOf(page)
      .getByRole('button', { name: `${label} #${home}` })
      .waitFor()
  }
const filled: Act = (page) => page.getByText('Case 4711').waitFor()

const RETENTION: readonly Opened[] = [
  ...screen('retention', 'retention', rows, {
    set: dialog('Set for a channel'),
    'set, what goes': async (page) => {
      await placed('Set for a channel', 'Channel')(page)
      await dialogOf(page).getByText('Nothing goes now.').waitFor()
    },
    'no number': async (page) => {
      await placed('Set for a channel', 'Channel')(page)
      await dialogOf(page).getByLabel('Days').fill('none')
      await dialogOf(page).getByRole('alert').getByText('Write a whole number').waitFor()
    },
    change: ofRow(titleOf(home), 'Change…'),
  }),
  ...screen('holds', 'retention?part=holds', filled, {
    hold: dialog('New hold'),
    'hold, filled in': placed('New hold', 'Channel, conversation, tenant'),
    'row menu': rowMenu,
    extend: byRow('Extend…'),
    end: byRow(/^End…/),
  }),
  ...screen('sweeps', 'retention?part=sweeps', heading, {
    sweep: dialog('Remove what is past now'),
  }),
]

export const ADMIN_SCREENS: readonly Opened[] = [
  ...screen('overview', 'overview', heading, {
    menu: async (page) => {
      const opener = page.getByRole('button', { name: 'Menu', exact: true })
      if (await opener.isVisible()) await opener.click()
    },
  }),
  ...POLICY,
  ...PEOPLE,
  ...screen('explain', `explain?${QUESTION}`, (page) => page.locator('.verdict').waitFor(), {
    'who is picked': picker(/^Person/),
    'what is picked': picker(/^Action/),
    'where is picked': picker(/^Place/),
    'when is picked': picker(/^When/),
  }),
  ...screen(
    'explain, a person',
    () => `/admin/explain?who=user:${furnished.person}&action=pin&on=channel:${home}`,
    (page) => page.locator('.verdict').waitFor(),
    { 'do it': dialog(/^(For a time…|Do it now…)$/) },
  ),
  ...screen(
    'explain, past',
    ({ at = Date.now() }) => `/admin/explain?${QUESTION}&at=${new Date(at - 1_000).toISOString()}`,
    heading,
  ),
  ...RETENTION,
  ...screen('keys', 'keys', rows, {
    'row menu': rowMenu,
    'new secret': byRow('New secret'),
    revoke: byRow('Revoke'),
    sheet,
  }),
  ...screen('new key', 'keys?new=1', heading),
  ...screen('token', 'keys?part=tokens', heading, {
    'looked into': async (page) => {
      await page.getByLabel('Token', { exact: true }).fill(furnished.token)
      await button$(page, 'Look into it').click()
      await page.getByText('It holds').waitFor()
    },
  }),
  ...screen('audit', 'audit', rows, {
    sheet,
    export: menu('Take along'),
    saved: filters,
    columns: menu('Columns'),
  }),
  ...screen('audit, filtered', 'audit?command=create-key', rows, {
    'save filter': async (page) => {
      await filters(page)
      await page.getByRole('menuitem', { name: 'Save this filter' }).click()
      await dialogOf(page).waitFor()
    },
  }),
  ...screen('readers', 'audit?part=readers', heading),
  ...screen('decisions', 'decisions', rows, { export: menu('Take along') }),
  ...screen('connections', 'connections', (page) => page.getByText('Ida').first().waitFor(), {
    sheet,
    'row menu': menu(/^What to do with Ida/),
    say: ofRow('Ida', 'Say something'),
    narrow: ofRow('Ida', 'Take actions away'),
    mute: ofRow('Ida', 'Mute the person'),
    drop: ofRow('Ida', 'End the connection'),
  }),
  ...screen('resources', 'resources', rows, {
    new: dialog('New resource'),
    sheet,
    edit: byRow('Edit'),
    remove: byRow('Remove'),
  }),
  ...screen('apps', 'apps', rows, {
    'new app': dialog('New app'),
    'row menu': rowMenu,
    rename: ofRow('Shop', 'Change'),
    remove: ofRow('Shop', 'Remove'),
  }),
  ...screen('tenants', 'apps?part=tenants', rows, {
    'new tenant': dialog('New tenant'),
    change: ofRow('North', 'Change'),
    remove: ofRow('North', 'Remove'),
  }),
  ...screen('webhooks', 'webhooks', rows, {
    new: dialog('New webhook'),
    sheet,
    'row menu': rowMenu,
    change: byRow('Change'),
    'tell again': byRow(/^Tell again/),
    remove: byRow('Remove'),
  }),
  ...screen('installation', 'installation', heading, {
    'remove backup': dialog(/^Remove /),
  }),
  ...screen('active people', 'analytics', heading),
  ...screen('desk numbers', 'analytics?report=desk&compare=previous', heading),
  ...screen('refusals', 'analytics?report=denials', heading),
  ...screen('moderation', 'analytics?report=moderation&range=own', heading),
  ...screen('busiest hours', 'analytics?report=busiest-hours&compare=previous', heading),
]
