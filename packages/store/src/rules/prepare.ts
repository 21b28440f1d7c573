// What every backend does with a write before judging it: check its form, copy it, work out its idempotency keys.

import type {
  Amendment,
  Annotation,
  Fragment,
  Message,
  MessageSummary,
  NewAnnotation,
  NewMessage,
} from '@sayso/channel'
import type { Cause, ChannelName, Revision, RightsChange } from '@sayso/policy'
import type {
  AmendEntry,
  AnnotateEntry,
  AnnotationFeedEntry,
  MessageFeedEntry,
  NewAuditLine,
  NewEntry,
  PublishEntry,
  RightsEntry,
  Write,
} from '../store.ts'
import { bytesCopy, plainRecord } from './plain.ts'
import { messageSerial, type Place, parseMessageSerial } from './position.ts'
import { type PreparedRecord, prepareRecords } from './records.ts'

export type PreparedPublish = {
  readonly kind: 'publish'
  readonly channel: ChannelName
  readonly messages: readonly NewMessage[]
  readonly connectionId?: string
  readonly idBase?: string
  readonly keys: readonly string[]
}

export type PreparedAmend = {
  readonly kind: 'amend'
  readonly channel: ChannelName
  readonly amendment: Amendment
  /** Absent: the serial is malformed, so no message has it. */
  readonly target?: Target
  readonly expectVersion?: string
  readonly connectionId?: string
  readonly idBase?: string
  readonly keys: readonly string[]
}

/** Where a message is: the serial of its publish, and its index in it. */
export type Target = { readonly entrySerial: string; readonly index: number }

export type PreparedAnnotate = {
  readonly kind: 'annotate'
  readonly channel: ChannelName
  readonly annotations: readonly NewAnnotation[]
  /** Of each annotation in turn; undefined: the serial is malformed, so no message has it. */
  readonly targets: readonly (Target | undefined)[]
  readonly withMessages: boolean
  readonly connectionId?: string
  readonly idBase?: string
  readonly keys: readonly string[]
}

type PreparedRights = {
  readonly kind: 'rights'
  readonly changes: readonly RightsChange[]
  readonly cause: Cause
}

export type PreparedEntry = PreparedPublish | PreparedAmend | PreparedAnnotate | PreparedRights

export type PreparedWrite = {
  readonly expect?: Revision
  readonly entries: readonly PreparedEntry[]
  readonly records: readonly PreparedRecord[]
  readonly audit?: NewAuditLine
}

const MOST_MESSAGES = 1000

/**
 * A write as backends take it: checked, and copied so that the caller may reuse what it passed.
 *
 * @throws {RangeError}    a publish with no or more than 1 000 messages, or as many annotations
 * @throws {RecordInvalid} a record beyond the limits
 * @throws {TypeError}     values that are neither JSON nor bytes
 */
export function prepareWrite(write: Write): PreparedWrite {
  return {
    ...(write.expect !== undefined && { expect: write.expect }),
    entries: write.entries.map(prepareEntry),
    records: prepareRecords(write.records ?? []),
    ...(write.audit !== undefined && { audit: jsonCopy(write.audit) }),
  }
}

function prepareEntry(entry: NewEntry): PreparedEntry {
  switch (entry.kind) {
    case 'publish':
      return preparePublish(entry)
    case 'amend':
      return prepareAmend(entry)
    case 'annotate':
      return prepareAnnotate(entry)
    case 'rights':
      return prepareRights(entry)
  }
}

function preparePublish(entry: PublishEntry): PreparedPublish {
  const { kind, channel, connectionId, idBase } = entry
  assertCount(entry.messages.length)
  const messages = entry.messages.map(copyMessage)
  const keys = [...baseKey(idBase), ...explicitKeys(messages)]
  return { kind, channel, messages, ...source(connectionId, idBase), keys }
}

function prepareAmend(entry: AmendEntry): PreparedAmend {
  const { kind, channel, connectionId, idBase, expectVersion } = entry
  const target = parseMessageSerial(entry.amendment.serial)
  return {
    kind,
    channel,
    amendment: copyAmendment(entry.amendment),
    ...(target !== undefined && { target }),
    ...(expectVersion !== undefined && { expectVersion }),
    ...source(connectionId, idBase),
    keys: baseKey(idBase),
  }
}

function prepareAnnotate(entry: AnnotateEntry): PreparedAnnotate {
  const { kind, channel, connectionId, idBase } = entry
  assertCount(entry.annotations.length)
  const annotations = entry.annotations.map(copyAnnotation)
  // Apart from the keys of messages: the same id may stand on both.
  const keys = explicitKeys(annotations).map((key) => `annotation ${key}`)
  return {
    kind,
    channel,
    annotations,
    targets: annotations.map(({ messageSerial }) => parseMessageSerial(messageSerial)),
    withMessages: entry.withMessages === true,
    ...source(connectionId, idBase),
    keys: [...baseKey(idBase), ...keys],
  }
}

function assertCount(count: number): void {
  if (count >= 1 && count <= MOST_MESSAGES) return
  throw new RangeError(`a publish carries 1 to ${MOST_MESSAGES} messages or annotations`)
}

function copyAnnotation(annotation: NewAnnotation): NewAnnotation {
  const { id, action, type, count, messageSerial, clientId } = annotation
  return {
    ...(id !== undefined && { id }),
    action,
    type,
    ...(count !== undefined && { count }),
    messageSerial,
    ...copyContent(annotation),
    ...(clientId !== undefined && { clientId }),
  }
}

