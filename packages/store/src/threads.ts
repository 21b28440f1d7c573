// Threads, as the port tells of them: messages that name the message they answer as the root of a thread.

import type { Message } from '@sayso/channel'
import type { ChannelName, Revision } from '@sayso/policy'

export type ThreadQuery = {
  readonly channel: ChannelName
  /** Serial of the message that the thread is about; it may be deleted, or of no message at all. */
  readonly root: string
  /** 1–1 000 */
  readonly limit: number
  /** Continue with what is older than this message. */
  readonly beforeSerial?: string
  readonly upTo: Revision
}

/** Newest first. */
export type ThreadPage = { readonly messages: readonly Message[]; readonly hasMore: boolean }

export type ThreadsQuery = {
  readonly channel: ChannelName
  /** 1–1 000 */
  readonly limit: number
  /** Only threads whose root lies between these serials, both included. */
  readonly fromRoot?: string
  readonly toRoot?: string
  /** Only threads whose last answer is older than this message. */
  readonly beforeSerial?: string
  readonly upTo: Revision
}

/** What a thread has come to. Deleted answers count for nothing; a thread without any other is none. */
export type ThreadSummary = {
  readonly root: string
  readonly count: number
  readonly lastSerial: string
  readonly lastAtMs: number
  /** Who answered, the last one first; at most five. */
  readonly people: readonly string[]
}

/** Who answered at most, in a summary. */
export const MOST_PEOPLE = 5

/** Reads of threads. A message is in a thread by what it was published with; edits do not move it. */
export type ThreadReads = {
  thread(query: ThreadQuery): Promise<ThreadPage>
  /** By the last answer, newest first. */
  threads(query: ThreadsQuery): Promise<readonly ThreadSummary[]>
}
