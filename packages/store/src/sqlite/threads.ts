// Threads: an index from the root to its answers, written with them and read in pages.

import type { Message } from '@sayso/channel'
import {
  messageSerial,
  type Place,
  parseEntrySerial,
  parseMessageSerial,
} from '../rules/position.ts'
import { threadRoot } from '../rules/threads.ts'
import {
  MOST_PEOPLE,
  type ThreadPage,
  type ThreadQuery,
  type ThreadSummary,
  type ThreadsQuery,
} from '../threads.ts'
import { originalText, storedText } from './body.ts'
import type { Database } from './driver.ts'
import type { MessageRow, MessageStates } from './message-states.ts'
import type { MessagePlace } from './tallies.ts'
import type { Answer } from './wire.ts'

export const THREADS_TABLE = `
  CREATE TABLE answers (
    channel  INTEGER NOT NULL,
    root     TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    client   TEXT,
    gone     INTEGER,
    PRIMARY KEY (channel, root, revision, at)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX answers_by_place ON answers (revision, at);
  CREATE INDEX answers_by_time ON answers (channel, revision);
`

/** The answers among the messages of a publish. */
export function answersOf(messages: readonly Pick<Message, 'extras' | 'clientId'>[]): Answer[] {
  return messages.flatMap((message, at) => {
    const root = threadRoot(message)
    if (root === undefined) return []
    const { clientId } = message
    return { at, root, client: clientId === undefined ? null : storedText(clientId) }
  })
}

/** On the writing connection. All calls belong in a transaction. */
export function createThreadIndex(db: Database) {
  const insert = db.prepare('INSERT INTO answers VALUES (?, ?, ?, ?, ?, NULL)')
  const mark = db.prepare('UPDATE answers SET gone = ? WHERE revision = ? AND at = ?')
  return {
    add(channel: number, revision: number, answers: readonly Answer[]): void {
      for (const { at, root, client } of answers) insert.run(channel, root, revision, at, client)
    },
    /** Notes that an answer is gone from here on, or that it is there again. */
    mark({ revision, index }: MessagePlace, { action }: Message, place: Place): void {
      mark.run(action === 'delete' ? place.revision : null, revision, index)
    },
  }
}

const LAST = Number.MAX_SAFE_INTEGER

export function createThreadReader(
  db: Database,
  states: MessageStates,
  channelId: (name: string) => number | undefined,
) {
  const revisionBefore = db.prepare('SELECT revision FROM feed WHERE serial = ?')
  const selectPage = db.prepare(
    `SELECT answers.at, feed.revision, feed.serial, feed.kind, feed.body
     FROM answers JOIN feed ON feed.revision = answers.revision
     WHERE answers.channel = ? AND root = ? AND (answers.revision, answers.at) < (?, ?)
     AND answers.revision <= ?
     ORDER BY answers.revision DESC, answers.at DESC LIMIT ?`,
  )
  const selectThreads = db.prepare(
    `SELECT root, count(*) AS count, max(revision * 1000 + at) AS last FROM answers
     WHERE channel = ? AND root BETWEEN ? AND ? AND revision <= ? AND (gone IS NULL OR gone > ?)
     GROUP BY root HAVING last < ? ORDER BY last DESC LIMIT ?`,
  )
  const selectPeople = db.prepare(
    `SELECT client FROM answers
     WHERE channel = ? AND root = ? AND revision <= ? AND (gone IS NULL OR gone > ?)
     AND client IS NOT NULL
     GROUP BY client ORDER BY max(revision * 1000 + at) DESC LIMIT ${MOST_PEOPLE}`,
  )
  const selectSerial = db.prepare('SELECT serial FROM feed WHERE revision = ?')
  /** The place before which to go on; one that is of no message ends nothing. */
  const placeBefore = (serial: string | undefined): readonly [number, number] => {
    const target = serial === undefined ? undefined : parseMessageSerial(serial)
    if (target === undefined) return [LAST, 0]
    const row = revisionBefore.get(target.entrySerial) as { revision: number } | undefined
    return row === undefined ? [LAST, 0] : [row.revision, target.index]
  }
  return {
    thread(query: ThreadQuery): ThreadPage {
      const id = channelId(query.channel)
      if (id === undefined) return { messages: [], hasMore: false }
      const { channel, root, limit, beforeSerial, upTo } = query
      const before = placeBefore(beforeSerial)
      const rows = selectPage.all(id, root, ...before, upTo, limit + 1) as (MessageRow & {
        at: number
      })[]
      const messages = rows
        .slice(0, limit)
        .flatMap(({ at, ...row }) => states.asOf(row, channel, upTo)[at] ?? [])
      return { messages, hasMore: rows.length > limit }
    },
    threads(query: ThreadsQuery): readonly ThreadSummary[] {
      const id = channelId(query.channel)
      if (id === undefined) return []
      const { fromRoot = '', toRoot = '~', beforeSerial, limit, upTo } = query
      const [revision, at] = placeBefore(beforeSerial)
      const before = revision === LAST ? LAST : revision * 1000 + at
      const rows = selectThreads.all(id, fromRoot, toRoot, upTo, upTo, before, limit)
      return (rows as { root: string; count: number; last: number }[]).map((row) => {
        const last = Math.floor(row.last / 1000)
        const { serial } = selectSerial.get(last) as { serial: string }
        const people = selectPeople.all(id, row.root, upTo, upTo) as { client: string }[]
        return {
          root: row.root,
          count: row.count,
          lastSerial: messageSerial(serial, row.last % 1000),
          lastAtMs: parseEntrySerial(serial)?.ms ?? 0,
          people: people.map(({ client }) => originalText(client)),
        }
      })
    },
  }
}
