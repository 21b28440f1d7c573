// The port of retention: taking away for good what a channel keeps no longer, in slices, so that nobody waits for it.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'

/** What of a channel is past. */
export type Past = {
  readonly channel: ChannelName
  /** Messages first committed before this instant; milliseconds since 1970. */
  readonly beforeMs: number
  /** Ids of clients: a message that one of them wrote, edited or annotated is left out, with what was published along with it. */
  readonly except: readonly string[]
}

export type PastPage = {
  /** Revisions of the publishes that may go. */
  readonly entries: readonly number[]
  /** Their messages as they were published, oldest first. */
  readonly messages: readonly Message[]
  /** Messages that stay because of `except`. */
  readonly held: number
  /** Where to go on; absent: that was the last. */
  readonly next?: number
}

export type ChannelsPage = {
  readonly channels: readonly ChannelName[]
  readonly next?: number
}

/**
 * Every call takes one slice and may be repeated, so that what was interrupted is simply begun again.
 *
 * @throws {StoreFull | StoreClosed} what was removed before stays removed
 */
export type Trimmer = {
  /** Every channel that anything was ever kept of. @param after where the page before ended; 0 for the first */
  channels(after: number): Promise<ChannelsPage>
  /** Removes nothing. @param after a revision */
  past(past: Past, after: number, limit?: number): Promise<PastPage>
  /**
   * Removes publishes of a channel with every version and annotation of their messages. Their places in the log stay, with
   * nothing in them: whoever goes on from one of them misses nothing.
   *
   * @returns how many entries of the log were emptied or rewritten; 0 if all was done before
   */
  remove(channel: ChannelName, entries: readonly number[]): Promise<number>
  /** Removes what happened to members of a channel before an instant. @returns how many notes; 0: there are no more */
  removePresence(channel: ChannelName, beforeMs: number): Promise<number>
  /** Brings everything into the database file, over what was removed; false: somebody was reading, try again. */
  flush(): Promise<boolean>
}
