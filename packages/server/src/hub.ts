// The one place where the feed becomes live: folds entries in order, steps the channels, performs their effects.
// Between folding a rights entry and the next delivery there is no await.

import {
  Channel,
  type ChannelEffect,
  type ChannelEvent,
  type ChannelMessage,
  type Modes,
  modesOf,
  nameAt,
  ownerOf,
  type ResumeAnswer,
  type RightsSource,
  resumeAt,
} from '@sayso/channel'
import {
  affected,
  type ChannelName,
  foldRights,
  namespaceOf,
  type Revision,
  type World,
} from '@sayso/policy'
import type { ChannelFeedEntry, FeedEntry, RightsFeedEntry } from '@sayso/store'
import { channelBehind } from './ably/place.ts'
import { allowedModes } from './allowed-modes.ts'
import type { BacklogRead } from './backlog-read.ts'
import type { Failure } from './commands/failure.ts'
import type { Standing } from './context.ts'
import { membersFor } from './desk/public-names.ts'
import { Flushes } from './flushes.ts'
import { type BatchEncoder, ConnectionList, type LiveConnection } from './live-connection.ts'
import { MetaChannels } from './meta-channels.ts'
import { Numbers } from './numbers.ts'
import type { Meter } from './observe/meter.ts'
import { placeRefusal } from './place-refusal.ts'
import { placedOn, placeNamed, placesOn } from './places.ts'
import { type PresenceKeeper, PresenceLog } from './presence-log.ts'
import { deliverable, type EffectOf, received, receiverOf } from './receivers.ts'
import { Recent } from './recent.ts'
import { type Moment, type Redecision, Redecisions } from './redecisions.ts'
import { ResumeGuard } from './resume-guard.ts'
import { stillAsked } from './still-asked.ts'
import { concerns, hasOutgrown, touchesChannel } from './touching.ts'
import { RENEWAL, updateViews } from './view-updates.ts'

export type HubOptions = {
  readonly world: World
  readonly revision: Revision
  readonly head: string
  readonly encode: BatchEncoder
  readonly meter: Meter
  readonly now: () => number
  /** Runs `turn` at the end of the present turn of the event loop. */
  readonly soon: (turn: () => void) => void
  /** Runs something in a later turn. */
  readonly later: (run: () => void) => void
  /** Told of every refusal, so that it can be explained. */
  readonly refused: (failure: Failure) => void
  readonly keepPresence: PresenceKeeper['keep']
  /** Reads a channel's messages after a position; answers by stepping the channel's `backlog`. */
  readonly readBacklog: (hub: Hub, channel: ChannelName, read: BacklogRead) => void
}

export class Hub implements Standing {
  world: World
  revision: Revision
  head: string
  readonly #options: HubOptions
  readonly #channels = new Map<ChannelName, Channel>()
  readonly #connections = new ConnectionList()
  /** What channels that keep nothing were told lately. */
  readonly recent: Recent
  readonly presenceLog: PresenceLog
  readonly numbers: Numbers
  readonly #meta: MetaChannels
  readonly #resumes: ResumeGuard
  readonly #redecisions: Redecisions
  readonly #flushes: Flushes

