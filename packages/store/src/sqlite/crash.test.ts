// SIGKILL under load: what was acknowledged is there, once, in its place; what was not may be either, but whole.

import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { everything, lobby, publish } from '../../contract/builders.ts'
import type { Acknowledged } from '../../contract/crash-writer.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'
import { verifyAudit } from '../rules/audit.ts'
import type { MessageFeedEntry, Store } from '../store.ts'
import { openSqliteStore } from './index.ts'

const ROUNDS = Number(process.env.SAYSO_KILLS ?? 4)
const SEED = Number(process.env.SAYSO_KILL_SEED ?? 7)
const WRITER = fileURLToPath(new URL('../../contract/crash-writer.ts', import.meta.url))

/** Numbers between 0 and 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Kills the writer as soon as it has acknowledged so many writes, and returns all that it had. */
async function writeUntilKilled(folder: string, round: number, after: number) {
  const args = ['--import', 'tsx', '--conditions=development', WRITER, folder, String(round)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: Acknowledged[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const report = JSON.parse(line) as Acknowledged | 'ready'
    if (report !== 'ready') acknowledged.push(report)
    if (acknowledged.length === after) child.kill('SIGKILL')
  }
  return acknowledged
}

async function everythingIn(store: Store): Promise<MessageFeedEntry[]> {
  const all: MessageFeedEntry[] = []
  const { serial: head } = await store.load()
  let serial = `00000000000000-000@${head.split('@')[1]}`
  for (;;) {
    const page = await store.since({ channel: lobby, serial, limit: 1_000, upTo: everything })
    if (page.kind === 'gap') throw new Error('a gap in the whole log')
    for (const entry of page.entries) if (entry.kind === 'message') all.push(entry)
    serial = page.entries.at(-1)?.serial ?? serial
    if (!page.hasMore) return all
  }
}

describe('killed under load', () => {
  test(`[ST40] ${ROUNDS} kills lose, double and reorder nothing (seed ${SEED})`, async () => {
    const folder = temporaryFolder()
    const random = randomFrom(SEED)
    const acknowledged: Acknowledged[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const after = 20 + Math.floor(random() * 600)
      acknowledged.push(...(await writeUntilKilled(folder, round, after)))
      const store = await openSqliteStore({ folder })
      const stored = await everythingIn(store)
      const bySerial = new Map(stored.map((entry) => [entry.serial, entry]))
      for (const { publisher, number, revision, serial } of acknowledged) {
        const [message] = bySerial.get(serial)?.messages ?? []
        expect(bySerial.get(serial)?.revision).toBe(revision)
        expect(message?.extras).toEqual({ publisher, number })
        expect(message?.data).toHaveLength(number % 300)
      }
      expectOrderly(stored)
      await expectOneLog(store, stored)
      await store.close()
    }
    rmSync(folder, { recursive: true })
  })
})

/** Each publisher's messages are there in its order, each once, none left out before the last. */
function expectOrderly(stored: readonly MessageFeedEntry[]): void {
  const next = new Map<unknown, number>()
  for (const { messages } of stored) {
    const { publisher, number } = (messages[0]?.extras ?? {}) as {
      publisher: string
      number: number
    }
    expect(number).toBe(next.get(publisher) ?? 0)
    next.set(publisher, number + 1)
  }
  const serials = stored.map(({ serial }) => serial)
  expect(serials).toEqual([...new Set(serials)].sort())
}

/** Whole writes only, facts that fit the log, an audit line for each write, keys that are still known. */
async function expectOneLog(store: Store, stored: readonly MessageFeedEntry[]): Promise<void> {
  const snapshot = await store.load()
  const withRights = stored.filter(({ messages }) => Number(messages[0]?.extras?.number) % 5 === 0)
  expect(snapshot.revision).toBe(stored.length + withRights.length)
  const audit = []
  for (let beforeNumber: number | undefined; ; beforeNumber = audit.at(-1)?.number) {
    const lines = await store.audit({ limit: 1_000, ...(beforeNumber && { beforeNumber }) })
    if (lines.length === 0) break
    audit.push(...lines)
  }
  expect(verifyAudit(audit)).toEqual({ intact: true, lines: stored.length })
  await expectRecords(store, stored)
  const last = stored.at(-1)
  const again = await store.transact({ entries: [publish('again', { idBase: last?.id ?? '' })] })
  expect(again.duplicate).toBe(true)
  expect(again.entries[0]?.serial).toBe(last?.serial)
}

/** Each publisher's record says what its last message says. */
async function expectRecords(store: Store, stored: readonly MessageFeedEntry[]): Promise<void> {
  const last = new Map<unknown, unknown>()
  for (const { messages } of stored)
    last.set(messages[0]?.extras?.publisher, messages[0]?.extras?.number)
  const records = await store.records({ collection: 'last', limit: 1_000 })
  expect(new Map(records.map(({ key, value }) => [key, value.number]))).toEqual(last)
}
