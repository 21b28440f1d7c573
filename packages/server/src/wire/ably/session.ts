// One socket of the Ably wire: frames in, commands, answers out. It contains no rule; what comes over it never ends the process.

import { MODE, type PresenceSet } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import {
  Action,
  decodeFrame,
  type ErrorInfo,
  errorInfo,
  FrameInvalid,
  hasFlag,
  type KnownFrame,
} from '@sayso/protocol'
import { echoed, requestedModes, rewindOf } from '../../ably/attach-params.ts'
import { errorInfoOf } from '../../ably/errors.ts'
import { occupancyModes } from '../../ably/occupancy-param.ts'
import { placeOf, requireWritable } from '../../ably/place.ts'
import { authenticate, proveFirst } from '../../access/authenticate.ts'
import { identityOf } from '../../access/live-key.ts'
import { changePresence } from '../../commands/change-presence.ts'
import { moveConnection } from '../../connections.ts'
import type { LiveConnection } from '../../live-connection.ts'
import { PublishRate } from '../../publish-rate.ts'
import { Answers } from './answers.ts'
import { connectedFrame } from './connect.ts'
import { attachDesk, detachDesk, isDesk } from './desk-frame.ts'
import { modesFromFlags } from './frames.ts'
import type { LiveSession } from './live-session.ts'
import { refusedToViewer } from './looking-on.ts'
import { attachOwn, detachOwn, isOwn } from './own-frame.ts'
import type { WirePeer } from './peer.ts'
import { FRAME_PERMISSIONS } from './permissions.ts'
import { annotationFrame, publishFrame } from './publish-frame.ts'
import type { Transport } from './transport.ts'
import { attachView, isView } from './view-frame.ts'
import type { Wire } from './wire.ts'

/** What can be told of a frame: enough to answer it. */
type About = { readonly msgSerial?: number; readonly channel?: string }

/** Where nobody ever was. */
const NOBODY: PresenceSet = new Map()

type FrameOf<A extends number> = Extract<KnownFrame, { action: A }>

const PRESENCE_NAMES = { 2: 'enter', 3: 'leave', 4: 'update' } as const

export class Session implements LiveSession {
  readonly connection: LiveConnection
  readonly peer: WirePeer
  readonly answers: Answers
  readonly rate = new PublishRate()
  readonly #wire: Wire
  readonly #transport: Transport

  constructor(wire: Wire, connection: LiveConnection, peer: WirePeer, transport: Transport) {
    this.#wire = wire
    this.connection = connection
    this.peer = peer
    this.#transport = transport
    this.answers = new Answers((frame) => peer.send(frame), wire.turn.early)
  }

