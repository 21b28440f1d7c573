// A MESSAGE frame: a publish, an edit, or something live only; or an ANNOTATION frame. Exactly one answer, whatever happens.

import { MODE } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import { type Action, errorInfo, type KnownFrame, WireInvalid } from '@sayso/protocol'
import { errorInfoOf } from '../../ably/errors.ts'
import { type Place, placeOf, requireWritable } from '../../ably/place.ts'
import {
  amendmentOf,
  annotationSerialsOf,
  newAnnotation,
  newMessage,
  serialsOf,
} from '../../ably/shapes.ts'
import { publishRateOn } from '../../access/user-claims.ts'
import { amendMessage } from '../../commands/amend-message.ts'
import { annotate } from '../../commands/annotate.ts'
import { Failure } from '../../commands/failure.ts'
import { say } from '../../commands/say.ts'
import { askFrame } from './ask-frame.ts'
import { isDesk, refuseDeskPublish } from './desk-frame.ts'
import type { LiveSession } from './live-session.ts'
import { isOwn, ownFrame } from './own-frame.ts'
import { isView } from './view-frame.ts'
import type { Wire } from './wire.ts'

/** No channel is called so: all of them together. */
const EVERYWHERE = ''

type MessageFrame = Extract<KnownFrame, { action: typeof Action.MESSAGE }>
type AnnotationFrame = Extract<KnownFrame, { action: typeof Action.ANNOTATION }>

/** Starts the publish; the answer follows when it is committed. Never throws. */
export function publishFrame(wire: Wire, session: LiveSession, frame: MessageFrame): void {
  answered(wire, session, frame.msgSerial, () => published(wire, session, frame))
}

/** As `publishFrame`, for a frame of annotations. */
export function annotationFrame(wire: Wire, session: LiveSession, frame: AnnotationFrame): void {
  answered(wire, session, frame.msgSerial, () => annotated(wire, session, frame))
}

/** Exactly one answer to a numbered frame: the serials it was given, or why not. */
function answered(
  wire: Wire,
  session: LiveSession,
  msgSerial: number,
  run: () => Promise<readonly string[]>,
): void {
  const { answers, peer } = session
  if (!answers.expect(msgSerial)) {
    const error = errorInfo('protocol_error', `msgSerial ${msgSerial} does not follow the last one`)
    return peer.send({ action: 2, msgSerial, count: 1, error })
  }
  run().then(
    (serials) => answers.ack(msgSerial, serials),
    (error: unknown) => {
      const { info, expected } = errorInfoOf(error)
      if (!expected) wire.report('publish', error)
      answers.nack(msgSerial, info)
    },
  )
}

async function annotated(
  wire: Wire,
  session: LiveSession,
  frame: AnnotationFrame,
): Promise<readonly string[]> {
  const { connection } = session
  if (isView(frame.channel)) throw new Failure('denied', 'a view of rights cannot be annotated')
  const place = placeOf(connection.id, frame.channel)
  const { channel } = place
  requireWritable(place)
  requireMode(wire, place, 'annotationPublish')
  const idBase = `${connection.id}:${frame.msgSerial}`
  const annotations = frame.annotations.map((sent) => newAnnotation(sent, sent.messageSerial))
  const hasOwnIds = annotations.some(({ id }) => id !== undefined)
  const input = { channel, annotations, ...(hasOwnIds ? {} : { idBase }) }
  return annotationSerialsOf(await annotate(wire.context, connection.asker, input))
}

async function published(
  wire: Wire,
  session: LiveSession,
  frame: MessageFrame,
): Promise<readonly string[]> {
  const { connection } = session
  if (frame.params?._forceNack !== undefined) throw new WireInvalid('forced_nack')
  if (isView(frame.channel)) return askFrame(wire, session, frame)
  if (isOwn(frame.channel)) {
    requireRate(wire, session, frame.channel as ChannelName)
    return ownFrame(wire, session, frame)
  }
  if (isDesk(frame.channel)) refuseDeskPublish()
  const place = placeOf(connection.id, frame.channel)
  const { channel } = place
  requireWritable(place)
  requireMode(wire, place, 'publish')
  requireRate(wire, session, channel)
  const idBase = `${connection.id}:${frame.msgSerial}`
  const [first] = frame.messages
  if (first === undefined) return []
  if (first.action !== undefined && first.action !== 0) {
    const amendment = amendmentOf(first, first.action)
    return serialsOf(
      await amendMessage(wire.context, connection.asker, { channel, amendment, idBase }),
    )
  }
  const messages = frame.messages.map(newMessage)
  const hasOwnIds = messages.some((message) => message.id !== undefined)
  const input = { channel, messages, ...(hasOwnIds ? {} : { idBase }) }
  return say(wire.context, wire.hub, connection.asker, input)
}

/** The settings may say how fast a connection publishes, and the token how fast its bearer does. */
function requireRate(wire: Wire, { connection, rate }: LiveSession, channel: ChannelName): void {
  const { connectionRate } = wire.limits
  if (connectionRate > 0 && !rate.take(EVERYWHERE, connectionRate, wire.context.now())) {
    const message = `one connection may publish ${connectionRate} times a second`
    throw new WireInvalid('connection_rate_limited', message)
  }
  const { claims } = connection.asker
  const perSecond = claims && publishRateOn(claims, channel)
  if (perSecond === undefined || rate.take(channel, perSecond, wire.context.now())) return
  const message = `the token allows ${perSecond} publishes a second on this channel`
  throw new WireInvalid('connection_rate_limited', message)
}

/** Attached without the mode, though the right may be there: the client asked for less. */
function requireMode(
  wire: Wire,
  { channel, id }: Place,
  mode: 'publish' | 'annotationPublish',
): void {
  const attachment = wire.hub.channel(channel)?.attachment(id)
  if (attachment === undefined || (attachment.requested & MODE[mode]) !== 0) return
  const word = mode === 'publish' ? 'publish' : 'annotation publish'
  throw new Failure('mode_not_requested', `the channel was attached without the ${word} mode`)
}
