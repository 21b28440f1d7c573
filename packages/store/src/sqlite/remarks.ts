// Annotations, read: those of one message, and what they added up to as of a revision.

import type { Annotation, Message, Summary } from '@sayso/channel'
import type { ChannelName, Revision } from '@sayso/policy'
import { Tally } from '../rules/tally.ts'
import type { AnnotationsPage, AnnotationsQuery } from '../store.ts'
import { annotationEntryOf } from './body.ts'
import type { Database } from './driver.ts'
import { type MessagePlace, tallyLoader } from './tallies.ts'
import type { FeedRow } from './wire.ts'

type Row = Omit<FeedRow, 'channel'>

export type Remarks = ReturnType<typeof createRemarks>

export function createRemarks(db: Database) {
  const load = tallyLoader(db)
  const selectLatest = db.prepare(
    `SELECT message_index AS at, max(revision) AS revision FROM annotated
     WHERE message_revision = ? AND revision <= ? AND sums = 1 GROUP BY message_index`,
  )
  const selectHead = db.prepare(
    'SELECT max(revision) AS revision FROM annotated WHERE message_revision = ? AND message_index = ?',
  )
  const selectEntry = db.prepare('SELECT revision, serial, kind, body FROM feed WHERE revision = ?')
  const selectAll = db.prepare(
    `SELECT feed.revision, feed.serial, feed.kind, feed.body
     FROM annotated JOIN feed ON feed.revision = annotated.revision
     WHERE message_revision = ? AND message_index = ?
     AND feed.serial >= ? AND annotated.revision <= ? ORDER BY annotated.revision LIMIT ?`,
  )

  const read = (message: MessagePlace, query: AnnotationsQuery): Annotation[] => {
    const { channel, messageSerial, limit, afterSerial = '', upTo } = query
    const [entry = ''] = afterSerial.split(':', 1)
    // One more than asked for, and one for the entry it goes on in.
    const rows = selectAll.all(message.revision, message.index, entry, upTo, limit + 2) as Row[]
    return rows
      .flatMap((row) => annotationEntryOf(row, channel).annotations)
      .filter((each) => each.messageSerial === messageSerial && each.serial > afterSerial)
  }
  return {
    /** Puts what annotations add up to on the messages of one publish. */
    summarised(
      published: number,
      messages: readonly Message[],
      channel: ChannelName,
      upTo: Revision,
    ) {
      const latest = selectLatest.all(published, upTo) as { at: number; revision: number }[]
      if (latest.length === 0) return messages
      const summed = [...messages]
      for (const { at, revision } of latest) {
        const message = summed[at]
        const { summaries } = annotationEntryOf(selectEntry.get(revision) as Row, channel)
        const own = summaries.find(({ messageSerial }) => messageSerial === message?.serial)
        if (message === undefined || own === undefined) continue
        if (Object.keys(own.summary).length > 0) summed[at] = { ...message, summary: own.summary }
      }
      return summed
    },
    page(message: MessagePlace, query: AnnotationsQuery): AnnotationsPage {
      const found = read(message, query)
      return { annotations: found.slice(0, query.limit), hasMore: found.length > query.limit }
    },
    summaryFor(
      message: MessagePlace,
      about: { readonly channel: ChannelName; readonly messageSerial: string },
      client: string,
      upTo: Revision,
    ): Summary {
      const head = selectHead.get(message.revision, message.index) as { revision: number | null }
      if ((head.revision ?? 0) <= upTo) return load(message).summaryFor(client)
      // Somebody annotates at this moment: what is kept is ahead of what the caller has seen.
      const tally = new Tally()
      const all = { ...about, limit: Number.MAX_SAFE_INTEGER - 2, upTo }
      for (const annotation of read(message, all)) tally.apply(annotation)
      return tally.summaryFor(client)
    },
  }
}
