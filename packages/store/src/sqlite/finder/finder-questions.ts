// Questions of the index. It only says where to look: what may be shown is decided by whoever asked, on the log.

import {
  type FindQuery,
  type Found,
  type FoundPage,
  type MentionsQuery,
  MOST_COUNTED,
  type PageQuery,
  type Unread,
  type UnreadOf,
  type UnreadQuery,
} from '../../finder.ts'
import { matchOf } from '../../rules/finding.ts'
import { padMs } from '../../rules/position.ts'
import type { Database } from '../driver.ts'
import type { Names } from './finder-names.ts'

/** Up to so many channels are part of the question itself; of more, what is found elsewhere is left out one by one. */
const MOST_CHANNELS_ASKED = 60
/** Matches looked at for one page: then the page ends early, and the next one goes on. */
const MOST_LOOKED_AT = 20_000
const LOOK_AT_ONCE = 250
/** No channel has this number. */
const NOWHERE = 0
const NO_MORE = Number.MAX_SAFE_INTEGER

type Row = { readonly id: number; readonly channel: number; readonly serial: string }

export function createQuestions(db: Database, names: Names) {
  const idAt = createPlaceLookup(db)
  const matching = db.prepare(
    `SELECT messages.id, messages.channel, messages.serial
     FROM (SELECT rowid AS found FROM texts
           WHERE texts MATCH ? AND rowid < ? AND rowid > ? ORDER BY rowid DESC LIMIT ${LOOK_AT_ONCE})
     JOIN messages ON messages.id = found ORDER BY messages.id DESC`,
  )
  return {
    find(query: FindQuery, page: PageQuery): FoundPage {
      const { isIn, asked } = placesMeant(names, query.channels)
      const match = matchIn(query, names, asked)
      if (match === undefined) return { found: [] }
      const after = query.sinceMs === undefined ? 0 : idAt.before(padMs(query.sinceMs))
      const before = query.beforeMs === undefined ? NO_MORE : idAt.before(padMs(query.beforeMs)) + 1
      const top = Math.min(page.below ?? NO_MORE, before)
      const rows = (below: number) => matching.all(match, below, after) as Row[]
      return pageOf(rows, top, page.limit, isIn, names)
    },
    unread: createUnread(db, names, idAt.upTo),
    mentions: createMentions(db, names),
  }
}

/** Reads rows below a place until a page is full, leaving out what is in other channels. */
function pageOf(
  rows: (below: number) => readonly Row[],
  top: number,
  limit: number,
  isIn: (channel: number) => boolean,
  names: Names,
): FoundPage {
  const found: Found[] = []
  let below = top
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += LOOK_AT_ONCE) {
    const some = rows(below)
    for (const { id, channel, serial } of some) {
      below = id
      if (!isIn(channel)) continue
      found.push({ channel: names.nameOf(channel), serial, place: id })
      if (found.length === limit) return { found, next: below }
    }
    if (some.length < LOOK_AT_ONCE) return { found }
  }
  return { found, next: below }
}

function matchIn(
  { text, from, has }: FindQuery,
  names: Names,
  channels: ReadonlySet<number> | undefined,
): string | undefined {
  const words = matchOf(text)
  if (words === undefined && text.trim() !== '') return undefined
  const authors = from && [...idsOf(names, from)].map((id) => `a${id}`)
  if (authors?.length === 0 || channels?.size === 0) return undefined
  const marks = [
    ...(channels === undefined ? [] : [`(${[...channels].map((id) => `c${id}`).join(' OR ')})`]),
    ...(authors === undefined ? [] : [`(${authors.join(' OR ')})`]),
    ...(has ?? []).map((trait) => `has${trait}`),
  ]
  const parts = [
    ...(words === undefined ? [] : [`{text} : (${words})`]),
    ...(marks.length === 0 ? [] : [`{marks} : (${marks.join(' AND ')})`]),
  ]
  return parts.length === 0 ? undefined : parts.join(' AND ')
}

/** Which channels are meant, and their numbers if they are few enough to be part of the question. */
function placesMeant(
  names: Names,
  channels: FindQuery['channels'],
): { readonly isIn: (channel: number) => boolean; readonly asked?: ReadonlySet<number> } {
  if ('beginning' in channels) {
    const known = new Map<number, boolean>()
    const isIn = (channel: number) => {
      const is = known.get(channel) ?? names.nameOf(channel).startsWith(channels.beginning)
      known.set(channel, is)
      return is
    }
    return { isIn }
  }
  const ids = idsOf(names, channels)
  const isIn = (channel: number) => ids.has(channel)
  return ids.size <= MOST_CHANNELS_ASKED ? { isIn, asked: ids } : { isIn }
}

