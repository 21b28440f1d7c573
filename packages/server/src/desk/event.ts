// What the server itself writes into a conversation: what became of it, and what people say along with a command.

import type { NewMessage } from '@sayso/channel'
import type { SubjectId, World } from '@sayso/policy'
import { idOf, nameOf } from '../people/roles.ts'

export const EVENT_KINDS = [
  'opened',
  'claimed',
  'joined',
  'left',
  'transferred',
  'released',
  'snoozed',
  'woken',
  'closing',
  'closed',
  'rated',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export type Named = { readonly id: string; readonly name: string }

export type DeskEvent = {
  readonly kind: EventKind
  /** Absent: the server. */
  readonly by?: Named
  readonly to?: Named
  /** Of `closed`: by a rule that `by` switched on. */
  readonly rule?: true
  /** Of `closing`: when that will be; milliseconds. */
  readonly atMs?: number
  /** Not for the visitor. */
  readonly internal?: true
}

export function named(world: World, subject: string): Named {
  return { id: idOf(subject), name: nameOf(world, subject) }
}

export function namedId(world: World, id: string): Named {
  return named(world, `user:${id}`)
}

function jsonMessage(name: string, data: unknown): NewMessage {
  return { name, data: JSON.stringify(data), encoding: 'json' }
}

export function eventMessage(event: DeskEvent): NewMessage {
  return jsonMessage('event', event)
}

/** A text or note with all that the server says of it. */
export function saidBy(
  world: World,
  kind: 'text' | 'note',
  author: SubjectId,
  text: string,
  nowMs: number,
): NewMessage {
  const { id, name } = named(world, author)
  return { ...jsonMessage(kind, { author: id, name, time: nowMs, text }), clientId: id }
}
