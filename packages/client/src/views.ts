// Reads the payloads of permission views. What does not look like one is refused here, so that the fold can trust it.

import type {
  AllPermissionsChange,
  AllPermissionsSnapshot,
  ChannelPermissionsChange,
  ChannelPermissionsSnapshot,
  StandingAnswer,
} from '@sayso/protocol'
import type { ViewMessage } from './realtime-port.ts'

export type AllMessage =
  | { readonly kind: 'snapshot'; readonly snapshot: AllPermissionsSnapshot }
  | { readonly kind: 'change'; readonly change: AllPermissionsChange }

export type ChannelMessage =
  | { readonly kind: 'snapshot'; readonly snapshot: ChannelPermissionsSnapshot }
  | { readonly kind: 'change'; readonly change: ChannelPermissionsChange }

type Fields = Readonly<Record<string, unknown>>

/** Reads a message of `[permissions]*`; absent if it is none of ours. */
export function readAll(message: ViewMessage): AllMessage | undefined {
  const fields = payload(message)
  if (fields === undefined || !Array.isArray(fields.roles)) return undefined
  if (message.name === 'snapshot' && Array.isArray(fields.resources)) {
    return { kind: 'snapshot', snapshot: fields as unknown as AllPermissionsSnapshot }
  }
  if (
    message.name === 'change' &&
    [fields.gained, fields.changed, fields.lost].every(Array.isArray)
  ) {
    return { kind: 'change', change: fields as unknown as AllPermissionsChange }
  }
  return undefined
}

/** Reads a message of `[permissions]<channel>`; absent if it is none of ours. */
export function readChannel(message: ViewMessage): ChannelMessage | undefined {
  const fields = payload(message)
  if (fields === undefined || !Array.isArray(fields.actions)) return undefined
  if (message.name === 'snapshot') {
    return { kind: 'snapshot', snapshot: fields as unknown as ChannelPermissionsSnapshot }
  }
  if (message.name === 'change') {
    return { kind: 'change', change: fields as unknown as ChannelPermissionsChange }
  }
  return undefined
}

/** Reads the answer to a question; absent if the message is none. */
export function readAnswer(message: ViewMessage): StandingAnswer | undefined {
  const fields = message.name === 'answer' ? payload(message) : undefined
  if (typeof fields?.id !== 'string' || typeof fields.allowed !== 'boolean') return undefined
  return fields as unknown as StandingAnswer
}

function payload(message: ViewMessage): Fields | undefined {
  const data = message.data
  if (typeof data !== 'object' || data === null) return undefined
  const fields = data as Fields
  return typeof fields.revision === 'number' ? fields : undefined
}
