// The decisions log on a real disk: found again, bounded, counted, and never in anybody's way.

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../contract/temporary-folder.ts'
import type { DecisionLog, DecisionsKept, DecisionsQuery, NewDecision } from '../../decisions.ts'
import { StoreUnavailable } from '../../errors.ts'
import { loadDriver } from '../driver.ts'
import { openDecisionFiles } from './client.ts'
import { copyDecisions, inspectDecisions } from './inspect.ts'

const DAY_MS = 86_400_000
const KEPT: DecisionsKept = { days: 30, rows: 100_000 }

function folderFor(): string {
  const folder = temporaryFolder()
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

type Opened = {
  readonly log: DecisionLog
  readonly folder: string
  readonly clock: { nowMs: number }
  readonly reported: Error[]
  readonly close: () => Promise<void>
}

function open(folder = folderFor(), kept = KEPT): Opened {
  const clock = { nowMs: 1_000 * DAY_MS }
  const reported: Error[] = []
  const files = openDecisionFiles({
    now: () => clock.nowMs,
    report: (error) => void reported.push(error),
  })
  onTestFinished(files.close)
  return { log: files.open(folder, kept), folder, clock, reported, close: files.close }
}

const line = (id: string, more: Partial<NewDecision> = {}): NewDecision => ({
  id,
  atMs: 1_000 * DAY_MS,
  door: 'permit',
  actor: 'key:first',
  subject: 'user:ada',
  action: 'publish',
  on: 'dock:north',
  resource: 'dock:north',
  tenant: 'tenant:harbour',
  allowed: true,
  reason: 'granted',
  policy: 'p1',
  revision: 7,
  ...more,
})

const ids = async (log: DecisionLog, query: Partial<DecisionsQuery> = {}) =>
  (await log.page({ limit: 1_000, ...query })).lines.map(({ id }) => id)

describe('the decisions log', () => {
  test('[ST260] shows at once what was noted, whole, newest first', async () => {
    const { log } = open()
    const whole = line('a', { key: 'first', by: 'dock:north#pilot', reasons: '[]', found: 3 })
    log.note(whole)
    log.note(line('b', { subject: undefined, tenant: undefined, allowed: false }))
    const { lines, hasMore } = await log.page({ limit: 10 })
    expect(lines.map(({ id }) => id)).toEqual(['b', 'a'])
    expect(lines[1]).toEqual({ ...whole, number: 1 })
    expect(lines[0]).not.toHaveProperty('subject')
    expect(hasMore).toBe(false)
    expect(await log.find('a')).toEqual(lines[1])
    expect(await log.find('c')).toBeUndefined()
  })

  test('[ST260] pages join without gap or overlap while lines arrive', async () => {
    const { log } = open()
    for (let n = 0; n < 2_500; n += 1) log.note(line(`d${n}`))
    const seen: string[] = []
    let beforeNumber: number | undefined
    for (let more = true; more; ) {
      const page = await log.page({ limit: 400, beforeNumber })
      seen.push(...page.lines.map(({ id }) => id))
      beforeNumber = page.lines.at(-1)?.number
      more = page.hasMore
      for (let n = 0; n < 5; n += 1) log.note(line(`late${seen.length}-${n}`))
    }
    expect(seen).toEqual(Array.from({ length: 2_500 }, (_, n) => `d${2_499 - n}`))
  })

  test('[ST261] finds lines by each thing that is asked for, and by all together', async () => {
    const { log } = open()
    const different: Readonly<Record<string, Partial<NewDecision>>> = {
      door: { door: 'authzen' },
      actor: { actor: 'key:second' },
      subject: { subject: 'user:bob' },
      action: { action: 'history' },
      on: { on: 'chat:north' },
      resource: { resource: 'dock:south' },
      tenant: { tenant: 'tenant:island' },
      allowed: { allowed: false },
      reason: { reason: 'rule' },
      by: { by: 'types.dock.rules.quiet' },
      policy: { policy: 'another' },
    }
    const first = line('plain', { by: 'dock:north#pilot' })
    log.note(first)
    for (const [name, other] of Object.entries(different)) log.note(line(name, other))
    for (const [name, other] of Object.entries(different))
      expect(await ids(log, other as Partial<DecisionsQuery>)).toEqual([name])
    const plain = { ...first } as Partial<DecisionsQuery>
    expect(await ids(log, plain)).toEqual(['plain'])
    expect(await ids(log, { tenants: ['tenant:island', 'tenant:none'] })).toEqual(['tenant'])
    expect(await ids(log, { tenants: [] })).toEqual([])
  })

  test('[ST261] finds lines by a span of time, though the clock runs back', async () => {
    const { log } = open()
    const at = (ms: number) => 1_000 * DAY_MS + ms
    for (const ms of [10, 20, 20, 15, 40]) log.note(line(`at${ms}`, { atMs: at(ms) }))
    expect(await ids(log, { sinceMs: at(20), untilMs: at(20) })).toEqual(['at15', 'at20', 'at20'])
    expect(await ids(log, { sinceMs: at(21) })).toEqual(['at40'])
    expect(await ids(log, { untilMs: at(9) })).toEqual([])
  })

  test('[ST262] keeps what was noted over an end, and numbers go on', async () => {
    const first = open()
    first.log.note(line('a'))
    await first.close()
    first.log.note(line('too late'))
    const second = open(first.folder)
    second.log.note(line('b'))
    const { lines } = await second.log.page({ limit: 10 })
    expect(lines.map(({ id, number }) => [id, number])).toEqual([
      ['b', 2],
      ['a', 1],
    ])
  })

  test('[ST263] what comes faster than it is written is dropped, counted, and the count is kept', async () => {
    const first = open()
    for (let n = 0; n < 50_007; n += 1) first.log.note(line(`d${n}`))
    expect(first.log.counters()).toMatchObject({ dropped: 7 })
    first.log.note(line('one more'))
    expect(await first.log.stats()).toMatchObject({ dropped: 8 })
    await first.close()
    const second = open(first.folder)
    expect(await second.log.stats()).toMatchObject({ dropped: 8, written: 0, waiting: 0 })
    expect(await ids(second.log, { limit: 1 })).toEqual(['d49999'])
    expect(await inspectDecisions(first.folder)).toMatchObject({ lines: 50_000, dropped: 8 })
  })

  test('[ST264] the oldest lines go when they are too many or too old', async () => {
    const few = open(folderFor(), { days: 30, rows: 1_000 })
    for (let n = 0; n < 3_000; n += 1) few.log.note(line(`d${n}`))
    const left = await ids(few.log)
    expect([left.length, left.at(-1)]).toEqual([1_000, 'd2000'])
    const old = open()
    old.log.note(line('old'))
    old.clock.nowMs += 29 * DAY_MS
    old.log.note(line('young', { atMs: old.clock.nowMs }))
    expect(await ids(old.log)).toEqual(['young', 'old'])
    old.clock.nowMs += 2 * DAY_MS
    expect(await ids(old.log)).toEqual(['young'])
    old.log.note(line('new', { atMs: old.clock.nowMs }))
    expect(await ids(old.log)).toEqual(['new', 'young'])
    await old.close()
    expect(await inspectDecisions(old.folder)).toMatchObject({ lines: 2 })
  })

  test.each([
    ['damaged', async (file: string) => writeFileSync(file, 'no database at all, '.repeat(500))],
    [
      'too_new',
      async (file: string) => {
        const db = (await loadDriver())(file)
        db.exec('PRAGMA user_version = 99')
        db.close()
      },
    ],
    ['unusable_folder', async (file: string) => mkdirSync(file)],
  ])('[ST265] a file that is %s costs its lines and nothing else', async (reason, spoil) => {
    const folder = folderFor()
    await spoil(join(folder, 'decisions.db'))
    const { log, reported } = open(folder)
    log.note(line('a'))
    log.note(line('b'))
    const refused = await log.page({ limit: 1 }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StoreUnavailable)
    expect(refused).toMatchObject({ reason })
    log.note(line('c'))
    await expect(log.find('c')).rejects.toThrow(StoreUnavailable)
    expect(log.counters()).toMatchObject({ dropped: 3, written: 0, waiting: 0 })
    expect(reported).toHaveLength(1)
  })

  test('[ST266] is copied as of one moment while it is written, and nothing is made before the first line', async () => {
    const { log, folder } = open()
    expect(existsSync(join(folder, 'decisions.db'))).toBe(false)
    expect(await inspectDecisions(folder)).toBeUndefined()
    const target = folderFor()
    expect(await copyDecisions(folder, target)).toBe(false)
    log.note(line('a'))
    await log.find('a')
    expect(await copyDecisions(folder, target)).toBe(true)
    log.note(line('b'))
    expect(await ids(open(target).log)).toEqual(['a'])
    expect(await inspectDecisions(target)).toMatchObject({ schema: 1, lines: 1, damage: [] })
  })
})
