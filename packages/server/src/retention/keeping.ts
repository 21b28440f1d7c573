// What commands and routes see of retention: when it goes on, what it would take, and how to have it looked at anew.

import type { Days } from './days.ts'

/** What one sweep took away. */
export type Swept = { readonly channels: number; readonly messages: number; readonly files: number }

export type Removed = {
  readonly channels: number
  readonly messages: number
  readonly files: number
  /** Conversations that would go as a whole; among `channels`. */
  readonly conversations: number
  /** Messages that a hold on a person keeps, and channels of which a hold keeps everything. */
  readonly heldMessages: number
  readonly heldChannels: number
  readonly oldestMs?: number
  /** There is more than was counted. */
  readonly isMore: boolean
}

export type Keeping = {
  /** When the next sweep begins by itself. */
  readonly nextAtMs: number | undefined
  readonly isRunning: boolean
  /** Sweeps now, and from then on when it is due. Never rejects, and is not to be waited for. */
  soon(): void
  /** Works out anew when to sweep next: call it when a hold was made or changed. */
  plan(): void
  /** Ends holds whose time has passed, and removes everything that is past. */
  sweep(): Promise<Swept>
  /** What a sweep would take now. @param change what is said otherwise than it is */
  preview(change?: Partial<Days>): Promise<Removed>
  stop(): Promise<void>
}
