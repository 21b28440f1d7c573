// A desk with something of everything: somebody who waits, one who is being answered, one put aside and one that is over; what is
// said often, a team, a widget that is set up whole, and somebody on the site.

import type { Page } from 'playwright-core'
import { makeWidget, ownerOf } from '../desk.ts'
import { keyRest } from '../person.ts'
import type { Place } from './place.ts'

/** What was made, as addresses name it. */
export const desk = { widget: '', waiting: '', mine: '', others: '', aside: '', over: '' }

const HOURS = { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']] }
const WIDGET = {
  name: 'Kiln & Clay',
  sites: ['https://shop.example'],
  routing: 'manual',
  hours: { zone: 'Europe/Berlin', week: HOURS, holidays: ['2031-01-01'] },
  form: {
    fields: [
      { key: 'name', label: 'Your name', kind: 'text', required: true },
      { key: 'email', label: 'E-mail', kind: 'email', required: false },
      {
        key: 'about',
        label: 'About',
        kind: 'choice',
        required: false,
        options: ['Orders', 'Else'],
      },
    ],
    consent: { text: 'We keep what you write for a year.', required: true },
  },
}

type Called = Readonly<Record<string, unknown>>

/** @returns takes away what is live */
export async function furnishDesk(place: Place): Promise<() => Promise<void>> {
  const { server } = place
  const owner = ownerOf(server)
  desk.widget = await makeWidget(server, WIDGET)
  await owner('POST', `/desk/widgets/${desk.widget}/keys`)
  const { items } = await owner<{ items: { id: string; name: string }[] }>('GET', '/people')
  const ada = items.find((one) => one.name.startsWith('Ada'))?.id ?? ''
  await owner('POST', '/role_assignments', { person: ada, role: 'operator', on: 'tenant:default' })
  await owner('PUT', '/resources/group:deliveries', {
    attributes: { title: 'Deliveries', desk: true },
  })
  await owner('POST', '/desk/replies', {
    shortcut: 'hello',
    text: 'Hello {visitor.name}, this is {operator.name}.',
  })
  const page = await place.open('grace')
  const as = calls(page, server.url)
  await as('PUT', '/desk/me', { status: 'available' })
  const come = (name: string, text: string) => comes(server.url, name, text)
  const ines = await come('Inès Laurent', 'My order says delivered, but nothing is here.')
  desk.waiting = ines.key
  desk.mine = (await come('Sam Okoro', 'The glaze chipped on the second day.')).key
  desk.others = (await come('Yuki Mori', 'Could I change the colour before it is fired?')).key
  desk.aside = (await come('Paul Weiss', 'An invoice with a company name, please.')).key
  desk.over = (await come(LONG, 'https://example.com/a-very-long-address'.repeat(5))).key
  for (const key of [desk.mine, desk.aside, desk.over])
    await as('POST', `/desk/conversations/${key}/claim`, {})
  await owner('POST', `/desk/conversations/${desk.others}/assign`, { operator: ada })
  await as('PATCH', `/desk/conversations/${desk.mine}`, { labels: ['glaze', 'refund'] })
  const { id } = items.find((one) => one.name.startsWith('Grace')) ?? { id: '' }
  const channel = keyRest(server).channels.get(`desk:${desk.mine}`)
  const say = (name: string, text: string) =>
    channel.publish({ name, clientId: id, data: { text } })
  await say('text', 'I am sorry to hear that. Was it in the dishwasher?')
  await say('note', 'The same kiln as last week. @Ada Lovelace may know.')
  await say('text', 'We send you another one today.')
  await as('POST', `/desk/conversations/${desk.aside}/snooze`, {
    untilMs: Date.now() + 3 * 3_600_000,
  })
  await as('POST', `/desk/conversations/${desk.over}/close`, {
    reason: 'answered',
    summary: 'Sent the address of the manual.',
  })
  // One of them stays on the site, however long it is looked at.
  const stays = setInterval(() => void ines.stay(), STAYS_MS)
  return () => {
    clearInterval(stays)
    return page.close()
  }
}

/** Shorter than the 90 s after which somebody silent has gone. */
const STAYS_MS = 20_000

const LONG = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh'

function calls(page: Page, url: string) {
  return async (method: string, path: string, data: Called): Promise<void> => {
    const answer = await page.request.fetch(`${url}/api/v1${path}`, {
      method,
      headers: { origin: url },
      data,
    })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
  }
}

type Visitor = {
  /** Of their conversation. */
  readonly key: string
  /** A sign of life. */
  stay(): Promise<unknown>
}

/** Somebody on the site who fills the form in and writes. */
async function comes(url: string, name: string, text: string): Promise<Visitor> {
  const ask = async (
    path: string,
    body: object,
    device?: string,
    method = 'POST',
  ): Promise<Called> => {
    const answer = await fetch(`${url}/widget/v1${path}?widget=${desk.widget}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(device === undefined ? {} : { authorization: `Bearer ${device}` }),
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? {} : ((await answer.json()) as Called)
  }
  const page = { url: 'https://shop.example/orders/20931', title: 'Your order 20931' }
  const { device } = await ask('/session', { page })
  const form = { name, email: 'somebody@example.org', about: 'Orders' }
  const opened = await ask('/conversations', { text, form, consent: true }, String(device))
  const { key } = (opened as { conversation: { key: string } }).conversation
  const stay = () => ask('/page', page, String(device), 'PUT')
  return { key, stay }
}
