// Writes one entry at the next place of the log.

import type { Message } from '@sayso/channel'
import type { RightsChange } from '@sayso/policy'
import { amendMessage } from '../rules/amend.ts'
import type { Place } from '../rules/position.ts'
import { amendedBody, messageEntryOf, parseAmendment, rightsBody } from './body.ts'
import type { ChannelIds } from './channel-ids.ts'
import type { Database } from './driver.ts'
import type { Head } from './head.ts'
import { createRightsTable } from './rights-table.ts'
import { KIND, NO_CHANNEL } from './schema.ts'
import type { FeedRow, Placed, WriteAmend, WriteEntry, WritePublish, WriteRights } from './wire.ts'

type Amended = { readonly revision: number; readonly index: number; readonly latest: Message }

/** Appends entries to the log. All calls belong in a transaction. */
export function createEntries(db: Database, head: Head, channels: ChannelIds) {
  const insert = db.prepare('INSERT INTO feed VALUES (?, ?, ?, ?, ?)')
  const messages = createMessages(db, channels)
  const applyChange = createRightsTable(db)

  const add = ({ revision, serial }: Place, kind: number, channel: number, body: string) =>
    void insert.run(revision, serial, kind, channel, body)

  const publish = ({ channel, body }: WritePublish, nowMs: number): Place => {
    const place = head.advance(nowMs)
    add(place, KIND.publish, channels.findOrAdd(channel), body)
    return place
  }
  const amend = (entry: WriteAmend, nowMs: number) => {
    const amended = messages.find(entry)
    if (amended === undefined) throw new Error('the amended message was not looked up first')
    const place = head.advance(nowMs, amended.latest.timestampMs)
    const merged = amendMessage(amended.latest, parseAmendment(entry.amendment), place)
    const body = amendedBody(merged, entry.source)
    add(place, KIND.amend, channels.findOrAdd(entry.channel), body)
    messages.markAmended(amended, place)
    return { ...place, body }
  }
  const changeRights = ({ changes, cause }: WriteRights, nowMs: number) => {
    const kept = [...changes.keys()].filter((index) =>
      applyChange(JSON.parse(changes[index] ?? '') as RightsChange),
    )
    if (kept.length === 0) return undefined
    const place = head.advance(nowMs)
    const texts = changes.filter((_, index) => kept.includes(index))
    add(place, KIND.rights, NO_CHANNEL, rightsBody(texts, cause))
    head.markRights()
    return { ...place, kept }
  }

  return {
    exists: (entry: WriteAmend): boolean => messages.find(entry) !== undefined,
    /** Absent for rights changes that change nothing. The message of an amendment exists. */
    append(entry: WriteEntry, nowMs: number): Omit<Placed, 'entry'> | undefined {
      switch (entry.kind) {
        case 'publish':
          return publish(entry, nowMs)
        case 'amend':
          return amend(entry, nowMs)
        case 'rights':
          return changeRights(entry, nowMs)
      }
    },
  }
}

function createMessages(db: Database, channels: ChannelIds) {
  const row = 'feed.revision, feed.serial, feed.kind, feed.body'
  const selectPublish = db.prepare(
    `SELECT ${row} FROM feed WHERE serial = ? AND channel = ? AND kind = ${KIND.publish}`,
  )
  const selectHead = db.prepare(
    `SELECT ${row} FROM heads JOIN feed ON feed.revision = heads.revision
     WHERE heads.message_revision = ? AND heads.message_index = ?`,
  )
  const putHead = db.prepare(
    'INSERT INTO heads VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET revision = excluded.revision',
  )
  const insertAmendment = db.prepare('INSERT INTO amendments VALUES (?, ?, ?)')
  return {
    /** The message that an amendment names, in its latest state. */
    find({ channel, target }: WriteAmend): Amended | undefined {
      const id = channels.find(channel)
      if (id === undefined || target === undefined) return undefined
      const published = selectPublish.get(target.entrySerial, id) as FeedRow | undefined
      if (published === undefined) return undefined
      const { revision } = published
      const edited = selectHead.get(revision, target.index) as FeedRow | undefined
      const latest = edited
        ? messageEntryOf(edited, channel).messages[0]
        : messageEntryOf(published, channel).messages[target.index]
      return latest && { revision, index: target.index, latest }
    },
    markAmended({ revision, index }: Amended, place: Place): void {
      putHead.run(revision, index, place.revision)
      insertAmendment.run(revision, index, place.revision)
    },
  }
}
