// A connection's place on a channel: what it asked for, what it may do now, and the batch it shares with others.

import type { ChannelMessage } from './message.ts'
import { MODE, type Modes } from './modes.ts'

export type ConnectionId = string
/** How a connection wants its frames. */
export type Format = 'json' | 'msgpack'

type Place = {
  readonly connection: ConnectionId
  readonly requested: Modes
  /** Granted now: never beyond `requested`. */
  readonly modes: Modes
  readonly format: Format
  /** False: its own messages are not sent back to it. */
  readonly echo: boolean
}

export type Attachment =
  /** Its backlog is being read; it receives nothing yet. */
  | (Place & {
      readonly state: 'attaching'
      readonly from: string
      /** The position the read that is under way starts after; an answer to any other is stale. */
      readonly cursor: string
      readonly backlog: readonly ChannelMessage[]
    })
  | (Place & { readonly state: 'attached' })

/** What must differ in a broadcast: the encoding, what is seen, and whose own messages are left out. */
export type Variant = {
  readonly key: string
  readonly format: Format
  readonly messages: boolean
  readonly presence: boolean
  readonly except?: ConnectionId
}

export function granted(requested: Modes, allowed: Modes): Modes {
  return requested & allowed
}

/** The variant an attachment shares; undefined if it receives nothing. */
export function variantOf(attachment: Place): Variant | undefined {
  const messages = (attachment.modes & MODE.subscribe) !== 0
  const presence = (attachment.modes & MODE.presenceSubscribe) !== 0
  if (!messages && !presence) return undefined
  const { format } = attachment
  const key = `${format}${messages ? '+m' : ''}${presence ? '+p' : ''}`
  if (attachment.echo) return { key, format, messages, presence }
  const except = attachment.connection
  return { key: `${key}-${except}`, format, messages, presence, except }
}
