// Blocking with the stock client: what was blocked gets nothing through, and the proof that this test can fail.

import { afterEach, expect, test } from 'vitest'
import { page } from '../lib/account.ts'
import { buildMutant, type Mutant } from '../lib/mutant.ts'
import { clientOf, owner, type Person, signUp } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'

let server: Server | undefined
afterEach(async () => {
  await server?.remove()
  server = undefined
})

const BROKEN: readonly Mutant[] = [
  {
    name: 'block-unasked',
    wrong: 'starts a conversation without asking whether one of the two has blocked the other',
    edits: [
      {
        file: 'server/dist/commands/start-direct.js',
        find: 'requireWelcome(world, requirePerson(asker), subjects);',
        replace: '',
      },
    ],
  },
  {
    name: 'block-forgotten',
    wrong: 'says that a block is done and closes nothing',
    edits: [
      {
        file: 'server/dist/commands/block-person.js',
        find: "entries: [{ kind: 'rights', changes: [change], cause: { command } }],",
        replace: 'entries: [],',
      },
    ],
  },
]

/** What gets through although it must not. */
async function leaks(root?: string): Promise<readonly string[]> {
  server = await startServer(root === undefined ? {} : { root })
  const running = server
  const grace = await owner(running)
  const ada = await signUp(running, 'Ada Lovelace')
  const bob = await signUp(running, 'Bob Kahn')
  const found: string[] = []
  const start = (who: Person, whom: Person) =>
    page(running, '/api/v1/directs', { people: [whom.id] }, { cookie: who.cookie })
  const block = (who: Person, whom: Person) =>
    page(running, `/api/v1/me/blocks/${whom.id}`, undefined, { cookie: who.cookie, method: 'PUT' })
  const { key } = (await start(bob, ada)).body
  const client = clientOf(running, bob)
  const channel = client.channels.get(`dm:${key}`)
  await channel.publish('message', 'before')
  expect((await block(ada, bob)).status).toBe(200)
  const sent = await channel.publish('message', 'after').then(
    () => true,
    () => false,
  )
  if (sent) found.push('a message after the block')
  expect((await block(grace, bob)).status).toBe(200)
  if ((await start(bob, grace)).status !== 403) found.push('a conversation after the block')
  client.close()
  return found
}

test('a blocked person gets nothing through from when the block returns', async () => {
  expect(await leaks()).toEqual([])
})

for (const mutant of BROKEN) {
  test(`is red on a build that ${mutant.wrong}`, async () => {
    expect(await leaks(await buildMutant(mutant))).not.toEqual([])
  })
}
