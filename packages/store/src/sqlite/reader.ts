// Point reads on a connection of their own: quick, synchronous, and never in the writer's way.

import type { Message, Summary } from '@sayso/channel'
import type { ChannelName, Revision, RightsChange } from '@sayso/policy'
import { formatSerial, ORIGIN, parseMessageSerial } from '../rules/position.ts'
import type {
  AnnotationsPage,
  AnnotationsQuery,
  ChannelFeedEntry,
  HistoryPage,
  HistoryQuery,
  PresenceHistoryPage,
  PresenceHistoryQuery,
  RightsFeedEntry,
  RightsQuery,
  SincePage,
  SinceQuery,
  Snapshot,
} from '../store.ts'
import { createAuditReader } from './audit.ts'
import { channelEntryOf, rightsEntryOf, storedText } from './body.ts'
import type { Database } from './driver.ts'
import { createHistory } from './history.ts'
import { createMessageStates, type MessageRow } from './message-states.ts'
import { createPresenceHistory } from './presence.ts'
import { createRecordReader } from './records.ts'
import { createRemarks } from './remarks.ts'
import { KIND, NO_CHANNEL } from './schema.ts'
import { createThreadReader } from './threads.ts'

export type Reader = ReturnType<typeof createReader>

export function createReader(db: Database, site: string) {
  const channelId = createChannelLookup(db)
  const remarks = createRemarks(db)
  const states = createMessageStates(db, remarks)
  const history = createHistory(db, states)
  const since = createSince(db)
  const presence = createPresenceHistory(db)
  const load = createLoad(db, site)
  const revisionOf = createRevisionLookup(db, site)
  const records = createRecordReader(db)
  const published = (channel: ChannelName, serial: string, upTo: Revision) => {
    const target = parseMessageSerial(serial)
    const id = channelId(channel)
    if (target === undefined || id === undefined) return undefined
    const row = states.published(target.entrySerial, id, upTo)
    return row && { row, index: target.index }
  }

  return {
    load,
    history(query: HistoryQuery): HistoryPage {
      const id = channelId(query.channel)
      return id === undefined ? { messages: [], hasMore: false } : history(query, id)
    },
    since(query: SinceQuery): SincePage {
      const after = revisionOf(query.serial)
      if (after === undefined) return { kind: 'gap' }
      const id = channelId(query.channel)
      return id === undefined
        ? { kind: 'events', entries: [], hasMore: false }
        : since(query, id, after)
    },
    message(channel: ChannelName, serial: string, upTo: Revision): Message | undefined {
      const found = published(channel, serial, upTo)
      return found && states.asOf(found.row, channel, upTo)[found.index]
    },
    versions(channel: ChannelName, serial: string, upTo: Revision): readonly Message[] {
      const found = published(channel, serial, upTo)
      return found ? states.all(found.row, found.index, channel, upTo) : []
    },
    annotations(query: AnnotationsQuery): AnnotationsPage {
      const found = published(query.channel, query.messageSerial, query.upTo)
      if (found === undefined) return { annotations: [], hasMore: false }
      return remarks.page({ revision: found.row.revision, index: found.index }, query)
    },
    clientSummary(
      channel: ChannelName,
      messageSerial: string,
      client: string,
      upTo: Revision,
    ): Summary {
      const found = published(channel, messageSerial, upTo)
      if (found === undefined) return {}
      const place = { revision: found.row.revision, index: found.index }
      return remarks.summaryFor(place, { channel, messageSerial }, client, upTo)
    },
    presence(query: PresenceHistoryQuery): PresenceHistoryPage {
      const id = channelId(query.channel)
      return id === undefined ? { events: [], hasMore: false } : presence(query, id)
    },
    ...createThreadReader(db, states, channelId),
    record: records.one,
    records: records.page,
    rightsAfter: createRightsReader(db),
    audit: createAuditReader(db),
    close: () => db.close(),
  }
}

function createChannelLookup(db: Database) {
  const select = db.prepare('SELECT id FROM channels WHERE name = ?')
  return (name: string): number | undefined =>
    (select.get(storedText(name)) as { id: number } | undefined)?.id
}

/** The revision of an entry serial that this log issued and still has; its beginning counts as one. */
function createRevisionLookup(db: Database, site: string) {
  const origin = formatSerial(ORIGIN, site)
  const select = db.prepare('SELECT revision FROM feed WHERE serial = ?')
  return (serial: string): number | undefined => {
    if (serial === origin) return 0
    return (select.get(serial) as { revision: number } | undefined)?.revision
  }
}

function createSince(db: Database) {
  const branch = (kind: number) =>
    `SELECT * FROM (SELECT revision, serial, kind, body FROM feed
     WHERE channel = ? AND kind = ${kind} AND revision > ? AND revision <= ? ORDER BY revision LIMIT ?)`
  const select = db.prepare(
    `${[KIND.publish, KIND.amend, KIND.annotate].map(branch).join(' UNION ALL ')}
     ORDER BY revision LIMIT ?`,
  )
  return ({ channel, limit, upTo }: SinceQuery, id: number, after: number): SincePage => {
    const range = [id, after, upTo, limit + 1]
    const rows = select.all(...range, ...range, ...range, limit + 1) as MessageRow[]
    const entries = rows
      .slice(0, limit)
      .map((row): ChannelFeedEntry => channelEntryOf(row, channel))
    return { kind: 'events', entries, hasMore: rows.length > limit }
  }
}

function createRightsReader(db: Database) {
  const select = db.prepare(
    `SELECT revision, serial, kind, body FROM feed
     WHERE channel = ${NO_CHANNEL} AND kind = ${KIND.rights} AND revision > ? ORDER BY revision LIMIT ?`,
  )
  return ({ revision, limit }: RightsQuery): readonly RightsFeedEntry[] =>
    (select.all(revision, limit) as MessageRow[]).map((row) => rightsEntryOf(row))
}

function createLoad(db: Database, site: string) {
  const last = db.prepare('SELECT revision, serial FROM feed ORDER BY revision DESC LIMIT 1')
  const lastRights = db.prepare(
    'SELECT max(revision) AS revision FROM feed WHERE channel = ? AND kind = ?',
  )
  const rights = db.prepare('SELECT change FROM rights ORDER BY rank, id')
  const beginning = { revision: 0, serial: formatSerial(ORIGIN, site) }
  return (): Snapshot => {
    // One transaction, so that all three are of one moment.
    db.exec('BEGIN')
    try {
      const { revision, serial } = (last.get() ?? beginning) as typeof beginning
      const { revision: rightsRevision } = lastRights.get(NO_CHANNEL, KIND.rights) as {
        revision: number | null
      }
      const rows = rights.all() as { change: string }[]
      return {
        revision: revision as Revision,
        serial,
        rightsRevision: (rightsRevision ?? 0) as Revision,
        changes: rows.map(({ change }) => JSON.parse(change) as RightsChange),
      }
    } finally {
      db.exec('COMMIT')
    }
  }
}
