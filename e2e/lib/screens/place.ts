// A place with something of everything in it, and people who stand differently there: what the screens are looked at with.

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { fill } from '../log-view.ts'
import { keyRest, listChannel, owner, type Person, role, signUp } from '../person.ts'
import { type Server, type ServerOptions, startServer } from '../server.ts'
import { channelOf, home, inner, promotion, readOnly, silencing } from '../words.ts'

/** Grace owns the place; Ada is a member, Mia is muted, Bo is banned and Zoe has only just come. */
export type Who = 'nobody' | 'grace' | 'ada' | 'mia' | 'bo' | 'zoe'

type Cookies = Readonly<Record<Exclude<Who, 'nobody'>, string>>

export type Place = {
  readonly server: Server
  /** Serial of the message a thread hangs on. */
  readonly root: string
  /** What each of them sends to be known, as a header. */
  readonly cookies: Cookies
  /** When it stands still: where a screen is asked for by time; absent where time goes on. Milliseconds since 1970. */
  readonly at?: number
  /** A new window of somebody. */
  open(who: Who): Promise<Page>
  close(): Promise<void>
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** A role that shuts out: what the policy holds people back with, besides the one that silences. */
const BANNED = 'banned'

/** Opens a furnished place with a browser window for each person. @param options of its server */
export async function openPlace(browser: Browser, options: ServerOptions = {}): Promise<Place> {
  const server = await startServer(options)
  const people = {
    grace: await owner(server),
    ada: await signUp(server, 'Ada Lovelace'),
    mia: await signUp(server, 'Mia Wachowska-Featherstonehaugh'),
    bo: await signUp(server, 'Bo Diddley'),
    zoe: await signUp(server, 'Zoe'),
  }
  const cookies = {
    grace: people.grace.cookie,
    ada: people.ada.cookie,
    mia: people.mia.cookie,
    bo: people.bo.cookie,
    zoe: people.zoe.cookie,
  }
  const place = await reopenPlace(browser, server, { root: '', cookies })
  const page = await place.open('grace')
  const root = await furnish(server, people, page)
  await page.close()
  return { ...place, root }
}

/** A place that was furnished before, on a server that runs on its data or a copy of them. */
export async function reopenPlace(
  browser: Browser,
  server: Server,
  { root, cookies }: Pick<Place, 'root' | 'cookies'>,
): Promise<Place> {
  const contexts = new Map<Who, BrowserContext>()
  for (const who of ['nobody', 'grace', 'ada', 'mia', 'bo', 'zoe'] as const) {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    if (who !== 'nobody') await context.addCookies(cookiesOf(server, cookies[who]))
    context.setDefaultTimeout(15_000)
    contexts.set(who, context)
  }
  return {
    server,
    root,
    cookies,
    open: (who: Who) => (contexts.get(who) as BrowserContext).newPage(),
    async close() {
      for (const context of contexts.values()) await context.close()
      await server.remove()
    },
  }
}

function cookiesOf(server: Server, cookie: string) {
  return cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: server.url }
  })
}

/** What was said, answered, pinned, saved, reported and attached. Returns the serial of the root of a thread. */
async function furnish(
  server: Server,
  people: Readonly<Record<Exclude<Who, 'nobody'>, Person>>,
  page: Page,
): Promise<string> {
  const { ada, grace, mia, bo } = people
  await fill(server, home, 12)
  const channel = keyRest(server).channels.get(channelOf(home))
  const say = async (clientId: string, data: string, extras: object = {}): Promise<string> => {
    const { serials } = await channel.publish({ name: 'message', clientId, data, extras })
    return serials[0] ?? ''
  }
  await say(grace.id, SAID.formatted)
  await say(mia.id, SAID.long)
  const root = await say(grace.id, 'Where shall we put the **harbour lights**?')
  const answer = { ref: { type: 'thread', timeserial: root } }
  await say(ada.id, 'On the pier.', answer)
  await say(grace.id, 'And the other one?', answer)
  await say(mia.id, 'Sooner or later.', { ref: { type: 'reply', timeserial: root } })
  await say(grace.id, 'Ada, can you look?', { mentions: { people: [ada.id] } })
  const ugly = await say(mia.id, 'Buy cheap lights here!')
  await channel.updateMessage({ serial: ugly, data: 'Buy cheap lights here, now!' })
  await keyRest(server)
    .channels.get(channelOf(readOnly))
    .publish({ name: 'message', data: 'Read me.' })

  const here = `/channels/${home}`
  await ask(server, grace, 'PUT', `${here}/pins/${encodeURIComponent(root)}`)
  await ask(server, ada, 'POST', `${here}/reports`, {
    serial: ugly,
    reason: 'spam',
    note: 'An advertisement.',
  })
  const key = encodeURIComponent(`${home}/${root}`)
  await ask(server, ada, 'PUT', `/me/state/saved/${key}`, { channel: home, serial: root })

  const on = `${promotion?.type}:${home}`
  const until = { expires_at: new Date(Date.now() + 26 * 3_600_000).toISOString() }
  for (const [who, what] of [
    [mia, silencing],
    [bo, BANNED],
  ] as const) {
    const held = { person: who.id, role: what, on, reason: 'Enough for now.', ...until }
    await role(server, 'give', held)
  }
  await listChannel(server, inner, true)
  await ask(server, bo, 'POST', `/channels/${inner}/requests`, { note: 'I can help there.' })

  await page.goto(`${server.url}/chat/${home}`)
  const files = page.locator('.composer input[type=file]')
  await files.waitFor({ state: 'attached' })
  await files.setInputFiles([
    { name: 'harbour.png', mimeType: 'image/png', buffer: PNG },
    { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a plan') },
  ])
  await page.getByLabel('Describe harbour.png').fill('A harbour at dawn')
  const field = page.locator('#composer')
  await field.fill('Look at this')
  await page.locator('button.send[aria-disabled=false]').waitFor()
  await field.press('Enter')
  await page.getByRole('button', { name: /^Open harbour.png/ }).waitFor()
  const chip = page.getByRole('article').filter({ hasText: 'Ada, can you look?' })
  await chip.hover()
  await chip.getByRole('button', { name: 'React with 👍' }).click()
  await chip.getByRole('button', { name: '👍, 1 person' }).waitFor()
  return root
}

/** A route of the API, as somebody. */
async function ask(
  server: Server,
  { cookie }: Person,
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      cookie,
      origin: server.url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
}

const SAID = {
  formatted: [
    'A list of **what is missing**, with `code`, _words_ and [a link](https://example.com/a):',
    '- the first, which is important',
    '- the second, which @Ada Lovelace knows',
    '',
    '```ts',
    'const answer: number = forty.plus(2) // a comment that is rather long, so that the line has to scroll sideways inside',
    '```',
    '> and what somebody said before',
  ].join('\n'),
  long: `https://example.com/${'a-very-long-address-without-a-break'.repeat(4)} ${'Donaudampfschifffahrtsgesellschaftskapitänsmütze'.repeat(2)} مرحبا بالعالم`,
} as const
