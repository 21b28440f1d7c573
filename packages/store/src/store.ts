// The port. One ordered, durable log per app: rights changes and messages are its entries. Backends are strangers
// to each other; what a caller can tell apart is a bug or a named exception of the contract suite.

import type {
  Amendment,
  Annotation,
  Fragment,
  Message,
  MessageSummary,
  NewAnnotation,
  NewMessage,
  PresenceEvent,
  Summary,
} from '@sayso/channel'
import type { Cause, ChannelName, Revision, RightsChange } from '@sayso/policy'
import type { AuditLine, AuditQuery, JsonObject, NewAuditLine } from './audit-line.ts'
import type { ThreadReads } from './threads.ts'

export type * from './audit-line.ts'

/** Messages for one channel: all of them or none. */
export type PublishEntry = {
  readonly kind: 'publish'
  readonly channel: ChannelName
  readonly messages: readonly NewMessage[]
  /** The publishing connection; absent for REST and for lines written by the server. */
  readonly connectionId?: string
  /**
   * Base of the ids of messages without one: `<idBase>:<index>`; absent: the serial. Also an idempotency key of the
   * channel, apart from those that publishers' own ids make (`base:0`, `base:1`, … → `base`; else each id whole).
   */
  readonly idBase?: string
}

/** One edit, deletion or append. */
export type AmendEntry = {
  readonly kind: 'amend'
  readonly channel: ChannelName
  readonly amendment: Amendment
  /**
   * The version that was looked at when this was decided, as `versionSerial` names it. If the message has another by
   * then, the write fails with `StaleVersion`. Absent: nothing of the message was looked at.
   */
  readonly expectVersion?: string
  readonly connectionId?: string
  readonly idBase?: string
}

/** Annotations of messages of one channel: all of them or none. Those of one message are added up in their order. */
export type AnnotateEntry = {
  readonly kind: 'annotate'
  readonly channel: ChannelName
  readonly annotations: readonly NewAnnotation[]
  /** True: the feed entry says what the messages are at that place. */
  readonly withMessages?: boolean
  readonly connectionId?: string
  readonly idBase?: string
}

/**
 * Rights changes that hold together: one entry of the log, folded as a whole. Changes that change nothing are left
 * out; an entry of which nothing is left is not written. `remove-resource` ends the roles held on the
 * resource and the relations from and to it.
 */
export type RightsEntry = {
  readonly kind: 'rights'
  readonly changes: readonly RightsChange[]
  readonly cause: Cause
}

export type NewEntry = PublishEntry | AmendEntry | AnnotateEntry | RightsEntry

/** What a command asks to be committed: everything in it or nothing. */
export type Write = {
  /**
   * The revision of the last rights entry the deciding world had folded. If another rights entry was committed since
   * (also by an earlier write of the same batch), this write alone fails with `StaleDecision`. Absent: no decision of
   * a person or key stands behind the write (bootstrap, the server itself).
   */
  readonly expect?: Revision
  readonly entries: readonly NewEntry[]
  /** Records to put or remove, with the entries or not at all; a write may have nothing else. Each is named once. */
  readonly records?: readonly NewRecord[]
  /**
   * Written for every rights entry and for amendments of other people's messages; with the entries or not at all. A write
   * may have nothing else: then the line is what is committed.
   */
  readonly audit?: NewAuditLine
}

/** A small JSON value by collection and key, for what carries no right: drafts, webhooks, invitations, names. */
export type NewRecord = {
  /** 1–64 characters */
  readonly collection: string
  /** 1–512 characters */
  readonly key: string
  /** At most 256 KiB of JSON; undefined removes the record. */
  readonly value: JsonObject | undefined
  /** The version it must have by then, 0: it must not exist. Else the whole write fails with `StaleRecord`. */
  readonly expectVersion?: number
  /** True: its value gets the member `serial`, that of the write's last entry, which nobody can know before. */
  readonly isPlaced?: true
}

