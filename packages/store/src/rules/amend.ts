// What an amendment does to a message: one merged state, at its old place, with a new version.

import type { Amendment, Message, MessageVersion } from '@sayso/channel'
import { messageSerial, type Place } from './position.ts'

/**
 * Merges an amendment into the latest state. Fields that are absent stay; `encoding` belongs to `data` and changes
 * with it. Author, id, connection and time stay those of the first publish.
 */
export function amendMessage(latest: Message, amendment: Amendment, place: Place): Message {
  const { data, encoding, ...kept } = latest
  return {
    ...kept,
    ...(amendment.name !== undefined && { name: amendment.name }),
    ...mergedData({ data, encoding }, amendment),
    ...(amendment.extras !== undefined && { extras: amendment.extras }),
    action: amendment.action === 'delete' ? 'delete' : 'update',
    version: versionOf(amendment, place),
  }
}

type Content = {
  readonly data?: Message['data'] | undefined
  readonly encoding?: string | undefined
}

function mergedData(before: Content, amendment: Amendment): Pick<Message, 'data' | 'encoding'> {
  if (amendment.data === undefined) return content(before.data, before.encoding)
  const joined = amendment.action === 'append' ? join(before, amendment) : undefined
  if (joined !== undefined) return content(joined, before.encoding)
  return content(amendment.data, amendment.encoding)
}

function content(data: Message['data'], encoding: string | undefined) {
  return { ...(data !== undefined && { data }), ...(encoding !== undefined && { encoding }) }
}

/** Absent if the two do not go together: text and bytes, or differently encoded. */
function join(before: Content, added: Content): Message['data'] {
  if (added.encoding !== undefined && added.encoding !== before.encoding) return undefined
  if (typeof before.data === 'string' && typeof added.data === 'string') {
    return before.data + added.data
  }
  if (before.data instanceof Uint8Array && added.data instanceof Uint8Array) {
    const joined = new Uint8Array(before.data.length + added.data.length)
    joined.set(before.data)
    joined.set(added.data, before.data.length)
    return joined
  }
  return undefined
}

function versionOf(amendment: Amendment, place: Place): MessageVersion {
  const { clientId, description, metadata } = amendment
  return {
    serial: messageSerial(place.serial, 0),
    timestampMs: place.atMs,
    ...(clientId !== undefined && { clientId }),
    ...(description !== undefined && { description }),
    ...(metadata !== undefined && { metadata }),
  }
}
