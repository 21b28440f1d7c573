// Between the core's messages and the protocol's: used by the socket and by REST alike.

import type {
  Amendment,
  Annotation,
  Member,
  Message,
  NewAnnotation,
  NewMessage,
} from '@sayso/channel'
import {
  AnnotationAction,
  type IncomingAnnotation,
  type IncomingMessage,
  MessageAction,
  type PresenceAction,
  type WireAnnotation,
  type WireMessage,
  type WirePresence,
} from '@sayso/protocol'
import type { Committed } from '@sayso/store'

export function wireMessage(message: Message): WireMessage {
  const { timestampMs, action, version, summary, ...same } = message
  return {
    ...same,
    timestamp: timestampMs,
    action: MessageAction[actionNames[action]],
    ...(version === undefined ? {} : { version: wireVersion(version) }),
    ...(summary === undefined ? {} : { annotations: { summary } }),
  }
}

const actionNames = { create: 'CREATE', update: 'UPDATE', delete: 'DELETE' } as const

function wireVersion({ timestampMs, ...same }: NonNullable<Message['version']>) {
  return { ...same, timestamp: timestampMs }
}

export function wirePresence(member: Member, action: PresenceAction): WirePresence {
  const { timestampMs, ...same } = member
  return { ...same, timestamp: timestampMs, action }
}

/** The fields of a message a client may set. */
export function newMessage(message: IncomingMessage): NewMessage {
  const { id, name, data, encoding, clientId, extras } = message
  return {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(data === undefined ? {} : { data }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(extras === undefined ? {} : { extras }),
  }
}

const amendmentActions = { 1: 'update', 2: 'delete', 5: 'append' } as const

/** The operation's clientId is the one in `version`; the message's own says nothing about who edits. */
export function amendmentOf(message: IncomingMessage, action: 1 | 2 | 5): Amendment {
  const { name, data, encoding, extras } = newMessage(message)
  const { clientId, description, metadata } = message.version ?? {}
  return {
    serial: message.serial ?? '',
    action: amendmentActions[action],
    ...(name === undefined ? {} : { name }),
    ...(data === undefined ? {} : { data }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(extras === undefined ? {} : { extras }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata: metadata as Readonly<Record<string, string>> }),
  }
}

export function wireAnnotation(annotation: Annotation): WireAnnotation {
  const { timestampMs, action, ...same } = annotation
  const isGiven = action === 'create'
  return {
    ...same,
    timestamp: timestampMs,
    action: isGiven ? AnnotationAction.CREATE : AnnotationAction.DELETE,
  }
}

export function newAnnotation(sent: IncomingAnnotation, messageSerial: string): NewAnnotation {
  const { messageSerial: _named, action, ...same } = sent
  return {
    ...same,
    action: action === AnnotationAction.CREATE ? 'create' : 'delete',
    messageSerial,
  }
}

/** One serial per annotation of a commit. */
export function annotationSerialsOf(committed: Committed): readonly string[] {
  const entry = committed.entries.find((each) => each.kind === 'annotation')
  return entry?.annotations.map(({ serial }) => serial) ?? []
}

/** One serial per message: its own for a publish, its version's for an edit. */
export function serialsOf(committed: Committed): readonly string[] {
  const entry = committed.entries.find((each) => each.kind === 'message')
  return entry?.messages.map((message) => message.version?.serial ?? message.serial) ?? []
}
