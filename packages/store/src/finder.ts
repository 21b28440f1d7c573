// The port of the index of messages: where words, authors, traits and mentions are. It follows the log; it knows no rights.

/** Messages by their words and marks, the newest first. */
export type FindQuery = {
  /** As people type it: words, and phrases in quotes. The last word may be the beginning of one. Empty: all that the rest says. */
  readonly text: string
  /** Only in these channels: those the reader may read. Or all whose names begin so: whoever asks leaves out what may not be read. */
  readonly channels: readonly string[] | { readonly beginning: string }
  /** Only by one of these. */
  readonly from?: readonly string[]
  /** Only with all of these. */
  readonly has?: readonly Trait[]
  /** Only earlier than this; milliseconds. */
  readonly beforeMs?: number
  /** Only at this or later; milliseconds. */
  readonly sinceMs?: number
}

/** What a message can have beside its words. */
export type Trait = 'file' | 'image' | 'link' | 'code'

export type PageQuery = {
  /** 1–200 */
  readonly limit: number
  /** Continue below this place: `next` of the page before. */
  readonly below?: number
}

/** A message, to be read from the log. */
export type Found = { readonly channel: string; readonly serial: string; readonly place: number }

export type FoundPage = {
  readonly found: readonly Found[]
  /** Present if there may be more. */
  readonly next?: number
}

/** Of one person: what they have not read in each of these channels. */
export type UnreadQuery = {
  readonly person: string
  readonly channels: readonly UnreadOf[]
}

export type UnreadOf = {
  readonly channel: string
  /** Read up to here, included. */
  readonly after: string
  /** Whom a mention there is of, as `targetOf…` names them. */
  readonly targets: readonly string[]
}

export type Unread = {
  readonly channel: string
  /** At most `MOST_COUNTED` and one. */
  readonly count: number
  readonly mentions: number
  /** Serial of the first one; absent if there is none. */
  readonly first?: string
  /** Serial of the newest message that counts for others, whoever wrote it; absent if there is none. */
  readonly last?: string
}

/** Messages that mention somebody, the newest first. */
export type MentionsQuery = {
  readonly person: string
  /** Whom a mention is of, by channel; only in these channels. */
  readonly channels: readonly { readonly channel: string; readonly targets: readonly string[] }[]
}

/** @param after id of the index that the slice before ended at; 0 for the first */
export type TrimQuery = {
  readonly channel: string
  readonly before: string
  readonly after: number
}

/** How many messages it has forgotten, and where to go on; no `next`: that was the last slice. */
export type Trimmed = { readonly forgotten: number; readonly next?: number }

/** Unread messages are counted up to here. */
export const MOST_COUNTED = 10_000

export const EVERYONE = '*'
export function targetOfPerson(id: string): string {
  return `p:${id}`
}
export function targetOfRole(role: string): string {
  return `r:${role}`
}

/** An answer, and how many entries of the log it does not know of: 0 unless the index is being made. */
export type Answered<T> = { readonly value: T; readonly behind: number }

/**
 * Says where messages are. It knows nothing of rights: the channels to look in are part of each question, and what is shown is
 * read from the log.
 *
 * @throws {StoreClosed} the thread has ended, by `close` or by a failure
 */
export type Finder = {
  /** @param upTo the revision an answer must know of */
  find(query: FindQuery, page: PageQuery, upTo: number): Promise<Answered<FoundPage>>
  unread(query: UnreadQuery, upTo: number): Promise<Answered<readonly Unread[]>>
  mentions(query: MentionsQuery, page: PageQuery, upTo: number): Promise<Answered<FoundPage>>
  /**
   * Takes words of messages that are gone out of the file, where they would stay until they were in the way.
   *
   * @returns false if the index does not know of `upTo` yet: ask again
   */
  clean(upTo: number): Promise<boolean>
  /**
   * Forgets messages of a channel that the log has no longer, of those before a serial.
   *
   */
  trim(query: TrimQuery, upTo: number): Promise<Answered<Trimmed>>
  close(): Promise<void>
}