function idsOf(names: Names, of: readonly string[]): ReadonlySet<number> {
  return new Set(of.flatMap((name) => names.find(name) ?? []))
}

function createPlaceLookup(db: Database) {
  const upTo = db.prepare('SELECT id FROM messages WHERE serial <= ? ORDER BY serial DESC LIMIT 1')
  const before = db.prepare('SELECT id FROM messages WHERE serial < ? ORDER BY serial DESC LIMIT 1')
  const idOf = (row: unknown) => (row as { id: number } | undefined)?.id ?? 0
  return {
    upTo: (serial: string) => idOf(upTo.get(serial)),
    before: (serial: string) => idOf(before.get(serial)),
  }
}

function createUnread(db: Database, names: Names, placeOf: (serial: string) => number) {
  const count = db.prepare(
    `SELECT count(*) AS count, min(id) AS first FROM (
       SELECT id FROM messages WHERE channel = ? AND unread = 1 AND id > ? AND author <> ?
       ORDER BY id LIMIT ${MOST_COUNTED + 1})`,
  )
  const mentioned = db.prepare(
    `SELECT message FROM mentions
     WHERE target = ? AND channel = ? AND message > ? AND author <> ? AND unread = 1
     LIMIT ${MOST_COUNTED + 1}`,
  )
  const serialOf = db.prepare('SELECT serial FROM messages WHERE id = ?')
  const newest = db.prepare('SELECT max(id) AS id FROM messages WHERE channel = ? AND unread = 1')
  const serialAt = (row: unknown): { last?: string } => {
    const { id } = row as { id: number | null }
    return id === null ? {} : { last: (serialOf.get(id) as { serial: string }).serial }
  }
  const one = ({ channel, after, targets }: UnreadOf, me: number): Unread => {
    const id = names.find(channel)
    if (id === undefined) return { channel, count: 0, mentions: 0 }
    const from = placeOf(after)
    const last = serialAt(newest.get(id))
    const row = count.get(id, from, me) as { count: number; first: number | null }
    if (row.first === null) return { channel, count: 0, mentions: 0, ...last }
    const messages = new Set<number>()
    for (const target of idsOf(names, targets)) {
      const rows = mentioned.all(target, id, from, me) as { message: number }[]
      for (const { message } of rows) messages.add(message)
    }
    const { serial } = serialOf.get(row.first) as { serial: string }
    return { channel, count: row.count, mentions: messages.size, first: serial, ...last }
  }
  return ({ person, channels }: UnreadQuery): readonly Unread[] => {
    const me = names.find(person) ?? 0
    return channels.map((each) => one(each, me))
  }
}

function createMentions(db: Database, names: Names) {
  const of = db.prepare(
    `SELECT mentions.message AS id, mentions.channel, messages.serial
     FROM mentions JOIN messages ON messages.id = mentions.message
     WHERE mentions.target = ? AND mentions.message < ? AND mentions.author <> ?
     ORDER BY mentions.message DESC LIMIT ${LOOK_AT_ONCE}`,
  )
  return ({ person, channels }: MentionsQuery, page: PageQuery): FoundPage => {
    const me = names.find(person) ?? 0
    const counting = new Map<number, ReadonlySet<number>>()
    for (const { channel, targets } of channels) {
      const id = names.find(channel)
      if (id !== undefined) counting.set(id, idsOf(names, targets))
    }
    const targets = new Set([...counting.values()].flatMap((ids) => [...ids]))
    // What counts for nobody in its channel keeps its place, so that the page after it goes on below.
    const counted = (row: Row, target: number): Row =>
      counting.get(row.channel)?.has(target) === true ? row : { ...row, channel: NOWHERE }
    const rows = (below: number) =>
      merged(
        [...targets].map((target) =>
          (of.all(target, below, me) as Row[]).map((row) => counted(row, target)),
        ),
      )
    const isIn = (channel: number) => counting.has(channel)
    return pageOf(rows, page.below ?? NO_MORE, page.limit, isIn, names)
  }
}

/** The newest of several lists, each sorted and cut off; not below where one was cut off, as others may have more there. */
function merged(lists: readonly (readonly Row[])[]): readonly Row[] {
  const ends = lists.filter(({ length }) => length === LOOK_AT_ONCE).map((list) => list.at(-1)?.id)
  const floor = Math.max(0, ...ends.map((id) => id ?? 0))
  const found = new Map<number, Row>()
  for (const row of lists.flat()) {
    if (row.id < floor) continue
    if (row.channel !== NOWHERE || !found.has(row.id)) found.set(row.id, row)
  }
  return [...found.values()].sort((one, other) => other.id - one.id).slice(0, LOOK_AT_ONCE)
}
