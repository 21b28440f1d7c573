// What the annotations of a message add up to, kept row by row, and at hand while a message is busy.

import type { NewAnnotation, Summary } from '@sayso/channel'
import { type Contribution, Tally } from '../rules/tally.ts'
import { originalText, storedText } from './body.ts'
import type { Database } from './driver.ts'

/** Messages whose tallies are kept at hand. */
const MOST_AT_HAND = 1_000

/** A message by the place of its publish. */
export type MessagePlace = { readonly revision: number; readonly index: number }

/** On the writing connection. All calls belong in a transaction. */
export function createTallies(db: Database) {
  const load = tallyLoader(db)
  const put = db.prepare(
    `INSERT INTO tallies (message_revision, message_index, type, name, client, count)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count`,
  )
  const remove = db.prepare(
    `DELETE FROM tallies WHERE message_revision = ? AND message_index = ?
     AND type = ? AND name = ? AND client = ?`,
  )
  const atHand = new Map<string, Tally>()
  const tallyOf = (message: MessagePlace): Tally => {
    const key = `${message.revision}:${message.index}`
    const tally = atHand.get(key) ?? load(message)
    if (atHand.size >= MOST_AT_HAND) atHand.clear()
    atHand.set(key, tally)
    return tally
  }
  return {
    /** Counts an annotation in and returns what all of the message add up to then. */
    count(message: MessagePlace, annotation: NewAnnotation): Summary {
      const tally = tallyOf(message)
      for (const { type, name, client, count } of tally.apply(annotation)) {
        const slot = [message.revision, message.index, ...[type, name, client].map(storedText)]
        if (count === 0) remove.run(...slot)
        else put.run(...slot, count)
      }
      return tally.summary()
    },
    forget: () => atHand.clear(),
  }
}

/** Reads what the annotations of a message add up to now. */
export function tallyLoader(db: Database): (message: MessagePlace) => Tally {
  const select = db.prepare(
    `SELECT type, name, client, count FROM tallies
     WHERE message_revision = ? AND message_index = ? ORDER BY id`,
  )
  return ({ revision, index }) => {
    const tally = new Tally()
    for (const row of select.all(revision, index) as Contribution[]) {
      const { type, name, client, count } = row
      const texts = {
        type: originalText(type),
        name: originalText(name),
        client: originalText(client),
      }
      tally.put({ ...texts, count })
    }
    return tally
  }
}
