// From the core's words to the wire's: messages, presence, attached, and batches encoded once for many readers.

import type {
  AttachedEffect,
  ChannelMessage,
  DeliveredEvent,
  GapReason,
  Member,
  PresenceEvent,
} from '@sayso/channel'
import {
  Action,
  type ErrorName,
  encodeFrame,
  errorInfo,
  Flag,
  type Format,
  type Frame,
  PresenceAction,
} from '@sayso/protocol'
import { wireMessage, wirePresence } from '../../ably/shapes.ts'
import type { Batch, BatchEncoder } from '../../live-connection.ts'
import { wsFrame } from './ws-frame.ts'

/** The core's modes are the wire's mode bits without their offset. */
const MODE_OFFSET = 16

export function messageFrame(channel: string, event: ChannelMessage): Frame {
  return {
    action: Action.MESSAGE,
    channel,
    id: event.id,
    timestamp: event.atMs,
    messages: event.messages.map(wireMessage),
    ...(event.fleeting === true ? {} : { channelSerial: event.serial }),
    ...(event.connectionId === undefined ? {} : { connectionId: event.connectionId }),
  }
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
    (effect.modes << MODE_OFFSET) |
    (effect.resumed ? Flag.RESUMED : 0) |
    (effect.hasBacklog ? Flag.HAS_BACKLOG : 0) |
    (effect.hasPresence ? Flag.HAS_PRESENCE : 0)
  return {
    action: Action.ATTACHED,
    channel,
    channelSerial: effect.serial,
    flags,
    ...(params === undefined ? {} : { params }),
    ...(effect.gap === undefined ? {} : { error: errorInfo(gapErrors[effect.gap]) }),
  }
}

export function modesFromFlags(flags: number | undefined): number {
  return ((flags ?? 0) >> MODE_OFFSET) & 0x3ff
}

export function encoded(format: Format, frame: Frame): Buffer {
  return wsFrame(format, encodeFrame(format, frame))
}

/** Encodes a batch: one frame per event, joined into one buffer that every reader of the variant shares. */
export const encodeBatch: BatchEncoder = (format, channel, events): Batch => ({
  bytes: Buffer.concat(events.map((event) => encoded(format, eventFrame(channel, event)))),
})

function eventFrame(channel: string, event: DeliveredEvent): Frame {
  return event.kind === 'message' ? messageFrame(channel, event) : presenceFrame(channel, event)
}
