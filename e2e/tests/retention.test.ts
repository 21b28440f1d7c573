// A sweep that is killed in the middle is gone on with at the next start: everything that is past goes, what is held stays.

import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChannelName } from '@sayso/policy'
import { openSqliteStore } from '@sayso/store/sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { admin } from '../lib/admin.ts'
import { owner } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelOf, document } from '../lib/words.ts'

const DAY_MS = 86_400_000
const MANY = 6_000
const AT_ONCE = 500

const type = Object.keys(document.types).find(
  (name) => document.types[name]?.channels !== undefined,
)
const [gone = '', held = ''] = Object.keys(document.seed?.resources ?? {})
  .filter((resource) => resource.startsWith(`${type}:`))
  .map((resource) => resource.slice(`${type}:`.length))

/** A folder in which people wrote a hundred days ago. */
async function longAgo(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sayso-e2e-'))
  let nowMs = Date.now() - 100 * DAY_MS
  const store = await openSqliteStore({ folder, now: () => nowMs })
  const say = (channel: string, data: string) => ({
    kind: 'publish' as const,
    channel: channel as ChannelName,
    messages: [{ name: 'message', data, clientId: 'ada' }],
  })
  for (let from = 0; from < MANY; from += AT_ONCE) {
    nowMs += 1_000
    const entries = Array.from({ length: AT_ONCE }, (_, at) =>
      say(channelOf(gone), `tamarind ${from + at}`),
    )
    await store.transact({ entries })
  }
  await store.transact({ entries: [say(channelOf(held), 'quillwort')] })
  await store.close()
  return folder
}

async function left(folder: string, channel: string): Promise<number> {
  const store = await openSqliteStore({ folder })
  const { revision: upTo } = await store.load()
  let count = 0
  for (let afterSerial: string | undefined, hasMore = true; hasMore; ) {
    const query = {
      channel: channel as ChannelName,
      direction: 'forwards',
      limit: 1_000,
      upTo,
    } as const
    const page = await store.history({ ...query, ...(afterSerial && { afterSerial }) })
    count += page.messages.length
    afterSerial = page.messages.at(-1)?.serial
    hasMore = page.hasMore
  }
  await store.close()
  return count
}

const keep = (server: Server, key: string) =>
  admin(server, 'PUT', `/retention/channels/${encodeURIComponent(`${type}:${key}`)}`, { days: 30 })

test('a sweep that is killed goes on, and no hold is overlooked', async () => {
  const data = await longAgo()
  const first = await startServer({ data })
  onTestFinished(() => first.remove())
  const grace = await owner(first)
  const on = `${type}:${held}`
  const made = await admin(first, 'POST', '/holds', { on, reason: 'Case 4711', owner: grace.id })
  expect(made.status).toBe(201)
  await keep(first, held)
  await keep(first, gone)
  const preview = { resource: `${type}:${gone}`, days: 30 }
  for (let messages = MANY; messages === MANY; )
    messages = Number((await admin(first, 'POST', '/retention/preview', preview)).body.messages)
  await first.kill('SIGKILL')
  const middle = await left(data, channelOf(gone))
  expect(middle).toBeGreaterThan(0)
  expect(middle).toBeLessThan(MANY)
  const second = await first.restart()
  onTestFinished(() => second.kill('SIGTERM'))
  expect((await admin(second, 'POST', '/retention/sweeps')).status).toBe(200)
  expect((await admin(second, 'GET', '/audit/verify')).body).toMatchObject({ intact: true })
  await second.kill('SIGTERM')
  expect([await left(data, channelOf(gone)), await left(data, channelOf(held))]).toEqual([0, 1])
  for (const name of await readdir(data)) {
    if (!name.endsWith('.db')) continue
    expect((await readFile(join(data, name))).includes('tamarind'), name).toBe(false)
  }
})
