// What an entry adds to the roll-ups. All calls belong in a transaction.

import type { Cause, RightsChange } from '@sayso/policy'
import { MOST_AUTHORS, SLOT_MS } from '../../analytics.ts'
import type { Database } from '../driver.ts'
import { createNames } from './analytics-names.ts'
import { SLOTS_A_DAY } from './analytics-tables.ts'

/** Slots whose bits stand in one number. */
const HALF = SLOTS_A_DAY / 2

export type Put = ReturnType<typeof createPut>

/** A refusal as the decisions log has it. */
export type DeniedRow = {
  readonly atMs: number
  readonly tenant: string | null
  readonly action: string
  readonly by: string | null
  readonly reason: string
}

/** A line of the audit log, by its columns. */
export type AuditRow = {
  readonly atMs: number
  readonly actor: string
  readonly command: string
  readonly target: string
}

/** Commands on messages of others, and what they are called here. */
const ACTS: Readonly<Record<string, string>> = {
  'delete-message': 'delete',
  'update-message': 'edit',
  'report-message': 'report',
  'close-reports': 'close-report',
}
/** Causes by which somebody comes in. */
const JOINS: ReadonlySet<string> = new Set(['join-channel', 'admit', 'accept-invitation'])
/** Causes whose roles nobody gives to anybody: they come with something else. */
const NO_ACTS: ReadonlySet<string> = new Set([
  ...JOINS,
  'sign-in',
  'set-up',
  'leave-channel',
  'make-channel',
  'start-direct',
  'time',
  'found-app',
  'create-app',
  'remove-person',
])

export const slotOf = (atMs: number): number => Math.floor(atMs / SLOT_MS)
export const dayOf = (slot: number): number => Math.floor(slot / SLOTS_A_DAY)

export function createPut(db: Database) {
  const names = createNames(db, 'names')
  const people = createNames(db, 'people')
  const counts = createCounts(db)
  const someone = (by: string | undefined) => people.findOrAdd(by ?? 'server')
  const activity = createActivity(db)

  return {
    names,
    people,
    forget(): void {
      names.forget()
      people.forget()
    },
    /** Messages of one entry in one channel; `count` may be 0. */
    messages(atMs: number, channel: string, count: number): void {
      if (count > 0) counts.messages(slotOf(atMs), names.findOrAdd(channel), count)
    },
    /** Somebody did something in a channel. @param wrote false: they touched what was there */
    active(atMs: number, channel: string, clientId: string, wrote: boolean): void {
      const person = people.findOrAdd(`user:${clientId}`)
      const slot = slotOf(atMs)
      activity.mark(slot, person)
      if (wrote) activity.author(dayOf(slot), names.findOrAdd(channel), person)
    },
    rights(atMs: number, changes: readonly RightsChange[], cause: Cause): void {
      const slot = slotOf(atMs)
      const join = joinIn(changes, cause)
      if (join !== undefined)
        counts.join(slot, names.findOrAdd(join.how), names.findOrAdd(join.on), 1)
      for (const { act, on } of actsIn(changes, cause))
        counts.act(slot, names.findOrAdd(act), names.findOrAdd(on), someone(cause.by))
    },
    audit({ atMs, actor, command, target }: AuditRow): void {
      const act = ACTS[command]
      if (act === undefined) return
      const on = target.includes('/') ? target.slice(0, target.lastIndexOf('/')) : target
      counts.act(slotOf(atMs), names.findOrAdd(act), names.findOrAdd(on), someone(actor))
    },
    denial({ atMs, tenant, action, by, reason }: DeniedRow): void {
      const of = (name: string | null) => names.findOrAdd(name ?? '')
      counts.denial(slotOf(atMs), of(tenant), of(action), of(by), of(reason))
    },
  }
}

/** Who came in, if somebody did. */
function joinIn(changes: readonly RightsChange[], { command }: Cause) {
  const given = changes.find((change) => change.kind === 'assign')
  if (given === undefined) return undefined
  if (JOINS.has(command)) return { how: command, on: given.tuple.resource }
  const isFirst = ['sign-in', 'set-up'].includes(command)
  return isFirst && changes.some(({ kind }) => kind === 'put-person')
    ? { how: 'new', on: '' }
    : undefined
}

/** Roles that somebody gave to others, and took from them. */
function actsIn(changes: readonly RightsChange[], { command, by }: Cause) {
  if (NO_ACTS.has(command)) return []
  return changes.flatMap((change) => {
    if (change.kind !== 'assign' && change.kind !== 'unassign') return []
    const { role, resource, subject } = change.tuple
    if (subject === by) return []
    return { act: `${change.kind === 'assign' ? '+' : '-'}${role}`, on: resource }
  })
}

function createCounts(db: Database) {
  const insert = (table: string, columns: number) =>
    db.prepare(
      `INSERT INTO ${table} VALUES (${'?, '.repeat(columns)}?) ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    )
  const [message, ofAll, ofDay] = [
    insert('messages', 2),
    insert('messages_of_all', 1),
    insert('messages_by_day', 2),
  ]
  const [act, denial, join] = [insert('acts', 4), insert('denials', 5), insert('joins', 3)]
  return {
    messages(slot: number, channel: number, count: number): void {
      message.run(slot, channel, count)
      ofAll.run(slot, count)
      ofDay.run(dayOf(slot), channel, count)
    },
    act: (slot: number, what: number, place: number, by: number) =>
      void act.run(slot, what, place, by, 1),
    denial: (slot: number, tenant: number, action: number, by: number, reason: number) =>
      void denial.run(slot, tenant, action, by, reason, 1),
    join: (slot: number, how: number, place: number, count: number) =>
      void join.run(slot, how, place, count),
  }
}

/** The bits of one slot of a day, as the two numbers that hold them. */
export function bitsOf(slot: number): readonly [am: number, pm: number] {
  const at = slot - dayOf(slot) * SLOTS_A_DAY
  return at < HALF ? [2 ** at, 0] : [0, 2 ** (at - HALF)]
}

function createActivity(db: Database) {
  const mark = db.prepare(
    `INSERT INTO active VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET am = am | excluded.am, pm = pm | excluded.pm`,
  )
  const count = db.prepare('SELECT count(*) AS n FROM authors WHERE day = ? AND channel = ?')
  const add = db.prepare('INSERT INTO authors VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  // Most of what comes next is by who was there before: the database need not be asked again.
  const known = new Set<string>()
  let knownDay = 0
  return {
    mark(slot: number, person: number): void {
      const [am, pm] = bitsOf(slot)
      mark.run(dayOf(slot), person, am, pm)
    },
    author(day: number, channel: number, person: number): void {
      if (day !== knownDay) known.clear()
      knownDay = day
      const name = `${channel} ${person}`
      if (known.has(name)) return
      if (known.size < 100_000) known.add(name)
      const { n } = count.get(day, channel) as { n: number }
      if (n < MOST_AUTHORS) add.run(day, channel, person)
    },
  }
}
