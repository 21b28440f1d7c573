// One socket of the Ably wire: frames in, commands, answers out. It contains no rule; what comes over it never ends the process.

import { DEFAULT_MODES, type Modes, type PresenceSet } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import {
  Action,
  decodeFrame,
  type ErrorInfo,
  errorInfo,
  type Format,
  FrameInvalid,
  type KnownFrame,
  modesFromParam,
  modesToFlags,
  WireInvalid,
} from '@sayso/protocol'
import { channelName } from '../../ably/channel-name.ts'
import { errorInfoOf } from '../../ably/errors.ts'
import { occupancyModes } from '../../ably/occupancy-param.ts'
import { type Authenticated, authenticate } from '../../access/authenticate.ts'
import { changePresence } from '../../commands/change-presence.ts'
import { moveConnection } from '../../connections.ts'
import type { LiveConnection } from '../../live-connection.ts'
import { Answers } from './answers.ts'
import { connectedFrame, identityOf } from './connect.ts'
import { modesFromFlags } from './frames.ts'
import type { LiveSession } from './live-session.ts'
import type { WirePeer } from './peer.ts'
import { annotationFrame, publishFrame } from './publish-frame.ts'
import { attachView, isView } from './view-frame.ts'
import type { Wire } from './wire.ts'

type FrameOf<A extends number> = Extract<KnownFrame, { action: A }>

/** Channel params this server honours, and so echoes. */
const ECHOED_PARAMS = ['modes', 'delta', 'echo', 'appendMode', 'occupancy'] as const

/** Where nobody ever was. */
const NOBODY: PresenceSet = new Map()

const PRESENCE_NAMES = { 2: 'enter', 3: 'leave', 4: 'update' } as const

export class Session implements LiveSession {
  readonly connection: LiveConnection
  readonly peer: WirePeer
  readonly answers: Answers
  readonly #wire: Wire
  readonly #format: Format
  readonly #echo: boolean

  constructor(
    wire: Wire,
    connection: LiveConnection,
    peer: WirePeer,
    options: { format: Format; echo: boolean },
  ) {
    this.#wire = wire
    this.connection = connection
    this.peer = peer
    this.#format = options.format
    this.#echo = options.echo
    this.answers = new Answers((frame) => peer.send(frame), wire.turn.early)
  }

  /** Handles one websocket message, whatever it holds. */
  receive(data: string | Uint8Array): void {
    try {
      const frame = decodeFrame(this.#format, data, { maxBytes: this.#wire.limits.maxFrameBytes })
      if ('unknown' in frame)
        this.#answer(frame, errorInfo('not_supported', `action ${frame.action} means nothing here`))
      else this.#handle(frame)
    } catch (error) {
      this.#refuse(error)
    }
  }

  #refuse(error: unknown): void {
    const { info, expected } = errorInfoOf(error)
    if (!expected) this.#wire.report('frame', error)
    this.#answer(error instanceof FrameInvalid ? error.about : {}, info)
  }