  /** Handles one websocket message, whatever it holds. */
  receive(data: string | Uint8Array): void {
    let about: About = {}
    try {
      const frame = decodeFrame(this.#transport.format, data, {
        maxBytes: this.#wire.limits.maxFrameBytes,
      })
      about = aboutOf(frame)
      if ('unknown' in frame)
        this.#answer(frame, errorInfo('not_supported', `action ${frame.action} means nothing here`))
      else this.#handle(frame)
    } catch (error) {
      this.#refuse(error, error instanceof FrameInvalid ? error.about : about)
    }
  }

  #refuse(error: unknown, about: About): void {
    const { info, expected } = errorInfoOf(error)
    if (!expected) this.#wire.report('frame', error)
    this.#answer(about, info)
  }

  /** The narrowest answer there is: to the numbered frame, else to its channel, else to the connection, which ends. */
  #answer(about: About, error: ErrorInfo): void {
    if (about.msgSerial !== undefined) {
      if (this.answers.expect(about.msgSerial)) this.answers.nack(about.msgSerial, error)
      else this.peer.send({ action: Action.NACK, msgSerial: about.msgSerial, count: 1, error })
    } else if (about.channel !== undefined) {
      this.peer.send({ action: Action.ERROR, channel: about.channel, error })
    } else this.#fail(error)
  }

  /** An error of the connection itself ends it: the client does not come back, so nothing is kept for it. */
  #fail(error: ErrorInfo): void {
    this.peer.send({ action: Action.ERROR, error })
    if (this.connection.peer === this.peer) this.#move('failed')
    else this.peer.end()
  }

  #handle(frame: KnownFrame): void {
    if (FRAME_PERMISSIONS[frame.action] === 'nobody')
      return this.#answer(
        aboutOf(frame),
        errorInfo('not_supported', 'this server takes no such frames'),
      )
    const refused = refusedToViewer(this.connection.asker, frame)
    if (refused !== undefined) return this.#answer(aboutOf(frame), refused)
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
        return this.#sync(frame.channel)
      case Action.AUTH:
        return this.#renew(frame.auth.accessToken)
      case Action.PRESENCE:
        return this.#presence(frame)
      case Action.MESSAGE:
        return publishFrame(this.#wire, this, frame)
      case Action.ANNOTATION:
        return annotationFrame(this.#wire, this, frame)
    }
  }

  #sync(raw: string): void {
    const { channel, id } = placeOf(this.connection.id, raw)
    this.#wire.hub.step(channel, { name: 'sync', connection: id })
  }

  #heartbeat(frame: FrameOf<typeof Action.HEARTBEAT>): void {
    const answer = { action: Action.HEARTBEAT, ...(frame.id === undefined ? {} : { id: frame.id }) }
    // A client that measures 0 ms takes it for no answer.
    this.#wire.later(() => this.peer.send(answer), 2)
  }

  #move(name: 'close' | 'disconnect' | 'failed'): void {
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
    if (isOwn(frame.channel)) return attachOwn(this.#wire, this)
    if (isDesk(frame.channel)) return attachDesk(this.#wire, this)
    const { channel, id, lens, isFiltered, ...place } = placeOf(connection.id, frame.channel)
    const params = { ...place.params, ...frame.params }
    const nowMs = this.#wire.context.now()
    const rewind = hasFlag(frame.flags, 'ATTACH_RESUME') ? undefined : rewindOf(params, nowMs)
    const requested = requestedModes(modesFromFlags(frame.flags), params)
    this.peer.params.set(frame.channel, echoed(params))
    // Whoever looks on is not the person: nothing is noted of them.
    if (connection.asker.viewer === undefined)
      this.#wire.context.decisions.attaching(connection.asker.credential, channel)
    hub.step(channel, {
      name: 'attach',
      connection: id,
      format: this.#transport.format,
      echo: this.#transport.echo && params.echo !== 'false',
      wholeAppends: params.appendMode === 'full',
      requested: isFiltered
        ? requested & MODE.subscribe
        : requested | occupancyModes(params.occupancy),
      allowed: hub.allowedModes(connection, channel),
      receiver: hub.receiverOf(connection, channel),
      resume: hub.resumeFor(connection, channel, frame.channelSerial),
      head: hub.positionOf(channel),
      nowMs,
      ...(rewind && { rewind }),
      ...(lens && { lens }),
    })
  }

  #detach(raw: string): void {
    if (this.connection.views.delete(raw)) return this.peer.detached(raw)
    if (detachOwn(this, raw) || detachDesk(this, raw)) return
    const nowMs = this.#wire.context.now()
    const { channel, id } = placeOf(this.connection.id, raw)
    this.peer.params.delete(raw)
    this.rate.forget(channel)
    // Behind a lens its members may stay.
    if (id === this.connection.id) this.connection.present.delete(channel)
    this.#wire.hub.step(channel, { name: 'detach', connection: id, nowMs })
  }

  #presence(frame: FrameOf<typeof Action.PRESENCE>): void {
    const { hub, context } = this.#wire
    if (!this.answers.expect(frame.msgSerial))
      return this.#answer(frame, errorInfo('protocol_error'))
    try {
      const place = placeOf(this.connection.id, frame.channel)
      const { channel } = place
      requireWritable(place)
      const modes = hub.channel(channel)?.attachment(place.id)?.modes
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
    const proving = proveFirst(this.#wire.ring, { token })
    if (proving === undefined) return this.#renewWith(token)
    void proving.then(() => {
      if (this.connection.peer === this.peer) this.#renewWith(token)
    })
  }

  #renewWith(token: string): void {
    const { context, hub, ring } = this.#wire
    const { clientId, address } = this.connection.asker
    const recognition = authenticate(
      ring,
      { token, ...(clientId === undefined ? {} : { clientId }) },
      context.now(),
      address,
    )
    if (!recognition.ok) {
      const { name, message } = recognition.failure
      this.peer.send({ action: Action.ERROR, error: errorInfo(name, message) })
      return this.peer.end()
    }
    const { who } = recognition
    if (identityOf(who) !== identityOf(this.connection))
      return this.#fail(errorInfo('credentials_incompatible'))
    const { id, asker } = this.connection
    const { narrowed } = asker
    this.connection.asker = {
      ...who.asker,
      connectionId: id,
      ...(address === undefined ? {} : { address }),
      ...(narrowed === undefined ? {} : { narrowed }),
    }
    const ends = who.tokenEndsAtMs === undefined ? {} : { tokenEndsAtMs: who.tokenEndsAtMs }
    moveConnection(hub, this.connection, { name: 'renewed', ...ends }, context.now())
    this.peer.send(connectedFrame(this.#wire, this.connection, who, this.#transport))
    hub.reauthorizeConnection(this.connection, 'token')
  }
}

function aboutOf(frame: object): About {
  const { msgSerial, channel } = frame as About
  return {
    ...(msgSerial === undefined ? {} : { msgSerial }),
    ...(channel === undefined ? {} : { channel }),
  }
}
