// A connection's place on a channel: what it asked for, what it may do now, and the batch it shares with others.

import type { ChannelAnnotations, ChannelMessage } from './message.ts'
import { MODE, type Modes, NO_MODES, PLACE_MODES } from './modes.ts'
import type { PresenceEvent } from './presence.ts'

/** What is kept and can be replayed. */
export type KeptEvent = ChannelMessage | ChannelAnnotations
/** What is told to who is attached. */
export type DeliveredEvent = KeptEvent | PresenceEvent

/** One place on a channel: the id of its connection, or that with the name it looks through; see `placeId`. */
export type ConnectionId = string
/** How a connection wants its frames. */
export type Format = 'json' | 'msgpack'

/** Another name of a channel, which says how to look at it: `[filter=…]news` shows some of its messages. */
export type Lens = {
  /** As the client spelled it. */
  readonly name: string
  /** What is left of a publish, undefined if nothing is; absent: all of it. */
  readonly see?: (message: ChannelMessage) => ChannelMessage | undefined
}

const BEFORE_LENS = '|'

/** Names a place: a connection has one on a channel, and one more for each lens it looks through. */
export function placeId(connection: string, lens?: string): ConnectionId {
  return lens === undefined ? connection : connection + BEFORE_LENS + lens
}

/** The connection a place belongs to. */
export function ownerOf(place: ConnectionId): string {
  const end = place.indexOf(BEFORE_LENS)
  return end < 0 ? place : place.slice(0, end)
}

/** How the client calls the channel there: by the lens, if there is one. */
export function nameAt(place: ConnectionId, channel: string): string {
  const end = place.indexOf(BEFORE_LENS)
  return end < 0 ? channel : place.slice(end + 1)
}

/** The newest messages to begin with: at most so many, and none from before an instant. */
export type Rewind = { readonly limit: number; readonly sinceMs?: number }

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
  readonly lens?: Lens
}

export type Attachment =
  /** Its backlog is being read; it receives nothing yet. */
  | (Place & {
      readonly state: 'attaching'
      readonly from: string
      /** The position the read that is under way starts after; an answer to any other is stale. */
      readonly cursor: string
      readonly backlog: readonly KeptEvent[]
      /** False: it begins here, with some of what was said before. */
      readonly resumed: boolean
    })
  | (Place & { readonly state: 'attached' })

export type Attaching = Extract<Attachment, { state: 'attaching' }>
export type Attached = Extract<Attachment, { state: 'attached' }>

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
  /** The connection whose own messages are left out. */
  readonly except?: string
  readonly lens?: Lens
}

export function granted(requested: Modes, allowed: Modes): Modes {
  return requested & allowed
}

/** What stays of a place by new rights; nothing if it closes. Who may not see any more by the policy is not kept for the rest. */
export function keptBy(known: Attachment, allowed: Modes, source: 'policy' | 'token'): Modes {
  const modes = granted(known.requested, allowed)
  const losesSight = source === 'policy' && (known.modes & ~modes & MODE.subscribe) !== 0
  return (modes & PLACE_MODES) === 0 || losesSight ? NO_MODES : modes
}

/** The variant an attachment shares; undefined if it receives nothing. */
export function variantOf(attachment: Place): Variant | undefined {
  const { format, modes, connection, lens } = attachment
  const messages = (modes & MODE.subscribe) !== 0
  const presence = (modes & MODE.presenceSubscribe) !== 0
  const annotations = (modes & MODE.annotationSubscribe) !== 0
  if (!messages && !presence && !annotations) return undefined
  // Without messages it makes no difference, and what makes none must not split a group.
  const wholeAppends = messages && attachment.wholeAppends
  const marks = [messages && '+m', presence && '+p', annotations && '+a', wholeAppends && '+w']
  const receiver = messages || annotations ? attachment.receiver : ''
  const set = marks.filter((mark) => mark !== false).join('')
  const through = lens === undefined ? '' : BEFORE_LENS + lens.name
  const key = `${format}${set}${receiver === '' ? '' : `~${receiver}`}${through}`
  const seen = {
    format,
    messages,
    presence,
    annotations,
    wholeAppends,
    receiver,
    ...(lens && { lens }),
  }
  if (attachment.echo) return { key, ...seen }
  const except = ownerOf(connection)
  return { key: `${key}-${except}`, ...seen, except }
}

/** What a variant sees of events, in their order; a filter shows messages, and who is here, and nothing else. */
export function seenBy<E extends DeliveredEvent>(variant: Variant, events: readonly E[]): E[] {
  const shown = events.filter((event) => shows(variant, event))
  const see = variant.lens?.see
  if (see === undefined) return shown
  return shown.flatMap((event) => {
    if (event.kind === 'message') return (see(event) ?? []) as E
    return event.kind === 'presence' ? event : []
  })
}

/** Whether a variant sees anything of an event. A summary of annotations is the server's word, also with echo off. */
function shows(variant: Variant, event: DeliveredEvent): boolean {
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

/** The place once its backlog is complete. */
export function attached(a: Attaching): Attached {
  const { state: _state, from: _from, cursor: _cursor, backlog: _backlog, ...rest } = a
  const { resumed: _resumed, ...place } = rest
  return { ...place, state: 'attached' }
}

/** A rewind says where it begins when it has been read. */
export function begunAt(
  reading: Attaching,
  answer: { readonly kind: 'messages'; readonly from?: string } | { readonly kind: 'gap' },
): Attaching {
  const from = answer.kind === 'messages' ? answer.from : undefined
  return from === undefined ? reading : { ...reading, from }
}
