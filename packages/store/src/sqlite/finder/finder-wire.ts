// How the main thread and the thread of the index speak to each other.

import type { FindQuery, MentionsQuery, PageQuery, TrimQuery, UnreadQuery } from '../../finder.ts'

type Asked =
  | { readonly kind: 'find'; readonly query: FindQuery; readonly page: PageQuery }
  | { readonly kind: 'unread'; readonly query: UnreadQuery }
  | { readonly kind: 'mentions'; readonly query: MentionsQuery; readonly page: PageQuery }
  | { readonly kind: 'trim'; readonly query: TrimQuery }
  | { readonly kind: 'clean' }

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
