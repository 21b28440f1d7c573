// What is known of one channel on this screen, and what can be done with it.

import type { Fields, Timeline } from '../model/timeline.ts'
import type { Around } from './around.ts'
import type { WireError } from './port.ts'
import type { Members } from './presence.ts'

export type SessionState = {
  /** `denied`: the right to read is gone, and with it everything that was here. `failed`: attaching did not work. */
  readonly phase: 'opening' | 'open' | 'denied' | 'failed'
  readonly timeline: Timeline
  readonly hasOlder: boolean
  /** One reads further back: newer messages are there and not held. */
  readonly hasNewer: boolean
  /** Messages that came while `hasNewer`. */
  readonly ahead: number
  readonly isLoading: boolean
  /** Messages may be missing between what was known and what came after. */
  readonly hasGap: boolean
  readonly here: ReadonlySet<string>
  /** What those who are here say of themselves: the data of each of their connections, as it came. */
  readonly members: Members
  readonly error?: string | undefined
  /** Number of the error, for whoever is asked about it. */
  readonly code?: number | undefined
}

export type ChannelSession = {
  /** Reactions on their way, and messages that others quote. */
  readonly around: Around
  state(): SessionState
  subscribe(listener: () => void): () => void
  /** Rights changed: attaches again, loads what may now be read, shows or hides the reader. */
  setRights(actions: readonly string[]): void
  /** What one says of oneself to those who are here. */
  sayPresence(data: object | undefined): void
  loadOlder(): Promise<void>
  loadNewer(): Promise<void>
  /**
   * Holds what stands around a message. False: there is none, or it may not be read; then nothing changes.
   *
   * @param canBeGone holds what stands around its time if the message itself is there no more
   * @throws the error of the server; nothing changes
   */
  openAt(serial: string, canBeGone?: boolean): Promise<boolean>
  /** Holds the newest messages again. */
  openNewest(): Promise<void>
  /** Loads what a gap left out, or tries again what failed. */
  mend(): Promise<void>
  /** Where one reads: what is far from there is let go of; it can be loaded again. */
  setReading(isAtBottom: boolean, serial?: string): void
  /** `changed`: what stands otherwise beside the text from now on. @throws the error of the server; the message is unchanged */
  edit(serial: string, text: string, changed?: Fields): Promise<void>
  /** @throws the error of the server; the message is unchanged */
  remove(serial: string): Promise<void>
  /** Resolves when nothing more of the channel comes. */
  close(): Promise<void>
}

/** Before anything is known. */
export const EMPTY: SessionState = {
  phase: 'opening',
  timeline: [],
  hasOlder: false,
  hasNewer: false,
  ahead: 0,
  isLoading: false,
  hasGap: false,
  here: new Set(),
  members: new Map(),
}

/** What a failed call says of itself. Something between the server and the page has no code of ours, and its words are for nobody. */
export function wordsOf(cause: unknown): Pick<SessionState, 'error' | 'code'> {
  const { message, code, statusCode } = (cause ?? {}) as WireError
  // `null` from the client: the answer was not the server's.
  if ((code as unknown) === null) return { error: undefined, code: statusCode }
  return { error: message, code }
}
