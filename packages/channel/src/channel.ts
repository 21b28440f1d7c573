// One channel as a pure machine: events in, effects out. It knows who is attached with which modes, who is present, and
// what waits for the next flush. It performs nothing; the hub does.

import {
  type Attachment,
  type ConnectionId,
  granted,
  type Variant,
  variantOf,
} from './attachment.ts'
import type { AttachedEffect, ChannelEffect, ChannelEvent, DeliveredEvent } from './events.ts'
import type { ChannelMessage } from './message.ts'
import { MODE, NO_MODES } from './modes.ts'
import { changePresence, leaveAll, type PresenceEvent, type PresenceSet } from './presence.ts'
import { type GapReason, MAX_BACKLOG } from './resume.ts'

type Attaching = Extract<Attachment, { state: 'attaching' }>
type Attached = Extract<Attachment, { state: 'attached' }>

/** The connections that share one variant, and so one encoded batch. */
type Group = { readonly variant: Variant; members: Set<ConnectionId>; lent: boolean }

export class Channel {
  readonly name: string
  readonly #attachments = new Map<ConnectionId, Attachment>()
  readonly #groups = new Map<string, Group>()
  readonly #presence: PresenceSet = new Map()
  #pending: DeliveredEvent[] = []
  /** Position of the last message stepped through; what an attaching connection must have read up to. */
  #lastSerial = ''

  constructor(name: string) {
    this.name = name
  }

  get members(): PresenceSet {
    return this.#presence
  }

  get isIdle(): boolean {
    return this.#attachments.size === 0 && this.#presence.size === 0 && this.#pending.length === 0
  }

  attachment(connection: ConnectionId): Attachment | undefined {
    return this.#attachments.get(connection)
  }

  connections(): Iterable<ConnectionId> {
    return this.#attachments.keys()
  }

  /** Moves the channel by one event. The order of the effects is the order in which they must be performed. */
  step(event: ChannelEvent): ChannelEffect[] {
    switch (event.name) {
      case 'attach':
        return this.#attach(event)
      case 'backlog':
        return this.#backlog(event)
      case 'detach':
        return [
          ...this.#leave(event.connection, event.nowMs),
          { name: 'detached', connection: event.connection },
        ]
      case 'forget':
        return this.#leave(event.connection, event.nowMs)
      case 'leavePresence':
        return this.#tell(leaveAll(this.#presence, event.connection, event.nowMs))
      case 'suspend':
        return this.#drop(event.connection)
      case 'message':
        return this.#message(event.message)
      case 'presence':
        return this.#change(event)
      case 'sync':
        return this.#sync(event.connection)
      case 'reauthorize':
        return this.#reauthorize(event)
      case 'flush':
        return this.#flush()
    }
  }

