// The roll-ups on a real folder: each entry counted once whatever happens, people forgotten and totals kept.

import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ChannelName } from '@sayso/policy'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../contract/temporary-folder.ts'
import { type Analytics, SLOT_MS, type Slot } from '../../analytics.ts'
import { StoreUnavailable } from '../../errors.ts'
import { loadDriver } from '../driver.ts'
import { openSqliteStore, type SqliteStore } from '../index.ts'
import { openAnalyticsFiles } from './analytics.ts'
import { copyAnalytics, inspectAnalytics } from './inspect.ts'

const DAY_MS = 86_400_000
/** 2026-03-01, a Sunday. */
const START_MS = Date.UTC(2026, 2, 1)
const slotAt = (ms: number): Slot => Math.floor(ms / SLOT_MS)
const FOLLOWER = fileURLToPath(new URL('../../../contract/crash-follower.ts', import.meta.url))

type Opened = {
  readonly folder: string
  readonly store: SqliteStore
  readonly clock: { nowMs: number }
  readonly say: (person: string, channel?: string) => Promise<unknown>
  readonly rollUps: (kept?: number) => Promise<Analytics>
  readonly closeRollUps: () => Promise<void>
}

async function opened(folder = temporaryFolder()): Promise<Opened> {
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const clock = { nowMs: START_MS }
  const store = await openSqliteStore({ folder, now: () => clock.nowMs })
  const files: { close(): Promise<void> }[] = []
  const closeRollUps = async () => {
    for (const each of files.splice(0)) await each.close()
  }
  onTestFinished(async () => {
    await closeRollUps()
    await store.close()
  })
  return {
    folder,
    store,
    clock,
    say: (clientId, channel = 'chat:general') =>
      store.transact({
        entries: [
          {
            kind: 'publish',
            channel: channel as ChannelName,
            messages: [{ data: 'canary-text', clientId }],
          },
        ],
      }),
    rollUps: async (peopleDays = 400) => {
      const one = openAnalyticsFiles(() => clock.nowMs)
      files.push(one)
      return one.open(folder, { peopleDays })
    },
    closeRollUps,
  }
}

const sum = (counts: readonly { count: number }[]) =>
  counts.reduce((total, { count }) => total + count, 0)
const all = { from: 0, to: slotAt(START_MS + 3_650 * DAY_MS) }
const allMessages = async (analytics: Analytics) =>
  sum(await analytics.ask({ kind: 'messages', span: all }))