  constructor(options: HubOptions) {
    this.#options = options
    this.world = options.world
    this.revision = options.revision
    this.head = options.head
    this.numbers = new Numbers({
      soon: options.soon,
      now: options.now,
      tell: (channel) => this.#stepKnown(channel, { name: 'tellOccupancy' }),
      connection: (id) => this.#connections.get(id),
    })
    this.#meta = new MetaChannels({
      isHeard: (name) => this.#channels.has(name),
      tell: (name, message) => this.tellFleeting(name, message),
      now: options.now,
    })
    this.recent = new Recent(options.head, options.now())
    const isKept = (name: ChannelName) => namespaceOf(this.world.policy, name).persisted
    this.presenceLog = new PresenceLog({ isKept, keep: options.keepPresence })
    this.#resumes = new ResumeGuard(options.head)
    this.#flushes = new Flushes({
      soon: options.soon,
      flush: (channel) => this.#stepKnown(channel, { name: 'flush' }),
      meter: options.meter,
    })
    this.#redecisions = new Redecisions({
      placed: (channel, some) => placedOn(channel, some, (id) => this.#connections.get(id)),
      redecide: (channel, connections, what) => this.#reauthorize(channel, connections, what),
      ended: (channel) => this.#closeIfIdle(channel),
      tell: (connection, { entry, before, touched }) => {
        updateViews(this.world, connection, entry)
        connection.own?.rightsMoved(touched)
        connection.board?.rightsMoved(entry.cause)
        if (hasOutgrown(touched, before, this.world, connection)) connection.peer?.askRenewal()
      },
      now: options.now,
      later: options.later,
    })
  }

  /** Resolves when every open session has what was folded so far. */
  settled(): Promise<void> {
    return this.#redecisions.done()
  }

  /** The feed's listener: the only source of durable live events. */
  fold(entries: readonly FeedEntry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'rights') this.#foldRights(entry)
      else this.#foldMessage(entry)
    }
  }

  /** Tells something that is never stored, at this place in the order. */
  tellFleeting(channel: ChannelName, message: ChannelMessage): void {
    const known = this.#channels.get(channel)
    this.#options.meter.toldFleeting()
    if (known !== undefined) this.#stepKnown(known, { name: 'message', message })
  }

  add(connection: LiveConnection): void {
    this.#connections.add(connection)
    this.#meta.connection('opened', connection.id, connection.asker.clientId)
  }

  connection(id: string): LiveConnection | undefined {
    return this.#connections.get(id)
  }

  connections(): Iterable<LiveConnection> {
    return this.#connections.values()
  }

  /** The revision of rights up to which a connection's places are decided and its views are told. */
  toldOf(connection: LiveConnection): Revision {
    return this.#redecisions.toldOf(connection) ?? this.world.revision
  }

  /** A connection is no more: its places and members go, and others hear of it. */
  forget(connection: LiveConnection): void {
    this.#connections.delete(connection.id)
    this.#redecisions.forget(connection)
    connection.views.clear()
    connection.own?.close()
    connection.board?.close()
    const nowMs = this.#options.now()
    for (const name of connection.channels)
      this.step(channelBehind(name), {
        name: 'forget',
        connection: placeNamed(connection, name),
        nowMs,
      })
    for (const name of connection.present)
      this.step(name, { name: 'forget', connection: connection.id, nowMs })
    this.#meta.connection('closed', connection.id, connection.asker.clientId)
  }

  channel(name: ChannelName): Channel | undefined {
    return this.#channels.get(name)
  }

  /** Those that live now. */
  get channels(): ReadonlyMap<ChannelName, Channel> {
    return this.#channels
  }

  /** Steps a channel, making it if need be, and performs the effects at once. */
  step(name: ChannelName, event: Parameters<Channel['step']>[0]): void {
    const known = this.#channels.get(name)
    const channel = known ?? new Channel(name)
    this.#channels.set(name, channel)
    this.#stepKnown(channel, event)
    if (!channel.isIdle && known === undefined) this.#meta.channel('opened', name, channel.metrics)
    this.#closeIfIdle(channel, known !== undefined)
  }

  /** @param wasOpen false: it was never more than this step */
  #closeIfIdle(channel: Channel, wasOpen = true): void {
    if (!channel.isIdle || this.#redecisions.isWaiting(channel)) return
    this.#channels.delete(channel.name as ChannelName)
    if (wasOpen) this.#meta.channel('closed', channel.name, channel.metrics)
  }

  /** INVARIANT: nothing happens in a channel that still has to be decided again; it waits, and keeps its rights. */
  #stepKnown(channel: Channel, event: ChannelEvent): void {
    if (!this.#redecisions.isWaiting(channel)) return this.perform(channel, channel.step(event))
    const { world } = this
    const { meter } = this.#options
    const { sinceMs } = meter
    const asked = stillAsked(event, (id) => this.#connections.get(id))
    this.#redecisions.behind(channel, () => {
      meter.sinceMs = sinceMs
      const due = asked()
      if (due !== undefined) this.perform(channel, channel.step(due), world)
    })
  }

  /** What a connection may do on a channel now, as modes. */
  allowedModes(connection: LiveConnection, channel: ChannelName): Modes {
    const { credential, narrowed } = connection.asker
    const modes = allowedModes(this.world, credential, channel)
    const taken = narrowed?.get(channel)
    return taken === undefined ? modes : modes & ~modesOf([...taken])
  }

  /** Whom a connection is alike in which messages of a channel it may receive. */
  receiverOf(connection: LiveConnection, channel: ChannelName): string {
    return receiverOf(this.world, connection.asker.credential, channel)
  }

  /** The newest position of a channel: where somebody who attaches now goes on from. */
  positionOf(channel: ChannelName): string {
    const { persisted } = namespaceOf(this.world.policy, channel)
    return persisted ? this.head : this.recent.position(channel, this.head)
  }

  /** How an attach that names a position continues. */
  resumeFor(
    connection: LiveConnection,
    channel: ChannelName,
    serial: string | undefined,
  ): ResumeAnswer {
    const answer = resumeAt(serial, connection.continuous, this.positionOf(channel))
    if (answer.kind !== 'resumed') return answer
    const { credential } = connection.asker
    if (this.#resumes.allows(this.world, credential, channel, answer.from)) return answer
    return { kind: 'gap', reason: 'rights_changed' }
  }

  /** The position and instant a rewind may not go behind. */
  rewindFloor(place: string, channel: ChannelName): ReturnType<ResumeGuard['rewindFloor']> {
    const credential = this.#connections.get(ownerOf(place))?.asker.credential
    return this.#resumes.rewindFloor(this.world, credential, channel, this.#options.now())
  }

  /** Decides every attachment and view of one connection again: its credential has changed. */
  reauthorizeConnection(connection: LiveConnection, source: RightsSource): void {
    const names = [...connection.channels].map(channelBehind)
    for (const name of new Set([...names, ...connection.present])) {
      const channel = this.#channels.get(name)
      if (channel === undefined) continue
      const what = { concerned: [new Set([connection])], at: this.#momentOf(channel), source }
      if (this.#redecisions.isWaiting(channel)) this.#redecisions.decide(channel, what)
      else this.#reauthorize(channel, [connection], what)
    }
    connection.own?.rightsMoved()
    const renewed = { cause: RENEWAL, revision: this.world.revision, serial: this.head }
    updateViews(this.world, connection, { ...renewed, atMs: this.#options.now() })
  }

  #foldMessage(entry: ChannelFeedEntry): void {
    this.revision = entry.revision
    this.head = entry.serial
    const channel = this.#channels.get(entry.channel)
    if (channel !== undefined) this.#stepKnown(channel, { name: 'message', message: entry })
  }

  /**
   * INVARIANT: what was sequenced before this entry is cut off by the old rights first; then the world changes; then
   * every place it touches is decided again, and only then does anything later leave there. In one turn, or, if it is
   * much, in slices: what happens in a channel meanwhile waits until it has been decided.
   */
  #foldRights(entry: RightsFeedEntry): void {
    const before = this.world
    const after = foldRights(before, entry.changes, entry.revision)
    const touched = affected(before, after, entry.changes)
    const channels = [...this.#channels.values()].filter((channel) =>
      touchesChannel(touched, before, after, channel),
    )
    for (const channel of channels) {
      const isCut = this.#redecisions.isWaiting(channel) && !this.#redecisions.hasNews(channel)
      if (!isCut) this.#flushes.now(channel)
    }
    this.#resumes.fold(before, after, touched, entry.serial)
    this.world = after
    this.revision = entry.revision
    this.head = entry.serial
    const concerned = new Set(
      [...this.#connections.values()].filter((each) => concerns(touched, each)),
    )
    const places = channels.map((channel) => [channel, this.#momentOf(channel)] as const)
    this.#redecisions.add(places, concerned, { entry, before, touched })
  }

  #momentOf({ name }: Channel): Moment {
    return { world: this.world, head: this.positionOf(name as ChannelName) }
  }

  #reauthorize(
    channel: Channel,
    connections: readonly LiveConnection[],
    { at: { world, head }, source }: Redecision,
  ): void {
    const name = channel.name as ChannelName
    const allowed = new Map<string, Modes>()
    const receivers = new Map<string, string>()
    for (const connection of connections) {
      const { credential } = connection.asker
      const modes = allowedModes(world, credential, name)
      const receiver = receiverOf(world, credential, name)
      for (const id of placesOn(connection, name)) {
        allowed.set(id, modes)
        receivers.set(id, receiver)
      }
    }
    if (allowed.size === 0) return
    const nowMs = this.#options.now()
    const event = { name: 'reauthorize', allowed, receivers, source, head, nowMs } as const
    this.perform(channel, channel.step(event), world)
    this.#closeIfIdle(channel)
  }

  /** Performs effects in their order, by the rights of their place in it. */
  perform(channel: Channel, effects: readonly ChannelEffect[], world = this.world): void {
    this.presenceLog.take(channel, this.#options.now, (name) => this.positionOf(name))
    for (const effect of effects) this.#performOne(channel, effect, world)
  }

  #performOne(channel: Channel, effect: ChannelEffect, world: World): void {
    if (effect.name === 'deliver') return this.#deliver(channel, effect, world)
    if (effect.name === 'flushSoon') return this.#flushes.soon(channel)
    if (effect.name === 'occupancySoon') return this.numbers.ask(channel, effect.atOnce)
    if (effect.name === 'occupancy') return this.numbers.deliver(channel, effect)
    const connection = this.#connections.get(ownerOf(effect.connection))
    if (connection === undefined) return
    const name = nameAt(effect.connection, channel.name) as ChannelName
    const { peer } = connection
    switch (effect.name) {
      case 'attached':
        connection.channels.add(name)
        return peer?.attached(effect, name)
      case 'refused':
        connection.channels.delete(name)
        return this.#refuse(connection, name)
      case 'detached':
        connection.channels.delete(name)
        return peer?.detached(name)
      case 'readBacklog':
        connection.channels.add(name)
        return this.#options.readBacklog(this, channel.name as ChannelName, effect)
      case 'replay':
        return this.#replay(connection, world, effect, name)
      case 'sync':
        return peer?.sync(name, membersFor(world, connection, channel, effect.members))
      case 'echoPresence':
        return peer?.presence(name, effect.event)
      case 'purge':
        return peer?.purge(name)
    }
  }

  #deliver(channel: Channel, effect: EffectOf<'deliver'>, world: World): void {
    const { lens } = effect.variant
    const find = (place: string) => this.#connections.get(ownerOf(place))
    const events = deliverable(world, find, channel.name as ChannelName, effect)
    if (events.length === 0) return
    const name = lens?.name ?? channel.name
    const { encode, meter } = this.#options
    const { sinceMs } = meter
    const batch = { ...encode(effect.variant, name, events), sinceMs }
    meter.delivering(events, effect.to.size)
    for (const id of effect.to) {
      const owner = lens === undefined ? id : ownerOf(id)
      this.#connections.get(owner)?.peer?.deliver(batch, name)
    }
  }

  #replay(to: LiveConnection, world: World, effect: EffectOf<'replay'>, as: string): void {
    const channel = channelBehind(as)
    const seen = received(world, to.asker.credential, channel, effect.messages)
    to.peer?.replay(as, effect.variant, seen)
  }

  #refuse(connection: LiveConnection, name: string): void {
    const failure = placeRefusal(this.world, connection, channelBehind(name))
    this.#options.refused(failure)
    connection.peer?.refused(name, failure)
  }
}
