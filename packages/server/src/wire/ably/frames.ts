// From the core's words to the wire's: messages, presence, attached, and batches encoded once for many readers.

import {
  type AttachedEffect,
  type ChannelAnnotations,
  type ChannelMessage,
  type DeliveredEvent,
  type GapReason,
  type KeptEvent,
  type Member,
  OCCUPANCY,
  type PresenceEvent,
  showsAnnotations,
  type Variant,
} from '@sayso/channel'
import {
  Action,
  type ErrorName,
  encodeFrame,
  errorInfo,
  Flag,
  type Format,
  type Frame,
  MessageAction,
  PresenceAction,
} from '@sayso/protocol'
import { wireAnnotation, wireMessage, wirePresence } from '../../ably/shapes.ts'
import type { BatchEncoder } from '../../live-connection.ts'
import { wsFrame } from './ws-frame.ts'

/** The core's modes are the wire's mode bits without their offset. */
const MODE_OFFSET = 16

/** The modes that the wire has bits for. */
const WIRE_MODES = 0x3ff

function messageFrame(channel: string, event: ChannelMessage, variant: Variant): Frame {
  return {
    action: Action.MESSAGE,
    channel,
    id: event.id,
    timestamp: event.atMs,
    messages: event.messages.map((message) => toldMessage(message, event, variant)),
    ...(event.fleeting === true ? {} : { channelSerial: event.serial }),
    ...(event.connectionId === undefined ? {} : { connectionId: event.connectionId }),
  }
}

/** An append is told as what it added, except to who wants whole messages. */
function toldMessage(
  message: ChannelMessage['messages'][number],
  { fragment }: ChannelMessage,
  variant: Variant,
) {
  const whole = wireMessage(message)
  if (fragment === undefined || variant.wholeAppends) return whole
  const { name: _name, data: _data, encoding: _encoding, extras: _extras, ...rest } = whole
  return { ...rest, ...fragment, action: MessageAction.APPEND }
}

/** Each annotation for who sees single ones, then what they add up to. The last frame carries the position. */
function annotationFrames(channel: string, event: ChannelAnnotations, variant: Variant): Frame[] {
  const { serial, atMs, id, connectionId, annotations, summaries } = event
  const frames: Frame[] = []
  if (showsAnnotations(variant, event)) {
    frames.push({
      action: Action.ANNOTATION,
      channel,
      id,
      timestamp: atMs,
      annotations: annotations.map(wireAnnotation),
      ...(connectionId === undefined ? {} : { connectionId }),
    })
  }
  if (variant.messages && summaries.length > 0) {
    const messages = summaries.map(({ messageSerial, summary }) => ({
      serial: messageSerial,
      action: MessageAction.SUMMARY,
      annotations: { summary },
    }))
    frames.push({ action: Action.MESSAGE, channel, id: serial, timestamp: atMs, messages })
  }
  const last = frames.pop()
  return last === undefined ? [] : [...frames, { ...last, channelSerial: serial }]
}

/** @param id unique; not a place in the channel */
export function occupancyFrame(
  channel: string,
  metrics: Readonly<Record<string, number>>,
  id: string,
  atMs: number,
): Frame {
  const data = JSON.stringify({ metrics })
  const message = { name: '[meta]occupancy', data, encoding: 'json', action: MessageAction.META }
  return { action: Action.MESSAGE, channel, id, timestamp: atMs, messages: [message] }
}

const presenceActions = {
  enter: PresenceAction.ENTER,
  update: PresenceAction.UPDATE,
  leave: PresenceAction.LEAVE,
} as const

export function presenceFrame(channel: string, event: PresenceEvent): Frame {
  const { member } = event
  return {
    action: Action.PRESENCE,
    channel,
    id: member.id.replace(/:\d+$/, ''),
    connectionId: member.connectionId,
    timestamp: member.timestampMs,
    presence: [wirePresence(member, presenceActions[event.action])],
  }
}

/** @param sequence letters, digits, `_` and `-` only: anything else breaks paging in the stock client */
export function syncFrame(channel: string, members: readonly Member[], sequence: string): Frame {
  return {
    action: Action.SYNC,
    channel,
    channelSerial: `${sequence}:`,
    presence: members.map((member) => wirePresence(member, PresenceAction.PRESENT)),
  }
}

const gapErrors: Readonly<Record<GapReason, ErrorName>> = {
  unknown_position: 'serial_expired',
  backlog_too_large: 'backlog_too_large',
  connection_lost: 'serial_expired',
  rights_changed: 'serial_expired',
}

export function attachedFrame(
  effect: AttachedEffect,
  channel: string,
  params: Readonly<Record<string, string>> | undefined,
): Frame {
  const flags =
    ((effect.modes & WIRE_MODES) << MODE_OFFSET) |
    (effect.resumed ? Flag.RESUMED : 0) |
    (effect.hasBacklog ? Flag.HAS_BACKLOG : 0) |
    (effect.hasPresence ? Flag.HAS_PRESENCE : 0)
  return {
    action: Action.ATTACHED,
    channel,
    channelSerial: effect.serial,
    flags,
    ...(params === undefined ? {} : { params: grantedParams(params, effect) }),
    ...(effect.gap === undefined ? {} : { error: errorInfo(gapErrors[effect.gap]) }),
  }
}

/** Numbers are not promised to who may not know them. */
function grantedParams(
  params: Readonly<Record<string, string>>,
  { modes }: AttachedEffect,
): Readonly<Record<string, string>> {
  if ((modes & OCCUPANCY) !== 0) return params
  const { occupancy: _denied, ...rest } = params
  return rest
}

export function modesFromFlags(flags: number | undefined): number {
  return ((flags ?? 0) >> MODE_OFFSET) & WIRE_MODES
}

export function encoded(format: Format, frame: Frame): Buffer {
  return wsFrame(format, encodeFrame(format, frame))
}

/** Encodes a batch: an event is a frame or two, joined into one buffer that every reader of the variant shares. */
export const encodeBatch: BatchEncoder = (variant, channel, events) => ({
  bytes: Buffer.concat(
    events.flatMap((event) =>
      eventFrames(channel, event, variant).map((frame) => encoded(variant.format, frame)),
    ),
  ),
})

/** The frames of a kept event, joined. */
export function encodedEvent(variant: Variant, channel: string, event: KeptEvent): Uint8Array {
  return encodeBatch(variant, channel, [event]).bytes
}

function eventFrames(channel: string, event: DeliveredEvent, variant: Variant): Frame[] {
  if (event.kind === 'presence') return [presenceFrame(channel, event)]
  return event.kind === 'message'
    ? [messageFrame(channel, event, variant)]
    : annotationFrames(channel, event, variant)
}
