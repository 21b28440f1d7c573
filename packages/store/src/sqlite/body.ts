// Entries as text and back, without loss: JSON escapes what UTF-8 cannot hold, and bytes are marked.

import type {
  Amendment,
  Fragment,
  Member,
  Message,
  MessageSummary,
  NewAnnotation,
  NewMessage,
  PresenceEvent,
} from '@sayso/channel'
import type { Cause, ChannelName, RightsChange } from '@sayso/policy'
import type { Amended } from '../rules/amend.ts'
import { type Place, parseEntrySerial } from '../rules/position.ts'
import { amendedEntry, annotatedEntry, feedPlace, publishedEntry } from '../rules/prepare.ts'
import type {
  AnnotationFeedEntry,
  ChannelFeedEntry,
  FeedEntry,
  MessageFeedEntry,
  RightsFeedEntry,
} from '../store.ts'
import { KIND } from './schema.ts'
import type { FeedRow, Source } from './wire.ts'

/**
 * Any string as text that SQLite keeps: lone surrogates and NUL escaped, so that no two strings become one.
 * Names without them, quotes, backslashes and control characters look as they are.
 */
export function storedText(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

export function originalText(stored: string): string {
  return JSON.parse(`"${stored}"`) as string
}

export function publishBody(messages: readonly NewMessage[], source: Source): string {
  return JSON.stringify({ ...source, messages: messages.map(pack) })
}

export function presenceBody({ member, ...event }: PresenceEvent): string {
  return JSON.stringify({ ...event, member: pack(member) })
}

export function parsePresence(body: string): PresenceEvent {
  const { member, ...event } = JSON.parse(body) as Omit<PresenceEvent, 'member'> & {
    member: Packed
  }
  return { ...event, member: unpack<Member>(member) }
}

export function amendmentBody(amendment: Amendment): string {
  return JSON.stringify(pack(amendment))
}

export function parseAmendment(body: string): Amendment {
  return unpack<Amendment>(JSON.parse(body))
}

export function amendedBody({ message, fragment }: Amended, source: Source): string {
  const added = fragment && { fragment: pack(fragment) }
  return JSON.stringify({ ...source, message: pack(message), ...added })
}

export function annotationsBody(annotations: readonly NewAnnotation[]): string {
  return JSON.stringify(annotations.map(pack))
}

export function parseAnnotations(body: string): readonly NewAnnotation[] {
  return (JSON.parse(body) as Packed[]).map(unpack<NewAnnotation>)
}

export function messagesBody(messages: readonly Message[]): string {
  return JSON.stringify(messages.map(pack))
}

export function parseMessages(body: string): readonly Message[] {
  return (JSON.parse(body) as Packed[]).map(unpack<Message>)
}

/** @param annotations as `annotationsBody` made them */
export function annotatedBody(
  annotations: string,
  summaries: readonly MessageSummary[],
  source: Source,
): string {
  const rest = JSON.stringify({ ...source, summaries }).slice(1)
  return `{"annotations":${annotations},${rest}`
}

/** `changes` and `cause` are JSON already. */
export function rightsBody(changes: readonly string[], cause: string): string {
  return `{"changes":[${changes.join(',')}],"cause":${cause}}`
}

function placeOf({ revision, serial }: Pick<FeedRow, 'revision' | 'serial'>): Place {
  return { revision, serial, atMs: parseEntrySerial(serial)?.ms ?? 0 }
}

/** The entry of a row, as it was fed. */
export function entryOf(row: FeedRow): FeedEntry {
  if (row.kind !== KIND.rights) return channelEntryOf(row, originalText(row.channel ?? ''))
  return rightsEntryOf(row)
}

/** {@link entryOf} for a row of rights. */
export function rightsEntryOf(row: Omit<FeedRow, 'channel'>): RightsFeedEntry {
  const { changes, cause } = JSON.parse(row.body) as { changes: RightsChange[]; cause: Cause }
  return { kind: 'rights', ...feedPlace(placeOf(row)), changes, cause }
}

/** {@link entryOf} for a row that is known to be of `channel`. */
export function channelEntryOf(row: Omit<FeedRow, 'channel'>, channel: string): ChannelFeedEntry {
  return row.kind === KIND.annotate ? annotationEntryOf(row, channel) : messageEntryOf(row, channel)
}

/** {@link entryOf} for a row of annotations. */
export function annotationEntryOf(
  row: Omit<FeedRow, 'channel'>,
  channel: string,
): AnnotationFeedEntry {
  const { annotations, summaries, ...source } = JSON.parse(row.body) as Source & {
    annotations: Packed[]
    summaries: MessageSummary[]
  }
  const unpacked = annotations.map(unpack<NewAnnotation>)
  const entry = { ...source, channel: channel as ChannelName, annotations: unpacked }
  return annotatedEntry(entry, summaries, placeOf(row))
}

/** {@link entryOf} for a row of messages. */
export function messageEntryOf(row: Omit<FeedRow, 'channel'>, channel: string): MessageFeedEntry {
  const { messages, message, fragment, ...source } = JSON.parse(row.body) as Source & {
    messages?: Packed[]
    message?: Packed
    fragment?: Packed
  }
  const entry = { ...source, channel: channel as ChannelName }
  const place = placeOf(row)
  if (message === undefined)
    return publishedEntry({ ...entry, messages: (messages ?? []).map(unpack<NewMessage>) }, place)
  const added = fragment && { fragment: unpack<Fragment>(fragment) }
  return amendedEntry(entry, { message: unpack<Message>(message), ...added }, place)
}

type Content = Pick<NewMessage, 'data' | 'extras'>

/** Content with bytes as base64: at `bytes` instead of `data`, and marked inside `extras`. */
type Packed = { readonly bytes?: string; readonly extras?: unknown }

function pack<T extends Content>(content: T): Packed {
  const { data, extras } = content
  // Most content is JSON as it is.
  if (extras === undefined && !(data instanceof Uint8Array)) return content
  const { data: _data, extras: _extras, ...rest } = content
  return {
    ...rest,
    ...(typeof data === 'string' && { data }),
    ...(data instanceof Uint8Array && { bytes: base64(data) }),
    ...(extras !== undefined && { extras: mark(extras) }),
  }
}

function unpack<T extends Content>(packed: Packed): T {
  if (packed.bytes === undefined && packed.extras === undefined) return packed as T
  const { bytes, extras, ...rest } = packed
  return {
    ...rest,
    ...(bytes !== undefined && { data: fromBase64(bytes) }),
    ...(extras !== undefined && { extras: unmark(extras) }),
  } as T
}

// Inside extras bytes stand as {"~bytes": base64}; a member that happens to begin with ~ gets another one in front.
const MARK = '~'
const BYTES = `${MARK}bytes`

function mark(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return { [BYTES]: base64(value) }
  if (Array.isArray(value)) return value.map(mark)
  return mapMembers(value, (name, member) => [
    name.startsWith(MARK) ? MARK + name : name,
    mark(member),
  ])
}

function unmark(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(unmark)
  if (BYTES in value && typeof value[BYTES] === 'string') return fromBase64(value[BYTES])
  return mapMembers(value, (name, member) => [
    name.startsWith(MARK) ? name.slice(1) : name,
    unmark(member),
  ])
}

// `fromEntries` defines members, so that one called `__proto__` stays one.
function mapMembers(value: object, map: (name: string, member: unknown) => [string, unknown]) {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => map(name, member)))
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'))
}