  #attach(event: Extract<ChannelEvent, { name: 'attach' }>): ChannelEffect[] {
    const { connection } = event
    const known = this.#attachments.get(connection)
    const modes = granted(event.requested, event.allowed)
    const cut = this.#flush()
    if (modes === NO_MODES) {
      return [
        ...cut,
        ...this.#drop(connection),
        { name: 'refused', connection, cause: 'never_granted' },
      ]
    }
    const continues = known?.state === 'attached'
    this.#drop(connection)
    const base = {
      connection,
      requested: event.requested,
      modes,
      format: event.format,
      echo: event.echo,
    }
    if (continues) {
      this.#join({ ...base, state: 'attached' })
      return [
        ...cut,
        ...this.#attached(connection, { serial: event.head, resumed: true, hasBacklog: false }),
      ]
    }
    if (event.resume.kind === 'resumed') {
      this.#attachments.set(connection, {
        ...base,
        state: 'attaching',
        from: event.resume.from,
        cursor: event.resume.from,
        backlog: [],
      })
      return [...cut, { name: 'readBacklog', connection, after: event.resume.from }]
    }
    this.#join({ ...base, state: 'attached' })
    const gap = event.resume.kind === 'gap' ? { gap: event.resume.reason } : {}
    return [
      ...cut,
      ...this.#attached(connection, {
        serial: event.head,
        resumed: false,
        hasBacklog: false,
        ...gap,
      }),
    ]
  }

  /** INVARIANT: an attachment joins delivery in the same step in which its backlog is complete; nothing falls between. */
  #backlog(event: Extract<ChannelEvent, { name: 'backlog' }>): ChannelEffect[] {
    const { connection } = event
    const attaching = this.#attachments.get(connection)
    if (attaching?.state !== 'attaching' || attaching.cursor !== event.after) return []
    const cut = this.#flush()
    if (event.answer.kind === 'gap') {
      return [...cut, ...this.#attachedWithGap(attaching, event.answer.reason, event.head)]
    }
    const backlog = [...attaching.backlog, ...event.answer.messages]
    if (backlog.length > MAX_BACKLOG) {
      return [...cut, ...this.#attachedWithGap(attaching, 'backlog_too_large', event.head)]
    }
    if (event.answer.hasMore || this.#lastSerial > event.answer.upTo) {
      const cursor = event.answer.next
      this.#attachments.set(connection, { ...attaching, cursor, backlog })
      return [...cut, { name: 'readBacklog', connection, after: cursor }]
    }
    this.#join(attached(attaching))
    const seen =
      (attaching.modes & MODE.subscribe) === 0 ? [] : backlog.filter((m) => shows(attaching, m))
    const answer = { serial: attaching.from, resumed: true, hasBacklog: seen.length > 0 }
    return [...cut, ...this.#attached(connection, answer, seen)]
  }

  #attachedWithGap(attaching: Attaching, gap: GapReason, head: string): ChannelEffect[] {
    this.#join(attached(attaching))
    const answer = { serial: head, resumed: false, hasBacklog: false, gap }
    return this.#attached(attaching.connection, answer)
  }

  #attached(
    connection: ConnectionId,
    answer: Omit<AttachedEffect, 'name' | 'connection' | 'modes' | 'hasPresence'>,
    backlog: readonly ChannelMessage[] = [],
  ): ChannelEffect[] {
    const modes = this.#attachments.get(connection)?.modes ?? NO_MODES
    const hasPresence = this.#presence.size > 0 && (modes & MODE.presenceSubscribe) !== 0
    const effects: ChannelEffect[] = [
      { name: 'attached', connection, modes, hasPresence, ...answer },
    ]
    if (backlog.length > 0) effects.push({ name: 'replay', connection, messages: backlog })
    if (hasPresence)
      effects.push({ name: 'sync', connection, members: [...this.#presence.values()] })
    return effects
  }

  #message(message: ChannelMessage): ChannelEffect[] {
    if (message.fleeting !== true && message.serial > this.#lastSerial)
      this.#lastSerial = message.serial
    return this.#queue([message])
  }

  #change(event: Extract<ChannelEvent, { name: 'presence' }>): ChannelEffect[] {
    const told: PresenceEvent[] = []
    for (const change of event.changes) {
      const heard = changePresence(this.#presence, change)
      if (heard !== undefined) told.push(heard)
    }
    return this.#tell(told)
  }

  /** The owner of a member always hears of it, whatever its modes: its client builds the list it re-enters from. */
  #tell(events: readonly PresenceEvent[]): ChannelEffect[] {
    if (events.length === 0) return []
    const effects = this.#queue(events)
    for (const event of events) {
      const owner = this.#attachments.get(event.member.connectionId)
      if (owner?.state !== 'attached' || (owner.modes & MODE.presenceSubscribe) !== 0) continue
      if (!event.synthesized)
        effects.push({ name: 'echoPresence', connection: owner.connection, event })
    }
    return effects
  }

  #queue(events: readonly DeliveredEvent[]): ChannelEffect[] {
    const first = this.#pending.length === 0
    if (this.#groups.size === 0) return []
    this.#pending.push(...events)
    return first ? [{ name: 'flushSoon' }] : []
  }

  #sync(connection: ConnectionId): ChannelEffect[] {
    const attachment = this.#attachments.get(connection)
    if (attachment?.state !== 'attached' || (attachment.modes & MODE.presenceSubscribe) === 0)
      return []
    return [...this.#flush(), { name: 'sync', connection, members: [...this.#presence.values()] }]
  }

  /**
   * Applies new rights to the attachments named. What waits was sequenced before the rights entry, so it leaves first,
   * to those who could see it then: the batch is cut here, and nothing after it goes by the old rights.
   */
  #reauthorize(event: Extract<ChannelEvent, { name: 'reauthorize' }>): ChannelEffect[] {
    const effects = this.#flush()
    for (const [connection, allowed] of event.allowed) {
      const attachment = this.#attachments.get(connection)
      if (attachment === undefined) continue
      const modes = granted(attachment.requested, allowed)
      if (modes === attachment.modes) continue
      const lost = attachment.modes & ~modes
      const closes =
        modes === NO_MODES || (event.source === 'policy' && (lost & MODE.subscribe) !== 0)
      if (closes) {
        effects.push({ name: 'purge', connection }, ...this.#leave(connection, event.nowMs))
        effects.push({ name: 'refused', connection, cause: 'revoked' })
        continue
      }
      this.#drop(connection)
      const narrowed = { ...attachment, modes }
      if (narrowed.state === 'attaching') {
        this.#attachments.set(connection, narrowed)
        continue
      }
      this.#join(narrowed)
      if ((lost & MODE.presence) !== 0)
        effects.push(...this.#tell(leaveAll(this.#presence, connection, event.nowMs)))
      effects.push({
        name: 'attached',
        connection,
        modes,
        serial: event.head,
        resumed: true,
        hasBacklog: false,
        hasPresence: false,
      })
    }
    return effects
  }

  /** One effect per variant, whatever the number of subscribers. */
  #flush(): ChannelEffect[] {
    if (this.#pending.length === 0) return []
    const events = this.#pending
    this.#pending = []
    const effects: ChannelEffect[] = []
    for (const group of this.#groups.values()) {
      const seen = events.filter((event) => variantShows(group.variant, event))
      if (seen.length === 0) continue
      group.lent = true
      effects.push({ name: 'deliver', variant: group.variant, events: seen, to: group.members })
    }
    return effects
  }

  #leave(connection: ConnectionId, nowMs: number): ChannelEffect[] {
    const cut = this.#flush()
    this.#drop(connection)
    return [...cut, ...this.#tell(leaveAll(this.#presence, connection, nowMs))]
  }

  #join(attachment: Attached): void {
    this.#attachments.set(attachment.connection, attachment)
    const variant = variantOf(attachment)
    if (variant === undefined) return
    const group = this.#groups.get(variant.key) ?? { variant, members: new Set(), lent: false }
    own(group).add(attachment.connection)
    this.#groups.set(variant.key, group)
  }

  #drop(connection: ConnectionId): ChannelEffect[] {
    const attachment = this.#attachments.get(connection)
    if (attachment === undefined) return []
    this.#attachments.delete(connection)
    const variant = attachment.state === 'attached' ? variantOf(attachment) : undefined
    const group = variant === undefined ? undefined : this.#groups.get(variant.key)
    if (variant === undefined || group === undefined) return []
    own(group).delete(connection)
    if (group.members.size === 0) this.#groups.delete(variant.key)
    return []
  }
}

/**
 * INVARIANT: a set that stands in a `deliver` effect never changes. Who joins or leaves in the same step, after the
 * cut, must neither gain nor lose what was cut.
 */
function own(group: Group): Set<ConnectionId> {
  if (group.lent) {
    group.members = new Set(group.members)
    group.lent = false
  }
  return group.members
}

function attached(a: Attaching): Attached {
  const { connection, requested, modes, format, echo } = a
  return { connection, requested, modes, format, echo, state: 'attached' }
}

function shows(attachment: Attachment, message: ChannelMessage): boolean {
  return attachment.echo || message.connectionId !== attachment.connection
}

function variantShows(variant: Variant, event: DeliveredEvent): boolean {
  if (event.kind === 'presence') return variant.presence
  return variant.messages && (variant.except === undefined || variant.except !== event.connectionId)
}