function prepareRights({ kind, changes, cause }: RightsEntry): PreparedRights {
  return { kind, changes: changes.map(jsonCopy), cause: jsonCopy(cause) }
}

function source(connectionId: string | undefined, idBase: string | undefined) {
  return {
    ...(connectionId !== undefined && { connectionId }),
    ...(idBase !== undefined && { idBase }),
  }
}

function jsonCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

function copyMessage(message: NewMessage): NewMessage {
  return {
    ...(message.id !== undefined && { id: message.id }),
    ...copyContent(message),
    ...(message.clientId !== undefined && { clientId: message.clientId }),
  }
}

function copyContent(content: Pick<NewMessage, 'name' | 'data' | 'encoding' | 'extras'>) {
  const { name, data, encoding, extras } = content
  return {
    ...(name !== undefined && { name }),
    ...(data !== undefined && { data: typeof data === 'string' ? data : bytesCopy(data) }),
    ...(encoding !== undefined && { encoding }),
    ...(extras !== undefined && { extras: plainRecord(extras) }),
  }
}

function copyAmendment(amendment: Amendment): Amendment {
  const { serial, action, userClaim, clientId, description, metadata } = amendment
  return {
    serial,
    action,
    ...copyContent(amendment),
    ...(userClaim !== undefined && { userClaim }),
    ...(clientId !== undefined && { clientId }),
    ...(description !== undefined && { description }),
    ...(metadata !== undefined && { metadata: jsonCopy(metadata) }),
  }
}

// Bases come from the server (a connection's own counter), ids from publishers. INVARIANT: the two never share a key;
// else a stranger could publish under the next base of somebody else's connection and have that message swallowed.
function baseKey(idBase: string | undefined): string[] {
  return idBase === undefined ? [] : [`base ${idBase}`]
}

function explicitKeys(messages: readonly Pick<NewMessage, 'id'>[]): string[] {
  const base = explicitBase(messages)
  if (base !== undefined) return [`id ${base}`]
  return messages.flatMap(({ id }) => (id === undefined ? [] : [`id ${id}`]))
}

/** The base of ids of the form `base:0`, `base:1`, …; a single id of another form is its own base. */
function explicitBase(messages: readonly Pick<NewMessage, 'id'>[]): string | undefined {
  const first = messages[0]?.id
  if (first === undefined) return undefined
  if (!first.endsWith(':0')) return messages.length === 1 ? first : undefined
  const base = first.slice(0, -2)
  return messages.every(({ id }, index) => id === `${base}:${index}`) ? base : undefined
}

/** The entry that a publish becomes at its place. */
export function publishedEntry(
  entry: Pick<PreparedPublish, 'channel' | 'messages' | 'connectionId' | 'idBase'>,
  place: Place,
): MessageFeedEntry {
  const { messages, connectionId, idBase } = entry
  const { serial, atMs } = place
  const base = idBase ?? serial
  const published = messages.map((message, index): Message => {
    const id = `${base}:${index}`
    const own = messageSerial(serial, index)
    const common = { id, serial: own, timestampMs: atMs, action: 'create' as const }
    // Spreading the message into a literal instead takes 40 times as long (5 µs), and this runs for every message.
    return Object.assign(common, message, connectionId !== undefined && { connectionId })
  })
  return messageEntry(entry, published, idBase ?? explicitBase(messages) ?? serial, place)
}

type EntrySource = Pick<PreparedAmend, 'channel' | 'connectionId' | 'idBase'>

/** The entry that an amendment becomes at its place, given the merged message. */
export function amendedEntry(
  entry: EntrySource,
  { message, fragment }: { readonly message: Message; readonly fragment?: Fragment },
  place: Place,
): MessageFeedEntry {
  const told = messageEntry(entry, [message], entry.idBase ?? place.serial, place)
  return fragment === undefined ? told : { ...told, fragment }
}

/** The entry that annotations become at their place, given what they add up to. */
export function annotatedEntry(
  entry: EntrySource & Pick<PreparedAnnotate, 'annotations'>,
  summaries: readonly MessageSummary[],
  { revision, serial, atMs }: Place,
): AnnotationFeedEntry {
  const { channel, connectionId, idBase } = entry
  const base = idBase ?? serial
  const by = connectionId === undefined ? {} : { connectionId }
  const annotations = entry.annotations.map((annotation, index): Annotation => {
    const own = { id: `${base}:${index}`, serial: messageSerial(serial, index), timestampMs: atMs }
    return { ...own, ...annotation, ...by }
  })
  const id = idBase ?? explicitBase(annotations) ?? serial
  const at = { revision: revision as Revision, serial, atMs }
  return { kind: 'annotation', ...at, channel, annotations, summaries, id, ...by }
}

function messageEntry(
  { channel, connectionId }: Pick<PreparedAmend, 'channel' | 'connectionId'>,
  messages: readonly Message[],
  id: string,
  { revision, serial, atMs }: Place,
): MessageFeedEntry {
  return {
    kind: 'message',
    revision: revision as Revision,
    serial,
    atMs,
    channel,
    messages,
    id,
    ...(connectionId !== undefined && { connectionId }),
  }
}

/** A place with its revision branded, as feed entries carry it. */
export function feedPlace({ revision, serial, atMs }: Place) {
  return { revision: revision as Revision, serial, atMs }
}
