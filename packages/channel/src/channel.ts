// One channel as a pure machine: events in, effects out. It knows who is attached with which modes, who is present, and
// what waits for the next flush. It performs nothing; the hub does.

import {
  type Attached,
  type Attaching,
  type Attachment,
  attached,
  begunAt,
  type ConnectionId,
  type DeliveredEvent,
  granted,
  type KeptEvent,
  keptBy,
  ownerOf,
  seenBy,
  variantOf,
} from './attachment.ts'
import { Audience } from './audience.ts'
import type { AttachedEffect, ChannelEffect, ChannelEvent } from './events.ts'
import { gainsMembers, MODE, type Modes, NO_MODES, OCCUPANCY, PLACE_MODES } from './modes.ts'
import { changeOf, type Metrics, Occupancy } from './occupancy.ts'
import { changePresence, leaveAll, type PresenceEvent, type PresenceSet } from './presence.ts'
import { type GapReason, isTooMuch } from './resume.ts'

type Attach = Extract<ChannelEvent, { name: 'attach' }>
type Reauthorize = Extract<ChannelEvent, { name: 'reauthorize' }>

export class Channel {
  readonly name: string
  readonly #attachments = new Map<ConnectionId, Attachment>()
  readonly #audience = new Audience()
  readonly #presence: PresenceSet = new Map()
  #happened: PresenceEvent[] = []
  #pending: DeliveredEvent[] = []
  /**
   * What an attaching connection must have read up to: the last message stepped through, or the head when somebody
   * came back. Without the latter an answer to a read of an earlier time, when nobody listened here, would pass.
   */
  #readUpTo = ''
  readonly #occupancy = new Occupancy()
  /** Who hears the numbers, what they were told last, and what was asked for since. */
  readonly #watchers = new Set<ConnectionId>()
  #told: Metrics | undefined
  #asked: 'none' | 'soon' | 'at_once' = 'none'

  constructor(name: string) {
    this.name = name
  }

  get members(): PresenceSet {
    return this.#presence
  }

  get isIdle(): boolean {
    return this.#attachments.size === 0 && this.#presence.size === 0 && this.#pending.length === 0
  }

  /** How many are here. */
  get metrics(): Metrics {
    return this.#occupancy.metrics(this.#presence.size)
  }

  attachment(connection: ConnectionId): Attachment | undefined {
    return this.#attachments.get(connection)
  }

  /** Everybody whose rights matter here: attached, or present without being attached. */
  connections(): Iterable<ConnectionId> {
    const present = [...this.#presence.values()].map((member) => member.connectionId)
    return new Set([...this.#attachments.keys(), ...present])
  }

  /** Everything that happened to its members since the last call, told to somebody or not; for a history of it. */
  takeHappened(): readonly PresenceEvent[] {
    const happened = this.#happened
    if (happened.length > 0) this.#happened = []
    return happened
  }

  /** Moves the channel by one event. The order of the effects is the order in which they must be performed. */
  step(event: ChannelEvent): ChannelEffect[] {
    const effects = this.#move(event)
    return this.#watchers.size === 0 ? effects : [...effects, ...this.#askForNumbers()]
  }

  #move(event: ChannelEvent): ChannelEffect[] {
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
        this.#drop(event.connection)
        return []
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
      case 'tellOccupancy':
        return this.#tellNumbers()
    }
  }

  #attach(event: Attach): ChannelEffect[] {
    const { connection } = event
    const modes = granted(event.requested, event.allowed)
    const known = this.#attachments.get(connection)
    const cut = this.#flush()
    this.#drop(connection)
    // What was entered by an earlier right or an earlier transport does not outlive the mode.
    const gone =
      (modes & MODE.presence) === 0 && event.lens === undefined
        ? leaveAll(this.#presence, connection, event.nowMs)
        : []
    const placed: ChannelEffect[] =
      (modes & PLACE_MODES) === 0
        ? [{ name: 'refused', connection, cause: 'never_granted' }]
        : this.#place(event, modes, known?.state === 'attached' ? known.modes : undefined)
    return [...cut, ...placed, ...this.#tell(gone)]
  }

  /** @param before the modes of a place that goes on; absent: the place is new, or was still attaching */
  #place(event: Attach, modes: Modes, before: Modes | undefined): ChannelEffect[] {
    const { connection, requested, format, echo, resume, head, rewind, lens } = event
    const { wholeAppends = false, receiver = '' } = event
    const seen = { wholeAppends, receiver, ...(lens && { lens }) }
    const place = { connection, requested, modes, format, echo, ...seen }
    const continues = before !== undefined
    const rewinds =
      rewind !== undefined && resume.kind === 'fresh' && (modes & MODE.subscribe) !== 0
    if ((resume.kind === 'resumed' || rewinds) && !continues) {
      const resumed = resume.kind === 'resumed'
      const from = resumed ? resume.from : head
      const reading = { from, cursor: from, backlog: [], resumed }
      this.#attachments.set(connection, { ...place, state: 'attaching', ...reading })
      if (head > this.#readUpTo) this.#readUpTo = head
      return [{ name: 'readBacklog', connection, after: from, ...(!resumed && { rewind }) }]
    }
    this.#join({ ...place, state: 'attached' })
    return this.#attached(connection, {
      serial: head,
      resumed: continues,
      hasBacklog: false,
      hasPresence: this.#showsMembers(modes) || gainsMembers(before ?? modes, modes),
      ...(resume.kind === 'gap' && !continues ? { gap: resume.reason } : {}),
    })
  }