  /** The narrowest answer there is: to the numbered frame, else to its channel, else to the connection, which ends. */
  #answer(
    about: { readonly msgSerial?: number; readonly channel?: string },
    error: ErrorInfo,
  ): void {
    if (about.msgSerial !== undefined) {
      if (this.answers.expect(about.msgSerial)) this.answers.nack(about.msgSerial, error)
      else this.peer.send({ action: Action.NACK, msgSerial: about.msgSerial, count: 1, error })
    } else if (about.channel !== undefined) {
      this.peer.send({ action: Action.ERROR, channel: about.channel, error })
    } else {
      this.peer.send({ action: Action.ERROR, error })
      this.peer.end()
    }
  }

  #handle(frame: KnownFrame): void {
    switch (frame.action) {
      case Action.HEARTBEAT:
        return this.#heartbeat(frame)
      case Action.CLOSE:
        return this.#move('close')
      case Action.DISCONNECT:
        return this.#move('disconnect')
      case Action.ATTACH:
        return this.#attach(frame)
      case Action.DETACH:
        return this.#detach(frame.channel)
      case Action.SYNC:
        return this.#wire.hub.step(channelName(frame.channel), {
          name: 'sync',
          connection: this.connection.id,
        })
      case Action.AUTH:
        return this.#renew(frame.auth.accessToken)
      case Action.PRESENCE:
        return this.#presence(frame)
      case Action.MESSAGE:
        return publishFrame(this.#wire, this, frame)
      case Action.ANNOTATION:
        return annotationFrame(this.#wire, this, frame)
      case Action.OBJECT:
        return this.#answer(
          frame,
          errorInfo('not_supported', 'this server does not take such frames'),
        )
    }
  }

  #heartbeat(frame: FrameOf<typeof Action.HEARTBEAT>): void {
    const answer = { action: Action.HEARTBEAT, ...(frame.id === undefined ? {} : { id: frame.id }) }
    // A client that measures 0 ms takes it for no answer.
    this.#wire.later(() => this.peer.send(answer), 2)
  }

  #move(name: 'close' | 'disconnect'): void {
    moveConnection(this.#wire.hub, this.connection, { name }, this.#wire.context.now())
  }

  #attach(frame: FrameOf<typeof Action.ATTACH>): void {
    const { hub, limits } = this.#wire
    const { connection } = this
    const places = connection.channels.size + connection.views.size
    if (places >= limits.maxChannels && !connection.channels.has(frame.channel as ChannelName)) {
      return this.#answer({ channel: frame.channel }, errorInfo('too_many_channels'))
    }
    if (isView(frame.channel)) return attachView(this.#wire, this, frame.channel)
    const channel = channelName(frame.channel)
    this.peer.params.set(channel, echoed(frame.params))
    hub.step(channel, {
      name: 'attach',
      connection: connection.id,
      format: this.#format,
      echo: this.#echo && frame.params?.echo !== 'false',
      wholeAppends: frame.params?.appendMode === 'full',
      requested: requestedModes(frame) | occupancyModes(frame.params?.occupancy),
      allowed: hub.allowedModes(connection, channel),
      receiver: hub.receiverOf(connection, channel),
      resume: hub.resumeFor(connection, channel, frame.channelSerial),
      head: hub.positionOf(channel),
      nowMs: this.#wire.context.now(),
    })
  }

  #detach(raw: string): void {
    if (this.connection.views.delete(raw)) return this.peer.detached(raw)
    const nowMs = this.#wire.context.now()
    this.peer.params.delete(raw)
    this.connection.present.delete(raw as ChannelName)
    this.#wire.hub.step(raw as ChannelName, {
      name: 'detach',
      connection: this.connection.id,
      nowMs,
    })
  }

  #presence(frame: FrameOf<typeof Action.PRESENCE>): void {
    const { hub, context } = this.#wire
    if (!this.answers.expect(frame.msgSerial))
      return this.#answer(frame, errorInfo('protocol_error'))
    try {
      const channel = channelName(frame.channel)
      const modes = hub.channel(channel)?.attachment(this.connection.id)?.modes
      const changes = changePresence(context, this.connection.asker, {
        channel,
        requests: frame.presence.map((one) => ({ ...one, action: PRESENCE_NAMES[one.action] })),
        idBase: `${this.connection.id}:${frame.msgSerial}`,
        present: hub.channel(channel)?.members ?? NOBODY,
        ...(modes === undefined ? {} : { modes }),
      })
      this.connection.present.add(channel)
      hub.step(channel, { name: 'presence', changes })
      this.answers.ack(frame.msgSerial, [])
    } catch (error) {
      const { info, expected } = errorInfoOf(error)
      if (!expected) this.#wire.report('presence', error)
      this.answers.nack(frame.msgSerial, info)
    }
  }

  /** In-band renewal: the new token replaces the old one, and every place is decided again. */
  #renew(token: string): void {
    const { context, hub, ring } = this.#wire
    const { clientId } = this.connection.asker
    const recognition = authenticate(
      ring,
      { token, ...(clientId === undefined ? {} : { clientId }) },
      context.now(),
    )
    if (!recognition.ok) {
      const { name, message } = recognition.failure
      this.peer.send({ action: Action.ERROR, error: errorInfo(name, message) })
      return this.peer.end()
    }
    const { who } = recognition
    if (identityOf(who) !== identityOf(this.#present())) {
      this.peer.send({ action: Action.ERROR, error: errorInfo('credentials_incompatible') })
      return this.peer.end()
    }
    this.connection.asker = { ...who.asker, connectionId: this.connection.id }
    const ends = who.tokenEndsAtMs === undefined ? {} : { tokenEndsAtMs: who.tokenEndsAtMs }
    moveConnection(hub, this.connection, { name: 'renewed', ...ends }, context.now())
    this.peer.send(connectedFrame(this.#wire, this.connection, who, false))
    hub.reauthorizeConnection(this.connection, 'token')
  }

  #present(): Authenticated {
    return { asker: this.connection.asker, keyName: '' }
  }
}

function requestedModes(frame: FrameOf<typeof Action.ATTACH>): Modes {
  const bits = modesFromFlags(frame.flags)
  if (bits !== 0) return bits
  const named = frame.params?.modes
  if (named === undefined) return DEFAULT_MODES
  const modes = modesFromParam(named)
  if (modes === undefined)
    throw new WireInvalid('bad_parameter', `the modes \`${named}\` are not known`)
  return modesFromFlags(modesToFlags(modes))
}

function echoed(
  params: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const kept = ECHOED_PARAMS.flatMap((name) => {
    const value = params?.[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(kept)
}
