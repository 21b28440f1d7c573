// Writes as the writer thread takes them, and its outcomes as the caller and the feed see them.

import type { Revision } from '@sayso/policy'
import { StaleDecision, StaleRecord, StaleVersion, StoreFull, UnknownMessage } from '../errors.ts'
import {
  feedPlace,
  type PreparedEntry,
  type PreparedWrite,
  publishedEntry,
} from '../rules/prepare.ts'
import type { Committed, FeedEntry, PresenceNote } from '../store.ts'
import {
  amendmentBody,
  annotationEntryOf,
  annotationsBody,
  entryOf,
  messageEntryOf,
  parseMessages,
  presenceBody,
  publishBody,
  storedText,
} from './body.ts'
import type { Failure } from './failure.ts'
import { KIND } from './schema.ts'
import { answersOf } from './threads.ts'
import type { NoteRequest, Outcome, Placed, Source, WriteEntry, WriteRequest } from './wire.ts'

export function writeRequest(id: number, nowMs: number, write: PreparedWrite): WriteRequest {
  return {
    kind: 'write',
    id,
    nowMs,
    ...(write.expect !== undefined && { expect: write.expect }),
    entries: write.entries.map(writeEntry),
    records: write.records,
    ...(write.audit !== undefined && { audit: JSON.stringify(write.audit) }),
  }
}

export function noteRequest(id: number, notes: readonly PresenceNote[]): NoteRequest {
  const rows = notes.map(({ channel, position, event }) => ({
    channel: storedText(channel),
    atMs: event.member.timestampMs,
    position,
    body: presenceBody(event),
  }))
  return { kind: 'note', id, notes: rows }
}

function writeEntry(entry: PreparedEntry): WriteEntry {
  if (entry.kind === 'rights') {
    const { kind, changes, cause } = entry
    return {
      kind,
      changes: changes.map((change) => JSON.stringify(change)),
      cause: JSON.stringify(cause),
    }
  }
  const channel = storedText(entry.channel)
  const keys = entry.keys.map(storedText)
  const source = sourceOf(entry)
  if (entry.kind === 'publish') {
    return {
      kind: 'publish',
      channel,
      keys,
      body: publishBody(entry.messages, source),
      answers: answersOf(entry.messages),
    }
  }
  if (entry.kind === 'annotate') {
    const { kind, targets, withMessages } = entry
    const annotations = annotationsBody(entry.annotations)
    return { kind, channel, keys, targets, annotations, withMessages, source }
  }
  const { target, amendment, expectVersion } = entry
  return {
    kind: 'amend',
    channel,
    keys,
    ...(target !== undefined && { target }),
    ...(expectVersion !== undefined && { expectVersion: storedText(expectVersion) }),
    amendment: amendmentBody(amendment),
    source,
  }
}

function sourceOf({ connectionId, idBase }: Source): Source {
  return {
    ...(connectionId !== undefined && { connectionId }),
    ...(idBase !== undefined && { idBase }),
  }
}

/** What an outcome means for the caller of `transact`: the commit, or the failure to throw. */
export function committedOf(outcome: Outcome, write: PreparedWrite): Committed | Error {
  switch (outcome.kind) {
    case 'written': {
      const entries = outcome.placed.map((placed) => fedEntry(placed, write))
      return { ...feedPlace(outcome.place), entries, duplicate: false }
    }
    case 'repeated':
      return repeated(outcome.rows.map(entryOf))
    default:
      return failureFrom(outcome)
  }
}

function repeated(entries: readonly FeedEntry[]): Committed {
  const { revision, serial, atMs } = entries.at(-1) ?? {
    revision: 0 as Revision,
    serial: '',
    atMs: 0,
  }
  return { revision, serial, atMs, entries, duplicate: true }
}

function failureFrom(outcome: Outcome): Error {
  switch (outcome.kind) {
    case 'stale':
      return new StaleDecision('rights have changed since this was decided')
    case 'stale_version':
      return new StaleVersion('the message has changed since this was decided')
    case 'unknown_message':
      return new UnknownMessage('the channel has no message with that serial')
    case 'stale_record':
      return new StaleRecord('a record has changed since')
    case 'failed':
      return engineFailure(outcome.failure, outcome.message)
    default:
      return new Error(`a write cannot end as \`${outcome.kind}\``)
  }
}

/** An error of the engine, as callers of the port know it. */
export function engineFailure(failure: Failure, message: string): Error {
  return failure === 'full' || failure === 'busy'
    ? new StoreFull(`the disk refuses writes: ${message}`)
    : new Error(`the database failed: ${message}`)
}

/** The entry as fed, from what was written and where it was placed. */
function fedEntry(placed: Placed, write: PreparedWrite): FeedEntry {
  const entry = write.entries[placed.entry]
  if (entry === undefined) throw new Error('an entry was placed that was not written')
  switch (entry.kind) {
    case 'publish':
      return publishedEntry(entry, placed)
    case 'amend': {
      const row = { ...placed, kind: KIND.amend, body: placed.body ?? '' }
      return messageEntryOf(row, entry.channel)
    }
    case 'annotate': {
      const row = { ...placed, kind: KIND.annotate, body: placed.body ?? '' }
      const about = placed.about && { about: parseMessages(placed.about) }
      return { ...annotationEntryOf(row, entry.channel), ...about }
    }
    case 'rights': {
      const changes = entry.changes.filter((_, index) => placed.kept?.includes(index))
      return { kind: 'rights', ...feedPlace(placed), changes, cause: entry.cause }
    }
  }
}
