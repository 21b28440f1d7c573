// A connection's place on a channel: what it asked for, what it may do now, and the batch it shares with others.

import type { ChannelAnnotations, ChannelMessage } from './message.ts'
import { MODE, type Modes } from './modes.ts'
import type { PresenceEvent } from './presence.ts'

/** What is kept and can be replayed. */
export type KeptEvent = ChannelMessage | ChannelAnnotations
/** What is told to who is attached. */
export type DeliveredEvent = KeptEvent | PresenceEvent

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
  /** True: an append arrives as the whole message, not as what it added. */
  readonly wholeAppends: boolean
  /** Who is alike in which messages they may receive; empty: all of them. The policy's word, opaque here. */
  readonly receiver: string
}

export type Attachment =
  /** Its backlog is being read; it receives nothing yet. */
  | (Place & {
      readonly state: 'attaching'
      readonly from: string
      /** The position the read that is under way starts after; an answer to any other is stale. */
      readonly cursor: string
      readonly backlog: readonly KeptEvent[]
    })
  | (Place & { readonly state: 'attached' })

/** What must differ in a broadcast: the encoding, what is seen, and whose own messages are left out. */
export type Variant = {
  readonly key: string
  readonly format: Format
  readonly messages: boolean
  readonly presence: boolean
  readonly annotations: boolean
  readonly wholeAppends: boolean
  /** Which messages it may receive is asked once for all of the same word; empty: all. */
  readonly receiver: string
  readonly except?: ConnectionId
}

export function granted(requested: Modes, allowed: Modes): Modes {
  return requested & allowed
}

/** The variant an attachment shares; undefined if it receives nothing. */
export function variantOf(attachment: Place): Variant | undefined {
  const { format, modes, connection } = attachment
  const messages = (modes & MODE.subscribe) !== 0
  const presence = (modes & MODE.presenceSubscribe) !== 0
  const annotations = (modes & MODE.annotationSubscribe) !== 0
  if (!messages && !presence && !annotations) return undefined
  // Without messages it makes no difference, and what makes none must not split a group.
  const wholeAppends = messages && attachment.wholeAppends
  const marks = [messages && '+m', presence && '+p', annotations && '+a', wholeAppends && '+w']
  const receiver = messages || annotations ? attachment.receiver : ''
  const set = marks.filter((mark) => mark !== false).join('')
  const key = `${format}${set}${receiver === '' ? '' : `~${receiver}`}`
  const seen = { format, messages, presence, annotations, wholeAppends, receiver }
  if (attachment.echo) return { key, ...seen }
  return { key: `${key}-${connection}`, ...seen, except: connection }
}

/** Whether a variant sees anything of an event. A summary of annotations is the server's word, also with echo off. */
export function shows(variant: Variant, event: DeliveredEvent): boolean {
  if (event.kind === 'presence') return variant.presence
  if (event.kind === 'message') return variant.messages && !isOwn(variant, event)
  return (variant.messages && event.summaries.length > 0) || showsAnnotations(variant, event)
}

/** Whether a variant sees the annotations themselves. */
export function showsAnnotations(variant: Variant, event: ChannelAnnotations): boolean {
  return variant.annotations && !isOwn(variant, event)
}

function isOwn(variant: Variant, event: { readonly connectionId?: string }): boolean {
  return variant.except !== undefined && variant.except === event.connectionId
}
