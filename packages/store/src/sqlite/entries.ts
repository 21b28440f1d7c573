// Writes one entry at the next place of the log.

import type { Message, MessageSummary } from '@sayso/channel'
import type { RightsChange } from '@sayso/policy'
import { amendMessage, versionSerial } from '../rules/amend.ts'
import type { Place } from '../rules/position.ts'
import type { Target } from '../rules/prepare.ts'
import { summedSerials } from '../rules/tally.ts'
import {
  amendedBody,
  annotatedBody,
  messageEntryOf,
  messagesBody,
  parseAmendment,
  parseAnnotations,
  rightsBody,
  storedText,
} from './body.ts'
import type { ChannelIds } from './channel-ids.ts'
import type { Database } from './driver.ts'
import type { Head } from './head.ts'
import { createRightsTable } from './rights-table.ts'
import { KIND, NO_CHANNEL } from './schema.ts'
import { createTallies } from './tallies.ts'
import { createThreadIndex } from './threads.ts'
import type {
  FeedRow,
  Placed,
  WriteAmend,
  WriteAnnotate,
  WriteEntry,
  WritePublish,
  WriteRights,
} from './wire.ts'

type Found = { readonly revision: number; readonly index: number; readonly latest: Message }

/** Appends entries to the log. All calls belong in a transaction. */
export function createEntries(db: Database, head: Head, channels: ChannelIds) {
  const insert = db.prepare('INSERT INTO feed VALUES (?, ?, ?, ?, ?)')
  const messages = createMessages(db, channels)
  const tallies = createTallies(db)
  const threads = createThreadIndex(db)

  const add = ({ revision, serial }: Place, kind: number, channel: number, body: string) =>
    void insert.run(revision, serial, kind, channel, body)

  const publish = ({ channel, body, answers }: WritePublish, nowMs: number): Place => {
    const place = head.advance(nowMs)
    const id = channels.findOrAdd(channel)
    add(place, KIND.publish, id, body)
    threads.add(id, place.revision, answers)
    return place
  }
  const amend = (entry: WriteAmend, nowMs: number) => {
    const amended = messages.find(entry.channel, entry.target)
    if (amended === undefined) throw new Error('the amended message was not looked up first')
    const place = head.advance(nowMs, amended.latest.timestampMs)
    const merged = amendMessage(amended.latest, parseAmendment(entry.amendment), place)
    const body = amendedBody(merged, entry.source)
    add(place, KIND.amend, channels.findOrAdd(entry.channel), body)
    messages.markAmended(amended, place)
    threads.mark(amended, merged.message, place)
    return { ...place, body }
  }
  const annotate = (entry: WriteAnnotate, nowMs: number) => {
    const place = head.advance(nowMs)
    const { summaries, about } = countIn(entry, place, messages, tallies)
    const body = annotatedBody(entry.annotations, summaries, entry.source)
    add(place, KIND.annotate, channels.findOrAdd(entry.channel), body)
    return { ...place, body, ...(entry.withMessages && { about: messagesBody(about) }) }
  }
  const changeRights = createRightsEntry(db, head, add)

  return {
    /** Tallies at hand of a transaction that failed are not what is kept. */
    forget: tallies.forget,
    /** True if every message that is amended or annotated is there. */
    hasTargets: (entry: WriteEntry) =>
      entry.kind === 'rights' ||
      targetsOf(entry).every((target) => messages.find(entry.channel, target) !== undefined),
    /** True unless a message that is amended, and is there, has another version than the one that was looked at. */
    isOntoLatest: (entry: WriteEntry) =>
      entry.kind !== 'amend' || isOnto(messages.find(entry.channel, entry.target), entry),
    /** Absent for rights changes that change nothing. Messages that are changed exist. */
    append(entry: WriteEntry, nowMs: number): Omit<Placed, 'entry'> | undefined {
      switch (entry.kind) {
        case 'publish':
          return publish(entry, nowMs)
        case 'amend':
          return amend(entry, nowMs)
        case 'annotate':
          return annotate(entry, nowMs)
        case 'rights':
          return changeRights(entry, nowMs)
      }
    },
  }
}

type Add = (place: Place, kind: number, channel: number, body: string) => void

function createRightsEntry(db: Database, head: Head, add: Add) {
  const applyChange = createRightsTable(db)
  return ({ changes, cause }: WriteRights, nowMs: number) => {
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
}

function targetsOf(entry: WriteEntry): readonly (Target | undefined)[] {
  if (entry.kind === 'amend') return [entry.target]
  return entry.kind === 'annotate' ? entry.targets : []
}

function isOnto(found: Found | undefined, { expectVersion }: WriteAmend): boolean {
  if (expectVersion === undefined) return true
  return found !== undefined && storedText(versionSerial(found.latest)) === expectVersion
}

/** Counts annotations in, and returns what those of each message add up to then, and the messages. */
function countIn(
  entry: WriteAnnotate,
  place: Place,
  messages: ReturnType<typeof createMessages>,
  tallies: ReturnType<typeof createTallies>,
): { readonly summaries: readonly MessageSummary[]; readonly about: readonly Message[] } {
  const annotations = parseAnnotations(entry.annotations)
  const summed = summedSerials(annotations)
  const summaries = new Map<string, MessageSummary>()
  const about = new Map<string, Message>()
  for (const [index, annotation] of annotations.entries()) {
    const { messageSerial } = annotation
    const found = messages.find(entry.channel, entry.targets[index])
    if (found === undefined) throw new Error('the annotated message was not looked up first')
    about.set(messageSerial, found.latest)
    messages.markAnnotated(found, place, summed.has(messageSerial))
    const summary = tallies.count(found, annotation)
    if (summed.has(messageSerial)) summaries.set(messageSerial, { messageSerial, summary })
  }
  return { summaries: [...summaries.values()], about: [...about.values()] }
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
  const insertAnnotated = db.prepare(
    'INSERT INTO annotated VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const insertAmendment = db.prepare('INSERT INTO amendments VALUES (?, ?, ?)')
  return {
    /** A message, in its latest state. */
    find(channel: string, target: Target | undefined): Found | undefined {
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
    markAnnotated({ revision, index }: Found, place: Place, sums: boolean): void {
      insertAnnotated.run(revision, index, place.revision, sums ? 1 : 0)
    },
    markAmended({ revision, index }: Found, place: Place): void {
      putHead.run(revision, index, place.revision)
      insertAmendment.run(revision, index, place.revision)
    },
  }
}