  /** INVARIANT: an attachment joins delivery in the same step in which its backlog is complete; nothing falls between. */
  #backlog(event: Extract<ChannelEvent, { name: 'backlog' }>): ChannelEffect[] {
    const { connection } = event
    const reading = this.#attachments.get(connection)
    if (reading?.state !== 'attaching' || reading.cursor !== event.after) return []
    const attaching = begunAt(reading, event.answer)
    const cut = this.#flush()
    if (event.answer.kind === 'gap') {
      return [...cut, ...this.#attachedWithGap(attaching, event.answer.reason, event.head)]
    }
    const backlog = [...attaching.backlog, ...event.answer.messages]
    if (isTooMuch(backlog)) {
      return [...cut, ...this.#attachedWithGap(attaching, 'backlog_too_large', event.head)]
    }
    if (event.answer.hasMore || this.#readUpTo > event.answer.upTo) {
      const cursor = event.answer.next
      this.#attachments.set(connection, { ...attaching, cursor, backlog })
      return [...cut, { name: 'readBacklog', connection, after: cursor }]
    }
    this.#join(attached(attaching))
    const variant = variantOf(attaching)
    const seen = variant === undefined ? [] : seenBy(variant, backlog)
    const answer = {
      serial: attaching.from,
      resumed: attaching.resumed,
      hasBacklog: seen.length > 0,
      hasPresence: this.#showsMembers(attaching.modes),
    }
    return [...cut, ...this.#attached(connection, answer, seen)]
  }

  #attachedWithGap(attaching: Attaching, gap: GapReason, head: string): ChannelEffect[] {
    this.#join(attached(attaching))
    const hasPresence = this.#showsMembers(attaching.modes)
    const answer = { serial: head, resumed: false, hasBacklog: false, hasPresence, gap }
    return this.#attached(attaching.connection, answer)
  }

  #attached(
    connection: ConnectionId,
    answer: Omit<AttachedEffect, 'name' | 'connection' | 'modes'>,
    backlog: readonly KeptEvent[] = [],
  ): ChannelEffect[] {
    const attachment = this.#attachments.get(connection)
    const modes = attachment?.modes ?? NO_MODES
    const effects: ChannelEffect[] = [{ name: 'attached', connection, modes, ...answer }]
    const variant = attachment && variantOf(attachment)
    // Who comes back may not have what an append was added to.
    if (variant !== undefined && backlog.length > 0)
      effects.push({
        name: 'replay',
        connection,
        variant: { ...variant, wholeAppends: true },
        messages: backlog,
      })
    if (answer.hasPresence)
      effects.push({ name: 'sync', connection, members: [...this.#presence.values()] })
    if ((modes & OCCUPANCY) !== 0)
      effects.push({ name: 'occupancy', metrics: this.metrics, to: [connection] })
    return effects
  }

  #showsMembers(modes: Modes): boolean {
    return this.#presence.size > 0 && (modes & MODE.presenceSubscribe) !== 0
  }

  #message(message: KeptEvent): ChannelEffect[] {
    const isKept = message.kind !== 'message' || message.fleeting !== true
    if (isKept && message.serial > this.#readUpTo) this.#readUpTo = message.serial
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
    this.#happened.push(...events)
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
    if (this.#audience.isEmpty) return []
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
   * Applies new rights to the connections named. What waits was sequenced before the rights entry, so it leaves first,
   * to those who could see it then: the batch is cut here, and nothing after it goes by the old rights. Leaves that
   * follow are told when everybody has their new place.
   */
  #reauthorize(event: Reauthorize): ChannelEffect[] {
    const effects = this.#flush()
    const gone: PresenceEvent[] = []
    for (const [connection, allowed] of event.allowed) {
      const known = this.#attachments.get(connection)
      // Without a place there may still be members, entered before the socket was lost.
      const before = known?.modes ?? MODE.presence
      const after = known === undefined ? allowed : keptBy(known, allowed, event.source)
      // They go first: who gains the sight of members by the same entry is not shown them.
      if ((before & ~after & MODE.presence) !== 0)
        gone.push(...leaveAll(this.#presence, ownerOf(connection), event.nowMs))
      if (known !== undefined) effects.push(...this.#regrant(known, allowed, event))
    }
    return [...effects, ...this.#tell(gone)]
  }

  #regrant(known: Attachment, allowed: Modes, event: Reauthorize): ChannelEffect[] {
    const { connection } = known
    const modes = granted(known.requested, allowed)
    const receiver = event.receivers?.get(connection) ?? ''
    if (modes === known.modes) {
      if (receiver !== known.receiver) this.#regroup(known, receiver)
      return []
    }
    const gained = modes & ~known.modes
    this.#drop(connection)
    if (keptBy(known, allowed, event.source) === NO_MODES) {
      return [
        { name: 'purge', connection },
        { name: 'refused', connection, cause: 'revoked' },
      ]
    }
    const changed = { ...known, modes, receiver }
    if (changed.state === 'attached') {
      this.#join(changed)
      const hasPresence = gainsMembers(known.modes, modes)
      const answer = { serial: event.head, resumed: true, hasBacklog: false, hasPresence }
      return this.#attached(connection, answer)
    }
    // What is being read goes back to a time without this right.
    if ((gained & MODE.subscribe) !== 0)
      return this.#attachedWithGap(changed, 'rights_changed', event.head)
    this.#attachments.set(connection, changed)
    return []
  }

  /** Among others in which messages it receives; everything else stays, and nobody is told. */
  #regroup(known: Attachment, receiver: string): void {
    if (known.state === 'attaching') {
      this.#attachments.set(known.connection, { ...known, receiver })
      return
    }
    this.#drop(known.connection)
    this.#join({ ...known, receiver })
  }

  #flush(): ChannelEffect[] {
    const events = this.#pending
    if (events.length === 0) return []
    this.#pending = []
    return this.#audience.deliveries(events)
  }

  #askForNumbers(): ChannelEffect[] {
    const change = changeOf(this.#told, this.metrics)
    if (change === 'none' || this.#asked === 'at_once' || this.#asked === change) return []
    this.#asked = change
    return [{ name: 'occupancySoon', atOnce: change === 'at_once' }]
  }

  #tellNumbers(): ChannelEffect[] {
    const { metrics } = this
    this.#asked = 'none'
    if (this.#watchers.size === 0 || changeOf(this.#told, metrics) === 'none') return []
    this.#told = metrics
    return [{ name: 'occupancy', metrics, to: [...this.#watchers] }]
  }

  #leave(connection: ConnectionId, nowMs: number): ChannelEffect[] {
    const known = this.#attachments.get(connection)
    const cut = this.#flush()
    this.#drop(connection)
    // A place behind a lens that could enter nobody takes nobody along.
    const owner = ownerOf(connection)
    const speaks = owner === connection || ((known?.modes ?? NO_MODES) & MODE.presence) !== 0
    return speaks ? [...cut, ...this.#tell(leaveAll(this.#presence, owner, nowMs))] : cut
  }

  #join(attachment: Attached): void {
    this.#attachments.set(attachment.connection, attachment)
    this.#audience.join(attachment)
    this.#occupancy.add(attachment.modes)
    if ((attachment.modes & OCCUPANCY) === 0) return
    // Who comes is told by itself; others hear of what has changed since they were told.
    if (this.#watchers.size === 0) this.#told = this.metrics
    this.#watchers.add(attachment.connection)
  }

  #drop(connection: ConnectionId): void {
    const attachment = this.#attachments.get(connection)
    if (attachment === undefined) return
    this.#attachments.delete(connection)
    if (attachment.state === 'attached') {
      this.#audience.leave(attachment)
      this.#occupancy.remove(attachment.modes)
      this.#watchers.delete(connection)
    }
    // Nobody is left to tell; who attaches later is told of later things.
    if (this.#audience.isEmpty) this.#pending = []
  }
}
