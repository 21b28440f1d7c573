// Builders that read as text, for the tests of channels.

import {
  Channel,
  type ChannelAnnotations,
  type ChannelEffect,
  type ChannelEvent,
  type ChannelMessage,
  DEFAULT_MODES,
  type DeliveredEvent,
  type KeptEvent,
  type Member,
  MODE,
  type Modes,
  type PresenceChange,
  type RightsSource,
} from '../src/index.ts'

type Attach = Extract<ChannelEvent, { name: 'attach' }>

export const SUBSCRIBE = MODE.subscribe | MODE.presenceSubscribe

export function attach(connection: string, changes: Partial<Attach> = {}): Attach {
  return {
    name: 'attach',
    connection,
    format: 'json',
    echo: true,
    requested: DEFAULT_MODES,
    allowed: DEFAULT_MODES,
    resume: { kind: 'fresh' },
    head: 's0',
    ...changes,
  }
}

/** An attach that comes back at a position. */
export function back(connection: string, from: string, changes: Partial<Attach> = {}): Attach {
  return attach(connection, { resume: { kind: 'resumed', from }, ...changes })
}

export function message(serial: string, connectionId?: string): ChannelMessage {
  const by = connectionId === undefined ? {} : { connectionId }
  return { kind: 'message', serial, atMs: 1, id: `id-${serial}`, messages: [], ...by }
}

/** What somebody with these modes is sent of what it missed. */
export function replayed(
  connection: string,
  messages: readonly KeptEvent[],
  how: { modes?: Modes; format?: 'json' | 'msgpack'; echo?: boolean } = {},
): Extract<ChannelEffect, { name: 'replay' }> {
  const { modes = DEFAULT_MODES, format = 'json', echo = true } = how
  const presence = (modes & MODE.presenceSubscribe) !== 0
  const annotations = (modes & MODE.annotationSubscribe) !== 0
  const key = `${format}+m${presence ? '+p' : ''}${annotations ? '+a' : ''}`
  const seen = { format, messages: true, presence, annotations, wholeAppends: true, receiver: '' }
  const variant = echo
    ? { key, ...seen }
    : { key: `${key}-${connection}`, ...seen, except: connection }
  return { name: 'replay', connection, variant, messages }
}

export function annotation(
  serial: string,
  changes: Partial<ChannelAnnotations> = {},
): ChannelAnnotations {
  const summaries = [{ messageSerial: 's1:000', summary: { 'like:total.v1': { total: 1 } } }]
  return {
    kind: 'annotation',
    serial,
    atMs: 1,
    id: `id-${serial}`,
    annotations: [],
    summaries,
    ...changes,
  }
}

export function says(serial: string, connectionId?: string): ChannelEvent {
  return { name: 'message', message: message(serial, connectionId) }
}

export function fleeting(serial: string): ChannelEvent {
  return { name: 'message', message: { ...message(serial), fleeting: true } }
}

export function member(
  connectionId: string,
  clientId: string,
  changes: Partial<Member> = {},
): Member {
  return { id: `${connectionId}:0:0`, clientId, connectionId, timestampMs: 5, ...changes }
}

export function presence(action: PresenceChange['action'], who: Member): ChannelEvent {
  return { name: 'presence', changes: [{ action, member: who }] }
}

export function enters(connectionId: string, clientId: string): ChannelEvent {
  return presence('enter', member(connectionId, clientId))
}

/** New rights, by connection. */
export function rights(
  allowed: Readonly<Record<string, Modes>>,
  source: RightsSource = 'policy',
): ChannelEvent {
  return {
    name: 'reauthorize',
    allowed: new Map(Object.entries(allowed)),
    source,
    head: 's9',
    nowMs: 90,
  }
}

type Page = { readonly serials?: readonly string[]; readonly upTo: string; readonly more?: boolean }

/** An answer to a read that began after `after`. */
export function read(connection: string, after: string, page: Page): ChannelEvent {
  const { serials = [], upTo, more = false } = page
  const next = more ? (serials.at(-1) ?? upTo) : upTo
  const messages = serials.map((serial) => message(serial))
  const answer = { kind: 'messages', messages, hasMore: more, upTo, next } as const
  return { name: 'backlog', connection, after, answer, head: upTo }
}

/** A channel that heard all this; its effects so far are done with. */
export function channel(...events: readonly ChannelEvent[]): Channel {
  const made = new Channel('any')
  for (const event of events) made.step(event)
  return made
}

/** The effects of several events, as performed one after another. */
export function steps(on: Channel, ...events: readonly ChannelEvent[]): ChannelEffect[] {
  return events.flatMap((event) => on.step(event))
}

export const flush: ChannelEvent = { name: 'flush' }

/** Effects as text: `c1 gets s1 s2`, `c1 attached resumed s0`, `c1 refused revoked`. */
export function text(effects: readonly ChannelEffect[]): string[] {
  return effects.flatMap((effect) => {
    switch (effect.name) {
      case 'deliver':
        return [...effect.to].map((id) => `${id} gets ${effect.events.map(eventText).join(' ')}`)
      case 'flushSoon':
        return ['flush soon']
      case 'attached': {
        const { connection, resumed, serial, gap } = effect
        return [
          [connection, 'attached', resumed ? 'resumed' : 'anew', serial, gap ?? []]
            .flat()
            .join(' '),
        ]
      }
      case 'refused':
        return [`${effect.connection} refused ${effect.cause}`]
      case 'readBacklog':
        return [`${effect.connection} reads after ${effect.after}`]
      case 'replay':
        return [`${effect.connection} missed ${effect.messages.map(eventText).join(' ')}`]
      case 'sync':
        return [
          [effect.connection, 'sees', ...effect.members.map(({ clientId }) => clientId)].join(' '),
        ]
      case 'echoPresence':
        return [`${effect.connection} hears itself ${eventText(effect.event)}`]
      case 'occupancySoon':
        return ['occupancy soon']
      case 'occupancy':
        return effect.to.map((id) => `${id} hears numbers`)
      default:
        return [`${effect.connection} ${effect.name}`]
    }
  })
}

function eventText(event: DeliveredEvent): string {
  return event.kind === 'presence' ? `${event.action}:${event.member.clientId}` : event.serial
}
