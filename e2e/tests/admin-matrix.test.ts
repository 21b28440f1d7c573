// Every route of our own API, tried by everybody: let in, denied or not recognised as the hand-written table says.

import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMIN_ROUTES, CALLERS, type Caller, OTHER_ROUTES } from '../lib/admin-table.ts'
import { move, owner, type Person, signUp } from '../lib/person.ts'
import { KEY, ROOT, type Server, startServer } from '../lib/server.ts'
import { home } from '../lib/words.ts'

let server: Server
const shown = {} as Record<Caller, Readonly<Record<string, string>>>

beforeAll(async () => {
  server = await startServer()
  const as = (who: Person) => ({ cookie: who.cookie, origin: server.url })
  const grace = await owner(server)
  const moderator = await signUp(server, 'Moderator')
  await move(server, 'promote', home, moderator)
  Object.assign(shown, {
    owner: as(grace),
    moderator: as(moderator),
    member: as(await signUp(server, 'Member')),
    key: { authorization: `Bearer ${KEY}` },
    otherApp: { authorization: 'Bearer elsewhere.root:Vq7bWcE2mZk9sT4xN8aYpLr3' },
    anonymous: { origin: server.url },
  } satisfies Record<Caller, Record<string, string>>)
})
afterAll(() => server.remove())

/** Nobody and nothing is called so: whoever is let in does no harm. */
const NAME = 'none'

async function tried(name: string, caller: Caller): Promise<string> {
  const [method = '', path = ''] = name.split(' ')
  const ending = new AbortController()
  const response = await fetch(`${server.url}/api/v1${path.replaceAll(/:\w+/g, NAME)}`, {
    method,
    headers: { 'content-type': 'application/json', ...shown[caller] },
    ...(method === 'GET' ? {} : { body: JSON.stringify({ nothing: 'known' }) }),
    signal: ending.signal,
  })
  ending.abort()
  return response.status === 401 ? 'u' : response.status === 403 ? '-' : '+'
}

describe('over our own API', () => {
  for (const [name, answers] of Object.entries(ADMIN_ROUTES)) {
    test(name, async () => {
      let letters = ''
      for (const caller of CALLERS) letters += await tried(name, caller)
      expect(letters).toBe(answers)
    })
  }

  test('the tables have every route of the server, and no other', async () => {
    const built = join(ROOT, 'packages/server/dist/rest/app/routes.js')
    const { APP_ROUTES } = (await import(built)) as {
      APP_ROUTES: readonly { method: string; path: string; needs: { who: string } }[]
    }
    const named = (isAdmin: boolean) =>
      APP_ROUTES.filter(({ needs }) => (needs.who === 'person-or-key') === isAdmin)
        .map(({ method, path }) => `${method} ${path}`)
        .sort()
    expect(Object.keys(ADMIN_ROUTES).sort()).toEqual(named(true))
    expect([...OTHER_ROUTES].sort()).toEqual(named(false))
  })
})
