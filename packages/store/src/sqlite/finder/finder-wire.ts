// What is asked of the index of messages, and how the main thread and its thread say it to each other.

/** Messages by their words and marks, the newest first. */
export type FindQuery = {
  /** As people type it: words, and phrases in quotes. The last word may be the beginning of one. Empty: all that the rest says. */
  readonly text: string
  /** Only in these channels: those the reader may read. */
  readonly channels: readonly string[]
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
}

/** Messages that mention somebody, the newest first. */
export type MentionsQuery = {
  readonly person: string
  /** Whom a mention is of, by channel; only in these channels. */
  readonly channels: readonly { readonly channel: string; readonly targets: readonly string[] }[]
}

/** Unread messages are counted up to here. */
export const MOST_COUNTED = 10_000

export const EVERYONE = '*'
export function targetOfPerson(id: string): string {
  return `p:${id}`
}
export function targetOfRole(role: string): string {
  return `r:${role}`
}

type Asked =
  | { readonly kind: 'find'; readonly query: FindQuery; readonly page: PageQuery }
  | { readonly kind: 'unread'; readonly query: UnreadQuery }
  | { readonly kind: 'mentions'; readonly query: MentionsQuery; readonly page: PageQuery }

/** What an answer must know of, as far as it is not very much: the log up to this revision. */
export type Question = Asked & { readonly id: number; readonly upTo: number }

export type FinderRequest = Question | { readonly kind: 'close' }

export type FinderReply =
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly value: unknown
      readonly behind: number
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }

export type FinderData = {
  /** The log; only read. */
  readonly databaseFile: string
  /** The index; made anew whenever it does not fit the log. */
  readonly finderFile: string
}
