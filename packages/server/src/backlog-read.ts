import type { Rewind } from '@sayso/channel'

/** What an attaching place waits for: all after a position, or the newest for a rewind. */
export type BacklogRead = {
  readonly connection: string
  readonly after: string
  readonly rewind?: Rewind
}
