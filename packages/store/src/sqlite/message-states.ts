// The states of messages, read: as published, as of a revision, and all of them.

import type { Message } from '@sayso/channel'
import type { ChannelName, Revision } from '@sayso/policy'
import { messageEntryOf } from './body.ts'
import type { Database } from './driver.ts'
import type { Remarks } from './remarks.ts'
import { KIND } from './schema.ts'
import type { FeedRow } from './wire.ts'

/** A feed row whose channel is known. */
export type MessageRow = Omit<FeedRow, 'channel'>

export type MessageStates = ReturnType<typeof createMessageStates>

export function createMessageStates(db: Database, remarks: Remarks) {
  const row = 'feed.revision, feed.serial, feed.kind, feed.body'
  const selectPublished = db.prepare(
    `SELECT ${row} FROM feed
     WHERE serial = ? AND channel = ? AND kind = ${KIND.publish} AND revision <= ?`,
  )
  const selectHeads = db.prepare(
    'SELECT message_index AS at, revision FROM heads WHERE message_revision = ?',
  )
  const selectEarlier = db.prepare(
    `SELECT max(revision) AS revision FROM amendments
     WHERE message_revision = ? AND message_index = ? AND revision <= ?`,
  )
  const selectAmended = db.prepare(`SELECT ${row} FROM feed WHERE revision = ?`)
  const selectAll = db.prepare(
    `SELECT ${row} FROM amendments JOIN feed ON feed.revision = amendments.revision
     WHERE message_revision = ? AND message_index = ? AND amendments.revision <= ?
     ORDER BY amendments.revision`,
  )

  /** The revision of the latest edit that is not after `upTo`. */
  const latestEdit = (published: number, head: Head, upTo: Revision): number | undefined => {
    if (head.revision <= upTo) return head.revision
    const earlier = selectEarlier.get(published, head.at, upTo) as { revision: number | null }
    return earlier.revision ?? undefined
  }

  return {
    published: (entrySerial: string, channelId: number, upTo: Revision) =>
      selectPublished.get(entrySerial, channelId, upTo) as MessageRow | undefined,
    /** The messages of a publish, each in its latest version and with what its annotations add up to as of `upTo`. */
    asOf(published: MessageRow, channel: ChannelName, upTo: Revision): readonly Message[] {
      const messages = [...messageEntryOf(published, channel).messages]
      for (const head of selectHeads.all(published.revision) as Head[]) {
        const revision = latestEdit(published.revision, head, upTo)
        if (revision === undefined) continue
        const amended = selectAmended.get(revision) as MessageRow
        const [message] = messageEntryOf(amended, channel).messages
        if (message !== undefined) messages[head.at] = message
      }
      return remarks.summarised(published.revision, messages, channel, upTo)
    },
    /** All versions of one message, oldest first; none if the publish has no such message. */
    all(published: MessageRow, index: number, channel: ChannelName, upTo: Revision): Message[] {
      const first = messageEntryOf(published, channel).messages[index]
      if (first === undefined) return []
      const edits = selectAll.all(published.revision, index, upTo) as MessageRow[]
      return [first, ...edits.flatMap((edit) => messageEntryOf(edit, channel).messages)]
    },
  }
}

type Head = { readonly at: number; readonly revision: number }