export type StoredRecord = {
  readonly collection: string
  readonly key: string
  readonly value: JsonObject
  /** Higher with every write, and never given twice, not even to a record that was removed and made again. */
  readonly version: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export type RecordsQuery = {
  readonly collection: string
  /** Only keys that begin so. */
  readonly prefix?: string
  /** Continue after this key. */
  readonly afterKey?: string
  /** 1–1 000 */
  readonly limit: number
}

/** An entry of the log as everybody receives it, once each, in order. */
export type FeedEntry = ChannelFeedEntry | RightsFeedEntry

/** What happened in one channel. */
export type ChannelFeedEntry = MessageFeedEntry | AnnotationFeedEntry

type FeedPosition = {
  /** Dense: the previous entry's revision plus one. */
  readonly revision: Revision
  /** The same position as a string that sorts like the revision: `<14-digit ms>-<3-digit counter>@<site>`. Never reissued. */
  readonly serial: string
  readonly atMs: number
}

export type MessageFeedEntry = FeedPosition & {
  readonly kind: 'message'
  readonly channel: ChannelName
  /** Whole states: for an amendment the one merged message. */
  readonly messages: readonly Message[]
  /** What an append added, if it was joined to what was there; absent if it replaced it. */
  readonly fragment?: Fragment
  readonly connectionId?: string
  /** The ProtocolMessage-like id: the base without the index. */
  readonly id: string
}

export type AnnotationFeedEntry = FeedPosition & {
  readonly kind: 'annotation'
  readonly channel: ChannelName
  readonly annotations: readonly Annotation[]
  /** One per message with annotations that add up, after this entry. */
  readonly summaries: readonly MessageSummary[]
  /** The messages they are about, each once, as they are at this place; only as fed, and only if it was asked for. */
  readonly about?: readonly Message[]
  readonly connectionId?: string
  readonly id: string
}

export type RightsFeedEntry = FeedPosition & {
  readonly kind: 'rights'
  readonly changes: readonly RightsChange[]
  readonly cause: Cause
}

export type Committed = {
  /** Revision of the last entry of this write; the present one if no entry was left to write. */
  readonly revision: Revision
  readonly serial: string
  readonly atMs: number
  /** The entries as fed; of a duplicate: those of the first time. */
  readonly entries: readonly FeedEntry[]
  /** True if the idempotency key was known: nothing was written or fed now. */
  readonly duplicate: boolean
}

/** Everything needed to rebuild the world: folding `changes` in order gives the rights as of `rightsRevision`. */
export type Snapshot = {
  readonly revision: Revision
  readonly serial: string
  readonly rightsRevision: Revision
  readonly changes: readonly RightsChange[]
}

export type HistoryQuery = {
  readonly channel: ChannelName
  /** `backwards` = newest first. Order and bounds go by a message's first place, contents are the latest version. */
  readonly direction: 'backwards' | 'forwards'
  /** 1–1 000 */
  readonly limit: number
  /** Inclusive; milliseconds since 1970. */
  readonly startMs?: number
  readonly endMs?: number
  /** Only messages at or before this position: the serial of an entry or of a message. */
  readonly untilSerial?: string
  /** Continue after this message serial, in `direction`. */
  readonly afterSerial?: string
  /** INVARIANT for callers: never above what the caller has folded, so that no read runs ahead of the fence. */
  readonly upTo: Revision
}

export type HistoryPage = { readonly messages: readonly Message[]; readonly hasMore: boolean }

export type SinceQuery = {
  readonly channel: ChannelName
  /** Exclusive. A position of any entry of the app, not only of this channel. */
  readonly serial: string
  /** 1–1 000 */
  readonly limit: number
  readonly upTo: Revision
}

/** `gap`: the position is unknown (malformed, of another store, in the future) or no longer kept. */
export type SincePage =
  | {
      readonly kind: 'events'
      readonly entries: readonly ChannelFeedEntry[]
      readonly hasMore: boolean
    }
  | { readonly kind: 'gap' }

export type RightsQuery = {
  /** Exclusive; 0 for the beginning. */
  readonly revision: Revision
  /** 1–1 000 */
  readonly limit: number
}

export type AnnotationsQuery = {
  readonly channel: ChannelName
  readonly messageSerial: string
  /** 1–1 000 */
  readonly limit: number
  /** Continue after this annotation. */
  readonly afterSerial?: string
  readonly upTo: Revision
}

export type AnnotationsPage = {
  readonly annotations: readonly Annotation[]
  readonly hasMore: boolean
}

/** What happened to a member of a channel. It is no entry of the log: nobody is told of it by the feed. */
export type PresenceNote = {
  readonly channel: ChannelName
  /** Where the channel stood when it happened: a position of the log, or one behind it. */
  readonly position: string
  readonly event: PresenceEvent
}

export type PresenceHistoryQuery = {
  readonly channel: ChannelName
  /** `backwards` = newest first. */
  readonly direction: 'backwards' | 'forwards'
  /** 1–1 000 */
  readonly limit: number
  /** Inclusive, by the time of the member; milliseconds since 1970. */
  readonly startMs?: number
  readonly endMs?: number
  /** Only what happened while the channel stood at or before this position. */
  readonly untilSerial?: string
  /** Continue after this one, in `direction`. */
  readonly afterNumber?: number
}

export type PresenceHistoryPage = {
  /** Numbers rise in the order in which things happened. */
  readonly events: readonly { readonly number: number; readonly event: PresenceEvent }[]
  readonly hasMore: boolean
}

/**
 * The log of one app.
 *
 * - `transact` resolves after the flush that made the write durable, and after every feed listener has returned from
 *   the entries of that write: commit, tell, acknowledge.
 * - Writes are batched (group commit) but fail one by one.
 */
export type Store = ThreadReads & {
  /**
   * @throws {StaleDecision}  rights moved since `expect`; decide again on the world that the feed has by now folded
   * @throws {StaleVersion}   a message has changed since the version an amendment names; read it and decide again
   * @throws {UnknownMessage} an amendment or annotation names a serial this channel does not have
   * @throws {StaleRecord}    a record is not at the version the write expects
   * @throws {RecordInvalid}  a record's name or value is beyond the limits
   * @throws {StoreClosed}    `close` was called
   * @throws {StoreFull}      the disk refuses writes; reads go on; retry later
   *
   * A repeat of an accepted write is acknowledged as it was, before anything else is checked. What is passed may be
   * reused by the caller at once.
   */
  transact(write: Write): Promise<Committed>
  /**
   * Hears every entry committed after the call, in revision order, in batches, synchronously with the batch's
   * acknowledgement: listeners first, then the promises of `transact`. A listener must not throw.
   */
  subscribe(listener: (entries: readonly FeedEntry[]) => void): () => void
  /**
   * May be ahead of what listeners have heard. To miss nothing: subscribe, load, and drop what is told at or below the
   * loaded revision.
   */
  load(): Promise<Snapshot>
  history(query: HistoryQuery): Promise<HistoryPage>
  /** The channel's events after a position, oldest first, as they were told then. */
  since(query: SinceQuery): Promise<SincePage>
  /** The latest version and what its annotations add up to, as of `upTo`. */
  message(channel: ChannelName, serial: string, upTo: Revision): Promise<Message | undefined>
  /** Oldest first, the create included. */
  versions(channel: ChannelName, serial: string, upTo: Revision): Promise<readonly Message[]>
  /** The annotations of one message, oldest first, taken back ones included. */
  annotations(query: AnnotationsQuery): Promise<AnnotationsPage>
  /** The part of one client in what the annotations of a message add up to; empty if there is none. */
  clientSummary(
    channel: ChannelName,
    messageSerial: string,
    clientId: string,
    upTo: Revision,
  ): Promise<Summary>
  /**
   * Keeps what happened to members, in this order, for `presenceHistory`. They were told before: nothing is fed.
   *
   * @throws {StoreClosed | StoreFull} then none of them is kept
   */
  notePresence(notes: readonly PresenceNote[]): Promise<void>
  /** What happened to the members of a channel, as far as it was kept. */
  presenceHistory(query: PresenceHistoryQuery): Promise<PresenceHistoryPage>
  /**
   * Takes `key` for the first caller, durably; true exactly once until `untilMs`.
   * For nonces, invitations and links that work once.
   */
  claim(key: string, nowMs: number, untilMs: number): Promise<boolean>
  record(collection: string, key: string): Promise<StoredRecord | undefined>
  /** By key, in the order of its code points. */
  records(query: RecordsQuery): Promise<readonly StoredRecord[]>
  /**
   * The entries that changed rights, oldest first: folded from the first on they give the rights of any time. Of whoever was
   * erased since nothing is left in them.
   */
  rightsAfter(query: RightsQuery): Promise<readonly RightsFeedEntry[]>
  /** Newest first. */
  audit(query: AuditQuery): Promise<readonly AuditLine[]>
  /** Waits for what was accepted, flushes, and refuses everything later with `StoreClosed`. */
  close(): Promise<void>
}
