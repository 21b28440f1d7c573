// Follows the log: reads what was committed since, in order, and writes it into the index together with how far it is.

import { existsSync, rmSync } from 'node:fs'
import type { Message } from '@sayso/channel'
import {
  fileNames,
  inWords,
  isInMainList,
  targetsOf,
  textOf,
  traitsOf,
} from '../../rules/finding.ts'
import { messageEntryOf, originalText } from '../body.ts'
import type { Database, OpenDatabase } from '../driver.ts'
import { KIND } from '../schema.ts'
import type { FeedRow } from '../wire.ts'
import { createNames, type Names } from './finder-names.ts'
import { configureFinder, createTables, FINDER_FORM, readMeta, writeMeta } from './finder-tables.ts'
import type { FinderData } from './finder-wire.ts'

/** Entries of the log in one transaction: questions wait no longer than it takes. */
const AT_ONCE = 400

export type Filling = ReturnType<typeof createFilling>

/** Opens the index; one that does not fit the log (another form, another log, one ahead of it) is made anew. */
export function openIndex(open: OpenDatabase, log: Database, { finderFile }: FinderData): Database {
  const isThere = existsSync(finderFile)
  const db = open(finderFile)
  if (isThere && fits(db, log)) {
    configureFinder(db)
    return db
  }
  db.close()
  for (const end of ['', '-wal', '-shm']) rmSync(finderFile + end, { force: true })
  const fresh = open(finderFile)
  configureFinder(fresh)
  createTables(fresh)
  writeMeta(fresh, 'form', FINDER_FORM)
  return fresh
}

function fits(db: Database, log: Database): boolean {
  try {
    if (readMeta(db, 'form') !== FINDER_FORM) return false
    const serial = readMeta(db, 'serial')
    if (serial === undefined) return true
    const row = log.prepare('SELECT revision FROM feed WHERE serial = ?').get(serial)
    return (row as { revision: number } | undefined)?.revision === Number(readMeta(db, 'revision'))
  } catch {
    // Damaged, or no index at all.
    return false
  }
}

export function createFilling(db: Database, log: Database) {
  const names = createNames(db)
  const put = createPut(db, names)
  let revision = Number(readMeta(db, 'revision') ?? 0)
  const rows = log.prepare(
    `SELECT feed.revision, feed.serial, feed.kind, channels.name AS channel, feed.body
     FROM feed LEFT JOIN channels ON channels.id = feed.channel
     WHERE feed.revision > ? ORDER BY feed.revision LIMIT ${AT_ONCE}`,
  )
  const head = log.prepare('SELECT max(revision) AS revision FROM feed')
  return {
    names,
    revision: () => revision,
    /** How many entries of the log are not in the index yet. */
    behind: () => ((head.get() as { revision: number | null }).revision ?? 0) - revision,
    /** Takes the next entries; false if there were none. */
    step(): boolean {
      const next = rows.all(revision) as FeedRow[]
      const last = next.at(-1)
      if (last === undefined) return false
      db.exec('BEGIN')
      try {
        for (const row of next) if (isOfMessages(row)) put(row)
        writeMeta(db, 'revision', String(last.revision))
        writeMeta(db, 'serial', last.serial)
        db.exec('COMMIT')
      } catch (error) {
        db.exec('ROLLBACK')
        names.forget()
        throw error
      }
      revision = last.revision
      return true
    },
  }
}

function isOfMessages({ kind, channel }: FeedRow): boolean {
  return channel !== null && (kind === KIND.publish || kind === KIND.amend)
}

function createPut(db: Database, names: Names) {
  const tables = createWriting(db)
  const put = (message: Message, channel: string, known: number | undefined) => {
    const content = message.action === 'delete' ? undefined : contentOf(message)
    if (content === undefined && known === undefined) return
    const place = {
      channel: names.findOrAdd(channel),
      author: names.findOrAdd(message.clientId ?? ''),
      unread: content !== undefined && isInMainList(message.extras) ? 1 : 0,
    }
    const id = tables.message(known, message.serial, place)
    if (content === undefined) return
    const traits = content.traits.map((trait) => `has${trait}`)
    tables.text(id, content.words, [`c${place.channel}`, `a${place.author}`, ...traits].join(' '))
    for (const target of targetsOf(message.extras))
      tables.mention(names.findOrAdd(target), id, place)
  }
  return (row: FeedRow): void => {
    const channel = originalText(row.channel ?? '')
    for (const message of messageEntryOf(row, channel).messages) {
      const known = row.kind === KIND.amend ? tables.find(message.serial) : undefined
      if (known !== undefined) tables.remove(known)
      put(message, channel, known)
    }
  }
}

function contentOf(message: Message) {
  const { extras } = message
  const text = textOf(message)
  const named = fileNames(extras)
  // A message that is only files has no text.
  if (text === undefined && named === '') return undefined
  return {
    words: inWords(named === '' ? (text ?? '') : `${text ?? ''} ${named}`),
    traits: traitsOf(text ?? '', extras),
  }
}

type Place = { readonly channel: number; readonly author: number; readonly unread: number }

function createWriting(db: Database) {
  const select = db.prepare('SELECT id FROM messages WHERE serial = ?')
  const insert = db.prepare(
    'INSERT INTO messages (serial, channel, author, unread) VALUES (?, ?, ?, ?) RETURNING id',
  )
  const change = db.prepare('UPDATE messages SET unread = ? WHERE id = ?')
  const drop = db.prepare('DELETE FROM texts WHERE rowid = ?')
  const unmention = db.prepare('DELETE FROM mentions WHERE message = ?')
  const text = db.prepare('INSERT INTO texts (rowid, text, marks) VALUES (?, ?, ?)')
  const mention = db.prepare('INSERT INTO mentions VALUES (?, ?, ?, ?, ?)')
  return {
    find: (serial: string) => (select.get(serial) as { id: number } | undefined)?.id,
    remove(id: number): void {
      drop.run(id)
      unmention.run(id)
    },
    /** The row of a message, which stays where it is for good. */
    message(known: number | undefined, serial: string, { channel, author, unread }: Place): number {
      if (known === undefined)
        return (insert.get(serial, channel, author, unread) as { id: number }).id
      change.run(unread, known)
      return known
    },
    text: (id: number, words: string, marks: string) => void text.run(id, words, marks),
    mention: (target: number, id: number, { channel, author, unread }: Place) =>
      void mention.run(target, id, channel, author, unread),
  }
}