describe('the roll-ups', () => {
  test('[ST310] count messages by quarter and channel, and who was active, distinct', async () => {
    const { say, clock, rollUps } = await opened()
    await say('ada')
    await say('ada', 'chat:mod')
    clock.nowMs += SLOT_MS
    await say('bob')
    clock.nowMs += DAY_MS
    await say('ada')
    const analytics = await rollUps()
    const span = { from: slotAt(START_MS), to: slotAt(START_MS + 3 * DAY_MS) }
    expect(await analytics.ask({ kind: 'messages', span })).toEqual([
      { slot: span.from, count: 2 },
      { slot: span.from + 1, count: 1 },
      { slot: span.from + 97, count: 1 },
    ])
    expect(await analytics.ask({ kind: 'channels', span })).toEqual([
      { channel: 'chat:general', messages: 3, authors: 2 },
      { channel: 'chat:mod', messages: 1, authors: 1 },
    ])
    const people = async (...bounds: Slot[]) =>
      (await analytics.ask({ kind: 'people', bounds, by: 'day' })).map((each) => each.people)
    const [day, next] = [span.from, span.from + 96]
    expect(await people(day, next, next + 96, span.to)).toEqual([2, 1, 0])
    expect(await people(day, span.to)).toEqual([2])
    // Not a day of UTC: from the second quarter of the first to the second of the next.
    expect(await people(day + 1, next + 1, next + 2)).toEqual([1, 1])
    expect(await people(day, day + 1, day + 2)).toEqual([1, 1])
    // Hours of a zone that is half an hour ahead: one goes over midnight.
    const bounds = [day - 2, day + 2, day + 6, next - 2, next + 2, next + 6]
    const hours = await analytics.ask({ kind: 'people', bounds, by: 'hour' })
    expect(hours.map((each) => each.people)).toEqual([2, 0, 0, 1, 0])
    const [only] = await analytics.ask({ kind: 'people', bounds, by: 'hour', people: ['user:bob'] })
    expect(only).toEqual({ people: 1 })
  })

  test('[ST311] count acts on others by who did them, and who came in', async () => {
    const { store, rollUps } = await opened()
    const rights = (command: string, by: string, ...changes: object[]) =>
      store.transact({
        entries: [
          { kind: 'rights', changes: changes as never, cause: { command, by: by as never } },
        ],
        audit: { command, actor: by, target: 'x' },
      })
    const tuple = { resource: 'channel:general', role: 'muted', subject: 'user:bob' }
    await rights('assign-role', 'user:ada', { kind: 'assign', tuple })
    await rights('unassign-role', 'key:root', { kind: 'unassign', tuple })
    await rights('join-channel', 'user:cyd', {
      kind: 'assign',
      tuple: { ...tuple, role: 'participant', subject: 'user:cyd' },
    })
    await store.transact({
      entries: [],
      audit: { command: 'delete-message', actor: 'user:ada', target: 'chat:a/b/s1' },
    })
    const analytics = await rollUps()
    const acts = await analytics.ask({ kind: 'acts', span: all })
    expect(acts.map(({ act, on, by, count }) => `${act} ${on} ${by} ${count}`).sort()).toEqual([
      '+muted channel:general user:ada 1',
      '-muted channel:general key:root 1',
      'delete chat:a/b user:ada 1',
    ])
    const only = [{ act: '+muted', on: 'channel:general' }]
    const slots = await analytics.ask({ kind: 'acts-by-slot', span: all, only })
    expect(slots).toEqual([{ slot: slotAt(START_MS), count: 1 }])
    expect(await analytics.ask({ kind: 'acts-by-slot', span: all, only: [] })).toEqual([])
    expect(await analytics.ask({ kind: 'joins', span: all })).toMatchObject([
      { how: 'join-channel', on: 'channel:general', count: 1 },
    ])
  })

  test('[ST312] hold no text and, once erased, no name', async () => {
    const { say, rollUps, closeRollUps, folder } = await opened()
    for (const person of ['canary-person', 'bob']) await say(person)
    const analytics = await rollUps()
    await analytics.erase('user:canary-person')
    const span = { from: slotAt(START_MS), to: slotAt(START_MS) + 96 }
    const bounds = [span.from, span.to]
    expect(await analytics.ask({ kind: 'people', bounds, by: 'day' })).toEqual([{ people: 2 }])
    await closeRollUps()
    const open = await loadDriver()
    const db = open(join(folder, 'analytics.db'))
    const names = db.prepare('SELECT name FROM people UNION ALL SELECT name FROM names').all()
    db.close()
    expect(JSON.stringify(names)).not.toContain('canary')
  })

  test('[ST313] forget who was active and keep how many there were', async () => {
    const { say, clock, rollUps, closeRollUps, store } = await opened()
    for (let day = 0; day < 40; day += 1) {
      clock.nowMs = START_MS + day * DAY_MS
      for (const person of ['ada', `p${day}`]) await say(person)
    }
    await store.transact({
      entries: [],
      audit: { command: 'delete-message', actor: 'user:ada', target: 'chat:a/s1' },
    })
    const day = (at: number) => slotAt(START_MS + at * DAY_MS)
    const people = async (analytics: Analytics, by: 'day' | 'week' | 'month', ...at: number[]) =>
      analytics.ask({ kind: 'people', bounds: at.map(day), by })
    const first = await rollUps()
    await first.follow()
    const before = await people(first, 'month', 0, 31)
    expect(before).toEqual([{ people: 32 }])
    await closeRollUps()
    clock.nowMs = START_MS + 80 * DAY_MS
    const later = await rollUps(32)
    await later.follow()
    expect(await people(later, 'month', 0, 31)).toEqual([{ people: 32, isTotal: true }])
    // A week that begins in March and ends in April.
    expect(await people(later, 'week', 29, 36)).toEqual([{ people: 8, isTotal: true }])
    expect(await people(later, 'day', 3, 4)).toEqual([{ people: 2, isTotal: true }])
    expect(await later.ask({ kind: 'people', bounds: [day(3), day(3) + 4], by: 'hour' })).toEqual([
      { isTotal: true },
    ])
    // April is still known.
    expect(await people(later, 'day', 35, 36)).toEqual([{ people: 2 }])
    const [general] = await later.ask({ kind: 'channels', span: { from: day(0), to: day(31) } })
    expect(general).toMatchObject({ channel: 'chat:general', messages: 62, authors: 2 })
    expect(await allMessages(later)).toBe(80)
  })
})

describe('whatever ends the process', () => {
  test('[ST314] each entry is counted once', async () => {
    const { say, store, folder, rollUps } = await opened()
    const many = 9_000
    await Promise.all(Array.from({ length: many }, (_, index) => say(`p${index % 7}`)))
    await store.load()
    for (const steps of [1, 1, 2]) {
      const args = ['--import', 'tsx', '--conditions=development', FOLLOWER, folder]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      let seen = 0
      for await (const _line of createInterface({ input: child.stdout })) {
        seen += 1
        if (seen === steps) child.kill('SIGKILL')
      }
    }
    const analytics = await rollUps()
    await analytics.follow()
    expect(await allMessages(analytics)).toBe(many)
    expect(await inspectAnalytics(folder)).toMatchObject({ revision: many, damage: [] })
  })

  test('[ST315] a log that was put back has its roll-ups made anew; those there were stay aside', async () => {
    const one = await opened()
    await one.say('ada')
    await one.say('ada')
    await (await one.rollUps()).follow()
    await one.closeRollUps()
    const other = await opened()
    await other.say('bob')
    expect(await copyAnalytics(one.folder, other.folder)).toBe(true)
    const analytics = await other.rollUps()
    expect(await allMessages(analytics)).toBe(1)
    expect(existsSync(join(other.folder, 'analytics.db.aside'))).toBe(true)
  })

  test('[ST316] what a newer version wrote is left alone', async () => {
    const { folder, say, rollUps, closeRollUps } = await opened()
    await say('ada')
    await (await rollUps()).follow()
    await closeRollUps()
    const open = await loadDriver()
    const db = open(join(folder, 'analytics.db'))
    db.exec('PRAGMA user_version = 99')
    db.close()
    const analytics = await rollUps()
    await expect(analytics.follow()).rejects.toThrow(StoreUnavailable)
    expect(analytics.trouble()).toContain('schema 99')
  })
})
