// The decisions log of a real process: whole over an orderly end and a kill, for whom it is, and red on broken builds.

import { afterEach, describe, expect, test } from 'vitest'
import { admin, change } from '../lib/admin.ts'
import { LOG_MUTANTS } from '../lib/log-mutants.ts'
import { buildMutant } from '../lib/mutant.ts'
import { owner, type Person, signUp } from '../lib/person.ts'
import { KEY, type Server, type ServerOptions, startServer } from '../lib/server.ts'

let server: Server | undefined
afterEach(() => server?.remove())

type Item = Readonly<Record<string, unknown>>

const as = (who: Person, from: Server) => ({ cookie: who.cookie, origin: from.url })
const check = (who: Person, key: string, action: string) => ({
  user: { key: who.id },
  action,
  resource: { type: 'channel', key },
})

async function asked(from: Server, ...checks: readonly object[]): Promise<void> {
  const response = await fetch(`${from.url}/allowed/bulk`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(checks),
  })
  if (response.status !== 200) throw new Error(`bulk: ${response.status}`)
}

async function items(from: Server, path: string, headers?: Record<string, string>) {
  const { status, body } = await admin(from, 'GET', path, undefined, headers)
  if (status !== 200) throw new Error(`${path}: ${status}`)
  return body.items as readonly Item[]
}

/** What a server does wrong with its logs; nothing, if it is right. */
async function violations(options: ServerOptions): Promise<readonly string[]> {
  const first = await startServer(options)
  server = first
  const grace = await owner(first)
  const ina = await signUp(first, 'Ina')
  await change(
    first,
    { resource: 'tenant:island', attributes: {} },
    { resource: 'channel:far', attributes: {} },
    { relate: 'channel:far#tenant@tenant:island' },
    { assign: `tenant:island#admin@user:${ina.id}` },
  )
  await asked(first, check(ina, 'far', 'publish'), check(ina, 'mod', 'publish'))
  await first.kill('SIGTERM')
  server = await first.restart()
  const found: string[] = []
  const expectSame = (what: string, is: unknown, should: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(should)) found.push(`${what}: ${JSON.stringify(is)}`)
  }
  const seen = async (who: Person) =>
    (await items(first, '/decisions?door=permit', as(who, first))).map(
      ({ on, verdict }) => `${on} ${verdict}`,
    )
  expectSame('all of them', await seen(grace), ['channel:mod deny', 'channel:far allow'])
  expectSame('those of the island', await seen(ina), ['channel:far allow'])
  const reads = (await items(first, '/audit?command=read.decisions')).map(({ actor }) => actor)
  expectSame('who read', [...new Set(reads)].sort(), [`user:${grace.id}`, `user:${ina.id}`].sort())
  return found
}

describe('the logs of decisions and reads', () => {
  test('are whole after a restart, and show everybody theirs', async () => {
    expect(await violations({})).toEqual([])
  })

  for (const mutant of LOG_MUTANTS) {
    test(`are found out on a build that ${mutant.wrong}`, async () => {
      const found = await violations({ root: await buildMutant(mutant) })
      process.stdout.write(`mutant ${mutant.name}: ${found[0]}\n`)
      expect(found).not.toEqual([])
    })
  }

  test('keep over a kill what was read before it, explanations too', async () => {
    const first = await startServer()
    server = first
    await owner(first)
    const ina = await signUp(first, 'Ina')
    await asked(first, check(ina, 'mod', 'publish'))
    const [line] = await items(first, '/decisions?door=permit')
    await first.kill('SIGKILL')
    const again = await first.restart()
    server = again
    expect(await items(again, '/decisions?door=permit')).toEqual([line])
    const explained = await admin(again, 'GET', `/explanations/${line?.id}`)
    expect(explained.body).toMatchObject({
      refused: { action: 'publish', on: 'channel:mod' },
      now: { allowed: false },
    })
    const verdict = await admin(again, 'GET', '/audit/verify')
    expect(verdict.body).toMatchObject({ intact: true })
  })
})
